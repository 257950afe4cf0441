package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import java.util.List;
import java.util.Objects;

/**
 * LightGCN (He et al., SIGIR 2020): the final embeddings are the mean over layers 0 to L of {@link
 * LayerMean}. With L = 0 it is {@link MatrixFactorization}, bit for bit.
 *
 * <p>Where there are layers, every row of the parameters gets a gradient and a step of {@link
 * Adam}.
 *
 * <p><b>Shallow steps.</b> The first steps may be those of LightGCN with fewer layers, see {@link
 * ShallowSteps}. Evaluation has all layers from the start.
 *
 * <p><b>Auxiliary term.</b> Contrastive backbones add a term to the ranking loss; they are LightGCN
 * with an {@link AuxiliaryTerm}.
 */
public final class LightGcn implements Backbone {
  private final Embeddings parameters;
  private final LayerMean propagation;
  private final ShallowSteps shallow;
  private final Penalised penalised;
  private final AuxiliaryTerm term;
  private final Adam userOptimiser;
  private final Adam itemOptimiser;
  private final L2Term l2;
  private final LayerPenalties layerPenalties = new LayerPenalties();
  private final WidenedRows widenedUsers;
  private final WidenedRows widenedItems;
  private MiniBatch batch;
  private int epoch;

  /** Whether the term has begun the epoch, which it does not before its first step in it. */
  private boolean termHasBegun;

  private double auxiliaryValue;

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
    this(
        new LayerMean(graph, parameters, layers, kernels, pool),
        new ShallowSteps(shallowSteps, 1),
        penalised,
        AuxiliaryTerm.NONE,
        Adam.Mode.DENSE,
        kernels,
        pool);
  }

  /**
   * Made of a propagation and an auxiliary term.
   *
   * @param propagation from layer 0, which is then trained in place, to final embeddings; not to be
   *     used by others
   * @param shallow which first steps train with fewer layers, and without the term
   * @param penalised which embeddings of a node the L2 term is over
   * @param term what is added to the ranking loss
   * @param mode when and how Adam moves rows without a gradient, which there are in steps without
   *     layers
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   * @throws IllegalArgumentException if the term reads layers that the propagation does not have
   */
  public LightGcn(
      LayerMean propagation,
      ShallowSteps shallow,
      Penalised penalised,
      AuxiliaryTerm term,
      Adam.Mode mode,
      Kernels kernels,
      WorkPool pool) {
    if (term.layers() > propagation.layers()) {
      throw new IllegalArgumentException(
          "the auxiliary term needs layers up to "
              + term.layers()
              + ", and there are "
              + propagation.layers());
    }
    this.parameters = propagation.layer(0);
    this.propagation = propagation;
    this.shallow = shallow;
    this.penalised = Objects.requireNonNull(penalised, "penalised");
    this.term = term;
    this.userOptimiser = new Adam(parameters.users(), mode, kernels, pool);
    this.itemOptimiser = new Adam(parameters.items(), mode, kernels, pool);
    this.l2 = new L2Term(kernels, pool);
    this.widenedUsers = new WidenedRows(parameters.users().stride());
    this.widenedItems = new WidenedRows(parameters.items().stride());
  }

  @Override
  public void beginEpoch(int epoch) {
    refreshAll();
    this.epoch = epoch;
    termHasBegun = false;
  }

  @Override
  public void beginStep(MiniBatch batch) {
    this.batch = batch;
  }

  @Override
  public Embeddings forward(Grouping users, Grouping items) {
    int depth = shallow.depth(steps(), propagation.layers());
    if (withTerm()) {
      refreshAll();
      if (!termHasBegun) {
        term.beginEpoch(epoch, parameters);
        termHasBegun = true;
      }
      NodeSample nodes = term.beginStep(batch, steps());
      return propagation.forward(
          widenedUsers.reset(users, nodes.users()),
          widenedItems.reset(items, nodes.items()),
          depth,
          term.noise());
    }
    if (depth == 0) {
      userOptimiser.refresh(users);
      itemOptimiser.refresh(items);
    } else {
      refreshAll();
    }
    return propagation.forward(users, items, depth);
  }

  /** The optimiser of users. */
  Adam userOptimiser() {
    return userOptimiser;
  }

  /** The optimiser of items. */
  Adam itemOptimiser() {
    return itemOptimiser;
  }

  private boolean withTerm() {
    return term != AuxiliaryTerm.NONE && !shallow.includes(steps());
  }

  private void refreshAll() {
    userOptimiser.refreshAll();
    itemOptimiser.refreshAll();
  }

  @Override
  public Embeddings forward() {
    refreshAll();
    return propagation.forward();
  }

  @Override
  public double update(
      RowGradients users, RowGradients items, double penalty, double learningRate) {
    layerPenalties.begin(penalty);
    auxiliaryValue = 0;
    if (withTerm()) {
      RowGradients ofUsers = widenedUsers.widen(users);
      RowGradients ofItems = widenedItems.widen(items);
      auxiliaryValue = term.evaluate(propagation, ofUsers, ofItems);
      Embeddings gradient =
          propagation.backward(ofUsers, ofItems, layerPenalties.and(term.ofLayers()));
      term.addGradient(gradient);
      step(gradient, learningRate);
    } else if (propagation.depth() == 0) {
      layerPenalties.addGradient(0, parameters, users, items);
      userOptimiser.step(users, learningRate);
      itemOptimiser.step(items, learningRate);
    } else {
      step(propagation.backward(users, items, layerPenalties), learningRate);
    }
    return layerPenalties.value;
  }

  private void step(Embeddings gradient, double learningRate) {
    userOptimiser.step(gradient.users(), learningRate);
    itemOptimiser.step(gradient.items(), learningRate);
  }

  /** The L2 term of one step. */
  private final class LayerPenalties implements LayerMean.LayerTerm {
    private double weight;
    private double value;

    void begin(double weight) {
      this.weight = weight;
      this.value = 0;
    }

    @Override
    public boolean concerns(int layer) {
      return weight > 0 && (layer == 0 || penalised == Penalised.ALL_LAYERS);
    }

    @Override
    public void addGradient(int layer, Embeddings values, RowGradients users, RowGradients items) {
      value += l2.add(weight, values.users(), users) + l2.add(weight, values.items(), items);
    }
  }

  @Override
  public double auxiliaryValue() {
    return auxiliaryValue;
  }

  /** Parameters of users and items, then both moments of users and both of items. */
  @Override
  public List<EmbeddingTable> state() {
    refreshAll();
    return List.of(
        parameters.users(),
        parameters.items(),
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
