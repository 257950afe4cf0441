package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.kernel.Kernels;
import bsl.losses.RawScores.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class CosineContrastiveLossTest extends RankingLossContract {
  @Override
  protected RankingLoss loss(Kernels kernels) {
    return new CosineContrastiveLoss(3, 0.2, kernels);
  }

  @Override
  protected double reference(Batch batch) {
    return ReferenceLosses.cosineContrastive(batch, 3, 0.2);
  }

  /** No exponential, so no exponent that is rounded. */
  @Override
  protected List<Setting> rawSettings() {
    return List.of(new Setting("as it is", this::loss, this::reference, 3 * RawScores.LARGEST, 0));
  }

  @Test
  void whatIsWellPlacedHasNoGradient() {
    ScoreBatch scores = new ScoreBatch(new int[] {0, 1}, 2);
    scores.setPositive(0, 1f);
    scores.setPositive(1, 0.5f);
    scores.setNegative(0, 0, 0.3f);
    scores.setNegative(0, 1, 0.5f);
    scores.setNegative(1, 0, 0.4f);
    scores.setNegative(1, 1, 0.7f);

    assertThat(scores.evaluate(new CosineContrastiveLoss(8, 0.5)))
        .isCloseTo((0.5 + 8 * 0.2 / 2) / 2, within(1e-6));
    assertThat(scores.positive(0)).isZero();
    assertThat(scores.positive(1)).isEqualTo(-0.5f);
    assertThat(scores.negative(0, 0)).isZero();
    assertThat(scores.negative(0, 1)).as("at the margin").isZero();
    assertThat(scores.negative(1, 0)).isZero();
    assertThat(scores.negative(1, 1)).isEqualTo(8 / 4f);
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new CosineContrastiveLoss(0, 0.5))
        .hasMessageContaining("negative weight must be positive and finite: 0");
    assertThatThrownBy(() -> new CosineContrastiveLoss(1, Double.NaN))
        .hasMessageContaining("margin must be finite: NaN");
    assertThatThrownBy(() -> new CosineContrastiveLoss(1, Double.NEGATIVE_INFINITY))
        .hasMessageContaining("margin must be finite: -Infinity");
    assertThatThrownBy(() -> new CosineContrastiveLoss(1, 1e16))
        .hasMessageContaining("margin must be between");
  }
}
