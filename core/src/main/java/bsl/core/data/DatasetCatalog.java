package bsl.core.data;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.core.data.DatasetEntry.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The data sets of the paper, and any other in the data directory: a folder with {@code train.txt},
 * {@code test.txt} and perhaps {@code valid.txt}, each plain or with {@code .gz}. A folder that the
 * catalogue does not list is read in {@link PairFormat#ADJACENCY}.
 */
public final class DatasetCatalog {
  private static final String TRAIN = "train";
  private static final String VALID = "valid";
  private static final String TEST = "test";

  private static final List<DatasetEntry> ENTRIES =
      List.of(
          entry(
              "yelp2018",
              31_668,
              38_048,
              1_237_259,
              324_147,
              "446a2d904b03683c3d5055c99e3adf0afb44664e01117697bbdc305fe772d736",
              "12dc99fce687b72017eb9ac1c05e51020dfcb713091d21258b80e9c4d907b720",
              List.of(
                  archive(
                      "https://raw.githubusercontent.com/junkangwu/BSL/89e0267/data/yelp2018.tar.gz",
                      "0ec97fc6fda2c8029af974c38edff7fa7fb36e246d196133b7ec8c376a6fad83",
                      "yelp2018/"))),
          entry(
              "gowalla",
              29_858,
              40_981,
              810_128,
              217_242,
              "2ddf160a77f38b0018bd6c77cf3dcb40dd98bb50518b17d599732301f8541e75",
              "9d1add1d4eac36738054fd06efc7fb70acccad526848d78c10fee33498517395",
              plain(
                  "https://raw.githubusercontent.com/gusye1234/LightGCN-PyTorch/master/data/gowalla/",
                  TRAIN,
                  TEST)),
          entry(
              "ml-1m",
              6_022,
              3_043,
              796_244,
              99_455,
              "ee4b15b7be2e5338732783eeb6b9f16bea8cf347e94ccd2560611021e496e392",
              "2588585cb7e6c78a6dbaeda009dfdc7d2e7f0cefda225a5b03e5ea7bc392401d",
              List.of(
                  archive(
                      "https://raw.githubusercontent.com/junkangwu/Adap_tau/main/data/ml_dataset.tar.gz",
                      "b5e4785bbd13682f0224566c6824946d17ca7045917f66c5ce43ad41a2897e2b",
                      "ml_data/"))),
          new DatasetEntry(
              "amazon",
              PairFormat.PAIRS,
              192_403,
              63_001,
              true,
              // Published to the nearest thousand; not checked.
              Map.of(),
              Map.of(),
              plain(
                  "https://raw.githubusercontent.com/huangtinglin/MixGCF/main/data/amazon/",
                  TRAIN,
                  VALID,
                  TEST)));

  private DatasetCatalog() {}

  private static DatasetEntry entry(
      String name,
      int users,
      int items,
      int trainPairs,
      int testPairs,
      String trainDigest,
      String testDigest,
      List<Download> downloads) {
    return new DatasetEntry(
        name,
        PairFormat.ADJACENCY,
        users,
        items,
        false,
        Map.of(TRAIN, trainPairs, TEST, testPairs),
        Map.of(TRAIN, trainDigest, TEST, testDigest),
        downloads);
  }

  private static Download archive(String url, String sha256, String folder) {
    return new Download(
        url, Optional.of(sha256), Map.of(TRAIN, folder + "train.txt", TEST, folder + "test.txt"));
  }

  private static List<Download> plain(String base, String... parts) {
    return Stream.of(parts)
        .map(part -> new Download(base + part + ".txt", Optional.empty(), Map.of(part, "")))
        .toList();
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
    return isName(name)
        && part(directory.resolve(name), TRAIN).isPresent()
        && part(directory.resolve(name), TEST).isPresent();
  }

  private static boolean isName(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
  }

  /** Names of all data sets in the data directory, ascending. */
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

  private static Optional<Path> part(Path folder, String part) {
    return Stream.of(part + ".txt.gz", part + ".txt")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * Loads a data set.
   *
   * @param name a name of the catalogue or of a folder in the data directory
   * @param directory the data directory
   * @throws DataFormatException if it is not there, or a file is malformed; the message is one line
   *     with file, line and value
   */
  public static LoadedDataset load(String name, Path directory) throws IOException {
    if (!isPresent(name, directory)) {
      throw new DataFormatException(absent(name, directory));
    }
    return loadFolder(name, directory.resolve(name));
  }

  /** Loads a data set from a folder that need not have its name. */
  static LoadedDataset loadFolder(String name, Path folder) throws IOException {
    Optional<DatasetEntry> entry = entry(name);
    PairList train = read(part(folder, TRAIN).orElseThrow(), entry);
    PairList test = read(part(folder, TEST).orElseThrow(), entry);
    Optional<Path> validFile = part(folder, VALID);
    PairList valid = validFile.isPresent() ? read(validFile.get(), entry) : new PairList();

    int users = Math.max(train.users(), Math.max(test.users(), valid.users()));
    int items = Math.max(train.items(), Math.max(test.items(), valid.items()));
    int leastUsers = Math.max(users, entry.map(DatasetEntry::users).orElse(0));
    int leastItems = Math.max(items, entry.map(DatasetEntry::items).orElse(0));
    Optional<Interactions> validation =
        validFile.map(file -> valid.toInteractions(leastUsers, leastItems));
    Split split =
        new Split(
            name,
            train.toInteractions(leastUsers, leastItems),
            validation,
            test.toInteractions(leastUsers, leastItems));
    int inFiles = train.size() + test.size() + valid.size();
    return new LoadedDataset(split, LoadStatistics.of(split, inFiles));
  }

  private static PairList read(Path file, Optional<DatasetEntry> entry) throws IOException {
    return new PairReader(
            file,
            entry.map(DatasetEntry::format).orElse(PairFormat.ADJACENCY),
            entry.filter(DatasetEntry::itemsFollowUsers).map(DatasetEntry::users).orElse(0),
            entry.map(DatasetEntry::users).orElse(0),
            entry.map(DatasetEntry::items).orElse(0))
        .read();
  }

  private static String absent(String name, Path directory) throws IOException {
    String there = String.join(", ", present(directory));
    String fetchable = ENTRIES.stream().map(DatasetEntry::name).collect(Collectors.joining(", "));
    return "data set '%s' is not in %s (there: %s); 'bsl data fetch' brings %s, 'bsl data synthesize' makes %s"
        .formatted(
            name,
            directory,
            there.isEmpty() ? "none" : there,
            fetchable,
            String.join(", ", SyntheticPreset.names()));
  }

  /**
   * Compares a loaded data set with what the catalogue knows of it.
   *
   * @return one line per difference; empty if there is none, or nothing to compare with
   */
  public static List<String> differences(LoadedDataset loaded) {
    List<String> differences = new ArrayList<>();
    Split split = loaded.split();
    Optional<DatasetEntry> entry = entry(split.name());
    if (entry.isEmpty()) {
      return differences;
    }
    DatasetEntry known = entry.get();
    compare(differences, "users", known.users(), split.users());
    compare(differences, "items", known.items(), split.items());
    compareParts(differences, known, TRAIN, split.train());
    split.validation().ifPresent(v -> compareParts(differences, known, VALID, v));
    compareParts(differences, known, TEST, split.test());
    return differences;
  }

  private static void compareParts(
      List<String> differences, DatasetEntry known, String part, Interactions pairs) {
    if (known.pairs().containsKey(part)) {
      compare(differences, part + " pairs", known.pairs().get(part), pairs.size());
    }
    if (known.digests().containsKey(part)) {
      compare(differences, part + " digest", known.digests().get(part), pairs.digest());
    }
  }

  private static void compare(
      List<String> differences, String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      differences.add(what + ": " + actual + " instead of " + expected);
    }
  }
}
