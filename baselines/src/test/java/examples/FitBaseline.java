package examples;

import bsl.baselines.BaselineKinds;
import bsl.baselines.FitContext;
import bsl.core.Interactions;
import bsl.core.WorkPool;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.RankingMetrics;
import bsl.eval.UserScorer;
import java.util.Map;

/** A baseline fitted and evaluated from code. */
public final class FitBaseline {
  private FitBaseline() {}

  /** Fits EASE and evaluates it. */
  public static RankingMetrics ease(Interactions train, FullRankingEvaluator evaluator) {
    try (WorkPool pool = new WorkPool(2)) {
      UserScorer scorer =
          BaselineKinds.fit("ease", Map.of("lambda", 500), train, FitContext.of(pool));
      return evaluator.evaluate(scorer);
    }
  }
}
