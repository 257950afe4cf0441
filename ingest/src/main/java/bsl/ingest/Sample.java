package bsl.ingest;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The first lines of a file, from which its layout is guessed.
 *
 * @param file where they come from
 * @param text the lines
 * @param firstLine number of the first of them, from 1
 */
record Sample(Path file, String text, int firstLine) {
  private static final int MOST_LINES = 200;
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final String CONVERT = "; only LF and CR LF end lines here, convert them";

  /**
   * Reads the first lines of a file.
   *
   * @param skipLines lines to leave out at the beginning
   * @throws ImportException if there is no line with anything in it
   */
  static Sample of(Path file, Charset encoding, int skipLines) throws IOException {
    try (SourceStream source = SourceStream.open(file)) {
      LineReader lines = source.lines(encoding);
      StringBuilder text = new StringBuilder();
      int read = 0;
      boolean blank = true;
      try {
        while (read < skipLines + MOST_LINES && text.length() < MOST_CHARACTERS && lines.next()) {
          if (read >= skipLines) {
            text.append(lines.text(), lines.start(), lines.end() - lines.start()).append('\n');
            blank &= lines.isBlank();
          }
          read++;
        }
      } catch (IOException e) {
        throw SourceStream.named(file, Math.max(1, lines.line()), e);
      }
      requireLineFeeds(file, text, skipLines);
      if (blank) {
        throw new ImportException(
            file
                + ": has no lines"
                + (skipLines > 0 ? " after the " + skipLines + " skipped" : ""));
      }
      return new Sample(file, text.toString(), skipLines + 1);
    }
  }

  /** A whole file that is one line because its lines end in another way would have no records. */
  private static void requireLineFeeds(Path file, CharSequence text, int skipLines)
      throws ImportException {
    String all = text.toString();
    boolean oneLine = all.indexOf('\n') == all.length() - 1;
    if (oneLine && all.strip().indexOf('\r') >= 0) {
      throw new ImportException(file, skipLines + 1L, "lines end in CR" + CONVERT);
    }
  }

  /**
   * Refuses delimited text whose last column would have a carriage return. That of the line end is
   * not in {@link #text}.
   */
  void requireOneCarriageReturn() throws ImportException {
    int end = text.indexOf('\n');
    if (end > 0 && text.charAt(end - 1) == '\r') {
      throw new ImportException(file, firstLine, "lines end in CR CR LF" + CONVERT);
    }
  }

  private LineReader lines() {
    return new LineReader(file, new StringReader(text));
  }

  /** The first line that is not empty. */
  String first() {
    return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }

  /**
   * The number of a line that is not empty.
   *
   * @param filled how many such lines are before it
   */
  int lineOf(int filled) {
    List<String> lines = text.lines().toList();
    return firstLine
        + IntStream.range(0, lines.size())
            .filter(l -> !lines.get(l).isBlank())
            .skip(filled)
            .findFirst()
            .orElseThrow();
  }

  /** The records that can be read with a separator, without those that have nothing in them. */
  List<List<String>> records(String separator, Optional<Character> quote) {
    List<List<String>> records = records(new DelimitedReader(lines(), separator, quote, 0));
    records.removeIf(fields -> fields.stream().allMatch(String::isEmpty));
    return records;
  }

  /** The values of keys, a list per object; empty where an object lacks a key. */
  List<List<String>> objects(List<String> keys) {
    return records(new JsonLinesReader(lines(), keys));
  }

  private static List<List<String>> records(RecordReader reader) {
    List<List<String>> records = new ArrayList<>();
    try {
      RecordReader.Found found = reader.next();
      while (found != RecordReader.Found.END) {
        if (found == RecordReader.Found.RECORD) {
          records.add(reader.fields().strings());
        }
        found = reader.next();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory can be read", e);
    }
    return records;
  }

  /** The keys of the objects that have strings or numbers, in the order in which they come. */
  List<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    text.lines().forEach(line -> keys.addAll(JsonLinesReader.scalarKeys(line)));
    return List.copyOf(keys);
  }
}
