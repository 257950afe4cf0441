package bsl.benchmarks;

import bsl.baselines.BaselineKinds;
import bsl.baselines.FitContext;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import bsl.eval.UserScorer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * How near is a fit of EASE to its floor, on one core? Its time is that of a symmetric inverse, n^3
 * operations for n users. The floor is as many operations in products of cached tiles.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(value = 1, jvmArgsAppend = JvmFlags.HEAP)
public class EaseBenchmark extends LauncherJvm {
  private static final int TILE = 256;
  private static final int PAIRS_PER_USER = 30;
  private static final float LAMBDA = 200;

  /** Users n; there are twice as many items, so that the inverse is of users. */
  @Param({"2048"})
  int users;

  private Interactions train;
  private FMatrixRMaj gram;
  private FMatrixRMaj inverse;
  private WorkPool pool;
  private ProductKernels products;
  private float[] left;
  private float[] right;
  private float[] tile;

  /** Makes pairs, and for the library X X' + lambda I. */
  @Setup
  public void setUp() {
    train = PowerLawPairs.make(users, 2 * users, PAIRS_PER_USER * users, 1);
    gram = new FMatrixRMaj(users, users);
    inverse = new FMatrixRMaj(users, users);
    Interactions usersOfItems = train.transpose();
    for (int item = 0; item < usersOfItems.users(); item++) {
      for (int one : usersOfItems.itemsOf(item)) {
        for (int other : usersOfItems.itemsOf(item)) {
          gram.data[one * users + other]++;
        }
      }
    }
    for (int u = 0; u < users; u++) {
      gram.data[u * users + u] += LAMBDA;
    }
    pool = new WorkPool(1);
    products = Kernels.best().products();
    left = RandomMatrix.uniform(TILE, TILE, 1);
    right = RandomMatrix.uniform(TILE, TILE, 2);
    tile = new float[TILE * TILE];
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** The whole fit. */
  @Benchmark
  public UserScorer fit(FlopCounter flops) {
    flops.countInverse(users);
    return BaselineKinds.fit("ease", Map.of("lambda", LAMBDA), train, FitContext.of(pool));
  }

  /** The inverse alone, by the library's Cholesky factorisation. */
  @Benchmark
  public FMatrixRMaj ejml(FlopCounter flops) {
    if (!CommonOps_FDRM.invertSPD(gram, inverse)) {
      throw new IllegalStateException("not positive definite");
    }
    flops.countInverse(users);
    return inverse;
  }

  /** The floor: as many operations as the inverse of {@link #users} takes. */
  @Benchmark
  public float[] products(FlopCounter flops) {
    long count = Math.max(1, (long) users * users * users / (2L * TILE * TILE * TILE));
    for (long product = 0; product < count; product++) {
      products.product(left, 0, TILE, TILE, TILE, right, TILE, tile, 0, TILE);
      flops.countProduct(TILE, TILE, TILE);
    }
    return tile;
  }
}
