package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.Split;
import bsl.data.DatasetEntry.Download;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FetchedDatasetTest {
  private static final DownloadLimits LIMITS =
      new DownloadLimits(Duration.ofSeconds(30), Duration.ZERO, 3, 1 << 20);
  private static final String TRAIN = "0 1 2\n1 0\n2 3\n";
  private static final String TEST = "0 3\n1 1\n";

  /** The same pairs, made independently of the reader. */
  private static final Split SPLIT =
      Split.of(
          "set",
          Interactions.of(3, 4, new int[] {0, 0, 1, 2}, new int[] {1, 2, 0, 3}),
          Interactions.of(3, 4, new int[] {0, 1}, new int[] {3, 1}));

  /** sha256sum of "0 1\n0 2\n1 0\n2 3\n" and of "0 3\n1 1\n". */
  private static final Map<String, String> DIGESTS =
      Map.of(
          "train",
          "30b9c8057160d0dcb50e5c7824b42b0e0833988dd595dfe9151aae52f358fa1f",
          "test",
          "0fc22d69ca84d3fffb60411ab276aafb6dbd9497f8cd27b18a64021e7ab694ec");

  @TempDir private Path data;
  private FaultyServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static DatasetEntry entry(PairFormat format, List<Download> downloads) {
    return new DatasetEntry(
        "set",
        format,
        3,
        4,
        format == PairFormat.PAIRS,
        Map.of("train", 4, "test", 2),
        DIGESTS,
        downloads);
  }

  private static TestArchive archive() {
    return new TestArchive()
        .folder("inner")
        .file("inner/train.txt", TRAIN)
        .file("inner/test.txt", TEST);
  }

  /** Compresses to more than a connection's buffer, so that a cut within it leaves something. */
  private static String noise() {
    RandomStream random = RandomStream.of(1, RandomStream.Purpose.TEST);
    StringBuilder text = new StringBuilder();
    while (text.length() < 300_000) {
      text.append(Long.toHexString(random.nextLong()));
    }
    return text.toString();
  }

  private DatasetEntry serve(TestArchive archive) {
    byte[] bytes = archive.bytes();
    server.with("/set.tar.gz", bytes);
    return entry(
        PairFormat.ADJACENCY,
        List.of(
            new Download(
                server.url("/set.tar.gz"),
                Optional.of(Checksum.sha256(FileDownloaderTest.sha256(bytes))),
                Map.of("train", "inner/train.txt", "test", "inner/test.txt"))));
  }

  private DatasetEntry serve(PairFormat format, String train, String test) {
    server.with("/train.txt", train.getBytes(StandardCharsets.US_ASCII));
    server.with("/test.txt", test.getBytes(StandardCharsets.US_ASCII));
    return entry(
        format,
        Stream.of("train", "test")
            .map(
                part ->
                    new Download(
                        server.url("/" + part + ".txt"), Optional.empty(), Map.of(part, "")))
            .toList());
  }

  private boolean fetch(DatasetEntry entry) throws IOException {
    return fetch(entry, FileOpener.PLAIN);
  }

  private boolean fetch(DatasetEntry entry, FileOpener opener) throws IOException {
    return new DatasetFetcher(data, opener, LIMITS).fetch(entry, FileDownloader.Progress.SILENT);
  }

  private List<String> allFiles() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(f -> !f.equals(data))
          .map(f -> data.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  private void isThere() throws IOException {
    assertThat(allFiles()).containsExactly("set", "set/test.txt.gz", "set/train.txt.gz");
    assertThat(DatasetCatalog.load("set", data).split()).isEqualTo(SPLIT);
  }

  @Test
  void bringsAnArchive() throws IOException {
    assertThat(fetch(serve(archive()))).isTrue();

    isThere();
  }

  @Test
  void makesTheDataDirectory() throws IOException {
    Path deep = data.resolve("not/there/yet");

    new DatasetFetcher(deep, FileOpener.PLAIN, LIMITS)
        .fetch(serve(archive()), FileDownloader.Progress.SILENT);

    assertThat(DatasetCatalog.load("set", deep).split()).isEqualTo(SPLIT);
  }

  @Test
  void aDataDirectoryThatIsAFileIsNamedAndKept() throws IOException {
    Path file = Files.writeString(data.resolve("file"), "keep");
    DatasetEntry entry = serve(archive());

    assertThatThrownBy(
            () ->
                new DatasetFetcher(file, FileOpener.PLAIN, LIMITS)
                    .fetch(entry, FileDownloader.Progress.SILENT))
        .isInstanceOf(WriteException.class)
        .hasMessageStartingWith(file.resolve(".downloads/set") + ": cannot be written: ");
    assertThat(Files.readString(file)).isEqualTo("keep");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void bringsPlainFiles() throws IOException {
    assertThat(fetch(serve(PairFormat.ADJACENCY, TRAIN, TEST))).isTrue();

    isThere();
  }

  @Test
  void keepsTheFormatOfPairFiles() throws IOException {
    DatasetEntry entry = serve(PairFormat.PAIRS, "0 4\n0 5\n1 3\n2 6\n", "0 6\n1 4\n");

    assertThat(fetch(entry)).isTrue();

    Split split = new DatasetFolder(data.resolve("set")).load("set", Optional.of(entry)).split();
    assertThat(split).isEqualTo(SPLIT);
  }

  @Test
  void whatIsThereAndRightIsNotFetched() throws IOException {
    DatasetEntry entry = serve(archive());
    fetch(entry);
    server.requests().clear();

    assertThat(fetch(entry)).isFalse();

    assertThat(server.requests()).isEmpty();
    isThere();
  }

  @Test
  void whoFetchesMeanwhileIsToldWhoIsAtIt() throws IOException {
    DatasetEntry entry = serve(archive());
    AtomicInteger told = new AtomicInteger();

    boolean fetched =
        new DatasetFetcher(data, FileOpener.PLAIN, LIMITS)
            .fetch(
                entry,
                (url, done, total) -> {
                  assertThatThrownBy(() -> fetch(entry))
                      .isInstanceOf(IOException.class)
                      .hasMessageMatching(
                          "data set 'set' is being fetched by process "
                              + ProcessHandle.current().pid()
                              + " on [^\\n]*; fetch it again when that is done");
                  told.incrementAndGet();
                });

    assertThat(fetched).isTrue();
    assertThat(told).hasPositiveValue();
    assertThat(server.requests()).containsExactly("/set.tar.gz");
    isThere();
  }

  @Test
  void theLockOfAFetchGoesWithItsHolder() throws IOException {
    DatasetEntry entry = serve(archive());
    Path lock = data.resolve(".downloads/set.lock");
    Files.createDirectories(lock.getParent());

    ProcessLock first = ProcessLock.takeRemovable(lock).orElseThrow();
    assertThat(ProcessLock.takeRemovable(lock)).isEmpty();
    assertThatThrownBy(() -> fetch(entry)).hasMessageContaining("is being fetched by");
    first.remove();
    assertThat(lock).doesNotExist();

    assertThat(fetch(entry)).isTrue();
    isThere();
  }

  @Test
  void aLockThatAKilledProcessLeftIsNone() throws IOException {
    TextFiles.write(data.resolve(".downloads/set.lock"), "process 1 on here");

    assertThat(fetch(serve(archive()))).isTrue();
    isThere();

    TextFiles.write(data.resolve(".downloads/set.lock"), "process 1 on here");
    assertThat(fetch(serve(archive()))).isFalse();
    isThere();
  }

  @Test
  void whatIsThereAndWrongIsReportedAndLeftAlone() throws IOException {
    Path folder = Files.createDirectory(data.resolve("set"));
    Files.writeString(folder.resolve("train.txt"), "0 1\n");
    Files.writeString(folder.resolve("test.txt"), TEST);
    DatasetEntry entry = serve(archive());

    assertThatThrownBy(() -> fetch(entry))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(
            folder
                + " (move it away to fetch it anew): is not data set 'set' as the catalogue knows"
                + " it: train pairs: 1 instead of 4");
    assertThat(server.requests()).isEmpty();
    assertThat(allFiles()).containsExactly("set", "set/test.txt", "set/train.txt");
  }

  @Test
  void aFolderThatLacksAPartIsReportedAndLeftAlone() throws IOException {
    Path folder = Files.createDirectory(data.resolve("set"));
    Files.writeString(folder.resolve("train.txt"), TRAIN);

    assertThatThrownBy(() -> fetch(serve(archive())))
        .hasMessage(folder + ": has neither test.txt.gz nor test.txt");
    assertThat(allFiles()).containsExactly("set", "set/train.txt");
  }

  @Test
  void aCutConnectionResumesInTheSameCall() throws IOException {
    DatasetEntry entry = serve(archive().file("inner/noise", noise()));
    server.cutAfter(80_000, 40_000);

    assertThat(fetch(entry)).isTrue();

    assertThat(server.requests()).hasSize(3).startsWith("/set.tar.gz");
    assertThat(server.requests().subList(1, 3)).allMatch(r -> r.matches(".* bytes=[1-9]\\d*-"));
    isThere();
  }

  @Test
  void aCutConnectionResumesInALaterCall() throws IOException {
    DatasetEntry entry = serve(archive().file("inner/noise", noise()));
    server.cutAfter(80_000, 0, 0, 0);

    assertThatThrownBy(() -> fetch(entry)).hasMessageContaining(": broke off after ");
    assertThat(allFiles())
        .containsExactly(".downloads", ".downloads/set", ".downloads/set/set.tar.gz.part");
    assertThat(DatasetCatalog.present(data)).isEmpty();
    long come = Files.size(data.resolve(".downloads/set/set.tar.gz.part"));
    assertThat(come).isPositive();
    server.requests().clear();

    assertThat(fetch(entry)).isTrue();

    assertThat(server.requests()).containsExactly("/set.tar.gz bytes=" + come + "-");
    isThere();
  }

  @Test
  void aServerWithoutRangesBeginsAgain() throws IOException {
    DatasetEntry entry = serve(archive().file("inner/noise", noise()));
    server.withoutRanges().cutAfter(80_000);

    assertThat(fetch(entry)).isTrue();

    isThere();
  }

  @Test
  void ofSeveralFilesOnlyTheMissingOnesComeAgain() throws IOException {
    DatasetEntry entry = serve(PairFormat.ADJACENCY, TRAIN, TEST);
    server.without("/test.txt");

    assertThatThrownBy(() -> fetch(entry))
        .hasMessageStartingWith(server.url("/test.txt: server answers 404; "));
    assertThat(allFiles()).doesNotContain("set").contains(".downloads/set/train.txt");
    server.with("/test.txt", TEST.getBytes(StandardCharsets.US_ASCII)).requests().clear();

    assertThat(fetch(entry)).isTrue();

    assertThat(server.requests()).containsExactly("/test.txt");
    isThere();
  }

  @Test
  void notFoundLeavesNothingBehind() throws IOException {
    DatasetEntry entry = serve(archive());
    server.without("/set.tar.gz");

    assertThatThrownBy(() -> fetch(entry))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(server.url("/set.tar.gz") + ": server answers 404; ");
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void withoutAConnectionItSaysHowToBringAnArchiveByHand() throws IOException {
    DatasetEntry entry = serve(archive());
    server.close();

    assertThatThrownBy(() -> fetch(entry))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%1$s: cannot be fetched (no connection to 127.0.0.1); to do it by hand, put what"
                + " %1$s has as inner/test.txt and inner/train.txt into %2$s, then run 'bsl data"
                + " verify set'",
            server.url("/set.tar.gz"), data.resolve("set"));
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void withoutAConnectionItSaysHowToBringFilesByHand() throws IOException {
    DatasetEntry entry = serve(PairFormat.ADJACENCY, TRAIN, TEST);
    server.close();

    assertThatThrownBy(() -> fetch(entry))
        .hasMessage(
            "%1$s: cannot be fetched (no connection to 127.0.0.1); to do it by hand, put %1$s,"
                + " %2$s into %3$s, then run 'bsl data verify set'",
            server.url("/train.txt"), server.url("/test.txt"), data.resolve("set"));
  }

  @Test
  void whatWasPutThereByHandIsRight() throws IOException {
    DatasetEntry entry = serve(PairFormat.ADJACENCY, TRAIN, TEST);
    server.close();
    TextFiles.write(data.resolve("set/train.txt"), TRAIN);
    TextFiles.write(data.resolve("set/test.txt"), TEST);

    assertThat(fetch(entry)).isFalse();
    assertThat(DatasetCatalog.load("set", data).split()).isEqualTo(SPLIT);
  }

  @Test
  void aHostThatIsUnknownIsNoConnection() {
    // A label has 63 octets at most (RFC 1035), so that no name server is asked for this one.
    String host = "h".repeat(64) + ".invalid";
    String url = "http://" + host + "/train.txt";
    DatasetEntry entry =
        entry(
            PairFormat.ADJACENCY,
            List.of(new Download(url, Optional.empty(), Map.of("train", ""))));

    assertThatThrownBy(() -> fetch(entry))
        .hasMessageStartingWith(url + ": cannot be fetched (no connection to " + host + "); ");
  }

  @Test
  void aWrongChecksumLeavesNothingBehind() throws IOException {
    DatasetEntry entry = serve(archive());
    server.with("/set.tar.gz", archive().file("more", "x").bytes());

    assertThatThrownBy(() -> fetch(entry))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(server.url("/set.tar.gz") + ": has SHA-256 ");
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void aWrongContentDigestLeavesNothingBehindAndCanBeMended() throws IOException {
    DatasetEntry entry = serve(PairFormat.ADJACENCY, "0 1 3\n1 0\n2 3\n", TEST);

    assertThatThrownBy(() -> fetch(entry))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(
            "what came for 'set': is not data set 'set' as the catalogue knows it: train digest: ");
    assertThat(allFiles()).isEmpty();

    serve(PairFormat.ADJACENCY, TRAIN, TEST);
    assertThat(fetch(entry)).isTrue();
    isThere();
  }

  @Test
  void aMalformedFileIsNamedByItsOwnName() throws IOException {
    DatasetEntry entry = serve(PairFormat.ADJACENCY, "0 1\n<html>\n", TEST);

    assertThatThrownBy(() -> fetch(entry))
        .isInstanceOf(DataFormatException.class)
        .hasMessage(
            "what came for 'set' is malformed: train.txt.gz:2: user '<html>' is not a whole"
                + " number");
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void anArchiveThatLeadsElsewhereIsRefusedWhole() throws IOException {
    for (String name : List.of("../evil.txt", "../../evil.txt", "/evil.txt", "inner/../../evil")) {
      DatasetEntry entry = serve(archive().file(name, "evil"));

      assertThatThrownBy(() -> fetch(entry))
          .as(name)
          .isInstanceOf(DataFormatException.class)
          .hasMessageContaining("'" + name + "' leads out of the archive; refused");
      assertThat(allFiles()).isEmpty();
      assertThat(data.resolveSibling("evil.txt")).doesNotExist();
    }
  }

  @Test
  void anArchiveWithALinkIsRefusedWhole() throws IOException {
    DatasetEntry entry =
        serve(
            new TestArchive()
                .special("inner/train.txt", TarConstants.LF_SYMLINK, "/etc/passwd")
                .file("inner/test.txt", TEST));

    assertThatThrownBy(() -> fetch(entry))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("'inner/train.txt' is a link or a device; refused");
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void anArchiveBombIsRefusedWhole() throws IOException {
    DatasetEntry entry = serve(archive().zeros("inner/zeros", 2 << 20));

    assertThatThrownBy(() -> fetch(entry))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("unpacks to more than 1048576 bytes; refused");
    assertThat(allFiles()).isEmpty();
  }

  @Test
  void aDiskThatFillsUpWhileDownloadingLeavesNothingBehind() throws IOException {
    DatasetEntry entry = serve(archive());

    assertThatThrownBy(() -> fetch(entry, new SmallDisk(50)))
        .isInstanceOf(WriteException.class)
        .hasMessageContaining("set.tar.gz.part: cannot be written: No space left on device");
    assertThat(allFiles()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 40})
  void aDiskThatFillsUpWhileUnpackingLeavesOnlyTheWholeDownload(int room) throws IOException {
    byte[] bytes = archive().bytes();
    DatasetEntry entry = serve(archive());

    assertThatThrownBy(() -> fetch(entry, new SmallDisk(bytes.length + room)))
        .isInstanceOf(WriteException.class)
        .hasMessageContaining(".txt.gz: cannot be written: No space left on device");
    assertThat(allFiles())
        .containsExactly(".downloads", ".downloads/set", ".downloads/set/set.tar.gz");
    server.requests().clear();

    assertThat(fetch(entry)).isTrue();

    assertThat(server.requests()).as("it need not come again").isEmpty();
    isThere();
  }

  @Test
  void progressIsReportedByFile() throws IOException {
    StringBuilder last = new StringBuilder();
    DatasetEntry entry = serve(PairFormat.ADJACENCY, TRAIN, TEST);

    new DatasetFetcher(data, FileOpener.PLAIN, LIMITS)
        .fetch(
            entry,
            (url, done, total) -> {
              if (done == total) {
                last.append(url).append(' ').append(done).append('\n');
              }
            });

    assertThat(last.toString())
        .isEqualTo(server.url("/train.txt 14\n") + server.url("/test.txt 8\n"));
  }
}
