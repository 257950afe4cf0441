package bsl.compare;

import static bsl.compare.OutcomesByHand.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.eval.PairedSample;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final String NDCG = "ndcg@20";

  @Test
  void seedsOfTwoContestantsArePairedByNumber() {
    Outcome ours =
        OutcomesByHand.of(
            "mf-bsl", Map.of(1L, seed(0.1, 0.1), 2L, seed(0.2, 0.2), 3L, seed(0.3, 0.3)));
    Outcome reference =
        OutcomesByHand.of(
            "mf-sl", Map.of(2L, seed(0.6, 0.6), 3L, seed(0.7, 0.7), 4L, seed(0.8, 0.8)));

    assertThat(ours.beside(reference, NDCG))
        .extracting(PairedSample::meanOfFirst)
        .containsExactly(0.2, 0.3);
    assertThat(ours.beside(reference, NDCG))
        .extracting(PairedSample::meanOfSecond)
        .containsExactly(0.6, 0.7);
  }

  @Test
  void withoutASeedInCommonThereIsNothingToTest() {
    Outcome ours = OutcomesByHand.of("mf-bsl", Map.of(1L, seed(0.1, 0.2)));
    Outcome reference = OutcomesByHand.of("mf-sl", Map.of(2L, seed(0.1, 0.2)));

    assertThat(ours.beside(reference, NDCG)).isEmpty();
    assertThat(PairedTest.of(ours, reference, NDCG)).isEmpty();
  }

  private static Outcome one(String name, String selectedOn, int... users) {
    return OutcomesByHand.of(name, Map.of(1L, seed(selectedOn, users, 0.1, 0.2)));
  }

  @Test
  void contestantsOfOtherUsersAreRefused() {
    Outcome ours = one("mf-bsl", "validation", 0, 1);
    Outcome reference = one("mf-sl", "validation", 0, 2);

    assertThatThrownBy(() -> ours.beside(reference, NDCG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("different users");
  }

  @Test
  void contestantsThatWereSelectedOnOtherSetsAreRefused() {
    Outcome ours = one("mf-bsl", "test", 0, 1);
    Outcome reference = one("mf-sl", "validation", 0, 1);

    assertThatThrownBy(() -> ours.beside(reference, NDCG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("selected differently");
  }

  /** No epoch of a baseline is selected, so that it stands beside runs of either selection. */
  @Test
  void aBaselineStandsBesideEitherSelection() {
    Outcome baseline = one("popularity", "", 0, 1);

    for (String selectedOn : new String[] {"test", "validation"}) {
      assertThat(baseline.beside(one("mf-sl", selectedOn, 0, 1), NDCG)).hasSize(1);
      assertThat(one("mf-sl", selectedOn, 0, 1).beside(baseline, NDCG)).hasSize(1);
    }
  }
}
