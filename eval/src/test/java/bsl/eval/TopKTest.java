package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopKTest {
  @Test
  void keepsWhatAFullSortPutsFirst() {
    Seeds.check(
        1000, random -> assertKeepsWhatAFullSortPutsFirst(scores(random), random.nextInt(31)));
  }

  private static void assertKeepsWhatAFullSortPutsFirst(List<Float> scores, int k) {
    TopK top = new TopK(k);
    for (int item = 0; item < scores.size(); item++) {
      top.offer(item, scores.get(item));
    }

    assertThat(entries(top)).isEqualTo(sorted(scores, k));
  }

  @Test
  void losesNothingWhenScoresBelowTheThresholdAreLeftOut() {
    Seeds.check(
        1000,
        random ->
            assertLosesNothingWhenScoresBelowTheThresholdAreLeftOut(
                scores(random), random.nextInt(31)));
  }

  private static void assertLosesNothingWhenScoresBelowTheThresholdAreLeftOut(
      List<Float> scores, int k) {
    TopK top = new TopK(k);
    for (int item = 0; item < scores.size(); item++) {
      if (scores.get(item) >= top.threshold()) {
        top.offer(item, scores.get(item));
      }
    }

    assertThat(entries(top)).isEqualTo(sorted(scores, k));
  }

  @Test
  void doesNotDependOnTheOrderOfOffers() {
    Seeds.check(
        1000, random -> assertDoesNotDependOnTheOrderOfOffers(scores(random), random.nextInt(31)));
  }

  private static void assertDoesNotDependOnTheOrderOfOffers(List<Float> scores, int k) {
    TopK top = new TopK(k);
    for (int item = scores.size() - 1; item >= 0; item--) {
      top.offer(item, scores.get(item));
    }

    assertThat(entries(top)).isEqualTo(sorted(scores, k));
  }

  @Test
  void lastPlaceIsLostOnlyToAStrictlyHigherScore() {
    TopK top = new TopK(2);
    assertThat(top.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
    top.offer(3, 1f);
    assertThat(top.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
    top.offer(4, 0.5f);

    assertThat(top.threshold()).isGreaterThan(0.5f).isLessThan(0.500001f);
  }

  @Test
  void startsAfreshWhenCleared() {
    TopK top = new TopK(2);
    top.offer(0, 5f);
    top.offer(1, 5f);
    top.clear();
    top.offer(7, -1f);

    assertThat(entries(top)).containsExactly(new Recommendation(7, -1f));
  }

  private static final float[] SPECIAL = {
    -0f,
    0f,
    1f,
    -1f,
    0.5f,
    -0.5f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  /** Up to 60 scores: special ones, of which many are equal, or any float but NaN. */
  private static List<Float> scores(RandomStream random) {
    boolean special = random.nextInt(2) == 0;
    List<Float> scores = new ArrayList<>();
    for (int n = random.nextInt(61); n > 0; n--) {
      float any = Float.intBitsToFloat((int) random.nextLong());
      boolean take = special || Float.isNaN(any);
      scores.add(take ? SPECIAL[random.nextInt(SPECIAL.length)] : any);
    }
    return scores;
  }

  /** Negative zero ranks as zero, so that the lower item wins, and is reported as zero. */
  private static List<Recommendation> sorted(List<Float> scores, int k) {
    List<Recommendation> all = new ArrayList<>();
    for (int item = 0; item < scores.size(); item++) {
      float score = scores.get(item);
      all.add(new Recommendation(item, score == 0 ? 0f : score));
    }
    all.sort(
        Comparator.comparing(Recommendation::score).reversed().thenComparing(Recommendation::item));
    return all.subList(0, Math.min(k, all.size()));
  }

  private static List<Recommendation> entries(TopK top) {
    top.sort();
    List<Recommendation> entries = new ArrayList<>();
    for (int rank = 0; rank < top.size(); rank++) {
      entries.add(new Recommendation(top.item(rank), top.score(rank)));
    }
    return entries;
  }
}
