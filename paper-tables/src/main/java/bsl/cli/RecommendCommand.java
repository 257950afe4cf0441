package bsl.cli;

import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.Recommendation;
import bsl.eval.TopKRecommender;
import bsl.run.InputException;
import bsl.run.RunData;
import bsl.run.RunSpec;
import bsl.run.TrainedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bsl recommend}: the best items for one user. */
@Command(
    name = "recommend",
    mixinStandardHelpOptions = true,
    description = "List the items that a trained model ranks highest for a user.")
final class RecommendCommand implements Callable<Integer> {
  @Mixin private DataOptions data;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "run folder of the model")
  private Path model;

  @Option(names = "--user", paramLabel = "U", required = true, description = "user index, from 0")
  private int user;

  @Option(names = "-k", paramLabel = "K", defaultValue = "20", description = "items; default 20")
  private int k;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    TrainedRun run = TrainedRun.open(model);
    RunSpec spec = run.spec();
    RunData pairs = run.data(data.load(spec.dataset()));
    if (user < 0 || user >= pairs.train().users()) {
      throw new InputException(
          "--user '" + user + "' is not from 0 to " + (pairs.train().users() - 1));
    }
    if (k < 1) {
      throw new InputException("-k '" + k + "' is not at least 1");
    }
    try (WorkPool pool = new WorkPool(1)) {
      TopKRecommender recommender =
          new TopKRecommender(pairs.maskedInTest(), spec.testScore(), Kernels.best(), pool);
      for (Recommendation best : recommender.recommend(run.model(), user, k)) {
        command.commandLine().getOut().printf(Locale.ROOT, "%d\t%.6f%n", best.item(), best.score());
      }
    }
    return ExitCode.DONE;
  }
}
