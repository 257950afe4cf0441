package bsl.eval;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Recommends: gives the best items of chosen users. They are the first ranks of the ranking that
 * {@link FullRankingEvaluator} judges.
 *
 * <p>A recommender holds no state between calls. It uses the pool, so there may be one call at a
 * time.
 */
public final class TopKRecommender {
  /**
   * Takes what was made of a block of users.
   *
   * @param <T> what it is
   */
  @FunctionalInterface
  public interface BlockConsumer<T> {
    /**
     * @param made what was made of the next block
     * @throws IOException if it cannot be passed on
     */
    void accept(T made) throws IOException;
  }

  /** Users of a block. */
  private static final int BLOCK = 256;

  /** Users that are ranked before anything of them is handed over, at most. */
  private static final int MOST_USERS = 1 << 14;

  /** Entries of rankings that are held, at most, if there are more than a block's. */
  private static final int MOST_ENTRIES = 1 << 21;

  private final Interactions masked;
  private final FullRanking ranking;
  private final WorkPool pool;

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
    this.pool = pool;
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
    check(users, k);
    Lists lists = new Lists(users.length);
    ranking.rank(embeddings, users, k, lists);
    return lists.immutable();
  }

  /**
   * Several users' best items by any model, one list per user asked for.
   *
   * @param scorer the model
   * @param users users in any order, each in {@code [0, number of users)}
   * @param k items wanted per user, at least 1
   * @throws IllegalArgumentException if {@code k} or a user is out of range, or the scorer leaves a
   *     score unset or sets it to NaN
   */
  public List<List<Recommendation>> recommend(UserScorer scorer, int[] users, int k) {
    check(users, k);
    Lists lists = new Lists(users.length);
    ranking.rank(scorer, users, k, lists);
    return lists.immutable();
  }

  /**
   * Any number of users' best items, without holding all of them at a time.
   *
   * <p>Threads make something of blocks of consecutive users, such as text or bytes. Those are
   * handed over in the order of the users, on the calling thread. Blocks are cut without regard to
   * the number of threads.
   *
   * @param embeddings final embeddings of all users and items
   * @param users users in any order, each in {@code [0, number of users)}
   * @param k items wanted per user, at least 1
   * @param work makes something of a block; called from many threads at once
   * @param inOrder takes it; what it throws ends the work
   * @param <T> what is made of a block
   * @throws IllegalArgumentException as {@link #recommend(Embeddings, int[], int)}, or if the
   *     rankings of a block would exceed one array
   * @throws IOException if {@code inOrder} does
   */
  public <T> void forEachBlock(
      Embeddings embeddings,
      int[] users,
      int k,
      Function<RankingBlock, T> work,
      BlockConsumer<T> inOrder)
      throws IOException {
    check(users, k);
    int kept = Math.min(k, masked.items());
    int chunk = Math.max(BLOCK, Math.min(MOST_USERS, MOST_ENTRIES / Math.max(1, kept)));
    int held = Math.min(chunk, users.length);
    if ((long) held * kept > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "rankings of " + held + " users at a time exceed one array; k is too large: " + k);
    }
    PackedItems items = ranking.pack(embeddings);
    RankingChunk rankings = new RankingChunk(held, kept);
    for (int first = 0; first < users.length; first += chunk) {
      int[] some = Arrays.copyOfRange(users, first, Math.min(users.length, first + chunk));
      ranking.rank(embeddings.users(), items, some, k, rankings);
      List<T> made =
          new ArrayList<>(Collections.nCopies(WorkPool.blocks(some.length, BLOCK), null));
      pool.run(
          some.length,
          BLOCK,
          (begin, end, worker) ->
              made.set(begin / BLOCK, work.apply(new RankingBlock(rankings, some, begin, end))));
      for (T one : made) {
        inOrder.accept(one);
      }
    }
  }

  /** Keeps what is ranked. */
  private static final class Lists implements FullRanking.Sink {
    private final Recommendation[][] byPosition;

    Lists(int users) {
      byPosition = new Recommendation[users][];
    }

    @Override
    public void accept(int position, int user, TopK best) {
      byPosition[position] = new Recommendation[best.size()];
      for (int rank = 0; rank < best.size(); rank++) {
        byPosition[position][rank] = new Recommendation(best.item(rank), best.score(rank));
      }
    }

    List<List<Recommendation>> immutable() {
      return Arrays.stream(byPosition).map(List::of).toList();
    }
  }

  private void check(int[] users, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1: " + k);
    }
    for (int user : users) {
      if (user < 0 || user >= masked.users()) {
        throw new IllegalArgumentException(
            "user " + user + " is outside [0, " + masked.users() + ")");
      }
    }
  }
}
