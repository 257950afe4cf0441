package bsl.cli;

import bsl.core.Split;
import bsl.core.WorkPool;
import bsl.data.IdFile;
import bsl.recommend.Listing;
import bsl.recommend.Names;
import bsl.recommend.Recommendations;
import bsl.run.InputException;
import bsl.run.RunData;
import bsl.run.TrainedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bsl recommend}: the best items for users, and what is similar to what. */
@Command(
    name = "recommend",
    mixinStandardHelpOptions = true,
    description = {
      "List the items that a trained model ranks highest for users.",
      "Users are some, all, or one who was not in train. Or list what is similar to an item or a user.",
      "Ids are those of the files that the data set was imported from, or numbers from 0 if it was not"
          + " imported."
    })
final class RecommendCommand implements Callable<Integer> {
  @Mixin private DataOptions data;

  @Mixin private ThreadOption threads;

  @Mixin private ModelOption model;

  @ArgGroup(multiplicity = "1")
  private RecommendTarget target;

  @Option(names = "-k", paramLabel = "K", defaultValue = "20", description = "items; default 20")
  private int k;

  @Option(
      names = "--include-known",
      description = {
        "also list items that the user has in train or validation, or that --items names;",
        "they are left out otherwise"
      })
  private boolean known;

  @Mixin private RecommendOutput output;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    if (k < 1) {
      throw new InputException("-k '" + k + "' is not at least 1");
    }
    if (known && target.isSimilarity()) {
      throw new InputException("--include-known does not go with similar items or users");
    }
    output.check();
    TrainedRun run = model.open(command.commandLine());
    Split split = data.load(run.spec().dataset());
    RunData pairs = run.data(split);
    new TrainedIds(data, run, command.commandLine()).require(split);
    Path folder = data.directory().resolve(split.name());
    KnownIds users =
        new KnownIds(
            new Names(data.userIds(split), split.users()),
            "user",
            split.name(),
            folder.resolve(IdFile.USERS));
    KnownIds items =
        new KnownIds(
            new Names(data.itemIds(split), split.items()),
            "item",
            split.name(),
            folder.resolve(IdFile.ITEMS));
    try (WorkPool pool = new WorkPool(threads.count())) {
      Recommendations recommendations =
          new Recommendations(run, pairs, users.names(), items.names(), pool);
      Listing listing = target.listing(recommendations, users, items, known);
      int untrained = recommendations.usersWithoutTrainPairs(listing);
      if (untrained > 0) {
        Failures.complain(
            command.commandLine(), target.withoutTrainPairs(untrained, listing.rows().length));
      }
      output.write(listing, k, target.isOne());
    }
    return ExitCode.DONE;
  }
}
