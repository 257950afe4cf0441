package bsl.data;

import bsl.core.CountText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The ids that users or items had before they were numbered. A data set keeps them in {@link
 * #USERS} and {@link #ITEMS} beside its pairs: a header {@code index id}, then a line per number
 * from 0, with a tab between. Tabs, line breaks and backslashes in an id are written as {@code \t},
 * {@code \n}, {@code \r} and {@code \\}.
 */
public final class IdFile {
  /** Name of the file of users. */
  public static final String USERS = "users.tsv";

  /** Name of the file of items. */
  public static final String ITEMS = "items.tsv";

  private static final String HEADER = "index\tid";

  private final List<String> ids;
  private final Map<String, Integer> numbers;

  private IdFile(List<String> ids, Map<String, Integer> numbers) {
    this.ids = ids;
    this.numbers = numbers;
  }

  /**
   * The content of a file.
   *
   * @param count number of ids
   * @param id the id of each number
   */
  public static byte[] bytes(int count, IntFunction<String> id) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (int number = 0; number < count; number++) {
      text.append(number).append('\t').append(escaped(id.apply(number))).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Some ids, numbered from 0 in their order; none twice. */
  public static IdFile of(List<String> ids) {
    Map<String, Integer> numbers = new HashMap<>(2 * ids.size());
    for (int number = 0; number < ids.size(); number++) {
      if (numbers.put(ids.get(number), number) != null) {
        throw new IllegalArgumentException("id '" + ids.get(number) + "' comes again");
      }
    }
    return new IdFile(List.copyOf(ids), numbers);
  }

  /** An id as it is written. */
  public static String escaped(String id) {
    boolean plain = id.chars().noneMatch(c -> c == '\t' || c == '\n' || c == '\r' || c == '\\');
    return plain
        ? id
        : id.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
  }

  /**
   * Reads a file, if it is there.
   *
   * @param count number of ids that it has to have
   * @throws DataFormatException if it is malformed
   * @throws IOException if it cannot be read; the message names it
   */
  public static Optional<IdFile> read(Path file, int count) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = lines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new DataFormatException(file, 1, "the first line is not 'index', a tab and 'id'");
    }
    if (lines.size() - 1 != count) {
      throw new DataFormatException(
          file
              + ": has "
              + CountText.of(lines.size() - 1, "id")
              + ", and the data set has "
              + count);
    }
    List<String> ids = new ArrayList<>(count);
    Map<String, Integer> numbers = new HashMap<>(2 * count);
    for (int number = 0; number < count; number++) {
      String line = lines.get(number + 1);
      String beginning = number + "\t";
      if (!line.startsWith(beginning)) {
        throw new DataFormatException(
            file, number + 2L, "'" + line + "' is not '" + number + "', a tab and an id");
      }
      String id = unescaped(line.substring(beginning.length()));
      ids.add(id);
      if (numbers.put(id, number) != null) {
        throw new DataFormatException(file, number + 2L, "id '" + id + "' comes again");
      }
    }
    return Optional.of(new IdFile(ids, numbers));
  }

  private static List<String> lines(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      // The messages of Java's own need not name the file.
      throw new IOException(file + ": cannot be read: " + FileFailure.reason(file, e), e);
    }
    String text =
        Utf8Text.of(bytes, line -> new DataFormatException(file, line, "is not text in UTF-8"));
    return text.lines().toList();
  }

  /** The id that stands in the file like this. */
  public static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder id = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        char escape = text.charAt(at);
        c = escape == 't' ? '\t' : escape == 'n' ? '\n' : escape == 'r' ? '\r' : escape;
      }
      id.append(c);
    }
    return id.toString();
  }

  /** The id of a number from 0. */
  public String id(int number) {
    return ids.get(number);
  }

  /** The number of an id, if there is such an id. */
  public Optional<Integer> number(String id) {
    return Optional.ofNullable(numbers.get(id));
  }

  /** All ids, by number. */
  public List<String> ids() {
    return List.copyOf(ids);
  }
}
