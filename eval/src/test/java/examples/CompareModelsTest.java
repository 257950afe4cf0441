package examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.CrossedSample;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.UserScorer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

class CompareModelsTest {
  private static final int USERS = 12;
  private static final int ITEMS = 30;

  /** User u likes item u. */
  private static final Interactions TEST =
      Interactions.of(
          USERS, ITEMS, IntStream.range(0, USERS).toArray(), IntStream.range(0, USERS).toArray());

  /** Puts what a user likes at a rank, by user and seed. */
  private static UserScorer putting(int seed, int step) {
    return (user, scores) -> {
      int rank = (user * step + seed) % 10;
      for (int item = 0; item < ITEMS; item++) {
        scores[item] = -item - 1;
      }
      scores[user] = rank == 0 ? 0 : -rank - 0.5f;
    };
  }

  /** NDCG of a single item at a rank is 1 / log2(rank + 1). */
  private static double ndcg(int user, UserScorer scorer) {
    float[] scores = new float[ITEMS];
    scorer.score(user, scores);
    long better = IntStream.range(0, ITEMS).filter(i -> scores[i] > scores[user]).count();
    return better >= 20 ? 0 : Math.log(2) / Math.log(better + 2);
  }

  /** With one seed the test over users is the usual paired one, by Commons Math. */
  @Test
  void theLeadHasTheMeanAndTheTestOfPairedUsers() {
    List<UserScorer> first = List.of(putting(0, 3), putting(1, 3), putting(2, 3));
    List<UserScorer> second = List.of(putting(5, 7), putting(6, 7), putting(9, 7));
    double[] differences = new double[USERS];
    double sum = 0;
    for (int user = 0; user < USERS; user++) {
      for (int s = 0; s < 3; s++) {
        double difference = ndcg(user, first.get(s)) - ndcg(user, second.get(s));
        differences[user] += s == 0 ? difference : 0;
        sum += difference;
      }
    }
    try (WorkPool pool = new WorkPool(2)) {
      Interactions none = Interactions.of(USERS, ITEMS, new int[0], new int[0]);
      var evaluator =
          new FullRankingEvaluator(
              TEST, List.of(none), ScoreFunction.INNER_PRODUCT, Kernels.best(), pool);

      assertThat(CompareModels.lead(evaluator, first, second).effect())
          .isCloseTo(sum / USERS / 3, within(1e-12));
      CrossedSample one = CompareModels.lead(evaluator, first.subList(0, 1), second.subList(0, 1));
      assertThat(one.overUsers().pValue(0))
          .isCloseTo(new TTest().tTest(0, differences), within(1e-12));
    }
  }
}
