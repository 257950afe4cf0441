package bsl.core;

import java.util.Arrays;

/**
 * Groups positions by an integer key with a counting sort: groups in order of the key's first
 * appearance, positions ascending within a group. Mutable and reusable from batch to batch without
 * allocation.
 *
 * <p>Keys are meant to be indices, such as users of a data set. Time is linear in the number of
 * positions; memory is linear in the largest key, too, unless keys ascend.
 */
public final class Grouping {
  private int[] groupOfKey = {};
  private int[] keys = {};
  private int[] offsets = {0};
  private int[] positions = {};
  private int groups;

  /**
   * Forgets what was there and groups positions 0 to {@code size - 1}.
   *
   * @param keyOfPosition key of each position, at least 0; unless they ascend, below 2^31 - 9
   * @param size number of positions
   * @throws IllegalArgumentException if a key is below 0
   */
  public void reset(int[] keyOfPosition, int size) {
    makeRoom(size);
    if (!resetAscending(keyOfPosition, size)) {
      resetAny(keyOfPosition, size);
    }
  }

  /**
   * The same for keys that are all different, so that each position is a group.
   *
   * @param keyOfPosition key of each position
   * @param size number of positions
   */
  public void resetDistinct(int[] keyOfPosition, int size) {
    makeRoom(size);
    groups = size;
    System.arraycopy(keyOfPosition, 0, keys, 0, size);
    for (int p = 0; p < size; p++) {
      offsets[p] = p;
      positions[p] = p;
    }
    offsets[size] = size;
  }

  /** Groups keys that ascend, where nothing is to be moved; false if they do not. */
  private boolean resetAscending(int[] keyOfPosition, int size) {
    int last = -1;
    int count = 0;
    for (int p = 0; p < size; p++) {
      int key = keyOfPosition[p];
      if (key < 0 || key < last) {
        return false;
      }
      if (key > last) {
        keys[count] = key;
        offsets[count++] = p;
        last = key;
      }
      positions[p] = p;
    }
    offsets[count] = size;
    groups = count;
    return true;
  }

  private void resetAny(int[] keyOfPosition, int size) {
    makeRoomForKeys(keyOfPosition, size);
    groups = 0;
    Arrays.fill(offsets, 0, size + 1, 0);
    for (int p = 0; p < size; p++) {
      int key = keyOfPosition[p];
      if (groupOfKey[key] < 0) {
        keys[groups] = key;
        groupOfKey[key] = groups++;
      }
      offsets[groupOfKey[key] + 1]++;
    }
    for (int g = 0; g < groups; g++) {
      offsets[g + 1] += offsets[g];
    }
    for (int p = 0; p < size; p++) {
      positions[offsets[groupOfKey[keyOfPosition[p]]]++] = p;
    }
    for (int g = groups; g > 0; g--) {
      offsets[g] = offsets[g - 1];
    }
    offsets[0] = 0;
    for (int g = 0; g < groups; g++) {
      groupOfKey[keys[g]] = -1;
    }
  }

  private void makeRoom(int size) {
    if (keys.length < size) {
      keys = new int[size];
      positions = new int[size];
      offsets = new int[size + 1];
    }
  }

  private void makeRoomForKeys(int[] keyOfPosition, int size) {
    int highest = -1;
    for (int p = 0; p < size; p++) {
      if (keyOfPosition[p] < 0) {
        throw new IllegalArgumentException("keys must be at least 0: " + keyOfPosition[p]);
      }
      highest = Math.max(highest, keyOfPosition[p]);
    }
    if (groupOfKey.length <= highest) {
      int known = groupOfKey.length;
      long roomy = highest + 1L + highest / 2;
      groupOfKey = Arrays.copyOf(groupOfKey, (int) Math.min(roomy, Integer.MAX_VALUE - 8));
      Arrays.fill(groupOfKey, known, groupOfKey.length, -1);
    }
  }

  /** Number of distinct keys. */
  public int groups() {
    return groups;
  }

  /** Key of a group. */
  public int key(int group) {
    return keys[group];
  }

  /** Index in {@link #position} of a group's first position. */
  public int begin(int group) {
    return offsets[group];
  }

  /** One past the index in {@link #position} of a group's last position. */
  public int end(int group) {
    return offsets[group + 1];
  }

  /** The position at an index. */
  public int position(int index) {
    return positions[index];
  }
}
