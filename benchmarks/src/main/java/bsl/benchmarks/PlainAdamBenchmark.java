package bsl.benchmarks;

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
 * What does a step of Adam over all rows cost, as one writes it down: one loop, {@link Math#sqrt},
 * one thread? The yardstick of {@link AdamBenchmark}, with as many rows; so it is not to be
 * changed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PlainAdamBenchmark extends LauncherJvm {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;
  private static final float RATE = 1e-3f;

  @Param("69716")
  int rows;

  @Param("64")
  int dimension;

  private float[] parameters;
  private float[] first;
  private float[] second;
  private float[] gradients;
  private double power1;
  private double power2;

  /** Makes the table and its gradients. */
  @Setup
  public void setUp() {
    parameters = RandomMatrix.uniform(rows, dimension, 0);
    gradients = RandomMatrix.uniform(rows, dimension, 1);
    first = new float[parameters.length];
    second = new float[parameters.length];
    power1 = 1;
    power2 = 1;
  }

  /** One step; all rows have a gradient. */
  @Benchmark
  public float[] step() {
    power1 *= BETA1;
    power2 *= BETA2;
    float rate = (float) (RATE * Math.sqrt(1 - power2) / (1 - power1));
    for (int i = 0; i < parameters.length; i++) {
      float gradient = gradients[i];
      first[i] = BETA1 * first[i] + (1 - BETA1) * gradient;
      second[i] = BETA2 * second[i] + (1 - BETA2) * gradient * gradient;
      parameters[i] -= rate * first[i] / ((float) Math.sqrt(second[i]) + EPSILON);
    }
    return parameters;
  }
}
