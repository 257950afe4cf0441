package bsl.losses;

/**
 * Base class of losses in which every positive is compared with every negative, so that a
 * negative's derivative is another one for each positive of the user: BPR, hinges on score
 * differences.
 *
 * <p>A subclass says what one positive with its negatives costs, and need not know that there are
 * rows of several positives. This class evaluates such a row once for each of its positives, on a
 * copy, and adds up. That is work in proportion to positives times negatives. A loss whose
 * negatives meet positives through a sum only is cheaper as a {@link PerUserLoss}.
 */
public abstract class PairwiseLoss extends PerUserLoss {
  /** For subclasses. */
  protected PairwiseLoss() {}

  @Override
  protected final double evaluateRow(
      PositiveSide positives, int begin, int end, NegativeScores negatives) {
    int last = end - 1;
    int n = negatives.count();
    float[] sums = begin < last ? negatives.roomForCopies() : null;
    double value = 0;
    for (int pair = begin; pair < end; pair++) {
      // The first copy is where the others are added to; the last pair needs no copy. One call for
      // all of them, because what is inlined there takes most of what the compiler grants a method.
      NegativeScores own = pair == last ? negatives : negatives.copyTo(pair == begin ? 0 : n);
      value += evaluatePair(positives, pair, own);
      if (pair > begin && pair < last) {
        add(sums, n, sums, 0, n);
      }
    }
    if (begin < last) {
      add(sums, 0, negatives.values(), negatives.offset(), n);
    }
    return value;
  }

  private static void add(float[] from, int fromOffset, float[] to, int toOffset, int n) {
    for (int j = 0; j < n; j++) {
      to[toOffset + j] += from[fromOffset + j];
    }
  }

  /**
   * Evaluates one positive with its negatives. It must do three things:
   *
   * <ul>
   *   <li>return the pair's loss;
   *   <li>set the derivative of the positive, with {@link PositiveSide#setGradient};
   *   <li>replace the negatives by their derivatives.
   * </ul>
   *
   * <p>Derivatives are those of the mean over all {@code positives.size()} pairs, so they carry a
   * factor 1/B; the returned value does not. The method should not allocate.
   *
   * @param positives the batch's positive side; the pair's own positive score is finite
   * @param pair index of the pair
   * @param negatives the pair's negatives, as in {@link PerUserLoss#evaluateRow}
   * @return the loss of the pair; NaN or infinite if a score is, or is too large
   */
  protected abstract double evaluatePair(
      PositiveSide positives, int pair, NegativeScores negatives);
}
