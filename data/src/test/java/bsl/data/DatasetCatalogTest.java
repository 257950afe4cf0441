package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bsl.core.Interactions;
import bsl.core.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetCatalogTest {
  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {".txt", ".txt.gz"})
  void readsAFolderThatItDoesNotList(String ending) throws IOException {
    write("own/train" + ending, "0 1 2\n1 2 5\n");
    write("own/test" + ending, "0 4\n3 0\n");

    LoadedDataset loaded = DatasetCatalog.load("own", data);

    Split split = loaded.split();
    assertThat(split.name()).isEqualTo("own");
    assertThat(split.users()).isEqualTo(4);
    assertThat(split.items()).isEqualTo(6);
    assertThat(split.train())
        .isEqualTo(Interactions.of(4, 6, new int[] {0, 0, 1, 1}, new int[] {1, 2, 2, 5}));
    assertThat(split.test()).isEqualTo(Interactions.of(4, 6, new int[] {0, 3}, new int[] {4, 0}));
    assertThat(split.validation()).isEmpty();
    assertThat(DatasetCatalog.differences(loaded)).isEmpty();
  }

  @Test
  void readsAValidationPart() throws IOException {
    write("own/train.txt", "0 1\n");
    write("own/valid.txt", "0 3\n4 0\n");
    write("own/test.txt", "1 1\n");

    Split split = DatasetCatalog.load("own", data).split();

    assertThat(split.validation())
        .contains(Interactions.of(5, 4, new int[] {0, 4}, new int[] {3, 0}));
    assertThat(split.train()).isEqualTo(Interactions.of(5, 4, new int[] {0}, new int[] {1}));
  }

  @Test
  void theCompressedFileGoesFirst() throws IOException {
    write("own/train.txt", "0 1\n");
    write("own/train.txt.gz", "0 2\n");
    write("own/test.txt", "0 0\n");

    assertThat(DatasetCatalog.load("own", data).split().train().itemsOf(0)).containsExactly(2);
  }

  @Test
  void oddPairsAreCountedAndTestPairsKept() throws IOException {
    // Twice 0 1 and three times 1 2: three too many; 0 2 in test as well: one pair too many.
    write("own/train.txt", "0 1 1 2\n1 2 2\n1 2\n4\n");
    // 0 1 and 1 2 are train pairs; users 2 and 3 have none; items 0, 3, 4 and 5 are in no train
    // pair. User 4 and items 3 and 4 are in no pair.
    write("own/test.txt", "0 1 5\n1 2\n2 0\n3 1\n2 0\n");

    LoadedDataset loaded = DatasetCatalog.load("own", data);

    assertThat(loaded.statistics())
        .isEqualTo(
            new LoadStatistics(
                4,
                2,
                2,
                4,
                1,
                2,
                List.of(
                    data.resolve("own/test.txt")
                        + ": 2 of its 5 pairs are train pairs, too; train pairs are not"
                        + " recommended, so these cannot be hit")));
    assertThat(loaded.split().train().size()).isEqualTo(3);
    assertThat(loaded.split().test())
        .isEqualTo(Interactions.of(5, 6, new int[] {0, 0, 1, 2, 3}, new int[] {1, 5, 2, 0, 1}));
  }

  @Test
  void duplicatesInTheValidationPartAreCounted() throws IOException {
    write("own/train.txt", "0 0\n");
    write("own/valid.txt", "0 1 1\n");
    write("own/test.txt", "0 2\n");

    assertThat(DatasetCatalog.load("own", data).statistics())
        .isEqualTo(new LoadStatistics(1, 0, 0, 2, 0, 0, List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 1 5\n0 2 3\n1 1 4\n", "7 900 5 10\n3 12 0 11\n7 1 5 12\n3 2 1 13\n"})
  void linesWithRatingsAreNoticed(String train) throws IOException {
    write("own/train.txt", train);
    write("own/test.txt", "0 3\n");

    assertThat(warnings("own"))
        .first()
        .asString()
        .startsWith(data.resolve("own/train.txt") + ": looks like 'user item rating'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A line per user, as the format has it.
        "0 1 5\n1 2 3\n2 1 4\n",
        // Too few lines to tell.
        "0 1 5\n0 2 3\n",
        // Another number of items.
        "0 1 5\n0 2 3\n1 1\n",
        "0 1\n0 2\n1 1\n",
        "0 1 2 3 5\n0 2 7 3 5\n1 4 2 8 5\n",
        // No scale of ratings goes that far.
        "0 1 5\n0 2 101\n1 1 4\n"
      })
  void listsOfItemsAreNotTakenForRatings(String train) throws IOException {
    write("own/train.txt", train);
    write("own/test.txt", "0 6\n1 9\n2 7\n");

    assertThat(warnings("own")).isEmpty();
  }

  @Test
  void aTestSetThatCannotBeHitIsNoticed() throws IOException {
    write("own/train.txt", "0 1 2\n1 2\n2 0\n");
    write("own/test.txt", "0 2\n1 2\n");

    assertThat(warnings("own"))
        .containsExactly(
            data.resolve("own/test.txt")
                + ": every one of its pairs is a train pair, too; train pairs are not recommended,"
                + " so nothing can be hit and every metric is 0");
  }

  @Test
  void aValidationSetThatCannotBeHitIsNoticed() throws IOException {
    write("own/train.txt", "0 1 2\n1 2\n");
    write("own/valid.txt", "1 2\n");
    write("own/test.txt", "0 0\n");

    assertThat(warnings("own"))
        .singleElement()
        .asString()
        .startsWith(data.resolve("own/valid.txt") + ": every one of its pairs is a train pair");
  }

  @Test
  void testUsersWhoseTrainPairsAreMissingAreNoticed() throws IOException {
    write("own/train.txt", "0 1\n1 2\n");
    write("own/test.txt", "2 1\n3 2\n");

    assertThat(warnings("own"))
        .singleElement()
        .asString()
        .startsWith(data.resolve("own/test.txt") + ": none of its users has train pairs");
  }

  @Test
  void gapsInTheNumberingAreNoticed() throws IOException {
    write("own/train.txt", "0 1\n1500 2\n");
    write("own/test.txt", "0 70000\n");

    assertThat(warnings("own"))
        .containsExactly(
            data.resolve("own")
                + ": users are numbered up to 1500 and only 2 occur; each number has an embedding,"
                + " so number them from 0 without gaps",
            data.resolve("own")
                + ": items are numbered up to 70000 and only 3 occur; each number has an embedding"
                + " and is drawn as a negative, so number them from 0 without gaps");
  }

  @Test
  void anItemThatNoTableCouldHoldIsAnError() throws IOException {
    write("own/train.txt", "0 0\n1 16000000\n");
    write("own/test.txt", "0 1\n");

    assertLoadFails(
        "own",
        data.resolve("own/train.txt")
            + ":2: item '16000000' makes 16000001 items for 3 pairs in all, about 12288 MB to"
            + " train; number items from 0 without gaps");
  }

  @Test
  void aUserThatNoTableCouldHoldIsAnErrorInAnyPart() throws IOException {
    write("own/train.txt", "0 0\n");
    write("own/test.txt", "0 1\n\n2000000 0\n");

    assertLoadFails(
        "own", data.resolve("own/test.txt") + ":3: user '2000000' makes 2000001 users for 3 pairs");
  }

  @Test
  void whoSaysTheShapeMayHaveAnyNumberOfItems() throws IOException {
    write("own/train.txt", "0 0\n1 1600000\n");
    write("own/test.txt", "0 1\n");
    write("own/shape.txt", "2 2000000\n");

    assertThat(DatasetCatalog.load("own", data).split().items()).isEqualTo(2_000_000);
  }

  /** As many as there may be ids from 0 on, and as an import takes. */
  @Test
  void theLargestShapeHasTheHighestId() throws IOException {
    write("own/train.txt", "0 0\n1 16777215\n");
    write("own/test.txt", "0 1\n");
    write("own/shape.txt", "2 16777216\n");
    assertThat(DatasetCatalog.load("own", data).split().items()).isEqualTo(16_777_216);

    write("own/shape.txt", "2 16777217\n");
    assertLoadFails(
        "own",
        data.resolve("own/shape.txt")
            + ":1: item '16777217' is beyond the highest allowed, 16777216");
  }

  private List<String> warnings(String name) throws IOException {
    return DatasetCatalog.load(name, data).statistics().warnings();
  }

  @Test
  void aShapeFileBringsUsersAndItemsWithoutPairs() throws IOException {
    write("own/train.txt", "0 1\n");
    write("own/test.txt", "0 0\n");
    write("own/shape.txt", "7 9\n");

    LoadedDataset loaded = DatasetCatalog.load("own", data);

    assertThat(loaded.split().users()).isEqualTo(7);
    assertThat(loaded.split().items()).isEqualTo(9);
    assertThat(loaded.statistics().itemsWithoutTrain()).isEqualTo(8);
  }

  @Test
  void aShapeFileLimitsIds() throws IOException {
    write("own/train.txt", "0 1\n");
    write("own/test.txt", "0 0\n2 0\n");
    write("own/shape.txt", "2 2\n");

    assertLoadFails("own", data.resolve("own/test.txt") + ":2: user '2' is beyond the highest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 5\n", "5 0\n", "1 2\n3 4\n", "3 4 5\n", "3\n", "3 4\n2\n"})
  void aShapeFileIsOneLineOfTwoPositiveNumbers(String shape) throws IOException {
    write("own/train.txt", "0 1\n");
    write("own/test.txt", "0 0\n");
    write("own/shape.txt", shape);

    assertLoadFails(
        "own", data.resolve("own/shape.txt") + ": is not one line 'users items', each at least 1");
  }

  @Test
  void amazonHasAPairPerLineAndItemsThatFollowUsers() throws IOException {
    write("amazon/train.txt", "0 192403\n192402 255403\n");
    write("amazon/valid.txt", "0 192404\n");
    write("amazon/test.txt", "5 192500\n");

    Split split = DatasetCatalog.load("amazon", data).split();

    assertThat(split.users()).isEqualTo(192_403);
    assertThat(split.items()).isEqualTo(63_001);
    assertThat(split.train().itemsOf(0)).containsExactly(0);
    assertThat(split.train().itemsOf(192_402)).containsExactly(63_000);
    assertThat(split.validation().orElseThrow().itemsOf(0)).containsExactly(1);
    assertThat(split.test().itemsOf(5)).containsExactly(97);
  }

  @Test
  void amazonItemsBelowTheFirstAreErrors() throws IOException {
    write("amazon/train.txt", "0 192403\n1 192402\n");
    write("amazon/test.txt", "5 192500\n");

    assertLoadFails(
        "amazon",
        data.resolve("amazon/train.txt") + ":2: item '192402' is below the first item, 192403");
  }

  @Test
  void idsBeyondTheCatalogueAreErrors() throws IOException {
    write("ml-1m/train.txt", "0 3043\n");
    write("ml-1m/test.txt", "0 1\n");

    assertLoadFails(
        "ml-1m",
        data.resolve("ml-1m/train.txt") + ":1: item '3043' is beyond the highest allowed, 3042");
  }

  @Test
  void anUnknownNameListsWhatIsThere() throws IOException {
    write("zeta/train.txt", "0 1\n");
    write("zeta/test.txt", "0 1\n");
    write("alpha/train.txt.gz", "0 1\n");
    write("alpha/test.txt.gz", "0 1\n");
    write("incomplete/train.txt", "0 1\n");
    write("stray.txt", "0 1\n");
    write(".downloads/x/train.txt", "0 1\n");

    assertThat(DatasetCatalog.present(data)).containsExactly("alpha", "zeta");
    assertLoadFails(
        "yelp",
        "data set 'yelp' is not in "
            + data
            + " (there: alpha, zeta); 'bsl data fetch' brings"
            + " yelp2018, gowalla, ml-1m, amazon, 'bsl data synthesize' makes tiny, small,");
  }

  @Test
  void anAbsentDirectoryHasNothing() throws IOException {
    Path absent = data.resolve("absent");

    assertThat(DatasetCatalog.present(absent)).isEmpty();
    assertThat(DatasetCatalog.isPresent("own", absent)).isFalse();
    assertThatExceptionOfType(DataFormatException.class)
        .isThrownBy(() -> DatasetCatalog.load("yelp2018", absent))
        .withMessageStartingWith("data set 'yelp2018' is not in " + absent + " (there: none);");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "..", ".", "", "a/../own", "own/", "/etc", ".own", "a\\b"})
  void namesThatArePathsAreRefused(String name) throws IOException {
    Path inner = data.resolve("inner");
    for (String folder : List.of("own", "a", ".own", "..", ".")) {
      write("inner/" + folder + "/train.txt", "0 1\n");
      write("inner/" + folder + "/test.txt", "0 1\n");
    }
    write("outside/train.txt", "0 1\n");
    write("outside/test.txt", "0 1\n");

    assertThat(DatasetCatalog.isPresent(name, inner)).isFalse();
    assertThatExceptionOfType(DataFormatException.class)
        .isThrownBy(() -> DatasetCatalog.load(name, inner))
        .withMessageStartingWith("data set '" + name + "' is not in " + inner);
  }

  @Test
  void aFolderWithoutAPartSaysWhichOneItLacks() throws IOException {
    write("own/train.txt", "0 1\n");

    assertThat(DatasetCatalog.isPresent("own", data)).isFalse();
    assertLoadFails("own", data.resolve("own") + ": has neither test.txt.gz nor test.txt");
  }

  @Test
  void aFolderThatMayNotBeReadIsNotSaidToLackAnything() throws IOException {
    write("own/train.txt", "0 1\n");
    Path own = data.resolve("own");
    assumeTrue(own.toFile().setReadable(false) && own.toFile().setExecutable(false));
    try {
      assumeTrue(!Files.isReadable(own), "needs a user who may not read everything");
      assertLoadFails("own", own + ": permission denied");
      assertThat(DatasetCatalog.closed(own.getParent())).containsExactly("own");
    } finally {
      assertThat(own.toFile().setReadable(true) && own.toFile().setExecutable(true)).isTrue();
    }
  }

  @Test
  void aPartWithoutPairsIsAnError() throws IOException {
    write("own/train.txt", "0 1\n");
    write("own/test.txt", "0\n\n1\n");

    assertLoadFails("own", data.resolve("own/test.txt") + ": has no pairs");
  }

  @Test
  void differencesNameEveryNumberAndDigest() {
    Interactions train = Interactions.of(2, 3, new int[] {0, 1}, new int[] {2, 0});
    Interactions test = Interactions.of(2, 3, new int[] {0}, new int[] {1});
    DatasetEntry right = entry(2, 3, Map.of("train", 2, "test", 1), Map.of("test", test.digest()));
    DatasetEntry wrong =
        entry(
            3,
            4,
            Map.of("train", 3, "valid", 1, "test", 0),
            Map.of("train", test.digest(), "test", train.digest()));

    assertThat(right.differences(Split.of("x", train, test))).isEmpty();
    assertThat(right.differences(new Split("x", train, Optional.of(test), test)))
        .as("a part that the published data lack")
        .containsExactly("valid pairs: 1 instead of 0");
    assertThat(wrong.differences(Split.of("x", train, test)))
        .containsExactly(
            "users: 2 instead of 3",
            "items: 3 instead of 4",
            "train pairs: 2 instead of 3",
            "train digest: " + train.digest() + " instead of " + test.digest(),
            "valid pairs: 0 instead of 1",
            "test pairs: 1 instead of 0",
            "test digest: " + test.digest() + " instead of " + train.digest());
  }

  @Test
  void differencesOfAListedSetAreFoundByItsName() throws IOException {
    write("ml-1m/train.txt", "0 1\n");
    write("ml-1m/test.txt", "0 2\n");

    assertThat(DatasetCatalog.differences(DatasetCatalog.load("ml-1m", data)))
        .hasSize(4)
        .contains("train pairs: 1 instead of 796244", "test pairs: 1 instead of 99455")
        .allSatisfy(line -> assertThat(line).matches("(train|test) (pairs|digest): .* instead.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yelp2018", "gowalla", "ml-1m", "amazon"})
  void realDataIsWhatTheCatalogueSays(String name) throws IOException {
    String directory = System.getenv("BSL_DATA");
    assumeTrue(
        directory != null && Files.isDirectory(Path.of(directory, name)),
        "needs " + name + " in the data directory that BSL_DATA names");

    LoadedDataset loaded = DatasetCatalog.load(name, Path.of(directory));

    assertThat(DatasetCatalog.differences(loaded)).isEmpty();
    assertThat(loaded.statistics().warnings()).isEmpty();
    assertThat(loaded.split().train().size())
        .isEqualTo(DatasetCatalog.entry(name).orElseThrow().pairs().get("train"));
  }

  @Test
  void whatTheCatalogueDoesNotKnowIsSaid() {
    assertThat(DatasetCatalog.entry("ml-1m").orElseThrow().reservation()).isEmpty();
    assertThat(DatasetCatalog.entry("amazon").orElseThrow().reservation())
        .isEqualTo("; the catalogue knows only the number of pairs of train");
  }

  private static DatasetEntry entry(
      int users, int items, Map<String, Integer> pairs, Map<String, String> digests) {
    return new DatasetEntry(
        "x", PairFormat.ADJACENCY, users, items, false, pairs, digests, List.of());
  }

  @Test
  void everyListedSetIsFullyDescribed() {
    assertThat(DatasetCatalog.entries())
        .extracting(DatasetEntry::name)
        .containsExactly("yelp2018", "gowalla", "ml-1m", "amazon");
    assertThat(DatasetCatalog.entry("tiny")).isEqualTo(Optional.empty());
    for (DatasetEntry entry : DatasetCatalog.entries()) {
      assertThat(entry.pairs()).containsKeys("train", "test");
      assertThat(entry.digests()).containsKey("test");
      assertThat(entry.downloads())
          .allSatisfy(
              download -> {
                // A moving branch would change what the name means.
                assertThat(download.url()).matches("https://.*/[0-9a-f]{40}/.*");
                // Nothing may come unchecked: by its bytes, or by the content of its one part.
                assertThat(
                        download.checksum().isPresent()
                            || entry.digests().keySet().containsAll(download.members().keySet()))
                    .isTrue();
              });
      assertThat(entry.downloads().stream().flatMap(d -> d.members().keySet().stream()))
          .containsExactlyInAnyOrderElementsOf(entry.pairs().keySet());
    }
  }

  private void write(String path, String text) throws IOException {
    TextFiles.write(data.resolve(path), text);
  }

  private void assertLoadFails(String name, String message) {
    assertThatExceptionOfType(DataFormatException.class)
        .isThrownBy(() -> DatasetCatalog.load(name, data))
        .withMessageStartingWith(message)
        .withMessageNotContaining("\n");
  }
}
