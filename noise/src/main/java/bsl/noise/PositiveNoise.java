package bsl.noise;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.Split;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Adds false positives to the train pairs: items that the user has not chosen. This is the positive
 * noise of Wu et al., <i>BSL</i>, ICDE 2024.
 *
 * <p>For every user, floor(rate * degree) items are drawn uniformly among those that are not in the
 * user's train set; the product is one of doubles, so that 0.35 * 180 is below 63. Test items may
 * be hit, as in the files of the authors. One user's draw does not depend on another's.
 *
 * <p>Items are drawn with replacement, and repetitions count once. The size of the authors' file
 * for ml-1m at rate 0.1 says so: it has 76,484 extra pairs. Draws with replacement leave 76,462 on
 * average, with a standard deviation of 21; draws without replacement would make 76,929.
 *
 * @param rate draws per train pair, at least 0 and finite
 * @param seed seed of the draw
 */
public record PositiveNoise(double rate, long seed) {
  /** Pairs that an array has room for. */
  private static final long MOST_PAIRS = Integer.MAX_VALUE - 8;

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is negative, NaN or infinite
   */
  public PositiveNoise {
    if (!(rate >= 0 && rate <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("rate of positive noise must be at least 0: " + rate);
    }
  }

  /**
   * Makes a data set with noise in its train pairs. Everything else is as it was.
   *
   * @param split the data set
   * @throws IllegalArgumentException as {@link #drawnFor}
   */
  public Split applyTo(Split split) {
    Interactions train = added(split.train(), drawnFor(split.train()));
    return new Split(split.name(), train, split.validation(), split.test());
  }

  /**
   * Draws the extra pairs.
   *
   * @param train the pairs that noise is added to
   * @return the false positives alone, with train's numbers of users and items
   * @throws IllegalArgumentException if the rate asks for more draws than an array has room for
   *     beside the train pairs
   */
  public Interactions drawnFor(Interactions train) {
    long most = 0;
    for (int u = 0; u < train.users(); u++) {
      most += draws(train, u);
    }
    if (most > MOST_PAIRS - train.size()) {
      throw new IllegalArgumentException(
          "rate of positive noise is too large for " + train.size() + " train pairs: " + rate);
    }
    int[] users = new int[(int) most];
    int[] items = new int[users.length];
    int size = 0;
    for (int u = 0; u < train.users(); u++) {
      int end = draw(train, u, items, size);
      Arrays.fill(users, size, end, u);
      size = end;
    }
    return Interactions.of(
        train.users(), train.items(), Arrays.copyOf(users, size), Arrays.copyOf(items, size));
  }

  private long draws(Interactions train, int user) {
    int degree = train.degree(user);
    // Cut, so that the sum over users does not overflow.
    return degree == train.items() ? 0 : Math.min(MOST_PAIRS, (long) Math.floor(rate * degree));
  }

  /** Draws ranks among the user's other items and looks up which items they are. */
  private int draw(Interactions train, int user, int[] items, int from) {
    int others = train.items() - train.degree(user);
    RandomStream random = RandomStream.of(seed, Purpose.NOISE, user);
    BitSet ranks = new BitSet(others);
    for (long d = draws(train, user); d > 0; d--) {
      ranks.set(random.nextInt(others));
    }
    int at = from;
    int position = train.begin(user);
    int passed = 0;
    for (int rank = ranks.nextSetBit(0); rank >= 0; rank = ranks.nextSetBit(rank + 1)) {
      while (position < train.end(user) && train.itemAt(position) <= rank + passed) {
        position++;
        passed++;
      }
      items[at++] = rank + passed;
    }
    return at;
  }

  /**
   * Adds pairs to others.
   *
   * @param train the pairs to add to
   * @param noise pairs of the same numbers of users and items
   * @return all of them
   * @throws IllegalArgumentException if the numbers differ
   */
  public static Interactions added(Interactions train, Interactions noise) {
    if (train.users() != noise.users() || train.items() != noise.items()) {
      throw new IllegalArgumentException("shapes differ: " + train + " and " + noise);
    }
    int size = train.size() + noise.size();
    int[] users = new int[size];
    int[] items = new int[size];
    System.arraycopy(train.pairUsers(), 0, users, 0, train.size());
    System.arraycopy(train.pairItems(), 0, items, 0, train.size());
    System.arraycopy(noise.pairUsers(), 0, users, train.size(), noise.size());
    System.arraycopy(noise.pairItems(), 0, items, train.size(), noise.size());
    return Interactions.of(train.users(), train.items(), users, items);
  }
}
