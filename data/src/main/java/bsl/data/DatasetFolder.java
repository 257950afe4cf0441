package bsl.data;

import bsl.core.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Loads a data set from its folder. The files are {@code train}, {@code test} and perhaps {@code
 * valid}, each as {@code PART.txt.gz} or, where that is not there, {@code PART.txt}.
 *
 * <p>A set that the catalogue does not list may have a {@code shape.txt} with one line {@code users
 * items}. It holds the numbers of users and items where those without pairs come last; ids beyond
 * them are errors. Without it, the highest ids of all parts decide.
 */
final class DatasetFolder {
  static final String TRAIN = "train";
  static final String VALID = "valid";
  static final String TEST = "test";
  static final String SHAPE_FILE = "shape.txt";

  private final Path path;

  DatasetFolder(Path path) {
    this.path = path;
  }

  /** Name of the file that a part is written to. */
  static String fileName(String part) {
    return part + ".txt.gz";
  }

  /** Names of the files that a part is read from; the first one that is there counts. */
  static List<String> fileNames(String part) {
    return List.of(fileName(part), part + ".txt");
  }

  Path path() {
    return path;
  }

  /** Whether there is anything of this name, a complete data set or not. */
  boolean exists() {
    return Files.exists(path);
  }

  /** Whether train and test are there. */
  boolean isComplete() {
    return find(TRAIN).isPresent() && find(TEST).isPresent();
  }

  /** Whether it is there, and what is in it cannot be known. */
  boolean isClosed() {
    return Files.isDirectory(path) && !(Files.isReadable(path) && Files.isExecutable(path));
  }

  Optional<Path> find(String part) {
    return fileNames(part).stream().map(path::resolve).filter(Files::isRegularFile).findFirst();
  }

  private Path require(String part) throws DataFormatException {
    return find(part)
        .orElseThrow(
            () ->
                new DataFormatException(
                    isClosed()
                        ? path + ": permission denied"
                        : path + ": has neither " + fileName(part) + " nor " + part + ".txt"));
  }

  /**
   * Reads all parts.
   *
   * @param name name for the split; need not be the folder's
   * @param entry what the catalogue knows of the data set, if it lists it
   * @throws DataFormatException if a part is missing, malformed or without pairs, or if an id is so
   *     high that it cannot be a row's number
   */
  LoadedDataset load(String name, Optional<DatasetEntry> entry) throws IOException {
    Path trainFile = require(TRAIN);
    Path testFile = require(TEST);
    Optional<Path> validFile = find(VALID);
    int[] shape = shape(entry);
    List<PairFile> files = new ArrayList<>();
    files.add(read(TRAIN, trainFile, entry, shape));
    files.add(read(TEST, testFile, entry, shape));
    if (validFile.isPresent()) {
      files.add(read(VALID, validFile.get(), entry, shape));
    }
    if (shape[0] == 0) {
      LoadWarnings.requirePlausible(files);
    }

    int users = Math.max(shape[0], files.stream().mapToInt(f -> f.pairs().users()).max().orElse(0));
    int items = Math.max(shape[1], files.stream().mapToInt(f -> f.pairs().items()).max().orElse(0));
    Split split =
        new Split(
            name,
            files.get(0).pairs().toInteractions(users, items),
            validFile.map(file -> files.get(2).pairs().toInteractions(users, items)),
            files.get(1).pairs().toInteractions(users, items));
    return new LoadedDataset(split, LoadStatistics.of(split, files));
  }

  private static PairFile read(String part, Path file, Optional<DatasetEntry> entry, int[] shape)
      throws IOException {
    PairList pairs =
        new PairReader(
                file,
                entry.map(DatasetEntry::format).orElse(PairFormat.ADJACENCY),
                entry.filter(DatasetEntry::itemsFollowUsers).map(DatasetEntry::users).orElse(0),
                shape[0],
                shape[1])
            .read();
    if (pairs.size() == 0) {
      throw new DataFormatException(file + ": has no pairs");
    }
    return new PairFile(part, file, pairs);
  }

  /** Numbers of users and items, 0 where unknown. */
  private int[] shape(Optional<DatasetEntry> entry) throws IOException {
    if (entry.isPresent()) {
      return new int[] {entry.get().users(), entry.get().items()};
    }
    Path file = path.resolve(SHAPE_FILE);
    if (!Files.isRegularFile(file)) {
      return new int[2];
    }
    // A number of rows is one more than the last of them.
    int most = PairReader.HIGHEST_ID + 1;
    PairList shape = new PairReader(file, PairFormat.ADJACENCY, 0, most + 1, most + 1).read();
    boolean oneLine = Files.readString(file).strip().lines().count() == 1;
    if (!oneLine || shape.size() != 1 || shape.users() < 2 || shape.items() < 2) {
      throw new DataFormatException(file + ": is not one line 'users items', each at least 1");
    }
    return new int[] {shape.users() - 1, shape.items() - 1};
  }
}
