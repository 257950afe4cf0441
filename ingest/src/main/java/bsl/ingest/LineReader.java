package bsl.ingest;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Goes through the lines of a text without making strings: a line is a stretch of {@link #text}. A
 * line can be made longer by those that follow it, for a quoted field that has line breaks, and
 * short again.
 *
 * <p>Lines end in LF or CR LF; the last one need not end.
 */
final class LineReader {
  private static final int FIRST_BUFFER = 1 << 16;

  /** Characters of a line; more are taken for damage, as in a file that is not text. */
  private static final int LONGEST = 1 << 25;

  private final Path file;
  private final Reader in;
  private char[] text = new char[FIRST_BUFFER];
  private int limit;
  private int start;
  private int end;
  private int next;
  private int firstEnd;
  private int firstNext;
  private long line;
  private int extraLines;
  private boolean exhausted;

  /**
   * @param file named in messages
   */
  LineReader(Path file, Reader in) {
    this.file = file;
    this.in = in;
  }

  /** Leaves out the first character of the text if it is this one. */
  void skip(char first) throws IOException {
    if ((limit > 0 || fill()) && text[0] == first) {
      next = 1;
    }
  }

  /** Goes to the next line; false if there is none. */
  boolean next() throws IOException {
    line += 1L + extraLines;
    extraLines = 0;
    start = next;
    if (!findEnd()) {
      line--;
      return false;
    }
    firstEnd = end;
    firstNext = next;
    return true;
  }

  /** Adds the following line to this one, with the line break between; false if there is none. */
  boolean extend() throws IOException {
    if (!findEnd()) {
      return false;
    }
    extraLines++;
    return true;
  }

  /** Takes back what {@link #extend} has added. */
  void shrink() {
    end = firstEnd;
    next = firstNext;
    extraLines = 0;
  }

  /** Where the line stands; valid until the next call of another method. */
  char[] text() {
    return text;
  }

  /** First character of the line. */
  int start() {
    return start;
  }

  /** One past the last character of the line, line break not included. */
  int end() {
    return end;
  }

  /** Whether the line has nothing but blanks. */
  boolean isBlank() {
    int at = start;
    while (at < end && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    return at == end;
  }

  /** The line in quotes, short, for messages. */
  String quoted() {
    return Fields.quoted(new String(text, start, end - start));
  }

  /** Number of the line from 1; of its first one if it was extended. */
  long line() {
    return line;
  }

  private boolean findEnd() throws IOException {
    int at = next;
    while (true) {
      while (at < limit && text[at] != '\n') {
        at++;
      }
      if (at < limit) {
        end = at > next && text[at - 1] == '\r' ? at - 1 : at;
        next = at + 1;
        return true;
      }
      int scanned = at - start;
      if (!fill()) {
        if (next >= limit) {
          return false;
        }
        end = text[limit - 1] == '\r' ? limit - 1 : limit;
        next = limit;
        return true;
      }
      at = start + scanned;
    }
  }

  /** Gets more characters and keeps those from {@link #start} on; false at the end of the text. */
  private boolean fill() throws IOException {
    if (exhausted) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(text, start, text, 0, limit - start);
      limit -= start;
      next -= start;
      end -= start;
      firstEnd -= start;
      firstNext -= start;
      start = 0;
    }
    if (limit == text.length) {
      if (limit >= LONGEST) {
        throw new ImportException(file, line, "the line has more than " + LONGEST + " characters");
      }
      text = Arrays.copyOf(text, limit * 2);
    }
    int n = in.read(text, limit, text.length - limit);
    if (n < 0) {
      exhausted = true;
      return false;
    }
    limit += n;
    return true;
  }
}
