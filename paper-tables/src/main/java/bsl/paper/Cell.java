package bsl.paper;

import bsl.eval.SampleMean;
import bsl.report.Estimate;
import bsl.run.RunSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * One setting and its runs, which differ in their seed only. Tables show means over them, and
 * verdicts pair the runs of two cells seed by seed.
 *
 * @param runs the runs of seeds 1, 2, ...
 */
public record Cell(List<RunSpec> runs) {
  /** Confidence of intervals over seeds. */
  private static final double CONFIDENCE = 0.95;

  /** Keeps a copy of the list. */
  public Cell {
    runs = List.copyOf(runs);
  }

  /** The first seed's run: what it says of its setting is true of all. */
  public RunSpec first() {
    return runs.get(0);
  }

  /** Number of seeds. */
  public int seeds() {
    return runs.size();
  }

  /** A number of each run, in the order of the seeds. */
  public double[] bySeed(ToDoubleFunction<RunSpec> number) {
    return runs.stream().mapToDouble(number).toArray();
  }

  /** The mean of a number over the runs, with its interval. */
  public Estimate mean(ToDoubleFunction<RunSpec> number) {
    return estimate(bySeed(number));
  }

  /** The mean of a whole number over the runs; itself for a single seed. */
  Number meanCount(ToIntFunction<RunSpec> count) {
    if (seeds() == 1) {
      return count.applyAsInt(first());
    }
    return runs.stream().mapToInt(count).average().orElseThrow();
  }

  /** The mean of numbers, one per seed, with its interval; NaN if one of them is. */
  public static Estimate estimate(double... bySeed) {
    if (!Arrays.stream(bySeed).allMatch(Double::isFinite)) {
      return new Estimate(Double.NaN, Double.NaN, bySeed.length);
    }
    SampleMean mean = SampleMean.of(bySeed);
    return bySeed.length == 1
        ? Estimate.of(bySeed[0])
        : new Estimate(mean.mean(), mean.halfWidth(CONFIDENCE), mean.size());
  }
}
