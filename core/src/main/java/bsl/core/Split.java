package bsl.core;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A data set cut into train, optional validation and test pairs over the same users and items.
 *
 * @param name the data set's name as the catalogue knows it
 * @param train pairs to learn from
 * @param validation pairs to select an epoch by, if the data set brings its own or some were held
 *     out
 * @param test pairs to report on
 */
public record Split(
    String name, Interactions train, Optional<Interactions> validation, Interactions test) {

  /**
   * @throws IllegalArgumentException if the parts disagree on the number of users or items
   */
  public Split {
    requireSameShape(train, test, "test");
    validation.ifPresent(v -> requireSameShape(train, v, "validation"));
  }

  private static void requireSameShape(Interactions train, Interactions other, String what) {
    if (train.users() != other.users() || train.items() != other.items()) {
      throw new IllegalArgumentException(
          "train and " + what + " differ in shape: " + train + " and " + other);
    }
  }

  /** A split without validation pairs. */
  public static Split of(String name, Interactions train, Interactions test) {
    return new Split(name, train, Optional.empty(), test);
  }

  /** Number of users of every part. */
  public int users() {
    return train.users();
  }

  /** Number of items of every part. */
  public int items() {
    return train.items();
  }

  /**
   * Moves a share of each user's train pairs to a fresh validation set, drawn without replacement
   * and seeded per user, so that one user's draw never depends on another's. Each user keeps at
   * least one train pair; test is untouched. Validation pairs that are there already would be lost,
   * so a split that has some is refused; its train set can be held out from without them.
   *
   * @param fraction share of each user's train pairs, in (0, 1); the product of doubles is rounded
   *     down per user, so that 0.29 of 100 pairs are 28
   * @param seed seed of the draw
   * @throws IllegalArgumentException if the fraction is out of range
   * @throws IllegalStateException if there is a validation set
   */
  public Split holdOut(double fraction, long seed) {
    if (validation.isPresent()) {
      throw new IllegalStateException(
          "data set " + name + " has a validation set of its own: " + validation.get());
    }
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException("held-out fraction must be in (0, 1): " + fraction);
    }
    int users = users();
    int[] pairUsers = train.pairUsers();
    int[] shuffled = train.pairItems();
    boolean[] held = new boolean[shuffled.length];
    int heldSize = 0;
    for (int u = 0; u < users; u++) {
      int degree = train.degree(u);
      int take = heldOut(fraction, degree);
      RandomStream random = RandomStream.of(seed, RandomStream.Purpose.HOLD_OUT, u);
      for (int k = 0; k < take; k++) {
        int from = train.begin(u) + k;
        int other = from + random.nextInt(degree - k);
        int item = shuffled[from];
        shuffled[from] = shuffled[other];
        shuffled[other] = item;
        held[from] = true;
        heldSize++;
      }
    }
    int[][] kept = new int[2][shuffled.length - heldSize];
    int[][] moved = new int[2][heldSize];
    int keptSize = 0;
    int movedSize = 0;
    for (int p = 0; p < shuffled.length; p++) {
      int[][] target = held[p] ? moved : kept;
      int at = held[p] ? movedSize++ : keptSize++;
      target[0][at] = pairUsers[p];
      target[1][at] = shuffled[p];
    }
    return new Split(
        name,
        Interactions.of(users, items(), kept[0], kept[1]),
        Optional.of(Interactions.of(users, items(), moved[0], moved[1])),
        test);
  }

  /**
   * Whether {@link #holdOut} would hold out any pair.
   *
   * @param fraction as there
   */
  public boolean canHoldOut(double fraction) {
    return IntStream.range(0, users()).anyMatch(u -> heldOut(fraction, train.degree(u)) > 0);
  }

  /** How many of a user's pairs are held out; rounded down from the product of two doubles. */
  private static int heldOut(double fraction, int degree) {
    return Math.min((int) (fraction * degree), degree - 1);
  }
}
