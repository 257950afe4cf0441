package bsl.ingest;

/**
 * Puts the interactions of each user in the order of their times. What has the same time stays in
 * the order in which it was read.
 */
final class ChronologicalOrder {
  /** So many are put in order by insertion, which is faster for few. */
  private static final int FIRST_RUN = 16;

  private final int[] items;
  private final double[] times;
  private final byte[] parts;
  private int[] otherItems = new int[0];
  private double[] otherTimes = new double[0];
  private byte[] otherParts = new byte[0];

  private ChronologicalOrder(int[] items, double[] times, byte[] parts) {
    this.items = items;
    this.times = times;
    this.parts = parts;
  }

  /** The log in order; itself if times are not known. */
  static InteractionLog of(InteractionLog log) {
    if (!log.isTimed()) {
      return log;
    }
    int[] offsets = new int[log.users() + 1];
    for (int u = 0; u < log.users(); u++) {
      offsets[u + 1] = log.end(u);
    }
    int[] items = new int[log.size()];
    double[] times = log.times();
    byte[] parts = log.isParted() ? new byte[log.size()] : null;
    for (int p = 0; p < items.length; p++) {
      items[p] = log.item(p);
      if (parts != null) {
        parts[p] = log.part(p);
      }
    }
    UserBlocks.forEach(
        log.users(),
        (from, to) -> {
          ChronologicalOrder order = new ChronologicalOrder(items, times, parts);
          for (int u = from; u < to; u++) {
            order.sort(log.begin(u), log.end(u));
          }
        });
    return new InteractionLog(log.items(), offsets, items, times, log.isDated(), parts);
  }

  /** Merges ever longer runs, from the bottom up. */
  private void sort(int begin, int end) {
    if (isSorted(begin, end)) {
      return;
    }
    if (otherItems.length < end - begin) {
      otherItems = new int[end - begin];
      otherTimes = new double[end - begin];
      otherParts = new byte[end - begin];
    }
    for (int low = begin; low < end; low += FIRST_RUN) {
      insert(low, Math.min(low + FIRST_RUN, end));
    }
    for (int run = FIRST_RUN; run < end - begin; run *= 2) {
      for (int low = begin; low < end - run; low += 2 * run) {
        merge(low, low + run, Math.min(low + 2 * run, end));
      }
    }
  }

  private boolean isSorted(int begin, int end) {
    for (int p = begin + 1; p < end; p++) {
      if (times[p - 1] > times[p]) {
        return false;
      }
    }
    return true;
  }

  private void insert(int low, int high) {
    for (int p = low + 1; p < high; p++) {
      double time = times[p];
      int item = items[p];
      byte part = parts == null ? 0 : parts[p];
      int to = p;
      for (; to > low && times[to - 1] > time; to--) {
        times[to] = times[to - 1];
        items[to] = items[to - 1];
        if (parts != null) {
          parts[to] = parts[to - 1];
        }
      }
      times[to] = time;
      items[to] = item;
      if (parts != null) {
        parts[to] = part;
      }
    }
  }

  private void merge(int low, int middle, int high) {
    if (times[middle - 1] <= times[middle]) {
      return;
    }
    int left = middle - low;
    System.arraycopy(items, low, otherItems, 0, left);
    System.arraycopy(times, low, otherTimes, 0, left);
    if (parts != null) {
      System.arraycopy(parts, low, otherParts, 0, left);
    }
    int from = 0;
    int other = middle;
    for (int to = low; from < left; to++) {
      if (other < high && times[other] < otherTimes[from]) {
        items[to] = items[other];
        times[to] = times[other];
        if (parts != null) {
          parts[to] = parts[other];
        }
        other++;
      } else {
        items[to] = otherItems[from];
        times[to] = otherTimes[from];
        if (parts != null) {
          parts[to] = otherParts[from];
        }
        from++;
      }
    }
  }
}
