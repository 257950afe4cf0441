package bsl.ingest;

import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Interactions by user, those of a user in the order in which they happened. Other than {@link
 * bsl.core.Interactions} it has times, and an item may come again.
 *
 * <p>Filters make a new log; users and items keep their numbers, and those that have lost all
 * interactions are still there.
 */
final class InteractionLog {
  /** Times that are looked at to tell their unit. */
  private static final int SAMPLE = 1001;

  private final int itemCount;
  private final int[] offsets;
  private final int[] items;
  private final double[] times;
  private final boolean dates;
  private final byte[] parts;

  /**
   * @param itemCount number of items
   * @param offsets where the interactions of each user begin, and the number of all
   * @param items item of each interaction
   * @param times time of each, or null if times are not known
   * @param dates whether times are seconds since 1970 because they were dates
   * @param parts {@link Part#code} of each, or null if they are not split yet
   */
  InteractionLog(
      int itemCount, int[] offsets, int[] items, double[] times, boolean dates, byte[] parts) {
    this.itemCount = itemCount;
    this.offsets = offsets;
    this.items = items;
    this.times = times;
    this.dates = dates;
    this.parts = parts;
  }

  int users() {
    return offsets.length - 1;
  }

  int items() {
    return itemCount;
  }

  int size() {
    return items.length;
  }

  /** Position of a user's first interaction. */
  int begin(int user) {
    return offsets[user];
  }

  /** One past the position of a user's last interaction. */
  int end(int user) {
    return offsets[user + 1];
  }

  int item(int position) {
    return items[position];
  }

  boolean isTimed() {
    return times != null;
  }

  double time(int position) {
    return times[position];
  }

  /** A copy of all times, by position. */
  double[] times() {
    return times.clone();
  }

  /** Whether times were dates. */
  boolean isDated() {
    return dates;
  }

  /** What times are, if they are known. */
  TimeScale timeScale() {
    if (dates) {
      return TimeScale.SECONDS;
    }
    // The latest time may be a mark for a missing one, and so may all that are not positive.
    int count = Math.min(times.length, SAMPLE);
    double[] some =
        IntStream.range(0, count)
            .mapToDouble(k -> times[(int) ((long) k * times.length / count)])
            .filter(time -> time > 0)
            .sorted()
            .toArray();
    return some.length == 0 ? TimeScale.NUMBERS : TimeScale.of(some[some.length / 2]);
  }

  boolean isParted() {
    return parts != null;
  }

  byte part(int position) {
    return parts[position];
  }

  /** The same interactions with parts. */
  InteractionLog inParts(byte[] newParts) {
    return new InteractionLog(itemCount, offsets, items, times, dates, newParts);
  }

  /** The interactions at positions that are wanted. */
  InteractionLog where(IntPredicate wanted) {
    BitSet kept = new BitSet(size());
    for (int p = 0; p < size(); p++) {
      if (wanted.test(p)) {
        kept.set(p);
      }
    }
    int size = kept.cardinality();
    if (size == size()) {
      return this;
    }
    int[] keptOffsets = new int[offsets.length];
    int[] keptItems = new int[size];
    double[] keptTimes = times == null ? null : new double[size];
    byte[] keptParts = parts == null ? null : new byte[size];
    int to = 0;
    for (int u = 0; u < users(); u++) {
      for (int p = kept.nextSetBit(begin(u)); p >= 0 && p < end(u); p = kept.nextSetBit(p + 1)) {
        keptItems[to] = items[p];
        if (keptTimes != null) {
          keptTimes[to] = times[p];
        }
        if (keptParts != null) {
          keptParts[to] = parts[p];
        }
        to++;
      }
      keptOffsets[u + 1] = to;
    }
    return new InteractionLog(itemCount, keptOffsets, keptItems, keptTimes, dates, keptParts);
  }

  /** Users that have interactions. */
  BitSet activeUsers() {
    BitSet active = new BitSet();
    for (int u = 0; u < users(); u++) {
      if (end(u) > begin(u)) {
        active.set(u);
      }
    }
    return active;
  }

  /** Items that occur. */
  BitSet activeItems() {
    BitSet active = new BitSet(itemCount);
    for (int item : items) {
      active.set(item);
    }
    return active;
  }

  /** How much is there, after a step of the import. */
  StepCount count(String step) {
    return new StepCount(step, size(), activeUsers().cardinality(), activeItems().cardinality());
  }
}
