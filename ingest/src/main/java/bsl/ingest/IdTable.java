package bsl.ingest;

import java.util.Arrays;

/**
 * Numbers ids from 0 in the order in which they come, with an open hash table.
 *
 * <p>An id of up to 15 characters of one byte, as nearly all are, is kept in two words: its
 * characters and their number. It is found with two looks into memory. They take the time where
 * there are many ids, so ids are looked up in batches, whose looks into memory overlap. Longer ids
 * are characters of one array, since millions of strings would take several times the memory; their
 * words are a hash and the place in the array.
 */
final class IdTable {
  /** Ids of a batch. */
  static final int BATCH = 256;

  private static final int FIRST_SLOTS = 1 << 12;
  private static final int NONE = -1;

  /** Characters of an id that is kept in its words. */
  private static final int SHORT = 15;

  private static final int LENGTH_SHIFT = 56;

  /** Characters of an array, less a little that a virtual machine may need. */
  private static final int LONGEST_TEXT = Integer.MAX_VALUE - 16;

  /** In the place of the length, for ids that are not kept in their words. */
  private static final long LONG_ID = 0xFFL << LENGTH_SHIFT;

  private char[] text = new char[1 << 10];
  private int textEnd;
  private long[] words = new long[1 << 11];
  private int[] slots = emptySlots(FIRST_SLOTS);
  private int size;
  private final long[] firsts = new long[BATCH];
  private final long[] seconds = new long[BATCH];
  private final int[] numbers = new int[BATCH];
  private int batchSize;
  private int numbered;

  private static int[] emptySlots(int count) {
    int[] slots = new int[count];
    Arrays.fill(slots, NONE);
    return slots;
  }

  /** Number of ids. */
  int size() {
    return size;
  }

  /** Begins a batch. */
  void beginBatch() {
    batchSize = 0;
    numbered = 0;
  }

  /** Adds an id to the batch, which has at most {@link #BATCH}. */
  void add(char[] id, int from, int to) throws ImportException {
    if (to - from > SHORT || !addShort(id, from, to)) {
      numberBatch();
      numbers[batchSize++] = longNumber(id, from, to);
      numbered = batchSize;
    }
  }

  /** Adds an id of few characters; false if not all are of one byte. */
  private boolean addShort(char[] id, int from, int to) {
    int length = to - from;
    int half = from + Math.min(length, Long.BYTES);
    int any = 0;
    long first = 0;
    int at = from;
    for (; at < half; at++) {
      first = first << Byte.SIZE | id[at];
      any |= id[at];
    }
    long second = 0;
    for (; at < to; at++) {
      second = second << Byte.SIZE | id[at];
      any |= id[at];
    }
    if (any > 0xFF) {
      return false;
    }
    firsts[batchSize] = first;
    seconds[batchSize++] = second | (long) length << LENGTH_SHIFT;
    return true;
  }

  /** Finds the numbers of the batch; ids that are new get the next ones. */
  void numberBatch() throws ImportException {
    // Each pass is over independent places in memory, so that none waits for another.
    int mask = slots.length - 1;
    for (int k = numbered; k < batchSize; k++) {
      numbers[k] = slots[hash(firsts[k], seconds[k]) & mask];
    }
    for (int k = numbered; k < batchSize; k++) {
      int there = numbers[k];
      boolean same =
          there != NONE && words[2 * there] == firsts[k] && words[2 * there + 1] == seconds[k];
      numbers[k] = same ? there : NONE;
    }
    for (int k = numbered; k < batchSize; k++) {
      if (numbers[k] == NONE) {
        numbers[k] = shortNumber(firsts[k], seconds[k]);
      }
    }
    numbered = batchSize;
  }

  /** The number of an id of the batch, by its position in it, after {@link #numberBatch}. */
  int number(int position) {
    return numbers[position];
  }

  private int shortNumber(long first, long second) throws ImportException {
    int mask = slots.length - 1;
    int slot = hash(first, second) & mask;
    for (int there = slots[slot]; there != NONE; there = slots[slot]) {
      if (words[2 * there] == first && words[2 * there + 1] == second) {
        return there;
      }
      slot = slot + 1 & mask;
    }
    return append(first, second, slot);
  }

  private int longNumber(char[] id, int from, int to) throws ImportException {
    long second = 0;
    for (int at = from; at < to; at++) {
      second = 31 * second + id[at];
    }
    second |= LONG_ID;
    int mask = slots.length - 1;
    int slot = hash(0, second) & mask;
    for (int there = slots[slot]; there != NONE; there = slots[slot]) {
      boolean same =
          words[2 * there + 1] == second
              && Arrays.equals(text, begin(there), end(there), id, from, to);
      if (same) {
        return there;
      }
      slot = slot + 1 & mask;
    }
    int begin = textEnd;
    appendText(id, from, to);
    return append((long) begin << Integer.SIZE | textEnd, second, slot);
  }

  private static int hash(long first, long second) {
    long mixed = (first ^ Long.rotateLeft(second * 0xC2B2AE3D27D4EB4FL, 29)) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xC2B2AE3D27D4EB4FL;
    return (int) (mixed >>> 32);
  }

  private int append(long first, long second, int slot) throws ImportException {
    if (2 * size == words.length) {
      if (words.length > Integer.MAX_VALUE / 2) {
        throw new ImportException("there are more than " + size + " ids, which no array holds");
      }
      words = Arrays.copyOf(words, 2 * words.length);
    }
    words[2 * size] = first;
    words[2 * size + 1] = second;
    slots[slot] = size++;
    if (size * 2 > slots.length) {
      grow();
    }
    return size - 1;
  }

  private void appendText(char[] id, int from, int to) throws ImportException {
    int end = textEnd + to - from;
    if (end < 0 || end > LONGEST_TEXT) {
      throw new ImportException(
          "the longer ids have more than " + textEnd + " characters in all, which no array holds");
    }
    if (end > text.length) {
      text = Arrays.copyOf(text, (int) Math.min(LONGEST_TEXT, Math.max(end, text.length * 2L)));
    }
    System.arraycopy(id, from, text, textEnd, to - from);
    textEnd = end;
  }

  private void grow() {
    slots = emptySlots(slots.length * 2);
    int mask = slots.length - 1;
    for (int number = 0; number < size; number++) {
      long second = words[2 * number + 1];
      int slot = hash(isLong(number) ? 0 : words[2 * number], second) & mask;
      while (slots[slot] != NONE) {
        slot = slot + 1 & mask;
      }
      slots[slot] = number;
    }
  }

  private boolean isLong(int number) {
    return (words[2 * number + 1] & LONG_ID) == LONG_ID;
  }

  private int begin(int number) {
    return (int) (words[2 * number] >>> Integer.SIZE);
  }

  private int end(int number) {
    return (int) words[2 * number];
  }

  /** The id that has a number. */
  String id(int number) {
    if (isLong(number)) {
      return new String(text, begin(number), end(number) - begin(number));
    }
    char[] id = new char[(int) (words[2 * number + 1] >>> LENGTH_SHIFT)];
    int half = Math.min(id.length, Long.BYTES);
    unpack(words[2 * number], id, 0, half);
    unpack(words[2 * number + 1], id, half, id.length);
    return new String(id);
  }

  private static void unpack(long word, char[] into, int from, int to) {
    long rest = word;
    for (int at = to - 1; at >= from; at--) {
      into[at] = (char) (rest & 0xFF);
      rest >>>= Byte.SIZE;
    }
  }
}
