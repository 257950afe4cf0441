package bsl.data;

import bsl.core.DecimalText;
import bsl.core.Interactions;
import bsl.core.Split;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a data set as {@code NAME/train.txt.gz}, {@code NAME/test.txt.gz} and, if it has
 * validation pairs, {@code NAME/valid.txt.gz}, in {@link PairFormat#ADJACENCY}; {@code
 * NAME/shape.txt} says how many users and items there are, with those that have no pairs. Loading
 * the folder gives the same split; a split of which that would not be so is refused. The folder
 * appears whole or not at all. Equal data sets give equal bytes on one Java version; on another one
 * compression may differ, the text does not.
 */
public final class DatasetWriter {
  private static final int BUFFER = 1 << 16;

  private final FileOpener opener;

  DatasetWriter(FileOpener opener) {
    this.opener = opener;
  }

  /**
   * Writes a data set.
   *
   * @param split what to write; its name is the folder's
   * @param directory the data directory; made if need be
   * @return the new folder
   * @throws IllegalArgumentException if loading the folder would not give the same split, which
   *     {@link #problem} says beforehand. Nothing is written then
   * @throws DataFormatException if the folder is there already
   * @throws IOException if something cannot be written; nothing is left behind
   */
  public static Path write(Split split, Path directory) throws IOException {
    return write(split, directory, Map.of());
  }

  /**
   * Writes a data set with further files beside its pairs, all of it or nothing.
   *
   * @param notes contents of the further files, by name
   * @throws IllegalArgumentException if a name is that of a file of pairs, or no plain name
   * @see #write(Split, Path)
   */
  public static Path write(Split split, Path directory, Map<String, byte[]> notes)
      throws IOException {
    return write(split, directory, () -> notes);
  }

  /**
   * Writes a data set with further files beside its pairs, all of it or nothing.
   *
   * @param notes asked once for the contents of the further files, by name, from another thread and
   *     while the train pairs are written
   * @see #write(Split, Path)
   */
  public static Path write(Split split, Path directory, Supplier<Map<String, byte[]>> notes)
      throws IOException {
    return new DatasetWriter(FileOpener.PLAIN).writeFolder(split, directory, notes);
  }

  Path writeFolder(Split split, Path directory, Supplier<Map<String, byte[]>> notes)
      throws IOException {
    requireLoadable(split);
    Path folder = directory.resolve(split.name());
    if (StagedFolder.isTaken(folder)) {
      throw new DataFormatException(
          folder + ": is there already; delete it or choose another folder or name");
    }
    try (StagedFolder staged = StagedFolder.beside(folder)) {
      // Compressing the train pairs takes as long as all else together.
      TwoThreads.both(
          () -> writePart(split.train(), DatasetFolder.TRAIN, staged),
          () -> writeOthers(split, notes, staged));
      staged.publish();
    }
    return folder;
  }

  private static void requireLoadable(Split split) {
    problem(split)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "data set '" + split.name() + "' would not load as it is: " + problem);
            });
  }

  /**
   * Why a data set cannot be written so that loading it gives the same split: a part has no pairs,
   * the name is none that a data set can have or one that the catalogue reads in another way, or
   * ids are higher than can be read.
   *
   * @return what is wrong, in words; empty if it can be written
   */
  public static Optional<String> problem(Split split) {
    if (!DatasetCatalog.isName(split.name())) {
      return Optional.of(
          "a name begins with a letter or digit and has letters, digits, '.', '_' and '-' only");
    }
    if (split.train().size() == 0) {
      return Optional.of("there are no train pairs");
    }
    if (split.test().size() == 0) {
      return Optional.of("there are no test pairs");
    }
    if (split.validation().isPresent() && split.validation().get().size() == 0) {
      return Optional.of("its validation set has no pairs");
    }
    if (Math.max(split.users(), split.items()) - 1 > PairReader.HIGHEST_ID) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%d users and %d items are more than the %d that are read",
              split.users(),
              split.items(),
              PairReader.HIGHEST_ID + 1));
    }
    return DatasetCatalog.entry(split.name()).flatMap(entry -> problem(split, entry));
  }

  /** What the catalogue knows of a name goes before what the folder says. */
  private static Optional<String> problem(Split split, DatasetEntry entry) {
    if (entry.format() != PairFormat.ADJACENCY || entry.itemsFollowUsers()) {
      return Optional.of(
          "the catalogue has that name for files in another format; choose another name");
    }
    if (entry.users() != split.users() || entry.items() != split.items()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the catalogue has that name for %d users and %d items, not %d and %d; choose another"
                  + " name",
              entry.users(),
              entry.items(),
              split.users(),
              split.items()));
    }
    return Optional.empty();
  }

  private void writeOthers(Split split, Supplier<Map<String, byte[]>> notes, StagedFolder staged)
      throws IOException {
    if (split.validation().isPresent()) {
      writePart(split.validation().get(), DatasetFolder.VALID, staged);
    }
    writePart(split.test(), DatasetFolder.TEST, staged);
    String shape = split.users() + " " + split.items() + "\n";
    writeFile(DatasetFolder.SHAPE_FILE, shape.getBytes(StandardCharsets.US_ASCII), staged);
    for (Map.Entry<String, byte[]> note : notes.get().entrySet()) {
      requireNote(note.getKey(), staged);
      writeFile(note.getKey(), note.getValue(), staged);
    }
  }

  /** A note takes no other file's place, and does not lie elsewhere. */
  private static void requireNote(String name, StagedFolder staged) {
    Path file = staged.path().resolve(name);
    // Some file systems take capitals for small letters.
    String plain = String.valueOf(file.normalize().getFileName()).toLowerCase(Locale.ROOT);
    boolean ofPairs =
        plain.equals(DatasetFolder.SHAPE_FILE)
            || Stream.of(DatasetFolder.TRAIN, DatasetFolder.VALID, DatasetFolder.TEST)
                .anyMatch(part -> DatasetFolder.fileNames(part).contains(plain));
    if (ofPairs || !staged.path().normalize().equals(file.normalize().getParent())) {
      throw new IllegalArgumentException("no file beside the pairs can be called " + name);
    }
  }

  private void writeFile(String name, byte[] content, StagedFolder staged) throws IOException {
    try (OutputStream out = opener.openNamed(staged.path().resolve(name), false)) {
      out.write(content);
    }
  }

  private void writePart(Interactions pairs, String part, StagedFolder staged) throws IOException {
    Path file = staged.path().resolve(DatasetFolder.fileName(part));
    try (OutputStream out =
        new BufferedOutputStream(
            new GZIPOutputStream(opener.openNamed(file, false), BUFFER), BUFFER)) {
      byte[] line = new byte[BUFFER];
      for (int u = 0; u < pairs.users(); u++) {
        if (pairs.degree(u) == 0) {
          continue;
        }
        int end = DecimalText.put(u, line, 0);
        for (int p = pairs.begin(u); p < pairs.end(u); p++) {
          if (line.length - end <= DecimalText.LONGEST + 1) {
            line = Arrays.copyOf(line, 2 * line.length);
          }
          line[end++] = ' ';
          end = DecimalText.put(pairs.itemAt(p), line, end);
        }
        line[end++] = '\n';
        out.write(line, 0, end);
      }
    }
  }
}
