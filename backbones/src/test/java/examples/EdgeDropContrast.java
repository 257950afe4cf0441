package examples;

import bsl.backbones.AuxiliaryTerm;
import bsl.backbones.LayerMean;
import bsl.backbones.NodeSample;
import bsl.backbones.NormalizedGraph;
import bsl.backbones.RowSums;
import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import java.util.Arrays;

/**
 * An example of an auxiliary term: InfoNCE between two views of the graph, each with other edges
 * dropped, drawn anew in every epoch. With u the mini-batch's users and a, b their embeddings in
 * the two views, the term is the mean over u of {@code -s_uu / tau + log sum_v exp(s_uv / tau)},
 * s_uv being the cosine of a_u and b_v; the same of the positive items is added.
 *
 * <p>Short rather than fast: the term is worked out in double precision by one thread.
 */
final class EdgeDropContrast implements AuxiliaryTerm {
  private final Interactions pairs;
  private final double dropped;
  private final double temperature;
  private final double weight;
  private final long seed;
  private final RowKernels kernels;
  private final WorkPool pool;
  private final LayerMean[] views = new LayerMean[2];
  private final RowGradients[] users = new RowGradients[2];
  private final RowGradients[] items = new RowGradients[2];
  private final Grouping batchUsers = new Grouping();
  private final Grouping batchItems = new Grouping();

  /**
   * @param parameters layer 0 of both views
   * @param dropped probability that an edge is dropped from a view, in [0, 1)
   * @param weight of the term beside the ranking loss
   */
  EdgeDropContrast(
      Interactions pairs,
      Embeddings parameters,
      int layers,
      double dropped,
      double temperature,
      double weight,
      long seed,
      Kernels kernels,
      WorkPool pool) {
    this.pairs = pairs;
    this.dropped = dropped;
    this.temperature = temperature;
    this.weight = weight;
    this.seed = seed;
    this.kernels = kernels.rows();
    this.pool = pool;
    NormalizedGraph graph = NormalizedGraph.of(pairs);
    for (int view = 0; view < 2; view++) {
      views[view] = new LayerMean(graph, parameters, layers, kernels, pool);
      users[view] = new RowGradients(parameters.users().stride());
      items[view] = new RowGradients(parameters.items().stride());
    }
  }

  @Override
  public void beginEpoch(int epoch, Embeddings parameters) {
    int[] pairUsers = pairs.pairUsers();
    int[] pairItems = pairs.pairItems();
    for (int view = 0; view < 2; view++) {
      RandomStream random = RandomStream.of(seed, Purpose.AUGMENTATION, epoch, view);
      int[] keptUsers = new int[pairUsers.length];
      int[] keptItems = new int[pairUsers.length];
      int kept = 0;
      for (int p = 0; p < pairUsers.length; p++) {
        if (random.nextDouble() >= dropped) {
          keptUsers[kept] = pairUsers[p];
          keptItems[kept++] = pairItems[p];
        }
      }
      Interactions seen =
          Interactions.of(
              pairs.users(),
              pairs.items(),
              Arrays.copyOf(keptUsers, kept),
              Arrays.copyOf(keptItems, kept));
      views[view].replaceGraph(NormalizedGraph.of(seen));
    }
  }

  @Override
  public NodeSample beginStep(MiniBatch batch, int step) {
    batchUsers.reset(batch.users(), batch.size());
    batchItems.reset(batch.positives(), batch.size());
    return NodeSample.NONE;
  }

  @Override
  public double evaluate(LayerMean pass, RowGradients ofUsers, RowGradients ofItems) {
    Embeddings one = views[0].forward(batchUsers, batchItems, views[0].layers());
    Embeddings other = views[1].forward(batchUsers, batchItems, views[1].layers());
    double value = contrast(batchUsers, one.users(), other.users(), users);
    return value + contrast(batchItems, one.items(), other.items(), items);
  }

  @Override
  public void addGradient(Embeddings gradient) {
    for (int view = 0; view < 2; view++) {
      Embeddings ofView = views[view].backward(users[view], items[view]);
      RowSums.add(ofView.users(), gradient.users(), pool);
      RowSums.add(ofView.items(), gradient.items(), pool);
    }
  }

  /** InfoNCE of the rows that are keys; leaves the gradient of each view's rows. */
  private double contrast(
      Grouping rows, EmbeddingTable one, EmbeddingTable other, RowGradients[] gradients) {
    int count = rows.groups();
    float[] a = new float[count * one.stride()];
    float[] b = new float[count * one.stride()];
    float[] aInverse = gather(rows, one, a);
    float[] bInverse = gather(rows, other, b);
    begin(rows, gradients[0]);
    begin(rows, gradients[1]);
    double value = 0;
    for (int u = 0; u < count; u++) {
      double[] exponentials = new double[count];
      double sum = 0;
      for (int v = 0; v < count; v++) {
        exponentials[v] = Math.exp(cosine(a, u, b, v, one.stride()) / temperature);
        sum += exponentials[v];
      }
      value += Math.log(sum / exponentials[u]);
      for (int v = 0; v < count; v++) {
        double slope = exponentials[v] / sum - (u == v ? 1 : 0);
        float scaled = (float) (weight * slope / (temperature * count));
        addScaled(scaled, b, v, gradients[0], u);
        addScaled(scaled, a, u, gradients[1], v);
      }
    }
    for (int k = 0; k < count; k++) {
      sendBack(a, aInverse, gradients[0], k);
      sendBack(b, bInverse, gradients[1], k);
    }
    return weight * value / count;
  }

  private float[] gather(Grouping rows, EmbeddingTable table, float[] units) {
    float[] inverseNorms = new float[rows.groups()];
    for (int k = 0; k < inverseNorms.length; k++) {
      int at = k * table.stride();
      System.arraycopy(table.values(), table.offset(rows.key(k)), units, at, table.stride());
      inverseNorms[k] = kernels.normalise(units, at, table.stride());
    }
    return inverseNorms;
  }

  private static void begin(Grouping rows, RowGradients gradients) {
    gradients.reset(rows.groups());
    Arrays.fill(gradients.values(), 0f);
    for (int k = 0; k < rows.groups(); k++) {
      gradients.setRow(k, rows.key(k));
    }
  }

  private static double cosine(float[] a, int u, float[] b, int v, int stride) {
    double sum = 0;
    for (int d = 0; d < stride; d++) {
      sum += a[u * stride + d] * (double) b[v * stride + d];
    }
    return sum;
  }

  private static void addScaled(float factor, float[] units, int k, RowGradients to, int row) {
    int at = k * to.stride();
    for (int d = 0; d < to.stride(); d++) {
      to.values()[to.offset(row) + d] += factor * units[at + d];
    }
  }

  private void sendBack(float[] units, float[] inverseNorms, RowGradients gradients, int k) {
    int stride = gradients.stride();
    kernels.normaliseBackward(
        units, k * stride, inverseNorms[k], gradients.values(), gradients.offset(k), stride);
  }
}
