package bsl.eval;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recommends: gives the best items of chosen users. They are the first ranks of the ranking that
 * {@link FullRankingEvaluator} judges.
 *
 * <p>A recommender holds no state between calls. It uses the pool, so there may be one call at a
 * time.
 */
public final class TopKRecommender {
  private final Interactions masked;
  private final FullRanking ranking;

  /**
   * A recommender.
   *
   * @param masked pairs that must not be recommended, e.g. the train set. At least one set is
   *     needed, since it says how many users and items there are; it may be without pairs
   * @param score how embeddings make a score
   * @param kernels implementation of the inner loops, usually {@link Kernels#best}
   * @param pool threads that do the work
   * @throws IllegalArgumentException if there is no set or the sets differ in shape
   */
  public TopKRecommender(
      List<Interactions> masked, ScoreFunction score, Kernels kernels, WorkPool pool) {
    if (masked.isEmpty()) {
      throw new IllegalArgumentException("at least one set of masked pairs is needed");
    }
    this.masked = MaskedItems.union(masked.get(0).users(), masked.get(0).items(), masked);
    this.ranking = new FullRanking(this.masked, score, kernels, pool);
  }

  /**
   * One user's best items.
   *
   * @param embeddings final embeddings of all users and items
   * @param user the user, in {@code [0, number of users)}
   * @param k items wanted, at least 1; there are fewer if fewer are unmasked
   * @return items by descending score, equal scores by lower item
   * @throws IllegalArgumentException as {@link #recommend(Embeddings, int[], int)}
   */
  public List<Recommendation> recommend(Embeddings embeddings, int user, int k) {
    return recommend(embeddings, new int[] {user}, k).get(0);
  }

  /**
   * Several users' best items, one list per user asked for.
   *
   * @param embeddings final embeddings of all users and items
   * @param users users in any order, each in {@code [0, number of users)}
   * @param k items wanted per user, at least 1
   * @throws IllegalArgumentException if {@code k} or a user is out of range, the embeddings do not
   *     have the masks' shape, or a score is NaN
   */
  public List<List<Recommendation>> recommend(Embeddings embeddings, int[] users, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1: " + k);
    }
    for (int user : users) {
      if (user < 0 || user >= masked.users()) {
        throw new IllegalArgumentException(
            "user " + user + " is outside [0, " + masked.users() + ")");
      }
    }
    Recommendation[][] lists = new Recommendation[users.length][];
    ranking.rank(
        embeddings,
        users,
        k,
        (position, user, best) -> {
          lists[position] = new Recommendation[best.size()];
          for (int rank = 0; rank < best.size(); rank++) {
            lists[position][rank] = new Recommendation(best.item(rank), best.score(rank));
          }
        });
    List<List<Recommendation>> immutable = new ArrayList<>();
    for (Recommendation[] list : lists) {
      immutable.add(List.copyOf(Arrays.asList(list)));
    }
    return List.copyOf(immutable);
  }
}
