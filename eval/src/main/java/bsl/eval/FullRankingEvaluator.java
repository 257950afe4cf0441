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
 * Says how good a recommender is, by ranking all items for every user, as the paper's experiments
 * do.
 *
 * <p>Every user with at least one relevant item is evaluated. All items but the user's masked ones
 * are ranked by score, equal scores by lower item. The metrics are averaged over those users.
 *
 * <p>A relevant item that is also masked cannot be ranked, but counts as relevant. A zero embedding
 * has cosine 0 with every other. Results are the same bits for every number of threads and every
 * {@link Kernels}.
 *
 * <p>An evaluator holds no state between calls. It uses the pool, so there may be one call at a
 * time, of all evaluators on that pool.
 */
public final class FullRankingEvaluator {
  private static final int[] CUTOFFS = {5, 10, 15, 20};

  private final Interactions relevant;
  private final int[] users;
  private final FullRanking ranking;
  private final int[] cutoffs;

  /** Names of all metrics, by cutoff and then by metric. */
  private final String[] keys;

  /**
   * An evaluator at the paper's cutoffs 5, 10, 15 and 20.
   *
   * @param relevant the pairs to be found, e.g. the test set
   * @param masked pairs that must not be ranked, e.g. the train set; may be empty
   * @param score how embeddings make a score
   * @param kernels implementation of the inner loops, usually {@link Kernels#best}
   * @param pool threads that do the work
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
   * @param relevant the pairs to be found, e.g. the test set
   * @param masked pairs that must not be ranked, e.g. the train set; may be empty
   * @param score how embeddings make a score
   * @param kernels implementation of the inner loops, usually {@link Kernels#best}
   * @param pool threads that do the work
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
    this.keys =
        Arrays.stream(cutoffs)
            .boxed()
            .flatMap(k -> Arrays.stream(RankingMetric.values()).map(metric -> metric.key(k)))
            .toArray(String[]::new);
    this.ranking =
        new FullRanking(
            MaskedItems.union(relevant.users(), relevant.items(), masked), score, kernels, pool);
  }

  /**
   * The metrics averaged over users. The memory it takes grows with the items and the threads, not
   * with the users.
   *
   * @param embeddings final embeddings of all users and items
   * @param observers see every user's ranking in the same pass
   * @throws IllegalArgumentException if their shape is not that of the relevant pairs, an
   *     observer's cutoff is beyond the largest, or a score is NaN; the message then names the
   *     first such user
   */
  public RankingMetrics evaluate(Embeddings embeddings, RankingObserver... observers) {
    MeanValues means = new MeanValues();
    ranking.rank(embeddings, users, largestCutoff(), judge(means, observers));
    return means.result();
  }

  /**
   * The same for any scores. It is slower than with embeddings, since every user's scores are laid
   * out whole.
   *
   * @param scorer scores all items for a user
   * @param observers see every user's ranking in the same pass
   * @throws IllegalArgumentException if an observer's cutoff is beyond the largest, or a score is
   *     not set or NaN; the message then names the first such user
   */
  public RankingMetrics evaluate(UserScorer scorer, RankingObserver... observers) {
    MeanValues means = new MeanValues();
    ranking.rank(scorer, users, largestCutoff(), judge(means, observers));
    return means.result();
  }

  /**
   * The metrics of every user with a relevant item.
   *
   * @param embeddings final embeddings of all users and items
   * @param observers see every user's ranking in the same pass
   * @throws IllegalArgumentException as {@link #evaluate(Embeddings, RankingObserver...)}
   */
  public PerUserMetrics evaluatePerUser(Embeddings embeddings, RankingObserver... observers) {
    UserValues values = new UserValues();
    ranking.rank(embeddings, users, largestCutoff(), judge(values, observers));
    return values.result();
  }

  /**
   * The same for any scores.
   *
   * @param scorer scores all items for a user
   * @param observers see every user's ranking in the same pass
   * @throws IllegalArgumentException as {@link #evaluate(UserScorer, RankingObserver...)}
   */
  public PerUserMetrics evaluatePerUser(UserScorer scorer, RankingObserver... observers) {
    UserValues values = new UserValues();
    ranking.rank(scorer, users, largestCutoff(), judge(values, observers));
    return values.result();
  }

  private int largestCutoff() {
    return cutoffs[cutoffs.length - 1];
  }

  /** What becomes of a metric's value for a user. */
  private interface Values {
    void put(int position, int key, double value);
  }

  private final class MeanValues implements Values {
    private final ExactSums sums = new ExactSums(keys.length, users.length);

    @Override
    public void put(int position, int key, double value) {
      sums.add(key, value);
    }

    RankingMetrics result() {
      Map<String, Double> means = new LinkedHashMap<>();
      for (int k = 0; k < keys.length; k++) {
        means.put(keys[k], sums.mean(k));
      }
      return new RankingMetrics(users.length, means);
    }
  }

  private final class UserValues implements Values {
    private final double[][] values = new double[keys.length][users.length];

    @Override
    public void put(int position, int key, double value) {
      values[key][position] = value;
    }

    PerUserMetrics result() {
      Map<String, double[]> byKey = new LinkedHashMap<>();
      for (int k = 0; k < keys.length; k++) {
        byKey.put(keys[k], values[k]);
      }
      return new PerUserMetrics(users, byKey);
    }
  }

  private FullRanking.Sink judge(Values values, RankingObserver... observers) {
    for (RankingObserver observer : observers) {
      if (observer.cutoff() > largestCutoff()) {
        throw new IllegalArgumentException(
            "an observer looks at "
                + observer.cutoff()
                + " ranks, and the largest cutoff is "
                + largestCutoff());
      }
    }
    for (RankingObserver observer : observers) {
      observer.begins(relevant);
    }
    RankingMetric[] metrics = RankingMetric.values();
    return (position, user, best) -> {
      boolean[] hits = new boolean[best.size()];
      for (int rank = 0; rank < hits.length; rank++) {
        hits[rank] = relevant.contains(user, best.item(rank));
      }
      int key = 0;
      for (int cutoff : cutoffs) {
        for (RankingMetric metric : metrics) {
          values.put(position, key++, metric.value(hits, relevant.degree(user), cutoff));
        }
      }
      for (RankingObserver observer : observers) {
        observer.ranked(user, best);
      }
    };
  }
}
