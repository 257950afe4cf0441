package bsl.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;

/** Decodes text in UTF-8 and says in which line a byte is that does not belong there. */
public final class Utf8Text {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Utf8Text() {}

  /**
   * The text of some bytes, without a byte order mark.
   *
   * @param bytes the text in UTF-8
   * @param malformed makes what is thrown of the number, from 1, of the first line that is
   *     malformed
   * @throws X if the bytes are not text in UTF-8
   */
  public static <X extends Exception> String of(byte[] bytes, LongFunction<X> malformed) throws X {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    boolean isMalformed =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true).isError();
    text.flip();
    if (isMalformed) {
      throw malformed.apply(1 + text.chars().filter(c -> c == '\n').count());
    }
    if (text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK) {
      text.position(1);
    }
    return text.toString();
  }
}
