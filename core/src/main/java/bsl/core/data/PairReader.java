package bsl.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a file of pairs, plain or compressed with gzip (by the ending {@code .gz}), byte by byte:
 * no strings are made.
 *
 * <p>Blank lines, repeated blanks, tabs, carriage returns and a missing last newline are fine. A
 * token that is not a decimal integer, a negative id and an id above the limit are errors that name
 * file, line and value; so is a compressed file that is cut short.
 */
final class PairReader {
  /** Ids above this are taken for damage: the tables for them would not fit into memory. */
  static final int HIGHEST_ID = 99_999_999;

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_QUOTE = 40;

  private final Path file;
  private final PairFormat format;
  private final int itemOffset;
  private final int highestUser;
  private final int highestItem;
  private final byte[] buffer = new byte[BUFFER];
  private final PairList pairs = new PairList();
  private InputStream in;
  private int at;
  private int end;
  private long line = 1;

  /**
   * @param itemOffset subtracted from item ids
   * @param users number of users if known, else 0
   * @param items number of items if known, else 0
   */
  PairReader(Path file, PairFormat format, int itemOffset, int users, int items) {
    this.file = file;
    this.format = format;
    this.itemOffset = itemOffset;
    this.highestUser = users > 0 ? users - 1 : HIGHEST_ID;
    this.highestItem = items > 0 ? items - 1 : HIGHEST_ID;
  }

  PairList read() throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream text = isGzip() ? new GZIPInputStream(raw, BUFFER) : raw) {
      in = text;
      boolean more = true;
      while (more) {
        more = readLine();
        line++;
      }
      return pairs;
    } catch (NoSuchFileException e) {
      throw new DataFormatException(file + ": no such file");
    } catch (EOFException e) {
      throw new DataFormatException(file, line, "the compressed file is cut short");
    } catch (ZipException e) {
      throw new DataFormatException(file, line, "is not gzip: " + e.getMessage());
    }
  }

  private boolean isGzip() {
    return file.getFileName().toString().endsWith(".gz");
  }

  /** Next byte, or -1 at the end; does not go on. */
  private int peek() throws IOException {
    if (at == end) {
      end = in.read(buffer, 0, BUFFER);
      at = 0;
      if (end <= 0) {
        end = 0;
        return -1;
      }
    }
    return buffer[at];
  }

  /** Skips blanks; true if a token follows on this line. */
  private boolean tokenFollows() throws IOException {
    int c = peek();
    while (c == ' ' || c == '\t' || c == '\r') {
      at++;
      c = peek();
    }
    return c != '\n' && c != -1;
  }

  /** Reads one line; true if another may follow. */
  private boolean readLine() throws IOException {
    if (tokenFollows()) {
      int user = id("user", highestUser, 0);
      pairs.mention(user);
      int items = 0;
      while (tokenFollows()) {
        pairs.add(user, id("item", highestItem, itemOffset));
        items++;
      }
      if (format == PairFormat.PAIRS && items != 1) {
        throw new DataFormatException(
            file, line, "user '" + user + "' is followed by " + items + " items instead of one");
      }
    }
    boolean more = peek() == '\n';
    at++;
    return more;
  }

  private int id(String what, int highest, int offset) throws IOException {
    long value = 0;
    StringBuilder wrong = null;
    int digits = 0;
    for (int c = peek(); c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != -1; c = peek()) {
      if (wrong == null && (c < '0' || c > '9' || digits == 18)) {
        wrong = new StringBuilder(digits == 0 ? "" : Long.toString(value));
      }
      if (wrong == null) {
        value = 10 * value + (c - '0');
        digits++;
      } else if (wrong.length() < LONGEST_QUOTE) {
        wrong.append(new String(new byte[] {(byte) c}, StandardCharsets.ISO_8859_1));
      }
      at++;
    }
    if (wrong != null) {
      String text = wrong.toString().replaceAll("\\p{Cntrl}", "?");
      String problem =
          text.matches("-\\d+")
              ? "is negative"
              : text.matches("\\d+") ? "is beyond " + highest : "is not a whole number";
      throw new DataFormatException(file, line, what + " '" + text + "' " + problem);
    }
    if (value < offset) {
      throw new DataFormatException(
          file, line, what + " '" + value + "' is below the first " + what + ", " + offset);
    }
    if (value - offset > highest) {
      throw new DataFormatException(
          file, line, what + " '" + value + "' is beyond " + (highest + (long) offset));
    }
    return (int) value - offset;
  }
}
