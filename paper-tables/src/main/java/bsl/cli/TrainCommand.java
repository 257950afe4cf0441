package bsl.cli;

import bsl.paper.PublishedRun;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bsl train}: trains one model and evaluates it. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Train a model and evaluate it on the test set.",
      "Settings come from the preset, then --config, then --set, then flags."
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private DataOptions data;

  @Mixin private ThreadOption threads;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = Presets.DEFAULT,
      description = "fast (default), reference (the authors' own), baseline or none")
  private String preset;

  @Option(names = "--config", paramLabel = "FILE", description = "YAML file of 'key: value' lines")
  private Path config;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "one setting; repeatable")
  private List<String> assignments = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "run folder; default runs/DATASET-BACKBONE-LOSS-DIGEST")
  private Path out;

  @Mixin private JsonOption json;

  @Option(
      names = "--resume",
      description = "go on from the run folder's last checkpoint; the result is the same")
  private boolean resume;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    RunSettings settings =
        RunSettings.of(
            preset,
            config,
            assignments,
            SettingOptions.given(command.commandLine().getParseResult()));
    settings.notes().forEach(note -> command.commandLine().getErr().println("bsl: " + note));
    RunSpec spec = settings.spec();
    Path folder = out == null ? defaultFolder(spec) : out;
    RunData pairs = RunData.of(data.load(spec.dataset()), spec);
    TrainingRun run =
        new TrainingRun(spec, pairs, settings.preset(), threads.count(), new RunFolder(folder));
    // Open until everything is written: once it is closed, an interrupted JVM goes down.
    try (Interruption interruption = new Interruption()) {
      RunResult result = execute(run, spec, interruption);
      json.write(result);
      report(result, folder);
      return result.complete() ? ExitCode.DONE : ExitCode.INTERRUPTED;
    }
  }

  private RunResult execute(TrainingRun run, RunSpec spec, Interruption interruption) {
    try (ProgressReport progress =
        new ProgressReport(spec.title(), run::share, command.commandLine().getErr())) {
      return run.execute(resume, progress, interruption);
    }
  }

  private static Path defaultFolder(RunSpec spec) {
    return Path.of("runs", spec.title() + "-" + spec.digest().substring(0, 8));
  }

  private void report(RunResult result, Path folder) {
    PrintWriter to = json.text();
    if (result.bestEpoch() == 0) {
      to.println("interrupted before the first evaluation; nothing to keep");
      return;
    }
    to.printf(
        Locale.ROOT,
        "%s-%s-%s: epoch %d of %d%s, selected on %s (protocol %s), %.1f s of training%n",
        result.dataset(),
        result.backbone(),
        result.loss(),
        result.bestEpoch(),
        result.epochs(),
        result.complete() ? "" : " (interrupted)",
        result.selectedOn(),
        result.protocol(),
        result.trainSeconds());
    to.println(MetricTable.of(result.metrics()));
    PublishedRun.of(result.dataset(), result.backbone(), result.loss())
        .ifPresent(
            published ->
                to.printf(
                    Locale.ROOT,
                    "published  recall@20 %.5f (ours %+.1f%%), ndcg@20 %.5f (ours %+.1f%%)%n",
                    published.recall20(),
                    100 * (result.metrics().get("recall@20") / published.recall20() - 1),
                    published.ndcg20(),
                    100 * (result.metrics().get("ndcg@20") / published.ndcg20() - 1)));
    to.println("run folder " + folder);
    to.flush();
  }
}
