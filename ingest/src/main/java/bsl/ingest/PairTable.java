package bsl.ingest;

import java.util.Arrays;

/** Collects pairs as they are read: user, item and, where they are known, time and part. */
final class PairTable {
  private static final int FIRST = 1 << 16;

  /** Pairs of an array, less a little that a virtual machine may need. */
  private static final int MOST = Integer.MAX_VALUE - 16;

  private int[] users = new int[FIRST];
  private int[] items = new int[FIRST];
  private double[] times;
  private byte[] parts;
  private int size;

  /**
   * @param timed whether pairs have times
   * @param parted whether pairs have parts
   */
  PairTable(boolean timed, boolean parted) {
    times = timed ? new double[FIRST] : null;
    parts = parted ? new byte[FIRST] : null;
  }

  /**
   * Adds a pair.
   *
   * @param time not looked at if pairs have no times
   * @param part not looked at if pairs have no parts
   */
  void add(int user, int item, double time, byte part) throws ImportException {
    if (size == users.length) {
      grow();
    }
    users[size] = user;
    items[size] = item;
    if (times != null) {
      times[size] = time;
    }
    if (parts != null) {
      parts[size] = part;
    }
    size++;
  }

  /**
   * By half, so that the arrays that are copied and those that are kept fit into memory together.
   */
  private void grow() throws ImportException {
    if (size == MOST) {
      throw new ImportException("there are more than " + MOST + " pairs, which no array holds");
    }
    int more = (int) Math.min(MOST, 1L + size + (size >> 1));
    users = Arrays.copyOf(users, more);
    items = Arrays.copyOf(items, more);
    times = times == null ? null : Arrays.copyOf(times, more);
    parts = parts == null ? null : Arrays.copyOf(parts, more);
  }

  int size() {
    return size;
  }

  /**
   * The pairs by user, those of a user in the order in which they were added.
   *
   * @param userCount number of users
   * @param itemCount number of items
   * @param dates whether times were dates
   */
  InteractionLog byUser(int userCount, int itemCount, boolean dates) {
    int[] offsets = new int[userCount + 1];
    for (int p = 0; p < size; p++) {
      offsets[users[p] + 1]++;
    }
    for (int u = 0; u < userCount; u++) {
      offsets[u + 1] += offsets[u];
    }
    int[] next = Arrays.copyOf(offsets, userCount);
    int[] sortedItems = new int[size];
    double[] sortedTimes = times == null ? null : new double[size];
    byte[] sortedParts = parts == null ? null : new byte[size];
    for (int p = 0; p < size; p++) {
      int to = next[users[p]]++;
      sortedItems[to] = items[p];
      if (sortedTimes != null) {
        sortedTimes[to] = times[p];
      }
      if (sortedParts != null) {
        sortedParts[to] = parts[p];
      }
    }
    return new InteractionLog(itemCount, offsets, sortedItems, sortedTimes, dates, sortedParts);
  }
}
