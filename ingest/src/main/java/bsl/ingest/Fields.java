package bsl.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The fields of one record, as stretches of character arrays. It is used for every record anew, so
 * that reading makes no strings.
 */
final class Fields {
  private static final int LONGEST_QUOTE = 60;

  private char[][] texts = new char[8][];
  private int[] starts = new int[8];
  private int[] ends = new int[8];
  private int count;

  void clear() {
    count = 0;
  }

  void add(char[] text, int start, int end) {
    if (count == starts.length) {
      texts = Arrays.copyOf(texts, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    texts[count] = text;
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  /** Adds a field that the record does not have. */
  void addAbsent() {
    add(null, 0, 0);
  }

  int count() {
    return count;
  }

  boolean isAbsent(int field) {
    return texts[field] == null;
  }

  /** The array that has the field from {@link #start} to {@link #end}. */
  char[] text(int field) {
    return texts[field];
  }

  int start(int field) {
    return starts[field];
  }

  int end(int field) {
    return ends[field];
  }

  boolean isEmpty(int field) {
    return starts[field] == ends[field];
  }

  /** The field as a string; empty if the record does not have it. */
  String string(int field) {
    return isAbsent(field)
        ? ""
        : new String(texts[field], starts[field], ends[field] - starts[field]);
  }

  /** All fields as strings. */
  List<String> strings() {
    return IntStream.range(0, count).mapToObj(this::string).toList();
  }

  /** Whether the field is this text. */
  boolean equal(int field, char[] wanted) {
    return !isAbsent(field)
        && Arrays.equals(texts[field], starts[field], ends[field], wanted, 0, wanted.length);
  }

  /** The field in quotes, short and on one line, for messages. */
  String quoted(int field) {
    return quoted(string(field));
  }

  /** A text in quotes, short and on one line, for messages. */
  static String quoted(String text) {
    String shown = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    return "'" + shown.replaceAll("\\p{C}", "?") + "'";
  }
}
