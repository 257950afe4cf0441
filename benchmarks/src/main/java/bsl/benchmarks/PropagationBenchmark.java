package bsl.benchmarks;

import bsl.backbones.NormalizedGraph;
import bsl.backbones.Propagation;
import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.data.FMatrixSparseCSC;
import org.ejml.data.FMatrixSparseTriplet;
import org.ejml.ops.FConvertMatrixStruct;
import org.ejml.sparse.csc.CommonOps_FSCC;
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
 * How fast is one layer of propagation, all rows of A-hat E, beside a plain loop over CSR rows and
 * beside EJML (its compressed columns, float, one thread)?
 *
 * <p>The bytes counted are those of the floor: 8 bytes of column and weight and one embedding per
 * entry, one embedding written per row.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = JvmFlags.HEAP)
public class PropagationBenchmark extends LauncherJvm {
  @Param("YELP2018")
  SyntheticPreset preset;

  /** Floats per embedding d. */
  @Param("64")
  int dimension;

  /** Ours only; the others have one. */
  @Param({"1", "2"})
  int threads;

  private WorkPool pool;
  private Propagation propagation;
  private Embeddings from;
  private Embeddings to;
  private long bytes;

  private int[][] columns;
  private float[][] weights;
  private float[][] rows;
  private float[][] products;

  private FMatrixSparseCSC matrix;
  private FMatrixRMaj dense;
  private FMatrixRMaj product;

  /** Makes graph and tables. */
  @Setup
  public void setUp() {
    Interactions pairs = SyntheticDatasets.make(preset, 1).train();
    int users = pairs.users();
    int nodes = users + pairs.items();
    bytes = 2L * pairs.size() * (8 + 4L * dimension) + nodes * 4L * dimension;
    pool = new WorkPool(threads);
    propagation = new Propagation(NormalizedGraph.of(pairs), Kernels.best(), pool);
    from =
        new Embeddings(
            new EmbeddingTable(users, dimension), new EmbeddingTable(pairs.items(), dimension));
    from.users().initialiseXavierUniform(1, 0);
    from.items().initialiseXavierUniform(1, 1);
    to = from.copy();
    makePlain(pairs, nodes);
    makeEjml(nodes);
  }

  private void makePlain(Interactions pairs, int nodes) {
    Interactions transposed = pairs.transpose();
    int users = pairs.users();
    columns = new int[nodes][];
    weights = new float[nodes][];
    rows = new float[nodes][dimension];
    products = new float[nodes][dimension];
    for (int n = 0; n < nodes; n++) {
      boolean user = n < users;
      int row = user ? n : n - users;
      Interactions side = user ? pairs : transposed;
      Interactions other = user ? transposed : pairs;
      columns[n] = side.itemsOf(row);
      weights[n] = new float[columns[n].length];
      for (int e = 0; e < columns[n].length; e++) {
        double degrees = (double) side.degree(row) * other.degree(columns[n][e]);
        weights[n][e] = (float) (1 / Math.sqrt(degrees));
        columns[n][e] += user ? users : 0;
      }
      EmbeddingTable table = user ? from.users() : from.items();
      System.arraycopy(table.values(), table.offset(row), rows[n], 0, dimension);
    }
  }

  private void makeEjml(int nodes) {
    FMatrixSparseTriplet triplets = new FMatrixSparseTriplet(nodes, nodes, 1);
    dense = new FMatrixRMaj(nodes, dimension);
    product = new FMatrixRMaj(nodes, dimension);
    for (int n = 0; n < nodes; n++) {
      for (int e = 0; e < columns[n].length; e++) {
        triplets.addItem(n, columns[n][e], weights[n][e]);
      }
      System.arraycopy(rows[n], 0, dense.data, n * dimension, dimension);
    }
    matrix = FConvertMatrixStruct.convert(triplets, (FMatrixSparseCSC) null);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** Ours. */
  @Benchmark
  public Embeddings ours(ByteCounter counter) {
    counter.count(bytes);
    propagation.propagate(from, to);
    return to;
  }

  /** Row by row, as one writes it down, left to the compiler to vectorise. */
  @Benchmark
  public float[][] plainLoop(ByteCounter counter) {
    counter.count(bytes);
    for (int n = 0; n < products.length; n++) {
      float[] out = products[n];
      Arrays.fill(out, 0f);
      for (int e = 0; e < columns[n].length; e++) {
        float weight = weights[n][e];
        float[] row = rows[columns[n][e]];
        for (int d = 0; d < out.length; d++) {
          out[d] += weight * row[d];
        }
      }
    }
    return products;
  }

  /** EJML. */
  @Benchmark
  public FMatrixRMaj ejml(ByteCounter counter) {
    counter.count(bytes);
    CommonOps_FSCC.mult(matrix, dense, product);
    return product;
  }
}
