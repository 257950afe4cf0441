package bsl.benchmarks.track;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares a point with an earlier one, ratio by ratio.
 *
 * @param rows one for each ratio that either of them has
 */
record Comparison(List<Row> rows) {
  /** A smaller fall is none, whatever its noise. */
  static final double TOLERATED = 0.1;

  /** What became of a ratio. */
  enum Verdict {
    /** It fell by more than its noise and by more than a tenth. */
    FELL,
    /** It rose by more than its noise and by more than a tenth. */
    ROSE,
    /** Neither. */
    SAME,
    /** The earlier point does not have it, or has it with other parameters or for other work. */
    NEW,
    /** The later point does not have it, likewise. */
    GONE
  }

  /**
   * A ratio.
   *
   * @param before the earlier result
   * @param now the later result
   * @param change later ratio over earlier ratio
   * @param verdict what became of it
   */
  record Row(
      Optional<TrackedResult> before,
      Optional<TrackedResult> now,
      Optional<Estimate> change,
      Verdict verdict) {}

  /**
   * Compares.
   *
   * @param earlier may be empty, which makes all ratios new
   * @throws BadInputException if they are of different kinds of machines or lengths
   */
  static Comparison of(Optional<HistoryPoint> earlier, HistoryPoint later) {
    if (earlier.isPresent() && !earlier.get().comparable(later)) {
      throw new BadInputException(
          "these cannot be compared: " + earlier.get().kind() + "; and " + later.kind());
    }
    List<Row> rows = new ArrayList<>();
    for (TrackedResult now : later.results()) {
      rows.add(row(earlier.flatMap(point -> point.like(now)), now));
    }
    earlier.stream()
        .flatMap(point -> point.results().stream())
        .filter(result -> later.like(result).isEmpty())
        .map(gone -> new Row(Optional.of(gone), Optional.empty(), Optional.empty(), Verdict.GONE))
        .forEach(rows::add);
    return new Comparison(List.copyOf(rows));
  }

  private static Row row(Optional<TrackedResult> before, TrackedResult now) {
    Optional<Estimate> change = before.map(result -> now.ratio().over(result.ratio()));
    Verdict verdict = change.map(Comparison::verdict).orElse(Verdict.NEW);
    return new Row(before, Optional.of(now), change, verdict);
  }

  /** Decides on a change: noise is what the interval says. */
  static Verdict verdict(Estimate change) {
    Estimate.Range range = change.range();
    if (range.high() < 1 && change.value() < 1 - TOLERATED) {
      return Verdict.FELL;
    }
    return range.low() > 1 && change.value() > 1 + TOLERATED ? Verdict.ROSE : Verdict.SAME;
  }

  /** Whether any ratio fell. */
  boolean fell() {
    return rows.stream().anyMatch(row -> row.verdict() == Verdict.FELL);
  }
}
