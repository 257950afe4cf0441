package bsl.eval;

import java.util.Arrays;

/**
 * The best K of the items offered so far: higher scores first, equal scores by lower item.
 *
 * <p>A binary heap with the worst entry on top. Score and item share one {@code long} whose order
 * is the ranking's, so that a tie costs no extra comparison.
 */
final class TopK implements RankedItems {
  private final long[] keys;
  private int size;
  private float threshold;

  /**
   * @param k entries kept, at least 0
   */
  TopK(int k) {
    keys = new long[k];
    clear();
  }

  /** Forgets all entries. */
  void clear() {
    size = 0;
    threshold = keys.length == 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
  }

  /**
   * No score below this one can enter, provided items are offered in ascending order: a later item
   * must beat the worst entry, not only equal it.
   */
  float threshold() {
    return threshold;
  }

  /** Enters the item if it is among the best K; scores must not be NaN. */
  void offer(int item, float score) {
    long key = key(item, score);
    if (size < keys.length) {
      keys[size++] = key;
      if (size == keys.length) {
        for (int i = size / 2 - 1; i >= 0; i--) {
          siftDown(i, keys[i]);
        }
        raiseThreshold();
      }
    } else if (size > 0 && key > keys[0]) {
      siftDown(0, key);
      raiseThreshold();
    }
  }

  private void raiseThreshold() {
    threshold = Math.nextUp(score(keys[0]));
  }

  private void siftDown(int hole, long key) {
    int i = hole;
    for (int child = 2 * i + 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (keys[child] >= key) {
        break;
      }
      keys[i] = keys[child];
      i = child;
    }
    keys[i] = key;
  }

  /** Number of entries, at most K. */
  @Override
  public int size() {
    return size;
  }

  /** Puts the entries in order for {@link #item} and {@link #score}; offer nothing afterwards. */
  void sort() {
    Arrays.sort(keys, 0, size);
  }

  /** Item at a rank counted from 0, after {@link #sort}. */
  @Override
  public int item(int rank) {
    return ~(int) keys[size - 1 - rank];
  }

  /** Score at a rank counted from 0, after {@link #sort}. */
  @Override
  public float score(int rank) {
    return score(keys[size - 1 - rank]);
  }

  /** Score in the high half, made monotone as an integer; complement of the item in the low one. */
  private static long key(int item, float score) {
    int bits = Float.floatToRawIntBits(score + 0f); // + 0 makes -0 equal to 0
    return (long) monotone(bits) << 32 | ~item & 0xffffffffL;
  }

  private static float score(long key) {
    return Float.intBitsToFloat(monotone((int) (key >>> 32)));
  }

  /** Flips the magnitude of negative numbers; its own inverse. */
  private static int monotone(int bits) {
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }
}
