package bsl.cli;

import bsl.data.IdFile;
import bsl.data.Utf8Text;
import bsl.recommend.Names;
import bsl.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Turns ids that somebody gives into numbers of users or items; says which one is unknown. */
final class KnownIds {
  private final Names names;
  private final String kind;
  private final String dataset;
  private final Path idFile;

  /**
   * @param names the ids there are
   * @param kind {@code user} or {@code item}
   * @param dataset name of the data set
   * @param idFile the file that lists them, if the data set was imported
   */
  KnownIds(Names names, String kind, String dataset, Path idFile) {
    this.names = names;
    this.kind = kind;
    this.dataset = dataset;
    this.idFile = idFile;
  }

  Names names() {
    return names;
  }

  /** Numbers of ids that an option was given. */
  int[] of(String option, List<String> ids) {
    return ids.stream().mapToInt(id -> number(option + " '" + id + "'", id)).toArray();
  }

  /** Numbers of the ids of a file, one on each line; empty lines are skipped. */
  int[] ofFile(String option, Path file) throws IOException {
    List<String> lines = lines(option, file);
    int[] numbers = new int[lines.size()];
    int count = 0;
    for (int line = 0; line < lines.size(); line++) {
      String id = lines.get(line);
      if (!id.isEmpty()) {
        numbers[count++] = number(file + ":" + (line + 1) + ": '" + id + "'", id);
      }
    }
    if (count == 0) {
      throw new InputException(option + " " + file + ": has no ids");
    }
    return Arrays.copyOf(numbers, count);
  }

  private static List<String> lines(String option, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InputException(option + " " + file + ": is a folder");
    }
    String text =
        Utf8Text.of(
            Files.readAllBytes(file),
            line ->
                new InputException(option + " " + file + ":" + line + ": is not text in UTF-8"));
    return text.lines().toList();
  }

  /** The number of an id, of those of a file of this name, or of ids between commas. */
  int[] ofListOrFile(String option, String text) throws IOException {
    if (number(text).isPresent()) {
      // An id may have a comma itself.
      return of(option, List.of(text));
    }
    Optional<Path> file = existing(text);
    if (file.isPresent()) {
      return ofFile(option, file.get());
    }
    return of(option, List.of(text.split(",", -1)));
  }

  private static Optional<Path> existing(String text) {
    try {
      return Optional.of(Path.of(text))
          .filter(path -> Files.exists(path) && !Files.isDirectory(path));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private int number(String what, String id) {
    return number(id).orElseThrow(() -> new InputException(what + unknown()));
  }

  /** The number of an id as it is, or as the file of ids has it. */
  private Optional<Integer> number(String id) {
    return names.number(id).or(() -> names.number(IdFile.unescaped(id)));
  }

  private String unknown() {
    return names.areIds()
        ? " is no " + kind + " of data set " + dataset + "; its " + kind + "s are in " + idFile
        : " is not from 0 to " + (names.count() - 1);
  }
}
