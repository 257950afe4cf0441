package bsl.noise;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.sampling.NegativeSampler;

/**
 * Draws negatives some of which are false: items that the user likes. This is the negative noise of
 * Wu et al., <i>BSL</i>, ICDE 2024.
 *
 * <p>Each of the user's positives has weight {@code rate}, every other item has weight 1. So rate 1
 * is uniform sampling. At rate 0 no positive is ever drawn. The higher the rate, the more negatives
 * are false.
 *
 * <p>Whatever the rate, a draw takes one random number, and for an item that is not a positive a
 * binary search among the user's positives. Immutable.
 */
public final class NegativeNoise implements NegativeSampler {
  private final Interactions positives;
  private final double rate;

  /**
   * A sampler.
   *
   * @param positives the pairs that are false as negatives: the train pairs, or the test pairs
   * @param rate weight of a positive, at least 0; its product with the number of items is finite
   * @throws IllegalArgumentException if the rate is out of range, or a user would have nothing to
   *     draw: all items are positives and the rate is 0
   */
  public NegativeNoise(Interactions positives, double rate) {
    if (!(rate >= 0 && rate <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("rate of negative noise must be at least 0: " + rate);
    }
    if ((rate + 1) * positives.items() > Double.MAX_VALUE) {
      throw new IllegalArgumentException(
          "rate of negative noise is too large for " + positives.items() + " items: " + rate);
    }
    if (positives.items() == 0) {
      throw new IllegalArgumentException("no items to sample from");
    }
    for (int user = 0; rate == 0 && user < positives.users(); user++) {
      if (positives.degree(user) == positives.items()) {
        throw new IllegalArgumentException(
            "user " + user + " has no negatives at rate 0: all items are positives");
      }
    }
    this.positives = positives;
    this.rate = rate;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException for {@link NegativeSampler#EVERYONE}, since what is a positive
   *     depends on the user
   */
  @Override
  public void sample(int user, int[] negatives, int from, int to, RandomStream random) {
    if (user == EVERYONE) {
      throw new IllegalArgumentException(
          "negative noise needs negatives of each user's own, not shared ones");
    }
    int degree = positives.degree(user);
    int others = positives.items() - degree;
    double ofPositives = rate * degree;
    for (int n = from; n < to; n++) {
      double at = random.nextDouble() * (ofPositives + others);
      // Products of subnormal rates are rounded, so that the sum itself may come out.
      if (at < ofPositives || others == 0) {
        int position = Math.min(degree - 1, (int) (at / rate));
        negatives[n] = positives.itemAt(positives.begin(user) + position);
      } else {
        negatives[n] = other(user, Math.min(others - 1, (int) (at - ofPositives)));
      }
    }
  }

  /** The item of this rank among those that are not the user's positives. */
  private int other(int user, int rank) {
    int begin = positives.begin(user);
    int low = 0;
    int high = positives.degree(user);
    while (low < high) {
      int middle = (low + high) >>> 1;
      // As many others come before a positive as its item number leaves beside other positives.
      if (positives.itemAt(begin + middle) - middle <= rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return rank + low;
  }
}
