package examples;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.FullRankingEvaluator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitBaselineTest {
  /** Items 0 and 1 go together, and so do 2 and 3. User 4 has one of a pair. */
  @Test
  void whatGoesTogetherIsRecommended() {
    int[] users = {0, 0, 1, 1, 2, 2, 3, 3, 4};
    Interactions train = Interactions.of(5, 30, users, new int[] {0, 1, 0, 1, 2, 3, 2, 3, 3});
    Interactions test = Interactions.of(5, 30, new int[] {4}, new int[] {2});
    try (WorkPool pool = new WorkPool(1)) {
      FullRankingEvaluator evaluator =
          new FullRankingEvaluator(
              test, List.of(train), ScoreFunction.INNER_PRODUCT, Kernels.best(), pool);

      assertThat(FitBaseline.ease(train, evaluator).get("ndcg@20")).isEqualTo(1);
    }
  }
}
