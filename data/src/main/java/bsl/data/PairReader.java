package bsl.data;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * Reads a file of pairs, plain or compressed with gzip (by the ending {@code .gz}). It reads byte
 * by byte and makes no strings.
 *
 * <p>Empty lines, repeated blanks, tabs, CR LF line ends and a missing last line end are fine. So
 * are several lines of one user. Pairs that occur again are all returned. Everything else is an
 * error that names file, line and value: a token that is not a decimal integer, a negative id, an
 * id above the limit, a carriage return inside a line, a compressed file that is cut short or
 * damaged.
 */
final class PairReader {
  /**
   * Ids above this are taken for damage: an embedding table with more rows would exceed a Java
   * array at 128 numbers a row, and a stray number would ask for gigabytes.
   */
  static final int HIGHEST_ID = (1 << 24) - 1;

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_QUOTE = 40;

  /** Digits behind zeros that fit a long whatever they are. */
  private static final int SAFE_DIGITS = 18;

  private static final Pattern INVISIBLE = Pattern.compile("\\p{C}");

  private final Path file;
  private final PairFormat format;
  private final int itemOffset;
  private final int highestUser;
  private final int highestItem;
  private final byte[] buffer = new byte[BUFFER];
  private final PairList pairs = new PairList();
  private final LineShapes shapes = new LineShapes();
  private InputStream in;
  private int at;
  private int end;
  private long line = 1;

  /**
   * @param itemOffset subtracted from item ids
   * @param users number of users if known, else 0; ids must be below
   * @param items number of items if known, else 0; ids less the offset must be below
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
        InputStream text = isGzip() ? new GzipInput(raw) : raw) {
      in = text;
      boolean more = true;
      while (more) {
        more = readLine();
        line++;
      }
      pairs.likeRatings(format == PairFormat.ADJACENCY && shapes.looksLikeRatings());
      return pairs;
    } catch (DataFormatException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new DataFormatException(file + ": no such file");
    } catch (AccessDeniedException e) {
      throw new DataFormatException(file + ": may not be read");
    } catch (EOFException e) {
      throw new DataFormatException(file, line, "the compressed file is cut short");
    } catch (ZipException e) {
      throw new DataFormatException(
          file, line, "the compressed file is damaged (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw new IOException(
          file + ":" + line + ": cannot be read: " + FileFailure.reason(file, e), e);
    }
  }

  private boolean isGzip() {
    return file.getFileName().toString().endsWith(".gz");
  }

  /** Next byte as 0..255, or -1 at the end; does not go on. */
  private int peek() throws IOException {
    if (at >= end) {
      end = Math.max(0, in.read(buffer, 0, BUFFER));
      at = 0;
      if (end == 0) {
        return -1;
      }
    }
    return buffer[at] & 0xff;
  }

  /** Skips blanks; true if a token follows on this line. */
  private boolean tokenFollows() throws IOException {
    int c = peek();
    while (c == ' ' || c == '\t') {
      at++;
      c = peek();
    }
    if (c == '\r') {
      at++;
      c = peek();
      if (c != '\n' && c != -1) {
        throw new DataFormatException(file, line, "a carriage return stands inside the line");
      }
    }
    return c != '\n' && c != -1;
  }

  /** Reads one line; true if another may follow. */
  private boolean readLine() throws IOException {
    if (tokenFollows()) {
      int user = id("user", highestUser, 0);
      pairs.mention(user, line);
      int items = 0;
      int second = 0;
      while (tokenFollows()) {
        int item = id("item", highestItem, itemOffset);
        pairs.add(user, item, line);
        second = items == 1 ? item : second;
        items++;
      }
      shapes.line(user, items, second);
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
    long zeros = 0;
    int c = peek();
    while (c == '0') {
      zeros++;
      at++;
      c = peek();
    }
    long value = 0;
    int digits = 0;
    while (c >= '0' && c <= '9' && digits < SAFE_DIGITS) {
      value = 10 * value + (c - '0');
      digits++;
      at++;
      c = peek();
    }
    if (!endsToken(c)) {
      String text = quote(zeros, digits == 0 ? "" : Long.toString(value));
      String problem =
          text.matches("-\\d+(\\.\\.\\.)?")
              ? "is negative"
              : text.matches("\\d+(\\.\\.\\.)?")
                  ? beyond(highest, offset)
                  : "is not a whole number";
      throw new DataFormatException(file, line, what + " '" + text + "' " + problem);
    }
    if (value < offset) {
      throw new DataFormatException(
          file, line, what + " '" + value + "' is below the first " + what + ", " + offset);
    }
    if (value - offset > highest) {
      throw new DataFormatException(
          file, line, what + " '" + value + "' " + beyond(highest, offset));
    }
    return (int) (value - offset);
  }

  private static boolean endsToken(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == -1;
  }

  private static String beyond(int highest, int offset) {
    return "is beyond the highest allowed, " + (highest + (long) offset);
  }

  /** The token whose first zeros and digits were read already, as it can be shown on one line. */
  private String quote(long zeros, String digits) throws IOException {
    String read = "0".repeat((int) Math.min(zeros, LONGEST_QUOTE)) + digits;
    boolean cut = zeros + digits.length() > LONGEST_QUOTE;
    ByteArrayOutputStream token = new ByteArrayOutputStream();
    token.write(
        read.getBytes(StandardCharsets.US_ASCII), 0, Math.min(read.length(), LONGEST_QUOTE));
    for (int c = peek(); !endsToken(c); c = peek()) {
      if (token.size() < LONGEST_QUOTE) {
        token.write(c);
      } else {
        cut = true;
      }
      at++;
    }
    String text =
        INVISIBLE
            .matcher(token.toString(StandardCharsets.UTF_8))
            .replaceAll(m -> String.format(Locale.ROOT, "\\\\u%04x", m.group().codePointAt(0)));
    return cut ? text + "..." : text;
  }
}
