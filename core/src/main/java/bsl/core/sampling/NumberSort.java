package bsl.core.sampling;

import java.util.Arrays;

/**
 * Sorts positions by their numbers, those of equal numbers in ascending order. Reusable without
 * allocation. A counting sort where the numbers' range is not much larger than their count, where
 * it is several times as fast as sorting by comparison; else the latter.
 */
final class NumberSort {
  /** Numbers in range per position, up to which counting is worth its passes over the range. */
  private static final int RANGE_PER_POSITION = 8;

  private int[] order = {};
  private int[] begins = {};
  private long[] keys = {};

  /**
   * Sorts positions 0 to {@code size - 1}.
   *
   * @param numbers number of each position, in {@code [0, range)}
   * @param size number of positions
   * @param range one more than the largest number there may be
   * @return positions in order, in the first {@code size} elements; overwritten by the next call
   */
  int[] sort(int[] numbers, int size, int range) {
    if (order.length < size) {
      order = new int[size];
    }
    if (range / RANGE_PER_POSITION <= size) {
      count(numbers, size, range);
    } else {
      compare(numbers, size);
    }
    return order;
  }

  private void count(int[] numbers, int size, int range) {
    if (begins.length < range) {
      begins = new int[range];
    }
    Arrays.fill(begins, 0, range, 0);
    for (int p = 0; p < size; p++) {
      begins[numbers[p]]++;
    }
    int begin = 0;
    for (int n = 0; n < range; n++) {
      int count = begins[n];
      begins[n] = begin;
      begin += count;
    }
    for (int p = 0; p < size; p++) {
      order[begins[numbers[p]]++] = p;
    }
  }

  private void compare(int[] numbers, int size) {
    if (keys.length < size) {
      keys = new long[size];
    }
    for (int p = 0; p < size; p++) {
      keys[p] = (long) numbers[p] << Integer.SIZE | p;
    }
    Arrays.sort(keys, 0, size);
    for (int k = 0; k < size; k++) {
      order[k] = (int) keys[k];
    }
  }
}
