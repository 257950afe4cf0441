package bsl.benchmarks;

import bsl.core.WorkPool;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast is the scoring product of a whole mini-batch, by number of threads, in the form that
 * suits each library best?
 *
 * <p>Java libraries go over tiles of {@value #TILE} users that stay in the cache, as the trainer
 * does (it never holds the B x N matrix); the native library gets one call, its own threads and
 * room for all scores. Bringing the items into the layout that a library wants is part of the time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class BatchProductBenchmark extends LauncherJvm {
  private static final int TILE = 48;
  private static final int SKEW = 16;
  private static final int DIMENSION = 64;

  @Param({"KERNELS", "NETLIB_VECTOR", "NETLIB_NATIVE"})
  ProductLibrary library;

  @Param({"1", "2"})
  int threads;

  /** Users B. */
  @Param("8192")
  int batch;

  /** Negatives N. */
  @Param("1024")
  int negatives;

  private MatrixProducts products;
  private WorkPool pool;
  private ItemMatrix items;
  private float[] users;
  private float[][] scores;

  /** Makes the matrices. */
  @Setup
  public void setUp() {
    products = library.open(threads);
    pool = new WorkPool(threads);
    items = ItemMatrix.random(negatives, DIMENSION, 0);
    users = RandomMatrix.uniform(batch, DIMENSION, 1);
    int stride = items.paddedCount() + SKEW;
    scores =
        inOneCall() ? new float[1][batch * items.paddedCount()] : new float[threads][TILE * stride];
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  private boolean inOneCall() {
    return library == ProductLibrary.NETLIB_NATIVE;
  }

  /** All scores of the mini-batch, not kept. */
  @Benchmark
  public float[][] score(FlopCounter flops) {
    if (inOneCall()) {
      products.score(users, 0, batch, items, scores[0], items.paddedCount());
    } else {
      items.pack();
      int stride = items.paddedCount() + SKEW;
      pool.run(
          batch,
          TILE,
          (begin, end, worker) ->
              products.score(users, begin, end - begin, items, scores[worker], stride));
    }
    flops.countProduct(batch, DIMENSION, negatives);
    return scores;
  }
}
