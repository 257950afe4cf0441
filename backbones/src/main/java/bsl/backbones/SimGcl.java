package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import java.util.Arrays;

/**
 * The auxiliary term of SimGCL (Yu et al., SIGIR 2022): InfoNCE between two forward passes over the
 * same graph, in each of which noise is added to every layer.
 */
public final class SimGcl implements AuxiliaryTerm {
  private final LayerMean propagation;
  private final SignedNoise[] noises = new SignedNoise[2];
  private final NodeSampler sampler;
  private final ViewContrast contrast;
  private final WorkPool pool;

  /** The first view's rows, while the second one is made. */
  private final Embeddings first;

  private final Grouping users = new Grouping();
  private final Grouping items = new Grouping();
  private NodeSample nodes = NodeSample.NONE;

  /**
   * @param train the train pairs
   * @param propagation of the views, with the parameters as layer 0; not to be used by others
   * @param noise length of what is added to each row of a layer, at least 0
   * @param settings of the term
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   */
  public SimGcl(
      Interactions train,
      LayerMean propagation,
      double noise,
      ContrastSettings settings,
      Kernels kernels,
      WorkPool pool) {
    Embeddings parameters = propagation.layer(0);
    int dimension = parameters.users().dimension();
    this.propagation = propagation;
    this.sampler = new NodeSampler(train, settings.pairs(), settings.seed());
    this.contrast = new ViewContrast(settings, parameters, kernels, pool);
    this.pool = pool;
    this.first = parameters.zeros(dimension);
    Arrays.setAll(noises, v -> new SignedNoise(noise, dimension, settings.seed(), v));
  }

  @Override
  public NodeSample beginStep(MiniBatch batch, int step) {
    nodes = sampler.draw(step);
    users.reset(nodes.users(), nodes.users().length);
    items.reset(nodes.items(), nodes.items().length);
    for (SignedNoise noise : noises) {
      noise.begin(step);
    }
    return NodeSample.NONE;
  }

  @Override
  public double evaluate(LayerMean pass, RowGradients ofUsers, RowGradients ofItems) {
    Embeddings view = propagation.forward(users, items, propagation.layers(), noises[0]);
    keep(nodes.users(), view.users(), first.users());
    keep(nodes.items(), view.items(), first.items());
    Embeddings second = propagation.forward(users, items, propagation.layers(), noises[1]);
    return contrast.evaluate(nodes, first, second);
  }

  private static void keep(int[] rows, EmbeddingTable from, EmbeddingTable to) {
    for (int row : rows) {
      System.arraycopy(from.values(), from.offset(row), to.values(), to.offset(row), to.stride());
    }
  }

  /** Both views are the same linear map of the parameters plus noise: one way back serves both. */
  @Override
  public void addGradient(Embeddings gradient) {
    RowGradients ofUsers = sum(contrast.users(0), contrast.users(1));
    RowGradients ofItems = sum(contrast.items(0), contrast.items(1));
    RowSums.add(propagation.backward(ofUsers, ofItems), gradient, pool);
  }

  private static RowGradients sum(RowGradients one, RowGradients other) {
    RowSums.add(
        other.values(), other.offset(0), one.values(), one.offset(0), one.count() * one.stride());
    return one;
  }
}
