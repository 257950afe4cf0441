package bsl.cli;

import bsl.core.Split;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.data.IdFile;
import bsl.eval.Recommendation;
import bsl.eval.TopKRecommender;
import bsl.run.InputException;
import bsl.run.RunData;
import bsl.run.RunSpec;
import bsl.run.TrainedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
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

  @Option(
      names = "--user",
      paramLabel = "U",
      required = true,
      description = {
        "the user: its id in the files that the data set was imported from,",
        "or its number from 0 if the data set was not imported"
      })
  private String user;

  @Option(names = "-k", paramLabel = "K", defaultValue = "20", description = "items; default 20")
  private int k;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    TrainedRun run = TrainedRun.open(model);
    RunSpec spec = run.spec();
    Split split = data.load(spec.dataset());
    RunData pairs = run.data(split);
    Optional<IdFile> items = data.itemIds(split);
    int number = number(data.userIds(split), split);
    if (k < 1) {
      throw new InputException("-k '" + k + "' is not at least 1");
    }
    try (WorkPool pool = new WorkPool(1)) {
      TopKRecommender recommender =
          new TopKRecommender(pairs.maskedInTest(), spec.testScore(), Kernels.best(), pool);
      for (Recommendation best : recommender.recommend(run.model(), number, k)) {
        String item = items.map(ids -> ids.id(best.item())).orElse(Integer.toString(best.item()));
        command.commandLine().getOut().printf(Locale.ROOT, "%s\t%.6f%n", item, best.score());
      }
    }
    return ExitCode.DONE;
  }

  /** The user's number in the data set. */
  private int number(Optional<IdFile> ids, Split split) {
    if (ids.isPresent()) {
      return ids.get()
          .number(user)
          .orElseThrow(
              () ->
                  new InputException(
                      "--user '"
                          + user
                          + "' is no user of data set "
                          + split.name()
                          + "; its users are in "
                          + data.directory().resolve(split.name()).resolve(IdFile.USERS)));
    }
    if (!user.matches("\\d{1,9}") || Integer.parseInt(user) >= split.users()) {
      throw new InputException("--user '" + user + "' is not from 0 to " + (split.users() - 1));
    }
    return Integer.parseInt(user);
  }
}
