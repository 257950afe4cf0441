package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.Split;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetWriterTest {
  private static final Interactions TRAIN =
      Interactions.of(5, 7, new int[] {0, 0, 2}, new int[] {3, 1, 0});
  private static final Interactions VALID = Interactions.of(5, 7, new int[] {1}, new int[] {5});
  private static final Interactions TEST =
      Interactions.of(5, 7, new int[] {0, 3}, new int[] {3, 2});

  @TempDir Path root;

  @Test
  void loadingGivesTheSameSplit() throws IOException {
    // User 4 and item 6 have no pairs anywhere.
    Split split = new Split("mine", TRAIN, Optional.of(VALID), TEST);
    Path data = root.resolve("new/data");

    Path folder = DatasetWriter.write(split, data);

    assertThat(folder).isEqualTo(data.resolve("mine"));
    assertThat(TextFiles.below(data))
        .containsExactly(
            "mine", "mine/shape.txt", "mine/test.txt.gz", "mine/train.txt.gz", "mine/valid.txt.gz");
    assertThat(DatasetCatalog.load("mine", data).split()).isEqualTo(split);
  }

  @ParameterizedTest
  @ValueSource(strings = {"amazon", "ml-1m", "my data", "../out", ".hidden", "", "a/b"})
  void aNameUnderWhichItWouldNotLoadIsRefused(String name) {
    Split split = new Split(name, TRAIN, Optional.of(VALID), TEST);

    assertRefused(split);
  }

  @Test
  void partsWithoutPairsAreRefused() {
    Interactions none = Interactions.of(5, 7, new int[0], new int[0]);

    assertRefused(Split.of("mine", TRAIN, none));
    assertRefused(Split.of("mine", none, TEST));
    assertRefused(new Split("mine", TRAIN, Optional.of(none), TEST));
  }

  @Test
  void idsThatCannotBeReadAreRefused() {
    int most = 1 << 24;
    Interactions pair = Interactions.of(1, most + 1, new int[1], new int[] {most});

    assertRefused(Split.of("mine", pair, pair));
  }

  private void assertRefused(Split split) {
    Path data = root.resolve("data");

    assertThatThrownBy(() -> DatasetWriter.write(split, data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("data set '" + split.name() + "' would not load as it is: ")
        .hasMessageNotContaining("\n");
    assertThat(root).isEmptyDirectory();
  }

  /** A name of the catalogue may be that of data of the same shape. */
  @Test
  void dataOfTheShapeThatTheCatalogueHasLoadUnderItsName() throws IOException {
    Interactions pairs = Interactions.of(6022, 3043, new int[] {0, 6021}, new int[] {3042, 0});
    Split split = Split.of("ml-1m", pairs, pairs);

    DatasetWriter.write(split, root);

    assertThat(DatasetCatalog.load("ml-1m", root).split()).isEqualTo(split);
  }

  @Test
  void aSplitWithoutValidationHasNoSuchFile() throws IOException {
    Split split = Split.of("mine", TRAIN, TEST);

    DatasetWriter.write(split, root);

    assertThat(TextFiles.below(root))
        .containsExactly("mine", "mine/shape.txt", "mine/test.txt.gz", "mine/train.txt.gz");
    assertThat(DatasetCatalog.load("mine", root).split()).isEqualTo(split);
  }

  @Test
  void writesTheFormatOfTheAuthors() throws IOException {
    Path folder = DatasetWriter.write(Split.of("mine", TRAIN, TEST), root);

    assertThat(text(folder.resolve("train.txt.gz"))).isEqualTo("0 1 3\n2 0\n");
    assertThat(text(folder.resolve("test.txt.gz"))).isEqualTo("0 3\n3 2\n");
    assertThat(Files.readString(folder.resolve("shape.txt"))).isEqualTo("5 7\n");
  }

  @Test
  void equalDataGivesEqualBytes() throws IOException {
    Path a = DatasetWriter.write(Split.of("mine", TRAIN, TEST), root.resolve("a"));
    Path b = DatasetWriter.write(Split.of("mine", TRAIN, TEST), root.resolve("b"));

    for (String name : new String[] {"train.txt.gz", "test.txt.gz", "shape.txt"}) {
      assertThat(a.resolve(name)).hasSameBinaryContentAs(b.resolve(name));
    }
  }

  @Test
  void aFolderThatIsThereIsLeftAlone() throws IOException {
    TextFiles.write(root.resolve("mine/notes.txt"), "keep");

    assertThatExceptionOfType(DataFormatException.class)
        .isThrownBy(() -> DatasetWriter.write(Split.of("mine", TRAIN, TEST), root))
        .withMessage(
            root.resolve("mine")
                + ": is there already; delete it or choose another folder or name");
    assertThat(TextFiles.below(root)).containsExactly("mine", "mine/notes.txt");
    assertThat(Files.readString(root.resolve("mine/notes.txt"))).isEqualTo("keep");
  }

  @Test
  void aLinkThatLeadsNowhereIsLeftAlone() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("mine"), root.resolve("nowhere"));

    assertThatExceptionOfType(DataFormatException.class)
        .isThrownBy(() -> DatasetWriter.write(Split.of("mine", TRAIN, TEST), root))
        .withMessage(link + ": is there already; delete it or choose another folder or name");
    assertThat(link).isSymbolicLink();
    try (StagedFolder staged = StagedFolder.beside(link)) {
      assertThatThrownBy(staged::publish)
          .hasMessage(link + ": cannot be written: it has appeared meanwhile");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.txt.gz", "valid.txt.gz", "test.txt.gz", "shape.txt"})
  void aFullDiskLeavesNothingBehind(String full) throws IOException {
    Split split = new Split("mine", TRAIN, Optional.of(VALID), TEST);
    FullDisk disk = new FullDisk(full, 1);

    assertThatThrownBy(() -> new DatasetWriter(disk).writeFolder(split, root, Map::of))
        .isInstanceOf(WriteException.class)
        .hasMessageContaining(full + ": cannot be written: No space left on device")
        .hasMessageNotContaining("\n");
    assertThat(TextFiles.below(root)).isEmpty();
    assertThat(disk.wasMet()).isTrue();
  }

  @Test
  void whatItIsToldBesideThePairsIsWritten() throws IOException {
    byte[] note = "of mine".getBytes(StandardCharsets.UTF_8);

    Path folder =
        DatasetWriter.write(
            Split.of("mine", TRAIN, TEST), root, () -> Map.of("a.txt", note, "b.txt", note));

    assertThat(folder.resolve("a.txt")).hasBinaryContent(note);
    assertThat(folder.resolve("b.txt")).hasBinaryContent(note);
  }

  @Test
  void whatFailsBesideThePairsLeavesNothingBehind() throws IOException {
    Split split = new Split("mine", TRAIN, Optional.of(VALID), TEST);

    assertThatThrownBy(
            () ->
                DatasetWriter.write(
                    split,
                    root,
                    () -> {
                      throw new IllegalStateException("no note");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no note");
    assertThat(TextFiles.below(root)).isEmpty();
  }

  @Test
  void linesOfAnyLengthComeBack() throws IOException {
    int items = 40_000;
    Interactions all =
        Interactions.of(5, items, new int[items], IntStream.range(0, items).toArray());

    DatasetWriter.write(Split.of("long", all, TEST.widened(5, items)), root);

    assertThat(DatasetCatalog.load("long", root).split().train().itemsOf(0)).hasSize(items);
  }

  @Test
  void aDirectoryThatIsAFileIsNamed() throws IOException {
    Path file = Files.createFile(root.resolve("data"));

    assertThatThrownBy(() -> DatasetWriter.write(Split.of("mine", TRAIN, TEST), file))
        .isInstanceOf(WriteException.class)
        .hasMessage(file.resolve("mine") + ": cannot be written: " + file + ": is not a folder");
  }

  @Test
  void whoeverIsFirstKeepsTheName() throws IOException {
    Path target = root.resolve("mine");
    try (StagedFolder staged = StagedFolder.beside(target)) {
      Files.writeString(staged.path().resolve("a"), "late");
      Files.createDirectory(target);
      Files.writeString(target.resolve("a"), "early");

      assertThatThrownBy(staged::publish)
          .isInstanceOf(WriteException.class)
          .hasMessage(target + ": cannot be written: it has appeared meanwhile");
    }
    assertThat(TextFiles.below(root)).containsExactly("mine", "mine/a");
    assertThat(Files.readString(target.resolve("a"))).isEqualTo("early");
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.txt.gz",
        "test.txt.gz",
        "valid.txt.gz",
        "train.txt",
        "valid.txt",
        "test.txt",
        "./valid.txt",
        "Valid.txt",
        "shape.txt",
        "../evil.txt",
        "a/b.txt",
        ""
      })
  void aFileBesideThePairsTakesNoOthersPlace(String name) {
    Split split = Split.of("mine", TRAIN, TEST);

    assertThatThrownBy(() -> DatasetWriter.write(split, root, Map.of(name, new byte[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no file beside the pairs can be called");
    assertThat(root).isEmptyDirectory();
  }
}
