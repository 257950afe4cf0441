package bsl.cli;

import bsl.run.RunEngine;
import bsl.run.RunSpec;
import bsl.tune.ShortSearch;
import bsl.tune.Standing;
import bsl.tune.TuningListener;
import bsl.tune.TuningStatus;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a {@link ShortSearch} for a command, and shows how it goes and what it finds. */
final class ShortSearchRun {
  private final ShortSearch search;
  private final RunEngine engine;
  private final PrintWriter err;

  /**
   * @param search what is searched
   * @param engine trains; closed by whoever made it
   * @param err where it is shown
   */
  ShortSearchRun(ShortSearch search, RunEngine engine, PrintWriter err) {
    this.search = search;
    this.engine = engine;
    this.err = err;
  }

  /** What is going to be searched, for people. */
  static String announced(ShortSearch search) {
    return search.named()
        + (search.space().searched().size() == 1 ? " is" : " are")
        + " looked for first, on held-out pairs (--no-search leaves that out)";
  }

  /**
   * Says how a command goes on whose search was broken off.
   *
   * @return the exit code
   */
  static int brokenOff(CommandSpec command) {
    PrintWriter err = command.commandLine().getErr();
    err.println("bsl: interrupted in the search; go on with: " + Invocation.again(command));
    err.flush();
    return ExitCode.INTERRUPTED;
  }

  /**
   * Searches, or reads what was found before.
   *
   * @return the run with what was found; empty if it was broken off
   */
  Optional<RunSpec> find(BooleanSupplier cancelled) {
    Optional<RunSpec> found;
    try (TuneProgress progress = new TuneProgress(err)) {
      progress.begin(search.space());
      found = search.find(engine, new Trials(progress), cancelled);
    }
    found.ifPresent(
        run -> {
          err.println("found on held-out pairs: " + text(run));
          err.flush();
        });
    return found;
  }

  private String text(RunSpec run) {
    return search.space().searched().stream()
        .map(dimension -> dimension.key() + " " + run.text(dimension.key()))
        .collect(Collectors.joining(", "));
  }

  /** Shows the trials, and not what the winner reaches on the test set. */
  private record Trials(TuneProgress shown) implements TuningListener {
    @Override
    public void arrived(Standing standing, boolean now, TuningStatus status) {
      shown.arrived(standing, now, status);
    }

    @Override
    public void progressed(TuningStatus status) {
      shown.progressed(status);
    }

    @Override
    public void searchedByOther(String holder) {
      shown.searchedByOther(holder);
    }

    @Override
    public void heldByOther(RunSpec run, String holder) {
      shown.heldByOther(run, holder);
    }
  }
}
