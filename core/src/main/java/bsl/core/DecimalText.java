package bsl.core;

/** Writes whole numbers as decimal digits into arrays of bytes, without making strings. */
public final class DecimalText {
  /** Bytes that a number takes at most. */
  public static final int LONGEST = 19;

  /** The two digits of each number below 100, one after the other. */
  private static final byte[] PAIRS = new byte[200];

  static {
    for (int pair = 0; pair < 100; pair++) {
      PAIRS[2 * pair] = (byte) ('0' + pair / 10);
      PAIRS[2 * pair + 1] = (byte) ('0' + pair % 10);
    }
  }

  private DecimalText() {}

  /**
   * Writes a number.
   *
   * @param number at least 0
   * @param into where to write; has room for the digits
   * @param at position of the first digit
   * @return one past the position of the last digit
   */
  public static int put(long number, byte[] into, int at) {
    int end = at + digits(number);
    int to = end;
    long rest = number;
    while (rest >= 100) {
      long next = rest / 100;
      int pair = 2 * (int) (rest - 100 * next);
      into[--to] = PAIRS[pair + 1];
      into[--to] = PAIRS[pair];
      rest = next;
    }
    if (rest >= 10) {
      into[--to] = PAIRS[2 * (int) rest + 1];
      into[--to] = PAIRS[2 * (int) rest];
    } else {
      into[--to] = (byte) ('0' + rest);
    }
    return end;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long power = 10; digits < LONGEST && number >= power; power *= 10) {
      digits++;
    }
    return digits;
  }
}
