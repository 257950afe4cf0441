package bsl.core.sampling;

import java.util.Objects;

/**
 * Observed pairs and their negatives. Mutable and reusable from step to step.
 *
 * <p>{@link #negatives()} holds N items for all pairs ({@link NegativeSharing#SHARED}, {@link
 * NegativeSharing#POPULAR}), B x N items row-major ({@link NegativeSharing#INDEPENDENT}) or nothing
 * ({@link NegativeSharing#IN_BATCH}). The pairs of a {@link UserBatch} have none here, as its
 * columns are their negatives; asking for them is an {@link IllegalStateException}.
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
    this.sharing = Objects.requireNonNull(sharing, "sharing");
  }

  private MiniBatch() {
    this.sharing = null;
  }

  /** Pairs without negatives. */
  static MiniBatch ofPairsAlone() {
    return new MiniBatch();
  }

  /**
   * Makes room; pairs and negatives are then to be set in the arrays.
   *
   * @param size number of pairs B, at least 1; at least 2 for in-batch negatives
   * @param negativesPerPair number of negatives N, at least 1; for in-batch negatives B - 1
   *     whatever is said here
   */
  public void reset(int size, int negativesPerPair) {
    if (sharing == null) {
      makeRoom(size);
      return;
    }
    this.negativesPerPair = sharing == NegativeSharing.IN_BATCH ? size - 1 : negativesPerPair;
    if (this.negativesPerPair < 1 || size < 1) {
      throw new IllegalArgumentException(
          "no mini-batch of " + size + " pairs with " + this.negativesPerPair + " negatives");
    }
    makeRoom(size);
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

  private void makeRoom(int pairs) {
    size = pairs;
    if (users.length < pairs) {
      users = new int[pairs];
      positives = new int[pairs];
    }
  }

  /** Which pairs see which negatives. */
  public NegativeSharing sharing() {
    if (sharing == null) {
      throw new IllegalStateException(
          "a mini-batch of users has no negatives by pair; its users' columns are their negatives");
    }
    return sharing;
  }

  /** Number of pairs B. */
  public int size() {
    return size;
  }

  /** Number of negatives N that each pair sees. */
  public int negativesPerPair() {
    sharing();
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
    sharing();
    return negatives;
  }
}
