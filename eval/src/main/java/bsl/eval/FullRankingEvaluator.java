package bsl.eval;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Evaluates embeddings by ranking all items, as the paper's experiments do: for every user with at
 * least one relevant item, all items but the user's masked ones are ranked by score, equal scores
 * by lower item, and the metrics are averaged over those users.
 *
 * <p>A relevant item that is also masked cannot be ranked, but counts as relevant. A zero embedding
 * has cosine 0 with every other. Results are the same bits for every number of threads and every
 * {@link Kernels}. Holds no state between calls; uses the pool, so one call at a time.
 */
public final class FullRankingEvaluator {
  private static final int[] CUTOFFS = {5, 10, 15, 20};

  private final Interactions relevant;
  private final int[] users;
  private final FullRanking ranking;
  private final int[] cutoffs;

  /**
   * An evaluator at the paper's cutoffs 5, 10, 15 and 20.
   *
   * @param relevant the pairs to be found, e.g. the test set
   * @param masked pairs that must not be ranked, e.g. the train set; may be empty
   * @param score how embeddings make a score
   * @throws IllegalArgumentException if a masked set's shape differs from that of {@code relevant}
   */
  public FullRankingEvaluator(
      Interactions relevant,
      List<Interactions> masked,
      ScoreFunction score,
      Kernels kernels,
      WorkPool pool) {
    this(relevant, masked, score, kernels, pool, CUTOFFS);
  }

  /**
   * An evaluator at chosen cutoffs.
   *
   * @param cutoffs ranks at which metrics are cut off, ascending, at least 1; may exceed the number
   *     of items
   * @throws IllegalArgumentException if there is no cutoff or they are not as described, or a
   *     masked set's shape differs from that of {@code relevant}
   */
  public FullRankingEvaluator(
      Interactions relevant,
      List<Interactions> masked,
      ScoreFunction score,
      Kernels kernels,
      WorkPool pool,
      int... cutoffs) {
    for (int c = 0; c < cutoffs.length; c++) {
      if (cutoffs[c] < 1 || c > 0 && cutoffs[c] <= cutoffs[c - 1]) {
        throw new IllegalArgumentException(
            "cutoffs must be ascending and at least 1: " + Arrays.toString(cutoffs));
      }
    }
    if (cutoffs.length == 0) {
      throw new IllegalArgumentException("at least one cutoff is needed");
    }
    this.relevant = relevant;
    this.users = IntStream.range(0, relevant.users()).filter(u -> relevant.degree(u) > 0).toArray();
    this.cutoffs = cutoffs.clone();
    this.ranking =
        new FullRanking(
            MaskedItems.union(relevant.users(), relevant.items(), masked), score, kernels, pool);
  }

  /**
   * The metrics averaged over users.
   *
   * @throws IllegalArgumentException as {@link #evaluatePerUser}
   */
  public RankingMetrics evaluate(Embeddings embeddings) {
    return evaluatePerUser(embeddings).mean();
  }

  /**
   * The metrics of every user with a relevant item.
   *
   * @param embeddings final embeddings of all users and items
   * @throws IllegalArgumentException if their shape is not that of the relevant pairs, or a score
   *     is NaN; the message then names the first such user
   */
  public PerUserMetrics evaluatePerUser(Embeddings embeddings) {
    RankingMetric[] metrics = RankingMetric.values();
    double[][][] values = new double[cutoffs.length][metrics.length][users.length];
    ranking.rank(
        embeddings,
        users,
        cutoffs[cutoffs.length - 1],
        (position, user, best) -> {
          boolean[] hits = new boolean[best.size()];
          for (int rank = 0; rank < hits.length; rank++) {
            hits[rank] = relevant.contains(user, best.item(rank));
          }
          for (int c = 0; c < cutoffs.length; c++) {
            for (int m = 0; m < metrics.length; m++) {
              values[c][m][position] = metrics[m].value(hits, relevant.degree(user), cutoffs[c]);
            }
          }
        });
    Map<String, double[]> byKey = new LinkedHashMap<>();
    for (int c = 0; c < cutoffs.length; c++) {
      for (int m = 0; m < metrics.length; m++) {
        byKey.put(metrics[m].key(cutoffs[c]), values[c][m]);
      }
    }
    return new PerUserMetrics(users, byKey);
  }
}
