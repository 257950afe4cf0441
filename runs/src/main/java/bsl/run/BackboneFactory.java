package bsl.run;

import bsl.backbones.Backbone;
import bsl.backbones.LightGcn;
import bsl.backbones.MatrixFactorization;
import bsl.backbones.Ngcf;
import bsl.backbones.NormalizedGraph;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;

/** Makes the backbone that a run asks for, with its initial parameters. */
final class BackboneFactory {
  private final RunSpec spec;
  private final Kernels kernels;
  private final WorkPool pool;

  BackboneFactory(RunSpec spec, Kernels kernels, WorkPool pool) {
    this.spec = spec;
    this.kernels = kernels;
    this.pool = pool;
  }

  /**
   * A fresh backbone.
   *
   * @param train the pairs to train on, which also are the graph of graph backbones
   * @param stepsPerEpoch steps that an epoch has
   */
  Backbone create(Interactions train, int stepsPerEpoch) {
    Embeddings parameters =
        MatrixFactorization.initial(train.users(), train.items(), spec.dimension(), spec.seed());
    return switch (spec.backbone()) {
      case "mf" -> new MatrixFactorization(parameters, spec.adamMode(), kernels, pool);
      case "lightgcn" ->
          new LightGcn(
              NormalizedGraph.of(train),
              parameters,
              spec.layers(),
              (int) Math.min(Integer.MAX_VALUE, (long) spec.shallowEpochs() * stepsPerEpoch),
              spec.penalised(),
              kernels,
              pool);
      case "ngcf" ->
          new Ngcf(
              NormalizedGraph.of(train),
              parameters,
              spec.layers(),
              spec.messageDropout(),
              spec.penalised(),
              spec.seed(),
              kernels,
              pool);
      default -> throw new IllegalStateException("unchecked backbone " + spec.backbone());
    };
  }
}
