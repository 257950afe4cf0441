package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.SoftmaxLoss;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSpecTest {
  private static Settings settings() {
    return new Settings().set(SettingKey.DATASET, "tiny", "test");
  }

  @Test
  void equalValuesInOtherWordsHaveTheSameDigest() {
    RunSpec one = RunSpec.of(settings().set(SettingKey.L2, "1e-3", "test"));
    RunSpec other = RunSpec.of(settings().set(SettingKey.L2, "0.001", "test"));

    assertThat(one).isEqualTo(other);
    assertThat(one.digest()).isEqualTo(other.digest()).hasSize(64);
  }

  @Test
  void everySettingEntersTheDigest() {
    String digest = RunSpec.of(settings()).digest();

    for (SettingKey key : SettingKey.values()) {
      String other =
          List.of("7", "0.7", "reweight", "dense", "held-out", "inner-product", "sl", "in-batch")
              .stream()
              .filter(v -> allowed(key, v) && !v.equals(key.fallback().orElse(null)))
              .findFirst()
              .orElse(null);
      if (other == null) {
        assertThat(key).as("has one value only").isEqualTo(SettingKey.BACKBONE);
        continue;
      }
      assertThat(RunSpec.of(settings().set(key, other, "test")).digest())
          .as(key.key())
          .isNotEqualTo(digest);
    }
  }

  private static boolean allowed(SettingKey key, String value) {
    try {
      key.check(value, "test");
      return true;
    } catch (InputException e) {
      return false;
    }
  }

  @Test
  void survivesTheWayThroughSettings() {
    RunSpec spec = RunSpec.of(settings().set(SettingKey.SEED, "-5", "test"));

    assertThat(RunSpec.of(spec.asSettings("test"))).isEqualTo(spec);
    assertThat(spec.seed()).isEqualTo(-5);
  }

  @Test
  void softmaxLossInModeMultiIsBslWithRatioOneAsTheLogsCallIt() {
    Settings sl = settings().set(SettingKey.LOSS, "sl", "test");

    assertThat(RunSpec.of(sl).loss()).isInstanceOf(BilateralSoftmaxLoss.class);
    assertThat(RunSpec.of(sl.set(SettingKey.MODE, "reweight", "test")).loss())
        .isInstanceOf(SoftmaxLoss.class);
  }

  @Test
  void inBatchNegativesNeedTwoPairs() {
    Settings settings =
        settings()
            .set(SettingKey.NEGATIVE_SAMPLING, "in-batch", "test")
            .set(SettingKey.BATCH_SIZE, "1", "test");

    assertThatThrownBy(() -> RunSpec.of(settings))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("batch_size of at least 2");
  }

  @ParameterizedTest
  @CsvSource({
    "yelp2018,sl",
    "yelp2018,bsl",
    "gowalla,sl",
    "gowalla,bsl",
    "ml-1m,sl",
    "ml-1m,bsl",
    "anything,sl",
    "anything,bsl",
    "anything,bsl-paper"
  })
  void everyCellHasAFastPreset(String dataset, String loss) {
    Settings preset = Presets.of("fast", dataset, "mf", loss);
    RunSpec spec =
        RunSpec.of(preset.set(SettingKey.DATASET, dataset, "t").set(SettingKey.LOSS, loss, "t"));

    assertThat(spec.loss()).isNotNull();
    assertThat(spec.negatives()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "yelp2018,sl,0.11,1.0,1024,0.001", "yelp2018,bsl,0.11,1.1,1024,0.001",
    "gowalla,sl,0.08,1.0,1024,1e-9", "gowalla,bsl,0.08,1.22,1024,1e-9",
    "ml-1m,sl,0.17,1.0,2048,0.001", "ml-1m,bsl,0.17,1.06,2048,0.001",
    "amazon,sl,0.14,1.0,1024,0.001", "amazon,bsl,0.14,1.32,1024,0.001"
  })
  void referencePresetsAreTheAuthorsSettings(
      String dataset, String loss, double tau, double ratio, int batch, double l2) {
    RunSpec spec =
        RunSpec.of(
            Presets.of("reference", dataset, "mf", loss)
                .set(SettingKey.DATASET, dataset, "t")
                .set(SettingKey.LOSS, loss, "t"));

    assertThat(spec.asMap())
        .containsEntry("tau", tau)
        .containsEntry("tau_ratio", ratio)
        .containsEntry("l2", l2)
        .containsEntry("negative_sampling", "independent")
        .containsEntry("batch_size", (long) batch);
  }

  @Test
  void anUnknownPresetIsRefused() {
    assertThatThrownBy(() -> Presets.of("quickest", "ml-1m", "mf", "sl"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--preset 'quickest'");
  }
}
