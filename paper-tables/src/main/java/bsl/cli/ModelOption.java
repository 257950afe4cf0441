package bsl.cli;

import bsl.core.CountText;
import bsl.run.RunResult;
import bsl.run.TrainedRun;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A model that was trained. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "run folder of the model")
  private Path model;

  Path folder() {
    return model;
  }

  /**
   * Opens the run. A note says so if its training is not at its end.
   *
   * @param command has the standard error for the note
   */
  TrainedRun open(CommandLine command) {
    TrainedRun run = TrainedRun.open(model);
    RunResult result = run.result();
    if (!result.complete()) {
      Failures.complain(
          command,
          "note: "
              + model
              + " is of an unfinished training, "
              + result.epochs()
              + " of "
              + CountText.of(run.spec().epochs(), "epoch")
              + " done; the model is that of epoch "
              + result.bestEpoch());
    }
    return run;
  }
}
