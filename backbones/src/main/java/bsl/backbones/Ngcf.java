package bsl.backbones;

import bsl.backbones.NgcfLayer.DropoutAddress;
import bsl.backbones.NgcfLayer.Side;
import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * NGCF (Wang et al., SIGIR 2019): {@code E_l = LeakyReLU((A-hat + I) E_(l-1) W1 + (A-hat E_(l-1) *
 * E_(l-1)) W2 + b)}, {@code *} element by element, with a share of the elements of {@code E_l}
 * dropped in training (message dropout). The final embeddings are layers 0 to L side by side,
 * {@code d (L + 1)} floats, layers 1 to L divided by their rows' norms; what the next layer reads
 * is not divided. That is the paper's layer; the authors' code applies LeakyReLU to each of the two
 * products before it adds them. The paper's other dropout, of whole nodes, is not there.
 *
 * <p>Back-propagation is exact: a layer takes one product with A-hat forward and one backward,
 * since A-hat is symmetric. All rows are propagated in every step.
 *
 * <p>The L2 term is over the final embeddings, as in the authors' code, or over the parameters of
 * the rows only; never over weights.
 */
public final class Ngcf implements Backbone {
  private static final int ROWS_PER_BLOCK = 128;

  /** Layer 0, the parameters, to layer L; in back-propagation gradients of messages. */
  private final Embeddings[] tables;

  /** What the nodes' neighbours send to layer l + 1. */
  private final Embeddings[] messages;

  private final NgcfLayer[] layers;
  private final Embeddings finals;
  private final Embeddings gradients;
  private final float[][] inverseNorms;
  private final Penalised penalised;
  private final long seed;
  private final Propagation propagation;
  private final Adam userOptimiser;
  private final Adam itemOptimiser;
  private final L2Term l2;
  private final RowGradients layerUsers;
  private final RowGradients layerItems;
  private final RowKernels kernels;
  private final WorkPool pool;

  /**
   * @param graph the train graph
   * @param parameters initial embeddings of layer 0, which are then trained in place; see {@link
   *     MatrixFactorization#initial}
   * @param layers number of layers L beyond layer 0, at least 1
   * @param dropout share of the elements of layers 1 to L dropped in training, in [0, 1)
   * @param penalised which embeddings of a node the L2 term is over
   * @param seed the run's seed, for weights and dropout
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   * @throws IllegalArgumentException if the parameters are not those of the graph's nodes, or a
   *     value is out of range
   */
  public Ngcf(
      NormalizedGraph graph,
      Embeddings parameters,
      int layers,
      double dropout,
      Penalised penalised,
      long seed,
      Kernels kernels,
      WorkPool pool) {
    graph.requireNodes(parameters);
    if (layers < 1) {
      throw new IllegalArgumentException("layers must be at least 1: " + layers);
    }
    int dimension = parameters.users().dimension();
    this.tables = new Embeddings[layers + 1];
    this.messages = new Embeddings[layers];
    this.layers = new NgcfLayer[layers];
    this.finals = parameters.zeros(dimension * (layers + 1));
    this.gradients = parameters.zeros(dimension);
    tables[0] = parameters;
    for (int l = 0; l < layers; l++) {
      tables[l + 1] = parameters.zeros(dimension);
      messages[l] = parameters.zeros(dimension);
      this.layers[l] = new NgcfLayer(dimension, dropout, seed, l + 1, kernels, pool);
    }
    this.inverseNorms = new float[layers + 1][graph.users() + graph.items()];
    this.penalised = Objects.requireNonNull(penalised, "penalised");
    this.seed = seed;
    this.propagation = new Propagation(graph, kernels, pool);
    this.userOptimiser = new Adam(parameters.users(), Adam.Mode.DENSE, kernels, pool);
    this.itemOptimiser = new Adam(parameters.items(), Adam.Mode.DENSE, kernels, pool);
    this.l2 = new L2Term(kernels, pool);
    this.layerUsers = new RowGradients(parameters.users().stride());
    this.layerItems = new RowGradients(parameters.items().stride());
    this.kernels = kernels.rows();
    this.pool = pool;
  }

  private int dimension() {
    return gradients.users().dimension();
  }

  /** Final embeddings with this step's dropout, of all rows. */
  @Override
  public Embeddings forward(Grouping users, Grouping items) {
    return forward(true);
  }

  /** Final embeddings without dropout. */
  @Override
  public Embeddings forward() {
    return forward(false);
  }

  private Embeddings forward(boolean training) {
    copyToFinals(0);
    for (int l = 1; l < tables.length; l++) {
      Embeddings from = tables[l - 1];
      Embeddings sent = messages[l - 1];
      propagation.propagate(from, sent);
      NgcfLayer layer = layers[l - 1];
      DropoutAddress dropout = new DropoutAddress(seed, steps(), l);
      layer.prepare();
      layer.forward(Side.USERS, from.users(), sent.users(), tables[l].users(), training, dropout);
      layer.forward(Side.ITEMS, from.items(), sent.items(), tables[l].items(), training, dropout);
      copyToFinals(l);
    }
    return finals;
  }

  /** Copies a layer to its place in the final embeddings, divided by its norms beyond layer 0. */
  private void copyToFinals(int l) {
    copyToFinals(l, tables[l].users(), finals.users(), 0);
    copyToFinals(l, tables[l].items(), finals.items(), tables[l].users().rows());
  }

  private void copyToFinals(int l, EmbeddingTable from, EmbeddingTable to, int firstNode) {
    int d = dimension();
    pool.run(
        from.rows(),
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          for (int row = begin; row < end; row++) {
            int source = from.offset(row);
            int target = to.offset(row) + l * d;
            System.arraycopy(from.values(), source, to.values(), target, d);
            if (l > 0) {
              inverseNorms[l][firstNode + row] = kernels.normalise(to.values(), target, d);
            }
          }
        });
  }

  @Override
  public double update(
      RowGradients users, RowGradients items, double penalty, double learningRate) {
    double value = 0;
    if (penalised == Penalised.ALL_LAYERS) {
      value += l2.add(penalty, finals.users(), users) + l2.add(penalty, finals.items(), items);
    }
    clear(gradients.users());
    clear(gradients.items());
    for (int l = layers.length; l >= 1; l--) {
      take(l, users, layerUsers, finals.users(), 0);
      take(l, items, layerItems, finals.items(), finals.users().rows());
      RowSums.add(layerUsers, gradients.users(), pool);
      RowSums.add(layerItems, gradients.items(), pool);
      backPropagate(l, learningRate);
    }
    take(0, users, layerUsers, finals.users(), 0);
    take(0, items, layerItems, finals.items(), finals.users().rows());
    if (penalised == Penalised.LAYER_ZERO) {
      value += l2.add(penalty, tables[0].users(), layerUsers);
      value += l2.add(penalty, tables[0].items(), layerItems);
    }
    RowSums.add(layerUsers, gradients.users(), pool);
    RowSums.add(layerItems, gradients.items(), pool);
    userOptimiser.step(gradients.users(), learningRate);
    itemOptimiser.step(gradients.items(), learningRate);
    return value;
  }

  /** Turns the gradient of layer l into that of layer l - 1, both as far as layers above go. */
  private void backPropagate(int l, double learningRate) {
    Embeddings from = tables[l - 1];
    Embeddings sent = messages[l - 1];
    NgcfLayer layer = layers[l - 1];
    layer.backward(Side.USERS, from.users(), sent.users(), tables[l].users(), gradients.users());
    layer.backward(Side.ITEMS, from.items(), sent.items(), tables[l].items(), gradients.items());
    propagation.propagate(tables[l], sent);
    RowSums.add(sent.users(), gradients.users(), pool);
    RowSums.add(sent.items(), gradients.items(), pool);
    layer.step(learningRate);
  }

  private static void clear(EmbeddingTable table) {
    Arrays.fill(table.values(), 0f);
  }

  /**
   * Takes a layer's part out of the gradient of final embeddings, back through the norms.
   *
   * @param all gradients of final embeddings
   * @param part receives those of the layer
   */
  private void take(
      int l, RowGradients all, RowGradients part, EmbeddingTable last, int firstNode) {
    int d = dimension();
    int count = all.count();
    part.reset(count);
    pool.run(
        count,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          for (int k = begin; k < end; k++) {
            int row = all.row(k);
            part.setRow(k, row);
            part.setOccurrences(k, all.occurrences(k));
            int to = part.offset(k);
            System.arraycopy(all.values(), all.offset(k) + l * d, part.values(), to, d);
            Arrays.fill(part.values(), to + d, to + part.stride(), 0f);
            if (l > 0) {
              int unit = last.offset(row) + l * d;
              float inverse = inverseNorms[l][firstNode + row];
              kernels.normaliseBackward(last.values(), unit, inverse, part.values(), to, d);
            }
          }
        });
  }

  /**
   * Parameters of users and items, weights and bias of each layer; then both moments of users and
   * both of items, and those of each layer's weights and bias.
   */
  @Override
  public List<EmbeddingTable> state() {
    List<EmbeddingTable> state = new ArrayList<>();
    state.add(tables[0].users());
    state.add(tables[0].items());
    for (NgcfLayer layer : layers) {
      state.addAll(layer.parameters());
    }
    state.add(userOptimiser.firstMoments());
    state.add(userOptimiser.secondMoments());
    state.add(itemOptimiser.firstMoments());
    state.add(itemOptimiser.secondMoments());
    for (NgcfLayer layer : layers) {
      state.addAll(layer.moments());
    }
    return List.copyOf(state);
  }

  @Override
  public void resumeAt(int steps) {
    userOptimiser.resumeAt(steps);
    itemOptimiser.resumeAt(steps);
    for (NgcfLayer layer : layers) {
      layer.resumeAt(steps);
    }
  }

  @Override
  public int steps() {
    return userOptimiser.steps();
  }
}
