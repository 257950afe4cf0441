package bsl.benchmarks;

import bsl.core.EmbeddingTable;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a row cost that is read and gets a gradient, by the number of steps since the last
 * time? Lazy Adam takes the missed steps one by one, the closed form all at once.
 *
 * <p>A call touches {@value #ROWS} rows, which lie in the second-level cache, in the last of {@code
 * gap} steps; the steps without rows are part of the score.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class AdamTouchBenchmark extends LauncherJvm {
  private static final int ROWS = 1024;
  private static final double RATE = 1e-3;

  @Param({"LAZY", "CLOSED_FORM"})
  Adam.Mode mode;

  @Param({"1", "16", "256"})
  int gap;

  @Param("64")
  int dimension;

  private WorkPool pool;
  private Adam adam;
  private Grouping rows;
  private RowGradients gradients;
  private RowGradients none;

  /** Makes the rows and their gradients. */
  @Setup
  public void setUp() {
    pool = new WorkPool(1);
    rows = new Grouping();
    rows.reset(IntStream.range(0, ROWS).toArray(), ROWS);
    int stride = new EmbeddingTable(1, dimension).stride();
    none = new RowGradients(stride);
    gradients = new RowGradients(stride);
    gradients.reset(ROWS);
    System.arraycopy(
        RandomMatrix.uniform(ROWS, stride, 0),
        0,
        gradients.values(),
        gradients.offset(0),
        ROWS * stride);
    for (int k = 0; k < ROWS; k++) {
      gradients.setRow(k, rows.key(k));
    }
  }

  /** Begins a training, since the optimiser keeps a few bytes per step. */
  @Setup(Level.Iteration)
  public void begin() {
    EmbeddingTable table = new EmbeddingTable(ROWS, dimension);
    table.initialiseXavierUniform(1, 0);
    adam = new Adam(table, mode, Kernels.best(), pool);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** {@code gap} steps, the last one with gradients. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int touch() {
    for (int step = 1; step < gap; step++) {
      adam.step(none, RATE);
    }
    adam.refresh(rows);
    adam.step(gradients, RATE);
    return adam.steps();
  }
}
