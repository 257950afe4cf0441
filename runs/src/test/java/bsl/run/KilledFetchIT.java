package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.Sha256;
import bsl.core.Split;
import bsl.data.Checksum;
import bsl.data.DatasetCatalog;
import bsl.data.DatasetEntry;
import bsl.data.DatasetEntry.Download;
import bsl.data.DatasetFetcher;
import bsl.data.DatasetWriter;
import bsl.data.FileDownloader;
import bsl.data.PairFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that fetches or writes a data set is killed, or loses power, at each of its file
 * operations in turn. The data set must then be there and right, or not at all; the next attempt
 * brings it, and nothing else stays.
 */
class KilledFetchIT {
  private static final String TRAIN = "0 1 2\n1 0\n2 3\n";
  private static final String TEST = "0 3\n1 1\n";
  private static final Split SPLIT =
      Split.of(
          "set",
          Interactions.of(3, 4, new int[] {0, 0, 1, 2}, new int[] {1, 2, 0, 3}),
          Interactions.of(3, 4, new int[] {0, 1}, new int[] {3, 1}));

  @TempDir Path folder;

  private HttpServer server;

  /** Does something with a data directory. */
  private interface Work {
    void in(Path data) throws IOException;
  }

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String served(String path, byte[] bytes) {
    server.createContext(path, exchange -> answer(exchange, bytes));
    return "http://"
        + server.getAddress().getHostString()
        + ":"
        + server.getAddress().getPort()
        + path;
  }

  /** Sends a file, or the rest of it that is asked for. */
  private static void answer(HttpExchange exchange, byte[] bytes) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    try (exchange) {
      if (from >= bytes.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
      exchange.getResponseBody().write(Arrays.copyOfRange(bytes, from, bytes.length));
    }
  }

  private static DatasetEntry entry(List<Download> downloads) {
    return new DatasetEntry(
        "set",
        PairFormat.ADJACENCY,
        3,
        4,
        false,
        Map.of("train", 4, "test", 2),
        Map.of("train", SPLIT.train().digest(), "test", SPLIT.test().digest()),
        downloads);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (String[] member : new String[][] {{"in/train.txt", TRAIN}, {"in/test.txt", TEST}}) {
        TarArchiveEntry file = new TarArchiveEntry(member[0]);
        file.setSize(member[1].length());
        tar.putArchiveEntry(file);
        tar.write(ascii(member[1]));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Work fetching(DatasetEntry entry) {
    return data -> new DatasetFetcher(data).fetch(entry, FileDownloader.Progress.SILENT);
  }

  @Test
  void anArchiveIsFetched() throws IOException {
    byte[] archive = archive();
    String url = served("/set.tar.gz", archive);

    atEachOperation(
        fetching(
            entry(
                List.of(
                    new Download(
                        url,
                        Optional.of(Checksum.sha256(new Sha256().add(archive).hex())),
                        Map.of("train", "in/train.txt", "test", "in/test.txt"))))),
        Optional.of(""),
        "test.txt.gz",
        "train.txt.gz");
  }

  @Test
  void plainFilesOfUnknownDigestAreFetched() throws IOException {
    atEachOperation(
        fetching(
            entry(
                List.of(
                    new Download(
                        served("/train.txt", ascii(TRAIN)), Optional.empty(), Map.of("train", "")),
                    new Download(
                        served("/test.txt", ascii(TEST)), Optional.empty(), Map.of("test", ""))))),
        Optional.of(""),
        "test.txt.gz",
        "train.txt.gz");
  }

  @Test
  void aDataSetIsWritten() throws IOException {
    atEachOperation(
        data -> DatasetWriter.write(SPLIT, data),
        Optional.empty(),
        "shape.txt",
        "test.txt.gz",
        "train.txt.gz");
  }

  /**
   * @param again empty if doing it again fails once it is done; otherwise it may be done again
   */
  private void atEachOperation(Work work, Optional<String> again, String... files)
      throws IOException {
    KillableFileSystem counting = KillableFileSystem.immortal();
    work.in(counting.path(folder.resolve("whole")));
    List<String> operations = counting.operations();
    assertThat(operations).hasSizeGreaterThan(15);
    for (int o = 0; o < operations.size(); o++) {
      for (boolean powerCut : new boolean[] {false, true}) {
        String moment = (powerCut ? "power cut at " : "killed at ") + o + ": " + operations.get(o);
        Path data = folder.resolve(o + (powerCut ? "-power" : "-kill"));
        KillableFileSystem disk =
            powerCut ? KillableFileSystem.withoutPowerFrom(o) : KillableFileSystem.killedAt(o);
        assertThatThrownBy(() -> work.in(disk.path(data)))
            .as(moment)
            .isInstanceOf(SimulatedKill.class);
        boolean there = Files.exists(data.resolve("set"));
        if (there) {
          assertThat(DatasetCatalog.load("set", data).split()).as(moment).isEqualTo(SPLIT);
        }
        if (!there || again.isPresent()) {
          work.in(KillableFileSystem.immortal().path(data));
        }
        assertThat(DatasetCatalog.load("set", data).split()).as(moment).isEqualTo(SPLIT);
        assertThat(names(data.resolve("set"))).as(moment).containsExactly(files);
        if (!there) {
          assertThat(names(data)).as(moment).containsExactly("set");
        }
      }
    }
  }

  private static List<String> names(Path of) {
    try (Stream<Path> children = Files.list(of)) {
      return children.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
