package bsl.noise;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.BitSet;

/**
 * False positives: every user gets floor(rate * degree) extra items, drawn uniformly without
 * replacement among the items that are not in the user's train set. Test items may be hit, as in
 * the files of the authors of BSL (Wu et al., ICDE 2024).
 *
 * <p>A user with too few other items gets all of them. One user's draw never depends on another's.
 *
 * @param rate extra pairs per train pair, at least 0 and finite
 * @param seed seed of the draw
 */
public record PositiveNoise(double rate, long seed) {
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
   * The extra pairs.
   *
   * @param train the pairs that noise is added to
   * @return the false positives alone, with train's numbers of users and items
   */
  public Interactions drawnFor(Interactions train) {
    long total = 0;
    for (int u = 0; u < train.users(); u++) {
      total += extra(train, u);
    }
    int[] users = new int[Math.toIntExact(total)];
    int[] items = new int[users.length];
    int at = 0;
    for (int u = 0; u < train.users(); u++) {
      at = draw(train, u, extra(train, u), users, items, at);
    }
    return Interactions.of(train.users(), train.items(), users, items);
  }

  private int extra(Interactions train, int user) {
    int degree = train.degree(user);
    return (int) Math.min(Math.floor(rate * degree), train.items() - degree);
  }

  /**
   * Draws ranks among the user's other items by Floyd's method and looks up which items they are.
   */
  private int draw(Interactions train, int user, int count, int[] users, int[] items, int from) {
    int others = train.items() - train.degree(user);
    RandomStream random = RandomStream.of(seed, Purpose.NOISE, user);
    BitSet ranks = new BitSet(others);
    for (int bound = others - count; bound < others; bound++) {
      int rank = random.nextInt(bound + 1);
      ranks.set(ranks.get(rank) ? bound : rank);
    }
    int at = from;
    int position = train.begin(user);
    int passed = 0;
    for (int rank = ranks.nextSetBit(0); rank >= 0; rank = ranks.nextSetBit(rank + 1)) {
      while (position < train.end(user) && train.itemAt(position) <= rank + passed) {
        position++;
        passed++;
      }
      users[at] = user;
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
   */
  public static Interactions added(Interactions train, Interactions noise) {
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
