package bsl.paper;

import bsl.run.Provenance;
import bsl.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives the folders of recorded runs the names that {@link RunId} gives them, and rewrites what
 * cites them. It is for the documentation, once the names of runs have changed:
 *
 * <pre>{@code java -cp CLASSES bsl.paper.RecordNames docs}</pre>
 *
 * <p>Records lie in {@code docs/results/runs/NAME}. A citation is {@code runs/NAME} in any table
 * ({@code .csv}) or text ({@code .md}) below {@code docs}.
 */
final class RecordNames {
  private RecordNames() {}

  /**
   * Renames and rewrites.
   *
   * @param arguments the folder of the documentation
   */
  public static void main(String[] arguments) throws IOException {
    update(Path.of(arguments[0]))
        .forEach((before, after) -> System.out.println(before + " is now " + after));
  }

  /**
   * Renames the records that have another name than theirs, and rewrites what cites them.
   *
   * @return new names by old ones
   */
  static Map<String, String> update(Path docs) throws IOException {
    Path runs = docs.resolve("results").resolve("runs");
    Map<String, String> names = new TreeMap<>();
    for (Path record : list(runs)) {
      Path file = record.resolve("provenance.json");
      String name = RunId.of(Provenance.read(file), file).folderName();
      if (!record.getFileName().toString().equals(name)) {
        names.put(record.getFileName().toString(), name);
      }
    }
    for (Map.Entry<String, String> name : names.entrySet()) {
      Files.move(runs.resolve(name.getKey()), runs.resolve(name.getValue()));
    }
    for (Path file : texts(docs)) {
      String before = Files.readString(file);
      String after = renamed(before, names);
      if (!after.equals(before)) {
        Files.writeString(file, after);
      }
    }
    return names;
  }

  /** A text with its citations rewritten. */
  static String renamed(String text, Map<String, String> names) {
    Matcher citation = Pattern.compile("(?<![A-Za-z0-9_-])runs/([A-Za-z0-9_-]+)").matcher(text);
    return citation.replaceAll(
        found ->
            Matcher.quoteReplacement("runs/" + names.getOrDefault(found.group(1), found.group(1))));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Tables and texts of the documentation. */
  static List<Path> texts(Path docs) {
    try (Stream<Path> all = Files.walk(docs)) {
      return all.filter(file -> file.toString().matches(".*\\.(csv|md)")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
