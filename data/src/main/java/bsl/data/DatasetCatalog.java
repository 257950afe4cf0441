package bsl.data;

import bsl.data.DatasetEntry.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds and loads data sets by name: those of the paper, and any other in the data directory.
 *
 * <p>A data set is a folder with {@code train.txt}, {@code test.txt} and perhaps {@code valid.txt},
 * each plain or with {@code .gz}; the compressed file goes first. A folder that the catalogue does
 * not list is read in {@link PairFormat#ADJACENCY}. Where files come from is pinned to a commit, so
 * that what a name means does not change.
 */
public final class DatasetCatalog {
  /** Name of the file of a data set that says what it was imported from, and how. */
  public static final String IMPORT_RECORD = "import.json";

  /** Name of the file of a data set with false positives that says how they were drawn. */
  public static final String NOISE_RECORD = "noise.json";

  private static final String TRAIN = DatasetFolder.TRAIN;
  private static final String VALID = DatasetFolder.VALID;
  private static final String TEST = DatasetFolder.TEST;

  /** The files of a data set's folder. */
  private static final Set<String> OURS =
      Stream.concat(
              Stream.of(TRAIN, VALID, TEST)
                  .flatMap(part -> Stream.of(part + ".txt", DatasetFolder.fileName(part))),
              Stream.of(
                  DatasetFolder.SHAPE_FILE,
                  IdFile.USERS,
                  IdFile.ITEMS,
                  IMPORT_RECORD,
                  NOISE_RECORD))
          .collect(Collectors.toUnmodifiableSet());

  private static final String GITHUB = "https://raw.githubusercontent.com/";
  private static final String GOWALLA =
      GITHUB + "gusye1234/LightGCN-PyTorch/947ca2b3b1d2d3545b114145710cb06c4e57b3d2/data/gowalla/";
  private static final String AMAZON =
      GITHUB + "huangtinglin/MixGCF/e659f4a3c0b20a9fb1b45fcc62cf7984db9961ba/data/amazon/";

  private static final List<DatasetEntry> ENTRIES =
      List.of(
          new DatasetEntry(
              "yelp2018",
              PairFormat.ADJACENCY,
              31_668,
              38_048,
              false,
              Map.of(TRAIN, 1_237_259, TEST, 324_147),
              Map.of(
                  TRAIN,
                  "446a2d904b03683c3d5055c99e3adf0afb44664e01117697bbdc305fe772d736",
                  TEST,
                  "12dc99fce687b72017eb9ac1c05e51020dfcb713091d21258b80e9c4d907b720"),
              List.of(
                  archive(
                      GITHUB
                          + "junkangwu/BSL/89e026752c4e0ef0f04e170842c74f3fe537bbe6"
                          + "/data/yelp2018.tar.gz",
                      "0ec97fc6fda2c8029af974c38edff7fa7fb36e246d196133b7ec8c376a6fad83",
                      "yelp2018/"))),
          new DatasetEntry(
              "gowalla",
              PairFormat.ADJACENCY,
              29_858,
              40_981,
              false,
              Map.of(TRAIN, 810_128, TEST, 217_242),
              Map.of(
                  TRAIN,
                  "2ddf160a77f38b0018bd6c77cf3dcb40dd98bb50518b17d599732301f8541e75",
                  TEST,
                  "9d1add1d4eac36738054fd06efc7fb70acccad526848d78c10fee33498517395"),
              List.of(
                  plain(GOWALLA, TRAIN, Optional.empty()),
                  plain(
                      GOWALLA,
                      TEST,
                      Optional.of(
                          Checksum.sha256(
                              "099a2a73924e4b754dc6efd730d764f492321b53c38eb93298850c83acf57be3"))))),
          new DatasetEntry(
              "ml-1m",
              PairFormat.ADJACENCY,
              6_022,
              3_043,
              false,
              Map.of(TRAIN, 796_244, TEST, 99_455),
              Map.of(
                  TRAIN,
                  "ee4b15b7be2e5338732783eeb6b9f16bea8cf347e94ccd2560611021e496e392",
                  TEST,
                  "2588585cb7e6c78a6dbaeda009dfdc7d2e7f0cefda225a5b03e5ea7bc392401d"),
              List.of(
                  archive(
                      GITHUB
                          + "junkangwu/Adap_tau/9328cf6681351a5bafa5be47b1d812092855a778"
                          + "/data/ml_dataset.tar.gz",
                      "b5e4785bbd13682f0224566c6824946d17ca7045917f66c5ce43ad41a2897e2b",
                      "ml_data/"))),
          new DatasetEntry(
              "amazon",
              PairFormat.PAIRS,
              192_403,
              63_001,
              true,
              Map.of(TRAIN, 1_368_000, VALID, 152_255, TEST, 168_933),
              Map.of(
                  VALID,
                  "6c71ea9b436862e37fc8065a5f4652c8fb2ba2b7534298a9659547045e7f7750",
                  TEST,
                  "59f80e93c9a441d8fb2a572fb73b5376ac150cededd93fdf1d7fa74c068aa908"),
              List.of(
                  plain(
                      AMAZON,
                      TRAIN,
                      Optional.of(Checksum.gitBlob("b928a73a6ca34b744da27ae8bde3ee1b477bc54f"))),
                  plain(
                      AMAZON,
                      VALID,
                      Optional.of(
                          Checksum.sha256(
                              "d823a7259422db5b4247208bd6d605564db04299694d1cf1de12cb9229139d7f"))),
                  plain(
                      AMAZON,
                      TEST,
                      Optional.of(
                          Checksum.sha256(
                              "e0d123fcc2fc78b5dd4abdd5c5358825998ec193ff9f5ad1c78753fc81d3d42d"))))));

  private DatasetCatalog() {}

  private static Download archive(String url, String sha256, String folder) {
    return new Download(
        url,
        Optional.of(Checksum.sha256(sha256)),
        Map.of(TRAIN, folder + "train.txt", TEST, folder + "test.txt"));
  }

  private static Download plain(String base, String part, Optional<Checksum> checksum) {
    return new Download(base + part + ".txt", checksum, Map.of(part, ""));
  }

  /** Name of the file of train pairs in a data set's folder, if the folder is one. */
  public static Optional<String> trainFile(Path folder) {
    return new DatasetFolder(folder).find(TRAIN).map(file -> file.getFileName().toString());
  }

  /** Says whether a file is one of those of the data set in its folder. */
  public static boolean ownsFile(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return trainFile(folder).isPresent() && OURS.contains(file.getFileName().toString());
  }

  /** The data sets of the paper. */
  public static List<DatasetEntry> entries() {
    return ENTRIES;
  }

  /** What the catalogue knows of a data set, if it lists it. */
  public static Optional<DatasetEntry> entry(String name) {
    return ENTRIES.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /** Whether the data directory has a train and a test file of this name. */
  public static boolean isPresent(String name, Path directory) {
    return isName(name) && new DatasetFolder(directory.resolve(name)).isComplete();
  }

  /** Whether a data set can have the name: that of a folder, not a path or a hidden folder. */
  public static boolean isName(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
  }

  /** Names of all data sets in the data directory, ascending; none if it is not there. */
  public static List<String> present(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(directory)) {
      return folders
          .map(f -> f.getFileName().toString())
          .filter(name -> isPresent(name, directory))
          .sorted()
          .toList();
    }
  }

  /** Names of all folders in the data directory that may not be read, ascending. */
  public static List<String> closed(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(directory)) {
      return folders
          .filter(folder -> new DatasetFolder(folder).isClosed())
          .map(folder -> folder.getFileName().toString())
          .filter(DatasetCatalog::isName)
          .sorted()
          .toList();
    }
  }

  /**
   * Loads a data set. Users and items are those of the catalogue or, for a set it does not list, up
   * to the highest id in any part, or as its {@code shape.txt} says. See {@link LoadStatistics} for
   * what is counted and not an error.
   *
   * @param name a name of the catalogue or of a folder in the data directory
   * @param directory the data directory
   * @throws DataFormatException if it is not there, or a file is malformed or without pairs; the
   *     message is one line with file, line and value
   */
  public static LoadedDataset load(String name, Path directory) throws IOException {
    DatasetFolder folder = new DatasetFolder(directory.resolve(isName(name) ? name : "."));
    if (!isName(name) || !folder.exists()) {
      throw new DataFormatException(absent(name, directory));
    }
    return folder.load(name, entry(name));
  }

  private static String absent(String name, Path directory) throws IOException {
    String there = String.join(", ", present(directory));
    String fetchable = ENTRIES.stream().map(DatasetEntry::name).collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "data set '%s' is not in %s (there: %s); 'bsl data fetch' brings %s, 'bsl data synthesize' makes %s",
        name,
        directory,
        there.isEmpty() ? "none" : there,
        fetchable,
        String.join(", ", SyntheticPreset.names()));
  }

  /**
   * Compares a loaded data set with what the catalogue knows of it: users, items, pairs and digests
   * of each part.
   *
   * @return one line per difference; empty if there is none, or nothing to compare with
   */
  public static List<String> differences(LoadedDataset loaded) {
    return entry(loaded.split().name())
        .map(known -> known.differences(loaded.split()))
        .orElse(List.of());
  }
}
