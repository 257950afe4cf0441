package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import java.util.Arrays;
import java.util.List;

/**
 * LightGCN (He et al., SIGIR 2020): layer l + 1 is {@code A-hat} times layer l, layer 0 the
 * parameters, and the final embeddings are the mean over layers 0 to L. With L = 0 it is {@link
 * MatrixFactorization}, bit for bit.
 *
 * <p><b>Back-propagation</b> is exact. A-hat is symmetric, so the gradient of layer 0 is {@code g_0
 * + A-hat (g_1 + A-hat (g_2 + ...))}, g_l being what loss and L2 term say of layer l itself: L
 * products, as many as forward.
 *
 * <p>A step needs final embeddings, and therefore layer L, only where the mini-batch reads them,
 * and g_l is zero elsewhere. So the last product forward and the first one backward touch only the
 * entries of A-hat in the rows or columns of the mini-batch's nodes; with one layer there are no
 * others.
 *
 * <p>Every row of the parameters gets a gradient and a step of {@link Adam}.
 *
 * <p><b>Shallow steps.</b> The first steps may be those of LightGCN with a single layer, which has
 * no product over all entries and so costs a fraction. Its parameters are a good beginning for any
 * L. Evaluation has all layers from the start.
 */
public final class LightGcn implements Backbone {
  private static final int ROWS_PER_BLOCK = 128;

  /** Layer 0, the parameters, to layer L; during back-propagation gradients, one table further. */
  private final Embeddings[] tables;

  private final Embeddings means;
  private final int shallowSteps;

  /** Layers of the step that is under way. */
  private int trained;

  private final Penalised penalised;
  private final Propagation propagation;
  private final Adam userOptimiser;
  private final Adam itemOptimiser;
  private final L2Term l2;
  private final RowGradients layerUsers;
  private final RowGradients layerItems;
  private final Kernels kernels;
  private final WorkPool pool;

  /** Without shallow steps; parameters as for the constructor below. */
  public LightGcn(
      NormalizedGraph graph,
      Embeddings parameters,
      int layers,
      Penalised penalised,
      Kernels kernels,
      WorkPool pool) {
    this(graph, parameters, layers, 0, penalised, kernels, pool);
  }

  /**
   * @param graph the train graph
   * @param parameters initial embeddings of layer 0, which are then trained in place; see {@link
   *     MatrixFactorization#initial}
   * @param layers number of layers L beyond layer 0, at least 0
   * @param shallowSteps number of first steps that train with no more than one layer, at least 0
   * @param penalised which embeddings of a node the L2 term is over
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   * @throws IllegalArgumentException if the parameters are not those of the graph's nodes, or the
   *     number of layers or of shallow steps is negative
   */
  public LightGcn(
      NormalizedGraph graph,
      Embeddings parameters,
      int layers,
      int shallowSteps,
      Penalised penalised,
      Kernels kernels,
      WorkPool pool) {
    graph.requireNodes(parameters);
    if (layers < 0) {
      throw new IllegalArgumentException("layers must be at least 0: " + layers);
    }
    if (shallowSteps < 0) {
      throw new IllegalArgumentException("shallowSteps must be at least 0: " + shallowSteps);
    }
    int dimension = parameters.users().dimension();
    this.tables = new Embeddings[layers + 1];
    Arrays.setAll(tables, l -> l == 0 ? parameters : parameters.zeros(dimension));
    this.means = parameters.zeros(dimension);
    this.shallowSteps = shallowSteps;
    this.penalised = penalised;
    this.propagation = new Propagation(graph, kernels, pool);
    this.userOptimiser = new Adam(parameters.users(), Adam.Mode.DENSE, kernels, pool);
    this.itemOptimiser = new Adam(parameters.items(), Adam.Mode.DENSE, kernels, pool);
    this.l2 = new L2Term(kernels, pool);
    this.layerUsers = new RowGradients(parameters.users().stride());
    this.layerItems = new RowGradients(parameters.items().stride());
    this.kernels = kernels;
    this.pool = pool;
  }

  private int layers() {
    return tables.length - 1;
  }

  private static float share(int layers) {
    return 1f / (layers + 1);
  }

  @Override
  public Embeddings forward(Grouping users, Grouping items) {
    trained = steps() < shallowSteps ? Math.min(1, layers()) : layers();
    for (int l = 1; l < trained; l++) {
      propagation.propagate(tables[l - 1], tables[l]);
    }
    if (trained > 0) {
      propagation.propagate(tables[trained - 1], tables[trained], users, items);
    }
    BothSides.run(
        pool,
        users.groups(),
        items.groups(),
        ROWS_PER_BLOCK,
        (ofUsers, begin, end, worker) -> {
          Grouping rows = ofUsers ? users : items;
          for (int g = begin; g < end; g++) {
            average(ofUsers, rows.key(g), 1, trained);
          }
        });
    return means;
  }

  @Override
  public Embeddings forward() {
    for (int l = 1; l <= layers(); l++) {
      propagation.propagate(tables[l - 1], tables[l]);
    }
    BothSides.run(
        pool,
        means.users().rows(),
        means.items().rows(),
        ROWS_PER_BLOCK,
        (ofUsers, begin, end, worker) -> average(ofUsers, begin, end - begin, layers()));
    return means;
  }

  /** Means over layers 0 to {@code last} of consecutive rows. */
  private void average(boolean ofUsers, int firstRow, int rows, int last) {
    EmbeddingTable mean = ofUsers ? means.users() : means.items();
    float[] out = mean.values();
    int begin = mean.offset(firstRow);
    int count = rows * mean.stride();
    for (int l = 0; l <= last; l++) {
      float[] layer = (ofUsers ? tables[l].users() : tables[l].items()).values();
      if (l == 0) {
        System.arraycopy(layer, begin, out, begin, count);
      } else {
        for (int d = begin; d < begin + count; d++) {
          out[d] += layer[d];
        }
      }
    }
    kernels.rows().scale(out, begin, count, share(last));
  }

  @Override
  public double update(
      RowGradients users, RowGradients items, double penalty, double learningRate) {
    kernels.rows().scale(users.values(), 0, users.count() * users.stride(), share(trained));
    kernels.rows().scale(items.values(), 0, items.count() * items.stride(), share(trained));
    if (trained == 0) {
      double value = addPenalty(penalty, 0, users, items);
      userOptimiser.step(users, learningRate);
      itemOptimiser.step(items, learningRate);
      return value;
    }
    double value = backPropagate(users, items, penalty);
    userOptimiser.step(tables[1].users(), learningRate);
    itemOptimiser.step(tables[1].items(), learningRate);
    return value;
  }

  /**
   * Leaves the gradient of the parameters in table 1 and returns the L2 term. The gradient of layer
   * l takes the place of layer l + 1, which is not needed any more by then.
   *
   * @param users gradient of the loss with respect to every layer alike
   * @param items the same of items
   */
  private double backPropagate(RowGradients users, RowGradients items, double penalty) {
    double value = 0;
    for (int l = trained; l >= 0; l--) {
      RowGradients ofUsers = users;
      RowGradients ofItems = items;
      if (penalty > 0 && (l == 0 || penalised == Penalised.ALL_LAYERS)) {
        layerUsers.copyFrom(users);
        layerItems.copyFrom(items);
        ofUsers = layerUsers;
        ofItems = layerItems;
        value += addPenalty(penalty, l, ofUsers, ofItems);
      }
      if (l == trained) {
        propagation.propagate(ofUsers, ofItems, tables[l]);
      } else {
        RowSums.add(ofUsers, tables[l + 1].users(), pool);
        RowSums.add(ofItems, tables[l + 1].items(), pool);
        if (l > 0) {
          propagation.propagate(tables[l + 1], tables[l]);
        }
      }
    }
    return value;
  }

  private double addPenalty(double penalty, int layer, RowGradients users, RowGradients items) {
    return l2.add(penalty, tables[layer].users(), users)
        + l2.add(penalty, tables[layer].items(), items);
  }

  /** Parameters of users and items, then both moments of users and both of items. */
  @Override
  public List<EmbeddingTable> state() {
    return List.of(
        tables[0].users(),
        tables[0].items(),
        userOptimiser.firstMoments(),
        userOptimiser.secondMoments(),
        itemOptimiser.firstMoments(),
        itemOptimiser.secondMoments());
  }

  @Override
  public void resumeAt(int steps) {
    userOptimiser.resumeAt(steps);
    itemOptimiser.resumeAt(steps);
  }

  @Override
  public int steps() {
    return userOptimiser.steps();
  }
}
