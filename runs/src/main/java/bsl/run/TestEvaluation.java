package bsl.run;

import bsl.core.Embeddings;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.PerUserMetrics;
import bsl.eval.UserScorer;
import java.util.Map;

/**
 * What a recommender comes to on the test set: all metrics of every user, and what it does with the
 * catalogue.
 *
 * @param metrics the means over users
 * @param perUser all metrics by user, with the precision of the files they are kept in
 * @param use what it recommends
 * @param seconds how long the evaluation took
 */
public record TestEvaluation(
    Map<String, Double> metrics, PerUserMetrics perUser, CatalogueUse use, double seconds) {
  /**
   * Evaluates a trained model.
   *
   * @param model its embeddings
   * @param spec the run it is of
   * @param data the run's data
   * @param pool threads that do the work
   */
  static TestEvaluation of(Embeddings model, RunSpec spec, RunData data, WorkPool pool) {
    return of(data, spec, pool, (evaluator, seen) -> evaluator.evaluatePerUser(model, seen.all()));
  }

  /**
   * Evaluates any recommender.
   *
   * @param scorer gives the scores
   * @param spec the run whose data these are; its other settings do not matter
   * @param data the pairs to find, and those that are not ranked
   * @param pool threads that do the work
   */
  public static TestEvaluation of(UserScorer scorer, RunSpec spec, RunData data, WorkPool pool) {
    return of(data, spec, pool, (evaluator, seen) -> evaluator.evaluatePerUser(scorer, seen.all()));
  }

  private interface Ranking {
    PerUserMetrics of(FullRankingEvaluator evaluator, CatalogueUse.Observers seen);
  }

  private static TestEvaluation of(RunData data, RunSpec spec, WorkPool pool, Ranking ranking) {
    CatalogueUse.Observers seen = new CatalogueUse.Observers(data.train(), data.test());
    FullRankingEvaluator evaluator =
        new FullRankingEvaluator(
            data.test(), data.maskedInTest(), spec.testScore(), Kernels.best(), pool);
    long start = System.nanoTime();
    PerUserMetrics metrics = ranking.of(evaluator, seen);
    double seconds = (System.nanoTime() - start) / 1e9;
    PerUserMetrics rounded = PerUserFile.rounded(metrics, metrics.keys());
    return new TestEvaluation(metrics.mean().asMap(), rounded, seen.seen(), seconds);
  }
}
