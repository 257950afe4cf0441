package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import java.util.Arrays;

/**
 * The auxiliary term of SGL (Wu et al., SIGIR 2021), variant edge dropout: InfoNCE between two
 * views of the graph, from each of which edges are dropped. Views are drawn anew in every epoch and
 * normalised by the degrees they have then.
 *
 * <p>An edge is dropped with a probability; the authors drop a fixed number. They compare a node
 * with all nodes of the graph, which is {@link ContrastCandidates#ALL}.
 */
public final class Sgl implements AuxiliaryTerm {
  private static final int VIEWS = 2;

  private final Interactions train;
  private final double edgeDropout;
  private final long seed;
  private final LayerMean[] views = new LayerMean[VIEWS];
  private final NodeSampler sampler;
  private final ViewContrast contrast;
  private final WorkPool pool;
  private final Grouping users = new Grouping();
  private final Grouping items = new Grouping();

  /** What the second view is needed of: the nodes of the step, or always all nodes. */
  private final Grouping candidateUsers;

  private final Grouping candidateItems;
  private NodeSample nodes = NodeSample.NONE;

  /**
   * @param train the train pairs
   * @param parameters layer 0 of both views, not copied
   * @param layers number of layers beyond layer 0, at least 0
   * @param edgeDropout probability that an edge is dropped from a view, in [0, 1)
   * @param candidates which nodes a node is compared with
   * @param settings of the term
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   * @throws IllegalArgumentException if the dropout is out of range
   */
  public Sgl(
      Interactions train,
      Embeddings parameters,
      int layers,
      double edgeDropout,
      ContrastCandidates candidates,
      ContrastSettings settings,
      Kernels kernels,
      WorkPool pool) {
    if (!(edgeDropout >= 0 && edgeDropout < 1)) {
      throw new IllegalArgumentException("edge dropout must be in [0, 1): " + edgeDropout);
    }
    this.train = train;
    this.edgeDropout = edgeDropout;
    this.seed = settings.seed();
    this.sampler = new NodeSampler(train, settings.pairs(), settings.seed());
    this.contrast =
        new ViewContrast(settings, candidates, ScoreFunction.COSINE, parameters, kernels, pool);
    this.pool = pool;
    NormalizedGraph whole = NormalizedGraph.of(train);
    Arrays.setAll(views, v -> new LayerMean(whole, parameters, layers, kernels, pool));
    if (candidates == ContrastCandidates.STEP) {
      candidateUsers = users;
      candidateItems = items;
      return;
    }
    NodeSample all = NodeSample.all(train.users(), train.items());
    candidateUsers = grouping(all.users());
    candidateItems = grouping(all.items());
  }

  private static Grouping grouping(int[] rows) {
    Grouping grouping = new Grouping();
    grouping.reset(rows, rows.length);
    return grouping;
  }

  @Override
  public void beginEpoch(int epoch, Embeddings parameters) {
    pool.run(
        VIEWS, (view, worker) -> views[view].replaceGraph(NormalizedGraph.of(view(epoch, view))));
  }

  private Interactions view(int epoch, int view) {
    RandomStream random = RandomStream.of(seed, Purpose.AUGMENTATION, epoch, view);
    int[] users = train.pairUsers();
    int[] items = train.pairItems();
    int kept = 0;
    for (int p = 0; p < users.length; p++) {
      if (random.nextDouble() >= edgeDropout) {
        users[kept] = users[p];
        items[kept++] = items[p];
      }
    }
    return Interactions.of(
        train.users(), train.items(), Arrays.copyOf(users, kept), Arrays.copyOf(items, kept));
  }

  @Override
  public NodeSample beginStep(MiniBatch batch, int step) {
    nodes = sampler.draw(step);
    users.reset(nodes.users(), nodes.users().length);
    items.reset(nodes.items(), nodes.items().length);
    return NodeSample.NONE;
  }

  @Override
  public double evaluate(LayerMean pass, RowGradients ofUsers, RowGradients ofItems) {
    Embeddings first = views[0].forward(users, items, views[0].layers());
    Embeddings second = views[1].forward(candidateUsers, candidateItems, views[1].layers());
    return contrast.evaluate(nodes, first, second);
  }

  @Override
  public void addGradient(Embeddings gradient) {
    for (int v = 0; v < VIEWS; v++) {
      RowSums.add(views[v].backward(contrast.users(v), contrast.items(v)), gradient, pool);
    }
  }
}
