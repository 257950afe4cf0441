package bsl.benchmarks;

import bsl.core.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the log-sum-exp of a row of scores cost together with its softmax, beside a plain loop
 * over {@link Math#exp}? Three passes: largest score, exponentials with their sum, scaling.
 *
 * <p>Every method first copies the row, since the passes overwrite it; {@link #copy} tells what
 * that alone costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class LogSumExpBenchmark extends LauncherJvm {
  /** Negatives N: the row's length. */
  @Param({"64", "1024"})
  int negatives;

  private float temperature = 0.1f;
  private Kernels kernels;
  private Kernels scalar;
  private float[] scores;
  private final float[] lanes = new float[Kernels.VIRTUAL_LANES];
  private float[] row;

  /** Makes the row. */
  @Setup
  public void setUp() {
    kernels = Kernels.best();
    scalar = Kernels.scalar();
    scores = RandomMatrix.uniform(negatives, 1, 0);
    row = new float[negatives];
  }

  /** The suite's kernels. */
  @Benchmark
  public double kernels(ElementCounter counter) {
    return logSumExp(kernels, counter);
  }

  /** Their plain Java twin. */
  @Benchmark
  public double scalarKernels(ElementCounter counter) {
    return logSumExp(scalar, counter);
  }

  private double logSumExp(Kernels with, ElementCounter counter) {
    System.arraycopy(scores, 0, row, 0, negatives);
    float max = with.rows().max(row, 0, negatives);
    float scale = 1 / temperature;
    float shift = max * scale;
    float sum = with.rows().expSum(row, 0, negatives, scale, shift, lanes);
    with.rows().scale(row, 0, negatives, 1 / sum);
    counter.elements += negatives;
    return shift + StrictMath.log(sum);
  }

  /** The loop one would write first. */
  @Benchmark
  public double mathExp(ElementCounter counter) {
    System.arraycopy(scores, 0, row, 0, negatives);
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < negatives; j++) {
      max = Math.max(max, row[j]);
    }
    double sum = 0;
    for (int j = 0; j < negatives; j++) {
      double e = Math.exp((row[j] - max) / temperature);
      row[j] = (float) e;
      sum += e;
    }
    float factor = (float) (1 / sum);
    for (int j = 0; j < negatives; j++) {
      row[j] *= factor;
    }
    counter.elements += negatives;
    return max / temperature + Math.log(sum);
  }

  /** The copy that each of the others makes first. */
  @Benchmark
  public float[] copy(ElementCounter counter) {
    System.arraycopy(scores, 0, row, 0, negatives);
    counter.elements += negatives;
    return row;
  }
}
