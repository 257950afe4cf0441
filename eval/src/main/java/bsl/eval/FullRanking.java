package bsl.eval;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds each user's best K of all unmasked items: blocked products of users and items, each block
 * of scores scanned at once for what beats the user's K-th score so far.
 *
 * <p>Neither scores nor masks are ever held for more than a tile of users. Rankings do not depend
 * on the number of threads, since each user's is the work of one of them.
 */
final class FullRanking {
  /** What becomes of a user's ranking; called from many threads, once per user. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param position the user's position among those asked for
     * @param user the user
     * @param best the ranking, sorted; valid only during the call
     */
    void accept(int position, int user, TopK best);
  }

  /** Users of one product: enough for the panel in the first-level cache to be used often. */
  private static final int TILE = 48;

  /** Users of one unit of work: they share each block of items while it is in the cache. */
  private static final int GROUP = 5 * TILE;

  /** Entries of all rankings of a group, at most; bounds the memory for very large K. */
  private static final int GROUP_ENTRIES = 1 << 20;

  /** Off a power of two, so that a tile's rows do not compete for the same cache sets. */
  private static final int SCORE_STRIDE = PackedItems.BLOCK + 16;

  private static final long NO_NAN = Long.MAX_VALUE;

  private final Interactions masked;
  private final ScoreFunction score;
  private final Kernels kernels;
  private final WorkPool pool;

  /**
   * @param masked items that must not be ranked, by user
   */
  FullRanking(Interactions masked, ScoreFunction score, Kernels kernels, WorkPool pool) {
    this.masked = masked;
    this.score = Objects.requireNonNull(score, "score");
    this.kernels = kernels;
    this.pool = pool;
  }

  /**
   * Ranks all unmasked items for each of the users.
   *
   * @param users users in any order
   * @param k items wanted, at least 1; a ranking is shorter if fewer are unmasked
   * @throws IllegalArgumentException if the tables do not have the masks' shape, or a score is NaN
   *     (the message names the first such user)
   */
  void rank(Embeddings embeddings, int[] users, int k, Sink sink) {
    rank(embeddings.users(), pack(embeddings), users, k, sink);
  }

  /**
   * Packs the items, so that they can be ranked several times.
   *
   * @throws IllegalArgumentException if the tables do not have the masks' shape
   */
  PackedItems pack(Embeddings embeddings) {
    requireShape(embeddings);
    return PackedItems.of(embeddings.items(), score, pool);
  }

  /** The same with items that have been packed. */
  void rank(EmbeddingTable table, PackedItems items, int[] users, int k, Sink sink) {
    int kept = Math.min(k, masked.items());
    int group = Math.max(1, Math.min(GROUP, GROUP_ENTRIES / Math.max(1, kept)));
    Search[] searches = new Search[pool.threads()];
    AtomicLong firstNaN = new AtomicLong(NO_NAN);
    pool.run(
        users.length,
        group,
        (from, end, worker) -> {
          if (searches[worker] == null) {
            searches[worker] = new Search(table, items, kept, group, firstNaN);
          }
          searches[worker].run(users, from, end - from, sink);
        });
    requireNumbers(firstNaN, users, "the score of user %d and item %d is NaN");
  }

  /** The same for any scores, a user at a time. */
  void rank(UserScorer scorer, int[] users, int k, Sink sink) {
    int kept = Math.min(k, masked.items());
    float[][] scores = new float[pool.threads()][];
    TopK[] best = new TopK[pool.threads()];
    AtomicLong firstNaN = new AtomicLong(NO_NAN);
    pool.run(
        users.length,
        (position, worker) -> {
          if (best[worker] == null) {
            scores[worker] = new float[masked.items()];
            best[worker] = new TopK(kept);
          }
          int user = users[position];
          // What the scorer does not set stays NaN and is noticed below.
          Arrays.fill(scores[worker], Float.NaN);
          scorer.score(user, scores[worker]);
          best[worker].clear();
          int m = masked.begin(user);
          for (int item = 0; item < scores[worker].length; item++) {
            float value = scores[worker][item];
            if (Float.isNaN(value)) {
              firstNaN.accumulateAndGet((long) position << 32 | item, Math::min);
              return;
            }
            if (m < masked.end(user) && masked.itemAt(m) == item) {
              m++;
            } else if (value >= best[worker].threshold()) {
              best[worker].offer(item, value);
            }
          }
          best[worker].sort();
          sink.accept(position, user, best[worker]);
        });
    requireNumbers(
        firstNaN,
        users,
        "the scorer left the score of user %d and item %d unset, or set it to NaN");
  }

  private static void requireNumbers(AtomicLong firstNaN, int[] users, String message) {
    if (firstNaN.get() != NO_NAN) {
      int user = users[(int) (firstNaN.get() >>> 32)];
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, message, user, (int) firstNaN.get()));
    }
  }

  private void requireShape(Embeddings embeddings) {
    int users = embeddings.users().rows();
    int items = embeddings.items().rows();
    if (users != masked.users() || items != masked.items()) {
      throw new IllegalArgumentException(
          "embeddings of " + users + " users and " + items + " items do not fit " + masked);
    }
  }

  /** One thread's search, with the memory for one group of users. */
  private final class Search {
    private final EmbeddingTable table;
    private final PackedItems items;
    private final AtomicLong firstNaN;
    private final int stride;
    private final float[] rows;
    private final boolean[] finite;
    private final TopK[] best;
    private final int[] maskedUpTo;
    private final float[] scores = new float[TILE * SCORE_STRIDE];

    Search(EmbeddingTable table, PackedItems items, int k, int group, AtomicLong firstNaN) {
      this.table = table;
      this.items = items;
      this.firstNaN = firstNaN;
      this.stride = table.stride();
      this.rows = new float[Math.multiplyExact(group, stride)];
      this.finite = new boolean[group];
      this.best = new TopK[group];
      for (int g = 0; g < group; g++) {
        best[g] = new TopK(k);
      }
      this.maskedUpTo = new int[group];
    }

    void run(int[] users, int from, int count, Sink sink) {
      for (int g = 0; g < count; g++) {
        int user = users[from + g];
        finite[g] = ScoringRow.copy(table, user, score, rows, g * stride) && items.finite();
        best[g].clear();
        maskedUpTo[g] = masked.begin(user);
      }
      for (int block = 0; block < items.blocks(); block++) {
        int columns = items.count(block);
        int padded = EmbeddingTable.paddedTo(Kernels.PANEL, columns);
        for (int tile = 0; tile < count; tile += TILE) {
          int tileRows = Math.min(TILE, count - tile);
          kernels
              .products()
              .product(
                  rows,
                  tile * stride,
                  stride,
                  tileRows,
                  stride,
                  items.panels(block),
                  padded,
                  scores,
                  0,
                  SCORE_STRIDE);
          for (int r = 0; r < tileRows; r++) {
            int g = tile + r;
            if (!finite[g]) {
              checkForNaN(r * SCORE_STRIDE, columns, from + g, items.first(block));
            }
            scan(r * SCORE_STRIDE, columns, items.first(block), g, masked.end(users[from + g]));
          }
        }
      }
      if (firstNaN.get() != NO_NAN) {
        return;
      }
      for (int g = 0; g < count; g++) {
        best[g].sort();
        sink.accept(from + g, users[from + g], best[g]);
      }
    }

    /** Offers what may enter; items ascend, so the user's masked items are passed only once. */
    private void scan(int row, int columns, int firstItem, int g, int maskedEnd) {
      TopK top = best[g];
      int to = row + columns;
      int at = kernels.rows().firstAtLeast(scores, row, to, top.threshold());
      while (at < to) {
        int item = firstItem + at - row;
        int m = maskedUpTo[g];
        while (m < maskedEnd && masked.itemAt(m) < item) {
          m++;
        }
        maskedUpTo[g] = m;
        if (m == maskedEnd || masked.itemAt(m) != item) {
          top.offer(item, scores[at]);
        }
        at = kernels.rows().firstAtLeast(scores, at + 1, to, top.threshold());
      }
    }

    /** Notes a NaN among a user's scores, unless one of an earlier user is known. */
    private void checkForNaN(int row, int columns, int position, int firstItem) {
      if (Float.isNaN(kernels.rows().max(scores, row, columns))) {
        int at = 0;
        while (!Float.isNaN(scores[row + at])) {
          at++;
        }
        firstNaN.accumulateAndGet((long) position << 32 | firstItem + at, Math::min);
      }
    }
  }
}
