package examples;

import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.RankingMetrics;
import java.util.List;

/** Evaluates a model that is not ours: most popular items first. */
public final class EvaluateAnyModel {
  private EvaluateAnyModel() {}

  /** Metrics at 5, 10, 15 and 20 of recommending what is most popular in train. */
  public static RankingMetrics mostPopular(Interactions train, Interactions test) {
    Interactions byItem = train.transpose();
    try (WorkPool pool = new WorkPool(2)) {
      var evaluator =
          new FullRankingEvaluator(
              test, List.of(train), ScoreFunction.INNER_PRODUCT, Kernels.best(), pool);
      return evaluator.evaluate(
          (user, scores) -> {
            for (int item = 0; item < scores.length; item++) {
              scores[item] = byItem.degree(item); // any model: a score for every item
            }
          });
    }
  }
}
