package bsl.benchmarks.track;

import bsl.data.FileFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs {@code benchmarks/track}: measures, stores a point, compares it with the point before it.
 * Results go to standard output, what else there is to say to standard error.
 */
public final class Track {
  /** Nothing fell. */
  static final int OK = 0;

  /**
   * A ratio fell by more than its noise and a tenth. The script makes 1 of it, which Java itself
   * ends with where it does not start.
   */
  static final int FELL = 3;

  /** Bad input, or a run that failed. */
  static final int BAD_INPUT = 2;

  private static final double BUSY = 0.5;

  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;
  private final List<JmhCall> calls;

  Track(PrintStream out, PrintStream err, Clock clock, List<JmhCall> calls) {
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.calls = calls;
  }

  /** Ends the JVM with the exit code. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Track track = new Track(out, System.err, Clock.systemUTC(), TrackedSet.calls());
    int code = BAD_INPUT;
    try {
      code = track.run(arguments);
    } catch (RuntimeException | Error e) {
      System.err.println("track: internal error, exit code " + BAD_INPUT + ":");
      e.printStackTrace();
    } finally {
      System.exit(code);
    }
  }

  /** Does what the arguments say, and returns the exit code. */
  int run(String... arguments) {
    try {
      TrackOptions options = TrackOptions.parse(arguments);
      return switch (options.task()) {
        case MEASURE -> measure(options);
        case COMPARE -> compare(options);
        case FLOORS -> floors(TrackOptions.path(options.names().get(0)));
      };
    } catch (BadInputException e) {
      err.println("track: " + e.getMessage());
      return BAD_INPUT;
    }
  }

  private int measure(TrackOptions options) {
    History history = History.read(options.history());
    if (!options.changed()) {
      // Before minutes of measuring, which would be lost.
      PointFile.requireFolder(options.history());
    }
    if (options.load() > BUSY) {
      err.println(
          "track: the machine was busy in the minute before (load "
              + options.load()
              + "), so this says little");
    }
    HistoryPoint empty =
        new HistoryPoint(
            options.commit(),
            options.changed(),
            options.committed(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            MachineProbe.machine(),
            System.getProperty("java.runtime.version"),
            options.length(),
            options.load(),
            List.of());
    List<Measurement> measured =
        new JmhRunner(options.jar(), options.output(), err).run(calls, options.length());
    HistoryPoint point = empty.with(results(measured, options.blas()));
    Optional<HistoryPoint> before = history.before(point);
    int code = report(history, before, point);
    WorkTable.of(measured)
        .ifPresent(floors -> out.println("\n## Training over users\n\n" + floors));
    if (point.changed()) {
      err.println("track: not stored, since there are changes that are in no commit");
    } else {
      err.println("track: stored as " + PointFile.write(point, options.history()));
      plot(History.read(options.history()), point);
    }
    return code;
  }

  private List<TrackedResult> results(List<Measurement> measured, String blas) {
    List<TrackedResult> results = new ArrayList<>();
    for (TrackedRatio ratio : TrackedSet.ratios(blas)) {
      Optional<TrackedResult> result = ratio.in(measured);
      if (result.isPresent()) {
        results.add(result.get());
      } else {
        err.println("track: not measured: " + ratio.id() + ", over " + ratio.yardstickName());
      }
    }
    measured.stream()
        .filter(m -> !m.settled())
        .forEach(
            m ->
                err.println(
                    "track: still warming up, so slower than it is: "
                        + m.benchmark()
                        + " "
                        + m.params()));
    if (results.isEmpty()) {
      throw new BadInputException("nothing was measured; JMH's output says why");
    }
    return List.copyOf(results);
  }

  private int compare(TrackOptions options) {
    History history = History.read(options.history());
    HistoryPoint later;
    HistoryPoint earlier;
    if (options.names().isEmpty()) {
      if (history.points().isEmpty()) {
        throw new BadInputException(options.history() + ": there are no points to compare");
      }
      later = history.points().get(history.points().size() - 1);
      earlier =
          history
              .before(later)
              .orElseThrow(
                  () ->
                      new BadInputException(
                          history.alike(later).isEmpty()
                              ? "there is only one point of " + later.kind()
                              : "all points of "
                                  + later.kind()
                                  + " are of one commit; name the files of two"));
    } else {
      List<HistoryPoint> both = history.named(options.names().get(0), options.names().get(1));
      earlier = both.get(0);
      later = both.get(1);
    }
    int code = report(history, Optional.of(earlier), later);
    plot(history, later);
    return code;
  }

  private int report(History history, Optional<HistoryPoint> before, HistoryPoint point) {
    Optional<HistoryPoint> first = history.firstBefore(point);
    boolean fell = Comparison.of(before, point).fell();
    out.print(TrackReport.of(point, before, first));
    return fell ? FELL : OK;
  }

  /** Draws all points of the kind of one of them. */
  private void plot(History history, HistoryPoint point) {
    List<HistoryPoint> alike = history.points().stream().filter(point::comparable).toList();
    if (alike.isEmpty()) {
      return;
    }
    if (!TrackPlot.available()) {
      err.println("track: no plot, since Java finds no font");
      return;
    }
    Path file =
        history.folder().resolve(point.machine().slug() + "-" + point.length().title() + ".svg");
    try {
      Files.write(file, TrackPlot.svg(alike));
      err.println("track: plot in " + file);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be written: " + FileFailure.reason(file, e));
    }
  }

  private int floors(Path file) {
    out.print(
        WorkTable.of(JmhResults.read(file))
            .orElseThrow(
                () -> new BadInputException(file + ": nothing in it has a floor beside it")));
    return OK;
  }
}
