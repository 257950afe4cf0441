package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The large presets look like the data sets whose names they bear. */
@Execution(ExecutionMode.CONCURRENT)
class LargePresetsIT {
  /** The figures are the real train sets', measured with the same definitions. */
  @ParameterizedTest
  @CsvSource({
    // preset, train, test, slope, top tenth, median degree, spread of log degree
    "ml-1m-like, 796244, 99455, -0.699, 0.394, 76, 0.986",
    "gowalla-like, 810128, 217242, -0.640, 0.394, 16, 0.747",
    "yelp2018-like, 1237259, 324147, -0.749, 0.432, 25, 0.614"
  })
  void looksLikeTheRealOne(
      String title,
      int train,
      int test,
      double slope,
      double topTenth,
      double medianDegree,
      double spread) {
    SyntheticPreset preset = SyntheticPreset.named(title).orElseThrow();
    DatasetEntry real = DatasetCatalog.entry(title.replace("-like", "")).orElseThrow();

    Split split = SyntheticDatasets.make(preset, 1);

    assertThat(split.users()).isEqualTo(real.users());
    assertThat(split.items()).isEqualTo(real.items());
    assertThat((double) split.train().size()).isCloseTo(train, within(0.03 * train));
    assertThat((double) split.test().size()).isCloseTo(test, within(0.03 * test));
    Shape shape = Shape.of(split.train());
    assertThat(shape.popularitySlope()).isCloseTo(slope, within(0.1));
    assertThat(shape.shareOfTopTenth()).isCloseTo(topTenth, within(0.05));
    assertThat(shape.medianDegree()).isCloseTo(medianDegree, within(0.1 * medianDegree));
    assertThat(shape.logDegreeSpread()).isCloseTo(spread, within(0.15));
  }

  /**
   * Of amazon's train set only the sizes are known here. Its users have so few pairs that rounding
   * to whole test pairs moves the size of the test set by more than 3%.
   */
  @Test
  void amazonLikeHasTheSizesOfAmazon() {
    DatasetEntry real = DatasetCatalog.entry("amazon").orElseThrow();
    int train = real.pairs().get("train");
    int others = real.pairs().get("valid") + real.pairs().get("test");

    Split split = SyntheticDatasets.make(SyntheticPreset.AMAZON, 1);

    assertThat(split.users()).isEqualTo(real.users());
    assertThat(split.items()).isEqualTo(real.items());
    assertThat((double) split.train().size()).isCloseTo(train, within(0.03 * train));
    assertThat((double) split.test().size()).isCloseTo(others, within(0.05 * others));
  }
}
