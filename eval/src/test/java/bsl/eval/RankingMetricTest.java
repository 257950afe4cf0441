package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RankingMetricTest {
  /** 1 / log2(3), worked out by hand. */
  private static final double SECOND = 0.6309297535714574;

  /** 1 / log2(5). */
  private static final double FOURTH = 0.43067655807339306;

  @ParameterizedTest
  @CsvSource({
    // ranking, relevant, cutoff, recall, precision
    "10100, 3, 5, 0.6666666666666666, 0.4",
    "10100, 3, 2, 0.3333333333333333, 0.5",
    "10100, 3, 1, 0.3333333333333333, 1",
    "10100, 3, 20, 0.6666666666666666, 0.1",
    "00000, 7, 5, 0, 0",
    "11111, 5, 5, 1, 1",
    "11111, 50, 5, 0.1, 1",
    "00001, 1, 4, 0, 0",
    "1, 1, 10, 1, 0.1",
  })
  void countsHitsOverRelevantItemsAndOverTheCutoff(
      String ranking, int relevant, int cutoff, double recall, double precision) {
    boolean[] hits = hits(ranking);

    assertThat(RankingMetric.RECALL.value(hits, relevant, cutoff)).isEqualTo(recall);
    assertThat(RankingMetric.PRECISION.value(hits, relevant, cutoff)).isEqualTo(precision);
  }

  @Test
  void discountsGainsByTheLogarithmOfTheRank() {
    RankingMetric ndcg = RankingMetric.NDCG;

    assertThat(ndcg.value(hits("1000"), 1, 4)).isEqualTo(1);
    assertThat(ndcg.value(hits("0100"), 1, 4)).isCloseTo(SECOND, within(1e-15));
    assertThat(ndcg.value(hits("0010"), 1, 4)).isCloseTo(0.5, within(1e-15));
    assertThat(ndcg.value(hits("0001"), 1, 4)).isCloseTo(FOURTH, within(1e-15));
    assertThat(ndcg.value(hits("0001"), 1, 3)).isZero();
    assertThat(ndcg.value(hits("10100"), 3, 5)).isCloseTo(1.5 / (1 + SECOND + 0.5), within(1e-15));
  }

  @Test
  void cutsTheIdealGainAtTheCutoffAndAtTheNumberOfRelevantItems() {
    RankingMetric ndcg = RankingMetric.NDCG;

    assertThat(ndcg.value(hits("01"), 9, 2)).isCloseTo(SECOND / (1 + SECOND), within(1e-15));
    assertThat(ndcg.value(hits("01"), 2, 20)).isCloseTo(SECOND / (1 + SECOND), within(1e-15));
    assertThat(ndcg.value(hits("01"), 1, 20)).isCloseTo(SECOND, within(1e-15));
  }

  @Test
  void discountsFarRanksByTheSameLaw() {
    for (int rank : new int[] {254, 255, 256, 257, 1000}) {
      boolean[] hits = new boolean[rank];
      hits[rank - 1] = true;

      assertThat(RankingMetric.NDCG.value(hits, 1, rank))
          .isCloseTo(Math.log(2) / Math.log(rank + 1), within(1e-15));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // ranking, relevant, cutoff, hit rate, reciprocal rank, average precision
    "10100, 3, 5, 1, 1, 0.5555555555555555",
    "01010, 2, 5, 1, 0.5, 0.5",
    "01010, 9, 5, 1, 0.5, 0.2",
    "01010, 2, 3, 1, 0.5, 0.25",
    "00010, 1, 3, 0, 0, 0",
    "111, 3, 20, 1, 1, 1",
    "111, 7, 3, 1, 1, 1",
  })
  void findsTheFirstHitAndAveragesPrecisionOverHits(
      String ranking, int relevant, int cutoff, double hitRate, double mrr, double map) {
    boolean[] hits = hits(ranking);

    assertThat(RankingMetric.HIT_RATE.value(hits, relevant, cutoff)).isEqualTo(hitRate);
    assertThat(RankingMetric.MRR.value(hits, relevant, cutoff)).isEqualTo(mrr);
    assertThat(RankingMetric.MAP.value(hits, relevant, cutoff)).isCloseTo(map, within(1e-15));
  }

  @Test
  void namesItselfAsResultsDo() {
    assertThat(Arrays.stream(RankingMetric.values()).map(m -> m.key(20)))
        .containsExactly("recall@20", "ndcg@20", "precision@20", "hitrate@20", "mrr@20", "map@20");
  }

  @ParameterizedTest
  @EnumSource
  void refusesUsersWithoutRelevantItemsAndCutoffsBelowOne(RankingMetric metric) {
    assertThatThrownBy(() -> metric.value(new boolean[3], 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(metric.key() + " needs a relevant item, got 0");
    assertThatThrownBy(() -> metric.value(new boolean[3], 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cutoff must be at least 1: 0");
  }

  @Test
  void staysWithinZeroAndOne() {
    Seeds.check(
        1000,
        random -> {
          boolean[] hits = ranking(random);
          int relevant = Math.max(1, found(hits) + random.nextInt(51));
          int cutoff = 1 + random.nextInt(60);
          for (RankingMetric metric : RankingMetric.values()) {
            assertThat(metric.value(hits, relevant, cutoff)).isBetween(0.0, 1.0);
          }
        });
  }

  @Test
  void isOneWhereAllRelevantItemsComeFirst() {
    Seeds.check(
        1000,
        random -> {
          int relevant = 1 + random.nextInt(40);
          int cutoff = 1 + random.nextInt(60);
          boolean[] hits = new boolean[relevant + random.nextInt(21)];
          Arrays.fill(hits, 0, relevant, true);

          assertThat(RankingMetric.NDCG.value(hits, relevant, cutoff)).isEqualTo(1);
          assertThat(RankingMetric.RECALL.value(hits, relevant, cutoff) == 1)
              .isEqualTo(cutoff >= relevant);
          assertThat(RankingMetric.PRECISION.value(hits, relevant, cutoff) == 1)
              .isEqualTo(cutoff <= relevant);
        });
  }

  @Test
  void risesWhenAHitMovesUpARank() {
    Seeds.check(
        1000,
        random -> {
          boolean[] hits = ranking(random);
          int cutoff = 1 + random.nextInt(40);
          for (int i = 1; i < hits.length; i++) {
            if (hits[i] && !hits[i - 1]) {
              assertRisesWhenTheHitMovesUp(hits, i, cutoff);
            }
          }
        });
  }

  private static void assertRisesWhenTheHitMovesUp(boolean[] hits, int i, int cutoff) {
    boolean[] better = hits.clone();
    better[i] = false;
    better[i - 1] = true;
    int relevant = found(hits);
    double before = RankingMetric.NDCG.value(hits, relevant, cutoff);
    double after = RankingMetric.NDCG.value(better, relevant, cutoff);
    if (i <= cutoff) {
      assertThat(after).isGreaterThan(before);
    } else {
      assertThat(after).isEqualTo(before);
    }
  }

  /** Up to 40 ranks: few hits, about half, or many. */
  private static boolean[] ranking(RandomStream random) {
    boolean[] hits = new boolean[random.nextInt(41)];
    double share = random.nextDouble();
    for (int i = 0; i < hits.length; i++) {
      hits[i] = random.nextDouble() < share;
    }
    return hits;
  }

  private static int found(boolean[] hits) {
    int found = 0;
    for (boolean hit : hits) {
      found += hit ? 1 : 0;
    }
    return found;
  }

  private static boolean[] hits(String ranking) {
    boolean[] hits = new boolean[ranking.length()];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = ranking.charAt(i) == '1';
    }
    return hits;
  }
}
