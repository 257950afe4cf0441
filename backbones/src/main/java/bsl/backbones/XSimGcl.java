package bsl.backbones;

import bsl.backbones.LayerMean.LayerNoise;
import bsl.backbones.LayerMean.LayerTerm;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;

/**
 * The auxiliary term of XSimGCL (Yu et al., TKDE 2024): noise is added to the layers of the forward
 * pass that the ranking loss reads, too, and InfoNCE compares final embeddings with one layer of
 * that pass. So there is no further pass.
 */
public final class XSimGcl implements AuxiliaryTerm {
  private final int contrastLayer;
  private final SignedNoise noise;
  private final NodeSampler sampler;
  private final ViewContrast contrast;
  private final NodeRows rows;
  private NodeSample nodes = NodeSample.NONE;

  /**
   * @param train the train pairs
   * @param parameters embeddings of the shape of the layers
   * @param contrastLayer layer that final embeddings are compared with, at least 1; {@link
   *     LightGcn} refuses one beyond its own
   * @param noise length of what is added to each row of a layer, at least 0
   * @param settings of the term
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   * @throws IllegalArgumentException if a value is out of range
   */
  public XSimGcl(
      Interactions train,
      Embeddings parameters,
      int contrastLayer,
      double noise,
      ContrastSettings settings,
      Kernels kernels,
      WorkPool pool) {
    if (contrastLayer < 1) {
      throw new IllegalArgumentException("contrast layer must be at least 1: " + contrastLayer);
    }
    this.contrastLayer = contrastLayer;
    this.noise = new SignedNoise(noise, parameters.users().dimension(), settings.seed(), 0);
    this.sampler = new NodeSampler(train, settings.pairs(), settings.seed());
    this.contrast = new ViewContrast(settings, parameters, kernels, pool);
    this.rows = new NodeRows(train.users(), train.items());
  }

  @Override
  public int layers() {
    return contrastLayer;
  }

  @Override
  public NodeSample beginStep(MiniBatch batch, int step) {
    nodes = sampler.draw(step);
    noise.begin(step);
    return nodes;
  }

  @Override
  public LayerNoise noise() {
    return noise;
  }

  @Override
  public double evaluate(LayerMean pass, RowGradients users, RowGradients items) {
    double value = contrast.evaluate(nodes, pass.means(), pass.layer(contrastLayer));
    rows.add(contrast.users(0), users, contrast.items(0), items);
    return value;
  }

  @Override
  public LayerTerm ofLayers() {
    return ofLayer;
  }

  private final LayerTerm ofLayer =
      new LayerTerm() {
        @Override
        public boolean concerns(int layer) {
          return layer == contrastLayer;
        }

        @Override
        public void addGradient(
            int layer, Embeddings values, RowGradients users, RowGradients items) {
          rows.add(contrast.users(1), users, contrast.items(1), items);
        }
      };
}
