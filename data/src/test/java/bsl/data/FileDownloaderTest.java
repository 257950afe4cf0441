package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.RandomStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileDownloaderTest {
  private static final int SIZE = 300_000;
  private static final DownloadLimits LIMITS =
      new DownloadLimits(Duration.ofSeconds(30), Duration.ZERO, 3, 1 << 20);

  /** A single failure ends it. */
  private static final DownloadLimits ONE_ATTEMPT =
      new DownloadLimits(LIMITS.patience(), Duration.ZERO, 1, LIMITS.largest());

  @TempDir private Path folder;
  private final byte[] content = randomBytes();
  private FaultyServer server;
  private Path file;
  private Path part;

  private static byte[] randomBytes() {
    RandomStream random = RandomStream.of(1, RandomStream.Purpose.TEST);
    byte[] bytes = new byte[SIZE];
    for (int k = 0; k < SIZE; k++) {
      bytes[k] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer().with("/file", content);
    file = folder.resolve("file");
    part = folder.resolve("file.part");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Where the requests for a rest began. */
  private List<Integer> rangesAskedFor() {
    return server.requests().stream()
        .filter(request -> request.contains("bytes="))
        .map(request -> Integer.parseInt(request.replaceAll(".*bytes=(\\d+)-", "$1")))
        .toList();
  }

  private void fetch() throws IOException {
    fetch(LIMITS);
  }

  private void fetch(DownloadLimits limits) throws IOException {
    new FileDownloader(FileOpener.PLAIN, limits)
        .fetch(
            server.url("/file"),
            file,
            Optional.of(Checksum.sha256(sha256(content))),
            FileDownloader.Progress.SILENT);
  }

  @Test
  void bringsTheFileAndReportsProgress() throws IOException {
    List<Long> done = new ArrayList<>();

    new FileDownloader(FileOpener.PLAIN, LIMITS)
        .fetch(
            server.url("/file"),
            file,
            Optional.of(Checksum.sha256(sha256(content))),
            (url, bytes, total) -> {
              assertThat(url).isEqualTo(server.url("/file"));
              assertThat(total).isEqualTo(SIZE);
              done.add(bytes);
            });

    assertThat(file).hasBinaryContent(content);
    assertThat(part).doesNotExist();
    assertThat(done).isSorted().startsWith(0L).endsWith((long) SIZE);
  }

  @Test
  void aLengthThatIsNotSaidIsReportedAsUnknown() throws IOException {
    server.withoutLengths();
    List<Long> totals = new ArrayList<>();

    new FileDownloader(FileOpener.PLAIN, LIMITS)
        .fetch(
            server.url("/file"), file, Optional.empty(), (url, bytes, total) -> totals.add(total));

    assertThat(file).hasBinaryContent(content);
    assertThat(totals).containsOnly(-1L);
  }

  @Test
  void aFileThatIsThereIsNotFetchedAgain() throws IOException {
    fetch();
    fetch();

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aFileThatIsWrongIsFetchedAgain() throws IOException {
    Files.writeString(file, "something else");

    fetch();

    assertThat(file).hasBinaryContent(content);
  }

  @Test
  void aCutConnectionIsTakenUpWhereItWasCut() throws IOException {
    server.cutAfter(100_000, 50_000);

    fetch();

    assertThat(file).hasBinaryContent(content);
    assertThat(server.requests()).hasSize(3);
    assertThat(rangesAskedFor()).hasSize(2).isSorted().allMatch(from -> from > 0);
  }

  @Test
  void bytesThatComeResetThePatience() throws IOException {
    server.cutAfter(40_000, 40_000, 40_000, 40_000, 40_000, 40_000);

    fetch();

    assertThat(file).hasBinaryContent(content);
    assertThat(server.requests()).hasSize(7);
    assertThat(rangesAskedFor()).hasSize(6).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aConnectionThatKeepsBreakingIsLeftForLater() throws IOException {
    server.cutAfter(100_000, 0, 0, 0);

    assertThatThrownBy(this::fetch)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(server.url("/file") + ": broke off after ")
        .hasMessageEndingWith("); the next fetch goes on from there");
    assertThat(file).doesNotExist();
    long come = Files.size(part);
    assertThat(come).isBetween(1L, 100_000L);
    assertThat(Files.readAllBytes(part)).isEqualTo(Arrays.copyOf(content, (int) come));
    server.requests().clear();

    fetch();

    assertThat(server.requests()).containsExactly("/file bytes=" + come + "-");
    assertThat(file).hasBinaryContent(content);
    assertThat(part).doesNotExist();
  }

  @Test
  void aServerWithoutRangesBeginsAgain() throws IOException {
    server.withoutRanges().cutAfter(100_000);

    fetch();

    assertThat(file).hasBinaryContent(content);
    assertThat(server.requests()).hasSize(2);
    assertThat(rangesAskedFor()).hasSize(1);
  }

  @Test
  void aServerWithoutRangesThatAlwaysCutsIsGivenUp() {
    int[] cuts = new int[50];
    Arrays.fill(cuts, 100_000);
    server.withoutRanges().cutAfter(cuts);

    assertThatThrownBy(this::fetch).hasMessageContaining("broke off after ");
    // The client may or may not get the last bytes before a cut, which can count as progress.
    assertThat(server.requests().size()).isBetween(4, 20);
  }

  @Test
  void aRangeThatWasNotAskedForIsNotUsed() throws IOException {
    Files.write(part, Arrays.copyOf(content, 1000));
    server.rangesOff(-1);

    fetch(ONE_ATTEMPT);

    assertThat(file).hasBinaryContent(content);
    assertThat(server.requests()).containsExactly("/file bytes=1000-", "/file");
  }

  @Test
  void aPartThatIsCompleteAlreadyIsFetchedAgain() throws IOException {
    Files.write(part, content);

    fetch(ONE_ATTEMPT);

    assertThat(file).hasBinaryContent(content);
    assertThat(server.requests()).containsExactly("/file bytes=300000-", "/file");
  }

  @Test
  void silenceCountsAsACut() throws IOException {
    server.silentAfterCut().cutAfter(100_000);

    // Long enough for an answer even on a busy machine.
    fetch(new DownloadLimits(Duration.ofMillis(1500), Duration.ZERO, 3, 1 << 20));

    assertThat(file).hasBinaryContent(content);
    assertThat(rangesAskedFor()).isNotEmpty();
  }

  @Test
  void aPassingFaultOfTheServerIsWaitedOut() throws IOException {
    Files.write(part, Arrays.copyOf(content, 5));
    server.refuse(503, 429);

    fetch();

    assertThat(file).hasBinaryContent(content);
    assertThat(server.requests()).hasSize(3).containsOnly("/file bytes=5-");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void aRefusalIsFinal(int status) {
    server.refuse(status);

    assertThatThrownBy(this::fetch)
        .isInstanceOf(IOException.class)
        .hasMessage(server.url("/file") + ": server answers " + status);
    assertThat(server.requests()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port + "/file";

    assertThatThrownBy(
            () ->
                new FileDownloader(FileOpener.PLAIN, LIMITS)
                    .fetch(url, file, Optional.empty(), FileDownloader.Progress.SILENT))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(url + ": cannot be fetched (")
        .hasMessageNotContaining("null");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aWrongDigestLeavesNothingBehind() {
    server.with("/file", new byte[] {1, 2, 3});

    assertThatThrownBy(this::fetch)
        .isInstanceOf(DataFormatException.class)
        .hasMessage(
            server.url("/file")
                + ": has SHA-256 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"
                + " instead of "
                + sha256(content));
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileBeyondTheLimitIsRefused(boolean lengthSaid) {
    if (!lengthSaid) {
      server.withoutLengths();
    }

    assertThatThrownBy(() -> fetch(new DownloadLimits(LIMITS.patience(), Duration.ZERO, 3, 1000)))
        .isInstanceOf(DataFormatException.class)
        .hasMessage(server.url("/file") + ": has more than 1000 bytes; refused");
    assertThat(server.requests()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, SIZE - 1})
  void aFullDiskLeavesNothingBehind(int room) {
    assertThatThrownBy(
            () ->
                new FileDownloader(new SmallDisk(room), LIMITS)
                    .fetch(
                        server.url("/file"),
                        file,
                        Optional.empty(),
                        FileDownloader.Progress.SILENT))
        .isInstanceOf(WriteException.class)
        .hasMessage(part + ": cannot be written: No space left on device");
    assertThat(server.requests()).as("trying again is in vain").hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anInterruptionEndsIt() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(this::fetch).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).as("stays set, and is cleared here").isTrue();
    assertThat(file).doesNotExist();
  }
}
