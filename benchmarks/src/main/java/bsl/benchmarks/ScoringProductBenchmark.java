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
 * How fast are the three products of one tile of a training step, on one core, beside the {@code
 * sgemm} of others? The tile is what the trainer uses: {@value #ROWS} users, {@value #DIMENSION}
 * floats per embedding, N negatives, everything in the caches.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ScoringProductBenchmark extends LauncherJvm {
  static final int ROWS = 48;
  static final int DIMENSION = 64;

  /** Keeps rows of the tile from falling into the same cache sets, as in the trainer. */
  private static final int SKEW = 16;

  @Param({"KERNELS", "NETLIB_VECTOR", "NETLIB_NATIVE"})
  ProductLibrary library;

  /** Negatives N. */
  @Param("1024")
  int negatives;

  private MatrixProducts products;
  private ItemMatrix items;
  private float[] users;
  private float[] gradient;
  private float[] scores;
  private float[] userSums;
  private float[] itemSums;
  private int stride;

  /** Makes the matrices. */
  @Setup
  public void setUp() {
    products = library.open(1);
    items = ItemMatrix.random(negatives, DIMENSION, 0);
    stride = items.paddedCount() + SKEW;
    users = RandomMatrix.uniform(ROWS, DIMENSION, 1);
    gradient = RandomMatrix.uniform(ROWS, stride, 2);
    scores = new float[ROWS * stride];
    userSums = new float[ROWS * DIMENSION];
    itemSums = new float[negatives * DIMENSION];
  }

  /** Scores of the tile. */
  @Benchmark
  public float[] score(FlopCounter flops) {
    products.score(users, 0, ROWS, items, scores, stride);
    flops.countProduct(ROWS, DIMENSION, negatives);
    return scores;
  }

  /** Gradient of the users. */
  @Benchmark
  public float[] backToUsers(FlopCounter flops) {
    products.addToUsers(gradient, stride, ROWS, items, userSums);
    flops.countProduct(ROWS, DIMENSION, negatives);
    return userSums;
  }

  /** Gradient of the items. */
  @Benchmark
  public float[] backToItems(FlopCounter flops) {
    products.addToItems(gradient, stride, ROWS, items, users, itemSums);
    flops.countProduct(ROWS, DIMENSION, negatives);
    return itemSums;
  }
}
