package bsl.benchmarks;

import bsl.core.EmbeddingTable;
import bsl.core.Grouping;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * What does one step of Adam over all rows cost, done at once or when rows are next read? The table
 * has as many rows as yelp2018 has users and items; each step refreshes and updates other {@value
 * #TOUCHED} rows, as for 8,192 pairs with 1,024 shared negatives.
 *
 * <p>Dense and lazy carry out the same number of updates over time. Dense goes through memory for
 * each; lazy keeps a row in registers while it catches up. The closed form has one update per row
 * that is read.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class AdamBenchmark extends LauncherJvm {
  private static final int TOUCHED = 8192 + 1024;

  /** Sets of rows in turn; enough for practically every row to be in one. */
  private static final int SETS = 64;

  @Param Adam.Mode mode;

  @Param({"1", "2"})
  int threads;

  @Param("69716")
  int rows;

  @Param("64")
  int dimension;

  private WorkPool pool;
  private Adam adam;
  private RowGradients gradients;
  private final Grouping[] touched = new Grouping[SETS];
  private int step;

  /** Makes table, gradients and the rows to touch. */
  @Setup
  public void setUp() {
    pool = new WorkPool(threads);
    EmbeddingTable table = new EmbeddingTable(rows, dimension);
    table.initialiseXavierUniform(1, 0);
    adam = new Adam(table, mode, Kernels.best(), pool);
    gradients = new RowGradients(table.stride());
    gradients.reset(TOUCHED);
    float[] values = RandomMatrix.uniform(TOUCHED, table.stride(), 0);
    System.arraycopy(values, 0, gradients.values(), gradients.offset(0), values.length);
    int[] order = IntStream.range(0, rows).toArray();
    RandomStream random = RandomStream.of(1, Purpose.TEST, 11);
    for (int s = 0; s < SETS; s++) {
      random.shuffle(order);
      touched[s] = new Grouping();
      touched[s].reset(Arrays.copyOf(order, TOUCHED), TOUCHED);
    }
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** One step. */
  @Benchmark
  public int step() {
    Grouping keys = touched[step++ % SETS];
    adam.refresh(keys);
    for (int k = 0; k < TOUCHED; k++) {
      gradients.setRow(k, keys.key(k));
    }
    adam.step(gradients, 1e-3);
    return adam.steps();
  }
}
