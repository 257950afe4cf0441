package bsl.core.sampling;

/**
 * Observed pairs and their negatives. Mutable and reusable from step to step.
 *
 * <p>{@link #negatives()} holds N items for all pairs ({@link NegativeSharing#SHARED}, {@link
 * NegativeSharing#POPULAR}), B x N items row-major ({@link NegativeSharing#INDEPENDENT}) or nothing
 * ({@link NegativeSharing#IN_BATCH}).
 */
public final class MiniBatch {
  private final NegativeSharing sharing;
  private int size;
  private int negativesPerPair;
  private int[] users = {};
  private int[] positives = {};
  private int[] negatives = {};

  /**
   * @param sharing which pairs see which negatives
   */
  public MiniBatch(NegativeSharing sharing) {
    this.sharing = sharing;
  }

  /**
   * Makes room; pairs and negatives are then to be set in the arrays.
   *
   * @param size number of pairs B, at least 1; at least 2 for in-batch negatives
   * @param negativesPerPair number of negatives N, at least 1; for in-batch negatives B - 1
   *     whatever is said here
   */
  public void reset(int size, int negativesPerPair) {
    this.size = size;
    this.negativesPerPair = sharing == NegativeSharing.IN_BATCH ? size - 1 : negativesPerPair;
    if (this.negativesPerPair < 1 || size < 1) {
      throw new IllegalArgumentException(
          "no mini-batch of " + size + " pairs with " + this.negativesPerPair + " negatives");
    }
    if (users.length < size) {
      users = new int[size];
      positives = new int[size];
    }
    int needed =
        switch (sharing) {
          case SHARED, POPULAR -> negativesPerPair;
          case INDEPENDENT -> Math.multiplyExact(size, negativesPerPair);
          case IN_BATCH -> 0;
        };
    if (negatives.length < needed) {
      negatives = new int[needed];
    }
  }

  /** Which pairs see which negatives. */
  public NegativeSharing sharing() {
    return sharing;
  }

  /** Number of pairs B. */
  public int size() {
    return size;
  }

  /** Number of negatives N that each pair sees. */
  public int negativesPerPair() {
    return negativesPerPair;
  }

  /** User of each pair; valid up to {@link #size()}. */
  public int[] users() {
    return users;
  }

  /** Positive item of each pair; valid up to {@link #size()}. */
  public int[] positives() {
    return positives;
  }

  /** The negatives, laid out as the class comment says. */
  public int[] negatives() {
    return negatives;
  }
}
