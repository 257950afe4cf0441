package bsl.cli;

import bsl.core.data.DatasetCatalog;
import bsl.paper.OverallCell;
import bsl.paper.OverallTable;
import bsl.paper.PublishedRun;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import bsl.run.TextFiles;
import bsl.run.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bsl reproduce}: trains the cells of the main table and sets them beside the paper's. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description = {
      "Train the main table's cells and judge them against the published numbers.",
      "So far: matrix factorisation with SL and BSL. Data sets that are not in the data directory"
          + " are left out, and said to be.",
      "Finished cells are kept under OUT/runs and not trained again with --resume."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final List<String> DATASETS = List.of("ml-1m", "gowalla", "yelp2018");
  private static final List<String> LOSSES = List.of("sl", "bsl");

  @Mixin private DataOptions data;

  @Mixin private ThreadOption threads;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "only this data set; repeatable; default ml-1m, gowalla, yelp2018")
  private List<String> datasets = DATASETS;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = Presets.DEFAULT,
      description = "fast (default) or reference")
  private String preset;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/paper",
      description = "where tables and runs go; default target/paper")
  private Path out;

  @Option(names = "--resume", description = "keep finished cells, go on with unfinished ones")
  private boolean resume;

  @Option(names = "--dry-run", description = "say what would be trained and stop")
  private boolean dryRun;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    List<RunSpec> planned = plan();
    PrintWriter to = command.commandLine().getOut();
    planned.forEach(
        spec -> to.println("cell " + spec.title() + ", up to " + spec.epochs() + " epochs"));
    to.flush();
    if (dryRun) {
      return ExitCode.DONE;
    }
    List<OverallCell> cells = new ArrayList<>();
    for (RunSpec spec : planned) {
      RunFolder folder =
          new RunFolder(
              out.resolve("runs").resolve(spec.title() + "-" + spec.digest().substring(0, 8)));
      RunResult result = train(spec, folder);
      if (!result.complete()) {
        return ExitCode.INTERRUPTED;
      }
      PublishedRun published =
          PublishedRun.of(spec.dataset(), spec.backbone(), spec.lossName()).orElseThrow();
      cells.add(new OverallCell(published, result, folder.path().toString()));
      write(new OverallTable(cells));
    }
    OverallTable table = new OverallTable(cells);
    to.println(table.markdown());
    to.println("written to " + out.resolve("overall.md"));
    to.flush();
    return table.holds() ? ExitCode.DONE : ExitCode.CLAIM_FAILED;
  }

  private List<RunSpec> plan() {
    List<RunSpec> planned = new ArrayList<>();
    for (String dataset : datasets) {
      if (!DATASETS.contains(dataset)) {
        throw new InputException(
            "--dataset '" + dataset + "' is none of " + String.join(", ", DATASETS));
      }
      if (!DatasetCatalog.isPresent(dataset, data.directory())) {
        command
            .commandLine()
            .getErr()
            .println(
                "bsl: left out: "
                    + dataset
                    + " is not in "
                    + data.directory()
                    + "; 'bsl data fetch "
                    + dataset
                    + "' brings it");
        continue;
      }
      for (String loss : LOSSES) {
        Settings own =
            new Settings()
                .set(SettingKey.DATASET, dataset, "reproduce")
                .set(SettingKey.LOSS, loss, "reproduce");
        planned.add(RunSettings.of(preset, null, List.of(), own).spec());
      }
    }
    if (planned.isEmpty()) {
      throw new InputException("no data set to reproduce anything on in " + data.directory());
    }
    return planned;
  }

  private RunResult train(RunSpec spec, RunFolder folder) throws IOException {
    RunData pairs = RunData.of(data.load(spec.dataset()), spec);
    TrainingRun run = new TrainingRun(spec, pairs, preset, threads.count(), folder);
    try (Interruption interruption = new Interruption();
        ProgressReport progress =
            new ProgressReport(spec.title(), command.commandLine().getErr())) {
      return run.execute(resume, progress, interruption);
    }
  }

  private void write(OverallTable table) {
    TextFiles.write(out.resolve("overall.md"), table.markdown());
    TextFiles.write(out.resolve("overall.csv"), table.csv());
  }
}
