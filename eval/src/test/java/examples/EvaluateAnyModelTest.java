package examples;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Interactions;
import bsl.eval.RankingMetrics;
import org.junit.jupiter.api.Test;

class EvaluateAnyModelTest {
  /**
   * Train degrees of items 0 to 3 are 1, 3, 2 and 0. User 0 has chosen item 1 and is recommended 2,
   * 0, 3; user 1 has chosen 1 and 2 and is recommended 0, 3.
   */
  @Test
  void ranksByPopularityWhatTheUserHasNotChosen() {
    Interactions train =
        Interactions.of(3, 4, new int[] {0, 1, 1, 2, 2, 2}, new int[] {1, 1, 2, 0, 1, 2});
    Interactions test = Interactions.of(3, 4, new int[] {0, 1}, new int[] {0, 3});

    RankingMetrics metrics = EvaluateAnyModel.mostPopular(train, test);

    assertThat(metrics.users()).isEqualTo(2);
    assertThat(metrics.get("mrr@5")).isEqualTo(0.5);
    assertThat(metrics.get("recall@20")).isEqualTo(1);
  }
}
