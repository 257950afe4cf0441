package examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.backbones.AuxiliaryTerm;
import bsl.backbones.Backbone;
import bsl.backbones.BackboneContract;
import bsl.backbones.ContrastCandidates;
import bsl.backbones.ContrastSettings;
import bsl.backbones.LayerMean;
import bsl.backbones.LightGcn;
import bsl.backbones.MatrixFactorization;
import bsl.backbones.NormalizedGraph;
import bsl.backbones.Penalised;
import bsl.backbones.Sgl;
import bsl.backbones.ShallowSteps;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.optim.RowGradients;
import bsl.core.sampling.MiniBatch;
import bsl.core.sampling.NegativeSharing;
import org.junit.jupiter.api.Test;

/**
 * How a backbone is added: a term, and a test that says how the backbone is made of it. The
 * contract checks the gradient of ranking loss, L2 term and auxiliary term together.
 */
class EdgeDropContrastTest extends BackboneContract {
  private static final int LAYERS = 2;

  private static EdgeDropContrast term(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    return new EdgeDropContrast(pairs, initial, LAYERS, 0.3, 0.5, 0.7, 5, kernels, pool);
  }

  @Override
  protected Backbone backbone(
      Interactions pairs, Embeddings initial, Kernels kernels, WorkPool pool) {
    return new LightGcn(
        new LayerMean(NormalizedGraph.of(pairs), initial, LAYERS, kernels, pool),
        new ShallowSteps(0, 0),
        Penalised.LAYER_ZERO,
        term(pairs, initial, kernels, pool),
        Adam.Mode.DENSE,
        kernels,
        pool);
  }

  @Test
  void theViewIsDrawnAnewInEachEpochAndIsTheSameWithinOne() {
    Interactions pairs = fewPairs();
    Embeddings parameters = MatrixFactorization.initial(4, 4, DIMENSION, 1);
    MiniBatch batch = batchOfAll();
    try (WorkPool pool = new WorkPool(1)) {
      EdgeDropContrast term = term(pairs, parameters, Kernels.best(), pool);
      double first = value(term, 1, parameters, batch);

      assertThat(value(term, 2, parameters, batch)).isPositive().isNotEqualTo(first);
      assertThat(value(term, 1, parameters, batch)).isEqualTo(first);
    }
  }

  private static Interactions fewPairs() {
    int[] users = {0, 0, 1, 1, 2, 2, 3};
    int[] items = {0, 1, 1, 2, 2, 0, 3};
    return Interactions.of(4, 4, users, items);
  }

  /** A mini-batch with all nodes of the few pairs. */
  private static MiniBatch batchOfAll() {
    MiniBatch batch = new MiniBatch(NegativeSharing.IN_BATCH);
    batch.reset(4, 0);
    for (int b = 0; b < 4; b++) {
      batch.users()[b] = b;
      batch.positives()[b] = b;
    }
    return batch;
  }

  private static double value(
      AuxiliaryTerm term, int epoch, Embeddings parameters, MiniBatch batch) {
    term.beginEpoch(epoch, parameters);
    term.beginStep(batch, 0);
    RowGradients none = new RowGradients(parameters.users().stride());
    return term.evaluate(null, none, none);
  }

  /** {@link Sgl} is the same term, fast, and over the nodes of all pairs if there are few. */
  @Test
  void sglHasTheSameValueAndGradient() {
    Interactions pairs = fewPairs();
    Embeddings parameters = MatrixFactorization.initial(4, 4, DIMENSION, 1);
    MiniBatch batch = batchOfAll();
    try (WorkPool pool = new WorkPool(1)) {
      Kernels kernels = Kernels.best();
      EdgeDropContrast plain = term(pairs, parameters, kernels, pool);
      ContrastSettings settings = new ContrastSettings(0.7, 0.5, pairs.size(), 5);
      Sgl sgl =
          new Sgl(pairs, parameters, LAYERS, 0.3, ContrastCandidates.STEP, settings, kernels, pool);
      for (int epoch = 1; epoch <= 3; epoch++) {
        assertThat(value(sgl, epoch, parameters, batch))
            .isCloseTo(value(plain, epoch, parameters, batch), within(1e-5));
        assertThat(gradient(sgl, parameters))
            .containsExactly(gradient(plain, parameters), within(1e-6f));
      }
    }
  }

  private static float[] gradient(AuxiliaryTerm term, Embeddings parameters) {
    Embeddings gradient = parameters.zeros(DIMENSION);
    term.addGradient(gradient);
    return gradient.items().values();
  }
}
