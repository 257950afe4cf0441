package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import bsl.core.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticDatasetsTest {
  private static final int CUTOFF = 20;

  /** What a change of this digest means: results on synthetic data are no longer comparable. */
  @Test
  void tinyIsTheSameForEver() {
    Split tiny = SyntheticDatasets.make(SyntheticPreset.TINY, 1);

    assertThat(tiny.train().digest())
        .isEqualTo("ebf41fc33a4a18cb4c19bca77eee795d79d3edebcb711b9797b7862024b9b7f8");
    assertThat(tiny.test().digest())
        .isEqualTo("de2c4b222463c980384961a1f3cfff885e8489adc2bfea43c888b3bdeaba7315");
  }

  @Test
  void theSeedDecides() {
    Split one = SyntheticDatasets.make(SyntheticPreset.SMALL, 1);

    assertThat(SyntheticDatasets.make(SyntheticPreset.SMALL, 1)).isEqualTo(one);
    assertThat(SyntheticDatasets.make(SyntheticPreset.SMALL, 2)).isNotEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource(
      value = SyntheticPreset.class,
      names = {"TINY", "SMALL"})
  void hasTheShapeItPromises(SyntheticPreset preset) {
    Split split = SyntheticDatasets.make(preset, 7);

    assertThat(split.name()).isEqualTo(preset.title());
    assertThat(split.users()).isEqualTo(preset.users());
    assertThat(split.items()).isEqualTo(preset.items());
    assertThat((double) split.train().size() + split.test().size())
        .isCloseTo(preset.pairs(), within(0.05 * preset.pairs()));
    for (int u = 0; u < split.users(); u++) {
      int all = split.train().degree(u) + split.test().degree(u);
      assertThat(all).isGreaterThanOrEqualTo(preset.leastPerUser());
      assertThat(split.test().degree(u)).isEqualTo((all + 4) / 5);
      for (int item : split.test().itemsOf(u)) {
        assertThat(split.train().contains(u, item)).isFalse();
      }
    }
  }

  @Test
  void presetsAreFoundByTitle() {
    for (SyntheticPreset preset : SyntheticPreset.values()) {
      assertThat(SyntheticPreset.named(preset.title())).contains(preset);
    }
    assertThat(SyntheticPreset.named("nope")).isEmpty();
    assertThat(SyntheticPreset.names())
        .containsExactly(
            "tiny", "small", "ml-1m-like", "gowalla-like", "yelp2018-like", "amazon-like");
  }

  @Test
  void popularityFallsAsAPowerOfTheRank() {
    Interactions train = SyntheticDatasets.make(SyntheticPreset.SMALL, 1).train();

    assertThat(Shape.of(train).popularitySlope()).isBetween(-0.85, -0.5);
    assertThat(Shape.of(train).shareOfTopTenth()).isBetween(0.3, 0.5);
  }

  @Test
  void activityIsLogNormalAboveTheLeast() {
    Split split = SyntheticDatasets.make(SyntheticPreset.SMALL, 1);
    double sum = 0;
    double squares = 0;
    double cubes = 0;
    int counted = 0;
    int least = SyntheticPreset.SMALL.leastPerUser();
    for (int u = 0; u < split.users(); u++) {
      // Below 3 above the least, rounding to whole pairs distorts the logarithm.
      int above = split.train().degree(u) + split.test().degree(u) - least;
      double log = Math.log(Math.max(above, 0.5));
      sum += log;
      squares += log * log;
      cubes += log * log * log;
      counted++;
    }
    double mean = sum / counted;
    double deviation = Math.sqrt(squares / counted - mean * mean);
    double skewness =
        (cubes / counted - 3 * mean * squares / counted + 2 * mean * mean * mean)
            / Math.pow(deviation, 3);

    assertThat(deviation).isCloseTo(1.1, within(0.1));
    assertThat(skewness).as("of the logarithms").isCloseTo(0, within(0.25));
  }

  /**
   * Items that go together in train foretell the test items far better than popularity does: there
   * is something for a collaborative model to learn.
   */
  @ParameterizedTest
  @EnumSource(
      value = SyntheticPreset.class,
      names = {"TINY", "SMALL"})
  void tasteCanBeLearned(SyntheticPreset preset) {
    Split split = SyntheticDatasets.make(preset, 1);
    Interactions byItem = split.train().transpose();
    double[] popularity = new double[split.items()];
    Arrays.setAll(popularity, byItem::degree);
    double byPopularity = 0;
    double byNeighbours = 0;
    for (int u = 0; u < split.users(); u++) {
      double[] scores = new double[split.items()];
      for (int mine : split.train().itemsOf(u)) {
        for (int other : byItem.itemsOf(mine)) {
          for (int theirs : split.train().itemsOf(other)) {
            scores[theirs] += 1 / Math.sqrt(popularity[mine] * popularity[theirs]);
          }
        }
      }
      byNeighbours += recall(split, u, scores);
      byPopularity += recall(split, u, popularity.clone());
    }

    assertThat(byNeighbours).isGreaterThan(1.5 * byPopularity);
  }

  private static double recall(Split split, int user, double[] scores) {
    for (int seen : split.train().itemsOf(user)) {
      scores[seen] = Double.NEGATIVE_INFINITY;
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double least = sorted[sorted.length - CUTOFF];
    int hits = 0;
    for (int item : split.test().itemsOf(user)) {
      hits += scores[item] >= least ? 1 : 0;
    }
    return (double) hits / split.test().degree(user);
  }

  @Test
  void whatIsWrittenLoadsAsItWas(@TempDir Path data) throws IOException {
    Split tiny = SyntheticDatasets.make(SyntheticPreset.TINY, 1);

    DatasetWriter.write(tiny, data);

    assertThat(DatasetCatalog.load("tiny", data).split()).isEqualTo(tiny);
  }
}
