package bsl.benchmarks.track;

import bsl.benchmarks.track.JmhCall.Length;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Results at one commit on one machine.
 *
 * @param commit hash of the commit, 40 digits
 * @param changed whether there were changes that are in no commit
 * @param committed when the commit was made
 * @param measured when the measurement began
 * @param machine the kind of machine
 * @param jdk full version of Java
 * @param length how much was spent
 * @param load load of the machine before; NaN if unknown
 * @param results one for each ratio
 */
record HistoryPoint(
    String commit,
    boolean changed,
    Instant committed,
    Instant measured,
    Machine machine,
    String jdk,
    Length length,
    double load,
    List<TrackedResult> results) {
  /**
   * As commits follow one another; within a commit, as measured. Clocks count seconds, so commits
   * of equal times have an order, too: points are the same only if they are of one commit.
   */
  static final Comparator<HistoryPoint> ORDER =
      Comparator.comparing(HistoryPoint::committed)
          .thenComparing(HistoryPoint::measured)
          .thenComparing(HistoryPoint::commit);

  private static final int SHORT = 10;

  /** The same with these results. */
  HistoryPoint with(List<TrackedResult> itsResults) {
    return new HistoryPoint(
        commit, changed, committed, measured, machine, jdk, length, load, itsResults);
  }

  /** First digits of the commit, with a mark of changes. */
  String shortCommit() {
    return commit.substring(0, SHORT) + (changed ? "+" : "");
  }

  /** Whether results of the two may be compared. */
  boolean comparable(HistoryPoint other) {
    return machine.equals(other.machine) && length == other.length;
  }

  /** Machine and length for people. */
  String kind() {
    return machine.text() + ", " + length.title();
  }

  /** The result that another one can be compared with. */
  Optional<TrackedResult> like(TrackedResult other) {
    return results.stream().filter(other::comparable).findFirst();
  }
}
