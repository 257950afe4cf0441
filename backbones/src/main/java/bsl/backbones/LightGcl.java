package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import java.util.Arrays;

/**
 * The auxiliary term of LightGCL (Cai et al., ICLR 2023): InfoNCE between the final embeddings and
 * a view in which messages go along a truncated singular value decomposition of the graph instead
 * of along its edges. The view's layer l + 1 is {@code U S V'} times layer l of the forward pass;
 * layer 0 is that of the forward pass.
 *
 * <p>Nodes of the view are compared with final embeddings, by cosines or by inner products of the
 * means over layers. The authors' code takes inner products of sums over layers. It compares with
 * the final embeddings of all nodes, which is {@link ContrastCandidates#ALL}. Edges are not
 * dropped.
 */
public final class LightGcl implements AuxiliaryTerm {
  private static final int ROWS_PER_BLOCK = 128;

  private final TruncatedSvd svd;
  private final Propagation propagation;
  private final NodeSampler sampler;
  private final ViewContrast contrast;
  private final NodeRows rows;
  private final WorkPool pool;

  private final boolean cosines;
  private final RowKernels rowKernels;

  /** The view; for cosines, which do not see a factor, times the number of layers. */
  private final Embeddings view;

  /** Sum of the layers that the view is made of; then the gradient of each of them. */
  private final Embeddings layers;

  /** Gradients on the way back through the layers. */
  private final Embeddings[] back = new Embeddings[2];

  private NodeSample nodes = NodeSample.NONE;
  private int depth;

  /**
   * @param train the train pairs
   * @param graph of the train pairs
   * @param svd of the graph
   * @param parameters embeddings of the shape of the layers
   * @param candidates which nodes a node is compared with
   * @param score how similar two nodes are
   * @param settings of the term
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   */
  public LightGcl(
      Interactions train,
      NormalizedGraph graph,
      TruncatedSvd svd,
      Embeddings parameters,
      ContrastCandidates candidates,
      ScoreFunction score,
      ContrastSettings settings,
      Kernels kernels,
      WorkPool pool) {
    int dimension = parameters.users().dimension();
    this.svd = svd;
    this.propagation = new Propagation(graph, kernels, pool);
    this.sampler = new NodeSampler(train, settings.pairs(), settings.seed());
    this.contrast = new ViewContrast(settings, candidates, score, parameters, kernels, pool);
    this.rows = new NodeRows(train.users(), train.items());
    this.pool = pool;
    this.cosines = score == ScoreFunction.COSINE;
    this.rowKernels = kernels.rows();
    this.view = parameters.zeros(dimension);
    this.layers = parameters.zeros(dimension);
    Arrays.setAll(back, k -> parameters.zeros(dimension));
  }

  @Override
  public NodeSample beginStep(MiniBatch batch, int step) {
    nodes = sampler.draw(step);
    return contrast.candidates(nodes);
  }

  @Override
  public double evaluate(LayerMean pass, RowGradients users, RowGradients items) {
    depth = pass.depth();
    clear(layers);
    for (int l = 0; l < depth; l++) {
      RowSums.add(pass.layer(l), layers, pool);
    }
    alongSvd(layers, view);
    RowSums.add(pass.layer(0), view, pool);
    toMean(view);
    double value = contrast.evaluate(nodes, view, pass.means());
    rows.add(contrast.users(1), users, contrast.items(1), items);
    return value;
  }

  /** From a sum over layers to their mean, where that makes a difference. */
  private void toMean(Embeddings sum) {
    if (!cosines) {
      toMean(sum.users());
      toMean(sum.items());
    }
  }

  private void toMean(EmbeddingTable sum) {
    pool.run(
        sum.rows(),
        ROWS_PER_BLOCK,
        (begin, end, worker) ->
            rowKernels.scale(
                sum.values(), sum.offset(begin), (end - begin) * sum.stride(), 1f / (depth + 1)));
  }

  private void alongSvd(Embeddings from, Embeddings to) {
    svd.toUsers(from.items(), to.users());
    svd.toItems(from.users(), to.items());
  }

  private static void clear(Embeddings embeddings) {
    Arrays.fill(embeddings.users().values(), 0f);
    Arrays.fill(embeddings.items().values(), 0f);
  }

  /**
   * The view's gradient g reaches layer 0 as it is, and each layer below the last along the
   * decomposition, which is symmetric as the graph is. With h that gradient, the parameters get
   * {@code h + A-hat (h + A-hat (h + ...))}.
   */
  @Override
  public void addGradient(Embeddings gradient) {
    clear(view);
    RowSums.add(contrast.users(0), view.users(), pool);
    RowSums.add(contrast.items(0), view.items(), pool);
    toMean(view);
    RowSums.add(view, gradient, pool);
    if (depth == 0) {
      return;
    }
    alongSvd(view, layers);
    Embeddings sum = layers;
    for (int l = 1; l < depth; l++) {
      Embeddings next = back[l % 2];
      propagation.propagate(sum, next);
      RowSums.add(layers, next, pool);
      sum = next;
    }
    RowSums.add(sum, gradient, pool);
  }
}
