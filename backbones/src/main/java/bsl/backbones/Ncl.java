package bsl.backbones;

import bsl.backbones.LayerMean.LayerTerm;
import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;

/**
 * The auxiliary term of NCL (Lin et al., WWW 2022), in two parts. The first compares a node's layer
 * 2, which is made of nodes of its own kind two steps away, with layer 0 (InfoNCE, the other nodes
 * of the step being what it is told from). The second compares layer 0 with the prototypes of all
 * users or items, of which each node has one; prototypes are found anew in every epoch.
 *
 * <p>Prototypes are those of directions: embeddings are divided by their norms before they are
 * clustered.
 *
 * <p>The authors' code differs. It clusters embeddings as they are, and divides the centres by
 * their norms. It compares a node with all nodes, not with those of the step. In the first part
 * items have a factor of their own. It sums over the mini-batch, so its weights are smaller.
 */
public final class Ncl implements AuxiliaryTerm {
  /** The layer that is made of nodes of the same kind. */
  public static final int NEIGHBOUR_LAYER = 2;

  private final NodeSampler sampler;
  private final ViewContrast neighbours;
  private final InfoNce toPrototypes;
  private final double prototypeWeight;
  private final int prototypes;
  private final int iterations;
  private final long seed;
  private final Kernels kernels;
  private final NodeRows rows;
  private final RowGradients prototypeUsers;
  private final RowGradients prototypeItems;
  private Prototypes ofUsers;
  private Prototypes ofItems;
  private NodeSample nodes = NodeSample.NONE;

  /**
   * @param train the train pairs
   * @param parameters embeddings of the shape of the layers
   * @param prototypeWeight weight of the second part beside the ranking loss, at least 0 and one
   *     that a float can hold; {@code settings} has that of the first
   * @param prototypes number of prototypes of users, and of items, at least 1
   * @param iterations of k-means in an epoch, at least 1
   * @param settings of the term
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   * @throws IllegalArgumentException if a value is out of range
   */
  public Ncl(
      Interactions train,
      Embeddings parameters,
      double prototypeWeight,
      int prototypes,
      int iterations,
      ContrastSettings settings,
      Kernels kernels,
      WorkPool pool) {
    if (!(prototypeWeight >= 0 && prototypeWeight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("prototype weight must be at least 0: " + prototypeWeight);
    }
    ContrastSettings.requireFloat("prototype weight", prototypeWeight);
    if (prototypes < 1 || iterations < 1) {
      throw new IllegalArgumentException(
          "prototypes and iterations must be positive: " + prototypes + ", " + iterations);
    }
    int dimension = parameters.users().dimension();
    this.sampler = new NodeSampler(train, settings.pairs(), settings.seed());
    this.neighbours = new ViewContrast(settings, parameters, kernels, pool);
    this.toPrototypes = new InfoNce(settings.temperature(), dimension, kernels, pool);
    this.prototypeWeight = prototypeWeight;
    this.prototypes = prototypes;
    this.iterations = iterations;
    this.seed = settings.seed();
    this.kernels = kernels;
    this.rows = new NodeRows(train.users(), train.items());
    this.prototypeUsers = new RowGradients(parameters.users().stride());
    this.prototypeItems = new RowGradients(parameters.items().stride());
  }

  @Override
  public int layers() {
    return NEIGHBOUR_LAYER;
  }

  @Override
  public void beginEpoch(int epoch, Embeddings parameters) {
    if (prototypeWeight > 0) {
      ofUsers = prototypes(parameters.users(), epoch, 0);
      ofItems = prototypes(parameters.items(), epoch, 1);
    }
  }

  private Prototypes prototypes(EmbeddingTable table, int epoch, int side) {
    EmbeddingTable directions = table.copy();
    RowKernels rowKernels = kernels.rows();
    for (int r = 0; r < directions.rows(); r++) {
      rowKernels.normalise(directions.values(), directions.offset(r), directions.stride());
    }
    RandomStream random = RandomStream.of(seed, Purpose.CLUSTERING, epoch, side);
    return Prototypes.of(directions, prototypes, iterations, random, kernels);
  }

  @Override
  public NodeSample beginStep(MiniBatch batch, int step) {
    nodes = sampler.draw(step);
    return nodes;
  }

  @Override
  public double evaluate(LayerMean pass, RowGradients users, RowGradients items) {
    Embeddings parameters = pass.layer(0);
    double value = neighbours.evaluate(nodes, pass.layer(NEIGHBOUR_LAYER), parameters);
    if (prototypeWeight > 0) {
      value += evaluate(nodes.users(), parameters.users(), ofUsers, prototypeUsers);
      value += evaluate(nodes.items(), parameters.items(), ofItems, prototypeItems);
    }
    return value;
  }

  private double evaluate(
      int[] anchors, EmbeddingTable table, Prototypes prototypes, RowGradients gradients) {
    int[] own = new int[anchors.length];
    for (int k = 0; k < own.length; k++) {
      own[k] = prototypes.of(anchors[k]);
    }
    int[] all = new int[prototypes.centroids().rows()];
    for (int c = 0; c < all.length; c++) {
      all[c] = c;
    }
    return toPrototypes.evaluate(
        prototypeWeight,
        new TableRows(table, anchors, anchors.length),
        new TableRows(prototypes.centroids(), all, all.length),
        own,
        gradients,
        null);
  }

  @Override
  public LayerTerm ofLayers() {
    return ofLayers;
  }

  private final LayerTerm ofLayers =
      new LayerTerm() {
        @Override
        public boolean concerns(int layer) {
          return layer == 0 || layer == NEIGHBOUR_LAYER;
        }

        @Override
        public void addGradient(
            int layer, Embeddings values, RowGradients users, RowGradients items) {
          int view = layer == 0 ? 1 : 0;
          rows.add(neighbours.users(view), users, neighbours.items(view), items);
          if (layer == 0 && prototypeWeight > 0) {
            rows.add(prototypeUsers, users, prototypeItems, items);
          }
        }
      };
}
