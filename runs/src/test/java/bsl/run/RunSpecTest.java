package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.backbones.Penalised;
import bsl.core.optim.Adam;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.FirstPositiveTwice;
import bsl.losses.SoftmaxLoss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSpecTest {
  private static Settings settings() {
    return new Settings().set(SettingKey.DATASET, "tiny", "test");
  }

  @Test
  void equalValuesInOtherWordsAreEqual() {
    RunSpec one = RunSpec.of(settings().set(SettingKey.L2, "1e-3", "test"));
    RunSpec other = RunSpec.of(settings().set(SettingKey.L2, "0.001", "test"));

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @ParameterizedTest
  @CsvSource({"lazy, LAZY", "dense, DENSE", "closed-form, CLOSED_FORM"})
  void everyModeOfAdamHasAName(String value, Adam.Mode mode) {
    assertThat(RunSpec.of(settings().set(SettingKey.ADAM, value, "test")).adamMode())
        .isEqualTo(mode);
    assertThat(RunSpec.of(settings()).adamMode()).isEqualTo(Adam.Mode.LAZY);
  }

  @Test
  void theTemperatureOfTheFirstEpochMustBeOneOfTheLoss() {
    Settings hot = settings().set(SettingKey.TAU, "1e30", "test");

    assertThat(RunSpec.of(hot).tau()).isEqualTo(1e30);
    assertThatThrownBy(() -> RunSpec.of(hot.set(SettingKey.TAU_START, "2", "test")))
        .isInstanceOf(InputException.class)
        .hasMessage("tau_start 2.0: loss bsl: tau '2.0E30' is not a number from 1e-18 to 1e30");
  }

  @Test
  void negativeNoiseNeedsNegativesOfEachUsersOwn() {
    assertThatThrownBy(() -> RunSpec.of(settings().set(SettingKey.NEGATIVE_NOISE, "3", "test")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "negative_noise 3.0 needs negative_sampling independent or batch_users, not"
                + " negative_sampling shared");
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
  void theReferencesGradientIsTakenOnlyWithInBatchNegatives() {
    Settings reference = settings().set(SettingKey.IN_BATCH_GRADIENT, "reference", "test");

    assertThat(RunSpec.of(reference).loss()).isInstanceOf(BilateralSoftmaxLoss.class);
    reference.set(SettingKey.NEGATIVE_SAMPLING, "in-batch", "test");
    assertThat(RunSpec.of(reference).loss()).isInstanceOf(FirstPositiveTwice.class);
    reference.set(SettingKey.IN_BATCH_GRADIENT, "exact", "test");
    assertThat(RunSpec.of(reference).loss()).isInstanceOf(BilateralSoftmaxLoss.class);
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
    assertThat(spec.negatives() > 0 || spec.userWise()).isTrue();
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

  @ParameterizedTest
  @CsvSource({
    "yelp2018,sl,0.15,1.0,1024,1e-5,3,in-batch,inner-product",
    "yelp2018,bsl,0.15,1.12,1024,1e-5,3,in-batch,inner-product",
    "gowalla,sl,0.12,1.0,2048,1e-5,1,in-batch,inner-product",
    "gowalla,bsl,0.12,0.84,2048,1e-5,1,in-batch,inner-product",
    "ml-1m,sl,0.15,1.0,1024,1e-5,1,independent,cosine",
    "ml-1m,bsl,0.15,1.1,1024,1e-5,1,independent,cosine",
    "amazon,sl,0.3,1.0,4096,0.1,3,in-batch,inner-product",
    "amazon,bsl,0.3,0.8,4096,0.1,3,in-batch,inner-product"
  })
  void lightGcnReferencePresetsAreTheAuthorsSettings(
      String dataset,
      String loss,
      double tau,
      double ratio,
      int batch,
      double l2,
      int layers,
      String sampling,
      String testScore) {
    RunSpec spec =
        RunSpec.of(
            Presets.of("reference", dataset, "lightgcn", loss)
                .set(SettingKey.DATASET, dataset, "t")
                .set(SettingKey.BACKBONE, "lightgcn", "t")
                .set(SettingKey.LOSS, loss, "t"));

    assertThat(spec.asMap())
        .containsEntry("tau", tau)
        .containsEntry("tau_ratio", ratio)
        .containsEntry("mode", "reweight")
        .containsEntry("l2", l2)
        .containsEntry("l2_layers", "all")
        .containsEntry("learning_rate", 0.001)
        .containsEntry("layers", (long) layers)
        .containsEntry("dropout", 0.0)
        .containsEntry("negative_sampling", sampling)
        .containsEntry("test_score", testScore)
        .containsEntry("batch_size", (long) batch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sl", "bsl"})
  void lightGcnHasAStartForUnknownDataSets(String loss) {
    RunSpec spec =
        RunSpec.of(
            Presets.of("fast", "anything", "lightgcn", loss)
                .set(SettingKey.DATASET, "anything", "t")
                .set(SettingKey.LOSS, loss, "t"));

    assertThat(spec.layers()).isPositive();
    assertThat(spec.penalised()).isEqualTo(Penalised.ALL_LAYERS);
  }

  @Test
  void anUnknownPresetIsRefused() {
    assertThatThrownBy(() -> Presets.of("quickest", "ml-1m", "mf", "sl"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--preset 'quickest'");
  }
}
