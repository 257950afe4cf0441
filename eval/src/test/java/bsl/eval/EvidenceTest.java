package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  /** Users are much alike, and seeds are not. */
  private static final PairedSample PAIR =
      new PairedSample(new double[] {0.5, 0.61, 0.9}, new double[] {0.4, 0.5, 0.8});

  private static final PairedSample OTHER =
      new PairedSample(new double[] {0.7, 0.82, 1.0}, new double[] {0.4, 0.5, 0.7});

  private static void assertBounds(Evidence two, Evidence three) {
    assertThat(two.decides()).isFalse();
    assertThat(two.bounds(0.9)).contains(two.ofTheseSeeds(0.9));
    assertThat(two.interval(0.9)).isNotEqualTo(two.ofTheseSeeds(0.9));
    assertThat(three.decides()).isTrue();
    assertThat(three.bounds(0.9)).contains(three.interval(0.9));
    assertThat(three.interval(0.9)).isNotEqualTo(three.ofTheseSeeds(0.9));
  }

  @Test
  void threeSeedsDecideAndFewerHaveBoundsOverUsers() {
    List<PairedSample> two = List.of(PAIR, OTHER);
    List<PairedSample> three = List.of(PAIR, OTHER, PAIR);

    assertBounds(CrossedSample.ofDifferences(two), CrossedSample.ofDifferences(three));
    assertBounds(RelativeLead.of(two), RelativeLead.of(three));
  }

  @Test
  void aNumberPerSeedIsTestedOverSeedsAndHasNoBoundsOfTheseSeeds() {
    SeedSample three = SeedSample.of(0.1, 0.2, 0.4);
    SampleMean mean = SampleMean.of(0.1, 0.2, 0.4);

    assertThat(three.seeds()).isEqualTo(3);
    assertThat(three.effect()).isEqualTo(mean.mean());
    assertThat(three.pValue(0.05)).isEqualTo(mean.pValue(0.05)).isBetween(0.01, 0.5);
    assertThat(three.interval(0.9)).isEqualTo(mean.interval(0.9));
    assertThat(three.bounds(0.9)).contains(mean.interval(0.9));
    assertThat(three.ofTheseSeeds(0.9).contains(1e9)).isTrue();
    assertThat(SeedSample.of(0.1, 0.2).bounds(0.9)).isEmpty();
  }

  @Test
  void aSingleUserHasNoBounds() {
    CrossedSample oneUser =
        CrossedSample.of(List.of(new double[] {1}, new double[] {2}, new double[] {3}));

    assertThat(oneUser.decides()).isTrue();
    assertThat(oneUser.pValue(0)).isEqualTo(1);
    assertThat(oneUser.bounds(0.9)).isEmpty();
  }
}
