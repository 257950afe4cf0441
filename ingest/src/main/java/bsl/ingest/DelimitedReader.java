package bsl.ingest;

import bsl.core.CountText;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads records of delimited text, as RFC 4180 has it, with any separator and any quote or none. A
 * field that begins with the quote goes on to the next one; two of them stand for one; line breaks
 * may be inside. A quote inside a field that does not begin with one is a character. Blanks around
 * a field are left out. Empty lines are no records. A line with a separator is not empty, unless
 * the separator is a blank.
 *
 * <p>Of a malformed record, only the first line is left out, and reading goes on with the next one:
 * where a quote was forgotten, the lines behind it are records.
 */
final class DelimitedReader implements RecordReader {
  /** Lines of one record; more are taken for a quote that was forgotten. */
  private static final int MOST_LINES = 1000;

  /** What {@link #split} finds beside a problem. */
  private enum Shape {
    WHOLE,
    OPEN,
    BROKEN
  }

  private final LineReader lines;
  private final char first;
  private final char[] rest;
  private final boolean blankSeparates;
  private final boolean quotes;
  private final char quote;
  private final int columns;
  private final Fields fields = new Fields();
  private char[] unescaped = new char[64];
  private int unescapedEnd;
  private String problem = "";

  /**
   * @param separator what separates fields, at least one character
   * @param quote what stands around fields that have separators or line breaks, if anything does
   * @param columns number of fields of a record; 0 if it may be any
   */
  DelimitedReader(LineReader lines, String separator, Optional<Character> quote, int columns) {
    this.lines = lines;
    this.first = separator.charAt(0);
    this.rest = separator.substring(1).toCharArray();
    this.blankSeparates = separator.isBlank() && separator.indexOf(' ') >= 0;
    this.quotes = quote.isPresent();
    this.quote = quote.orElse('\0');
    this.columns = columns;
  }

  @Override
  public Found next() throws IOException {
    do {
      if (!lines.next()) {
        return Found.END;
      }
    } while (lines.isBlank() && (blankSeparates || !hasSeparator()));
    Shape shape = split();
    for (int added = 0; shape == Shape.OPEN; added++) {
      int before = lines.end();
      int start = lines.start();
      if (added == MOST_LINES || !lines.extend()) {
        lines.shrink();
        problem = "a quote is never closed: " + lines.quoted();
        return Found.MALFORMED;
      }
      // A line without a quote cannot close it.
      if (hasQuote(before - start + lines.start())) {
        shape = split();
      }
    }
    if (shape == Shape.WHOLE && columns > 0 && fields.count() != columns) {
      problem = "has " + CountText.of(fields.count(), "column") + " instead of " + columns;
      shape = Shape.BROKEN;
    }
    if (shape == Shape.BROKEN) {
      // A quote that was forgotten may have taken good lines in.
      lines.shrink();
      problem += ": " + lines.quoted();
      return Found.MALFORMED;
    }
    return Found.RECORD;
  }

  private boolean hasSeparator() {
    int at = lines.start();
    while (at < lines.end() && !separates(lines.text(), at, lines.end())) {
      at++;
    }
    return at < lines.end();
  }

  private boolean hasQuote(int from) {
    char[] text = lines.text();
    for (int at = from; at < lines.end(); at++) {
      if (text[at] == quote) {
        return true;
      }
    }
    return false;
  }

  private Shape split() {
    fields.clear();
    unescapedEnd = 0;
    char[] text = lines.text();
    int at = lines.start();
    int end = lines.end();
    while (true) {
      int begin = afterBlanks(text, at, end);
      if (quotes && begin < end && text[begin] == quote) {
        int close = closing(text, begin + 1, end);
        if (close < 0) {
          return Shape.OPEN;
        }
        addQuoted(text, begin + 1, close);
        at = afterBlanks(text, close + 1, end);
        if (at < end && !separates(text, at, end)) {
          problem = "a closing quote is followed by " + Fields.quoted(String.valueOf(text[at]));
          return Shape.BROKEN;
        }
      } else {
        at = begin;
        while (at < end && !separates(text, at, end)) {
          at++;
        }
        fields.add(text, begin, beforeBlanks(text, begin, at));
      }
      if (at >= end) {
        return Shape.WHOLE;
      }
      at += 1 + rest.length;
    }
  }

  private boolean separates(char[] text, int at, int end) {
    if (text[at] != first) {
      return false;
    }
    if (rest.length == 0) {
      return true;
    }
    if (end - at - 1 < rest.length) {
      return false;
    }
    return Arrays.equals(text, at + 1, at + 1 + rest.length, rest, 0, rest.length);
  }

  private int afterBlanks(char[] text, int from, int end) {
    int at = from;
    // A separator may begin with a blank itself.
    while (!blankSeparates && at < end && text[at] == ' ' && !separates(text, at, end)) {
      at++;
    }
    return at;
  }

  private int beforeBlanks(char[] text, int begin, int end) {
    int at = end;
    while (!blankSeparates && at > begin && text[at - 1] == ' ') {
      at--;
    }
    return at;
  }

  /** Position of the quote that closes the field, or -1. */
  private int closing(char[] text, int from, int end) {
    for (int at = from; at < end; at++) {
      if (text[at] == quote) {
        if (at + 1 < end && text[at + 1] == quote) {
          at++;
        } else {
          return at;
        }
      }
    }
    return -1;
  }

  private void addQuoted(char[] text, int begin, int close) {
    int at = begin;
    while (at < close && text[at] != quote) {
      at++;
    }
    if (at == close) {
      fields.add(text, begin, close);
      return;
    }
    if (unescaped.length < unescapedEnd + close - begin) {
      // Fields that were added keep the old array.
      unescaped = new char[2 * (unescapedEnd + close - begin)];
    }
    int start = unescapedEnd;
    for (at = begin; at < close; at++) {
      unescaped[unescapedEnd++] = text[at];
      at += text[at] == quote ? 1 : 0;
    }
    fields.add(unescaped, start, unescapedEnd);
  }

  @Override
  public Fields fields() {
    return fields;
  }

  @Override
  public String problem() {
    return problem;
  }

  @Override
  public long line() {
    return lines.line();
  }
}
