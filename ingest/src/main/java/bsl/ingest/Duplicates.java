package bsl.ingest;

import java.util.Arrays;
import java.util.Locale;

/** Which interaction is kept where a user has several with one item. */
public enum Duplicates {
  /** The first: when the user came to know the item. */
  FIRST,
  /** The last. */
  LAST;

  private static final int ITEM_SHIFT = 33;
  private static final int PART_SHIFT = 31;

  /** Name in options and files, for example {@code first}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Leaves one interaction of a user with an item, in each part if there are parts.
   *
   * @param log interactions, in the order in which first and last are meant
   */
  InteractionLog dropFrom(InteractionLog log) {
    boolean[] kept = new boolean[log.size()];
    UserBlocks.forEach(log.users(), (from, to) -> mark(log, from, to, kept));
    return log.where(p -> kept[p]);
  }

  private void mark(InteractionLog log, int from, int to, boolean[] kept) {
    long[] keys = new long[0];
    for (int u = from; u < to; u++) {
      int begin = log.begin(u);
      int count = log.end(u) - begin;
      if (keys.length < count) {
        keys = new long[Math.max(count, 2 * keys.length)];
      }
      for (int k = 0; k < count; k++) {
        long part = log.isParted() ? log.part(begin + k) : 0;
        keys[k] = (long) log.item(begin + k) << ITEM_SHIFT | part << PART_SHIFT | k;
      }
      Arrays.sort(keys, 0, count);
      for (int k = 0; k < count; k++) {
        int neighbour = this == FIRST ? k - 1 : k + 1;
        boolean alone =
            neighbour < 0
                || neighbour == count
                || keys[neighbour] >> PART_SHIFT != keys[k] >> PART_SHIFT;
        if (alone) {
          kept[begin + (int) (keys[k] & Integer.MAX_VALUE)] = true;
        }
      }
    }
  }
}
