package bsl.ingest;

import java.util.Arrays;

/**
 * Numbers ids from 0 in the order in which they come. It keeps the characters of all of them in one
 * array, with an open hash table beside it, since millions of strings would take several times the
 * memory.
 */
final class IdTable {
  private static final int FIRST_SLOTS = 1 << 12;
  private static final int NONE = -1;

  private char[] text = new char[1 << 14];
  private int[] ends = new int[1 << 10];
  private int[] hashes = new int[1 << 10];
  private int[] slots = emptySlots(FIRST_SLOTS);
  private int size;

  private static int[] emptySlots(int count) {
    int[] slots = new int[count];
    Arrays.fill(slots, NONE);
    return slots;
  }

  /** Number of ids. */
  int size() {
    return size;
  }

  /** The number of an id, which it gets if it is new. */
  int number(char[] id, int from, int to) {
    int hash = hash(id, from, to);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != NONE) {
      int there = slots[slot];
      if (hashes[there] == hash && Arrays.equals(text, begin(there), ends[there], id, from, to)) {
        return there;
      }
      slot = slot + 1 & mask;
    }
    slots[slot] = size;
    append(id, from, to, hash);
    if (size * 2 > slots.length) {
      grow();
    }
    return size - 1;
  }

  private static int hash(char[] id, int from, int to) {
    int hash = 0;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + id[at];
    }
    // Spreads what ids that are consecutive numbers have in common.
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  private void append(char[] id, int from, int to, int hash) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    int begin = size == 0 ? 0 : ends[size - 1];
    int end = Math.addExact(begin, to - from);
    if (end > text.length) {
      text =
          Arrays.copyOf(
              text, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, text.length * 2L)));
    }
    System.arraycopy(id, from, text, begin, to - from);
    ends[size] = end;
    hashes[size] = hash;
    size++;
  }

  private void grow() {
    slots = emptySlots(slots.length * 2);
    int mask = slots.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = hashes[number] & mask;
      while (slots[slot] != NONE) {
        slot = slot + 1 & mask;
      }
      slots[slot] = number;
    }
  }

  private int begin(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  /** The id that has a number. */
  String id(int number) {
    return new String(text, begin(number), ends[number] - begin(number));
  }
}
