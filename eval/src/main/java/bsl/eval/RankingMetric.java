package bsl.eval;

import java.util.Locale;

/**
 * A metric of one user's ranking, cut off at rank {@code K}. It depends only on which ranks hold a
 * relevant item.
 *
 * <p>Ranks count from 1. A ranking may be shorter than the cutoff (fewer candidates than {@code
 * K}); the missing ranks are misses. Relevant items that cannot be ranked because they are masked
 * stay in the number of relevant items, as in the reference implementation.
 */
public enum RankingMetric {
  /**
   * Hits in the first K ranks, over the user's number of relevant items. (Some frameworks divide by
   * {@code min(K, relevant)}, which is larger for users with many relevant items.)
   */
  RECALL {
    @Override
    double compute(boolean[] hits, int relevant, int cutoff) {
      return (double) hits(hits, cutoff) / relevant;
    }
  },

  /**
   * Discounted cumulative gain over its ideal. The gain at rank {@code r} is {@code 1 / log2(r +
   * 1)} for a relevant item and 0 otherwise; the ideal ranking holds relevant items at its first
   * {@code min(K, relevant)} ranks.
   */
  NDCG {
    @Override
    double compute(boolean[] hits, int relevant, int cutoff) {
      double gained = 0;
      int ranks = Math.min(cutoff, hits.length);
      for (int r = 1; r <= ranks; r++) {
        if (hits[r - 1]) {
          gained += Gains.at(r);
        }
      }
      if (gained == 0) {
        return 0;
      }
      double ideal = 0;
      int idealRanks = Math.min(cutoff, relevant);
      for (int r = 1; r <= idealRanks; r++) {
        ideal += Gains.at(r);
      }
      return gained / ideal;
    }
  },

  /**
   * Hits in the first K ranks, over K, also where fewer than K items could be ranked. It is
   * averaged over users like every other metric. Each user has the same K, so that is the micro
   * average, too.
   */
  PRECISION {
    @Override
    double compute(boolean[] hits, int relevant, int cutoff) {
      return (double) hits(hits, cutoff) / cutoff;
    }
  },

  /** 1 if a relevant item is among the first K ranks, else 0. */
  HIT_RATE {
    @Override
    double compute(boolean[] hits, int relevant, int cutoff) {
      return firstHit(hits, cutoff) > 0 ? 1 : 0;
    }
  },

  /** Reciprocal rank: 1 over the rank of the first hit among the first K, 0 without a hit. */
  MRR {
    @Override
    double compute(boolean[] hits, int relevant, int cutoff) {
      int rank = firstHit(hits, cutoff);
      return rank > 0 ? 1.0 / rank : 0;
    }
  },

  /**
   * Average precision: the sum of Precision@r over the ranks r of hits among the first K, over
   * {@code min(K, relevant)}, so that a perfect ranking has 1. (Some frameworks divide by the
   * number of relevant items or of hits instead.)
   */
  MAP {
    @Override
    double compute(boolean[] hits, int relevant, int cutoff) {
      double sum = 0;
      int found = 0;
      int ranks = Math.min(cutoff, hits.length);
      for (int r = 1; r <= ranks; r++) {
        if (hits[r - 1]) {
          found++;
          sum += (double) found / r;
        }
      }
      return sum / Math.min(cutoff, relevant);
    }
  };

  /** The metric's name as results call it, e.g. {@code recall}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** The name with a cutoff, e.g. {@code recall@20}. */
  public String key(int cutoff) {
    return key() + "@" + cutoff;
  }

  /**
   * The metric's value, in [0, 1].
   *
   * @param hits whether the item at rank {@code i + 1} is relevant; ranks past the end are misses.
   *     At most {@code relevant} of them are true
   * @param relevant the user's number of relevant items, at least 1
   * @param cutoff K, at least 1
   * @throws IllegalArgumentException if {@code relevant} or {@code cutoff} is below 1
   */
  public double value(boolean[] hits, int relevant, int cutoff) {
    if (relevant < 1) {
      throw new IllegalArgumentException(key() + " needs a relevant item, got " + relevant);
    }
    if (cutoff < 1) {
      throw new IllegalArgumentException("cutoff must be at least 1: " + cutoff);
    }
    return compute(hits, relevant, cutoff);
  }

  abstract double compute(boolean[] hits, int relevant, int cutoff);

  private static int hits(boolean[] hits, int cutoff) {
    int count = 0;
    int ranks = Math.min(cutoff, hits.length);
    for (int i = 0; i < ranks; i++) {
      if (hits[i]) {
        count++;
      }
    }
    return count;
  }

  /** Rank of the first hit among the first K, or 0. */
  private static int firstHit(boolean[] hits, int cutoff) {
    int ranks = Math.min(cutoff, hits.length);
    for (int r = 1; r <= ranks; r++) {
      if (hits[r - 1]) {
        return r;
      }
    }
    return 0;
  }

  /** The gains of NDCG; a table for the usual ranks, since a logarithm costs more than a user. */
  private static final class Gains {
    private static final double[] TABLE = new double[256];

    static {
      for (int r = 1; r < TABLE.length; r++) {
        TABLE[r] = compute(r);
      }
    }

    static double at(int rank) {
      return rank < TABLE.length ? TABLE[rank] : compute(rank);
    }

    // StrictMath, so that every machine reports the same digits.
    private static double compute(int rank) {
      return StrictMath.log(2) / StrictMath.log(rank + 1.0);
    }
  }
}
