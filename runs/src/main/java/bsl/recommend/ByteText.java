package bsl.recommend;

import bsl.core.DecimalText;
import java.util.Arrays;

/** Text in UTF-8 that grows as it is appended to. */
final class ByteText {
  private byte[] bytes = new byte[1 << 16];
  private int length;

  void add(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  /**
   * @param c an ASCII character
   */
  void add(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  /**
   * @param number at least 0
   */
  void addNumber(long number) {
    room(DecimalText.LONGEST);
    length = DecimalText.put(number, bytes, length);
  }

  /**
   * Adds a point and the decimals behind it.
   *
   * @param fraction in {@code [0, unit)}
   * @param unit what makes a whole, a power of ten
   */
  void addDecimals(long fraction, long unit) {
    int point = length;
    // A digit before the decimals keeps their zeros.
    addNumber(unit + fraction);
    bytes[point] = '.';
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
