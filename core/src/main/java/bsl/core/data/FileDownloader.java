package bsl.core.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Downloads a file over HTTP or HTTPS. What has come is kept in {@code FILE.part}; a cut connection
 * is taken up again from there, in the same call or a later one, if the server can do ranges. The
 * file itself appears only when complete and, where a digest is known, right.
 */
public final class FileDownloader {
  /** Hears how a download goes. */
  @FunctionalInterface
  public interface Progress {
    /** Hears nothing. */
    Progress SILENT = (url, done, total) -> {};

    /**
     * @param url the file
     * @param done bytes so far
     * @param total bytes in all, or -1 if unknown
     */
    void at(String url, long done, long total);
  }

  /** Opens files for writing. */
  interface Opener {
    /** Opens files as the file system does. */
    Opener PLAIN =
        (file, append) ->
            new BufferedOutputStream(
                append
                    ? Files.newOutputStream(
                        file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    : Files.newOutputStream(file),
                1 << 16);

    OutputStream open(Path file, boolean append) throws IOException;
  }

  private static final int ATTEMPTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Opener opener;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(PATIENCE)
          .build();

  FileDownloader(Opener opener) {
    this.opener = opener;
  }

  /** A failure on this side, such as a full disk; trying again would not help. */
  private static final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;

    WriteException(Path file, IOException cause) {
      super(file + ": cannot be written: " + cause.getMessage(), cause);
    }
  }

  void fetch(String url, Path file, Optional<String> sha256, Progress progress) throws IOException {
    if (Files.exists(file) && isRight(file, sha256)) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    for (int attempt = 1; ; attempt++) {
      try {
        transfer(url, part, progress);
        break;
      } catch (WriteException | DataFormatException e) {
        Files.deleteIfExists(part);
        throw e;
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          long come = Files.exists(part) ? Files.size(part) : 0;
          throw new IOException(
              url
                  + ": broke off after "
                  + come
                  + " bytes ("
                  + e.getMessage()
                  + "); the next fetch goes on from there",
              e);
        }
      }
    }
    if (!isRight(part, sha256)) {
      String actual = digest(part);
      Files.delete(part);
      throw new DataFormatException(
          url + ": has SHA-256 " + actual + " instead of " + sha256.orElseThrow());
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void transfer(String url, Path part, Progress progress) throws IOException {
    long there = Files.exists(part) ? Files.size(part) : 0;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
    if (there > 0) {
      request.header("Range", "bytes=" + there + "-");
    }
    HttpResponse<InputStream> response = send(request.GET().build());
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case 200 -> copy(body, url, part, 0, length(response), progress);
        case 206 -> {
          String range = response.headers().firstValue("Content-Range").orElse("");
          if (!range.startsWith("bytes " + there + "-")) {
            Files.delete(part);
            throw new IOException("server sent another range: " + range);
          }
          copy(body, url, part, there, length(response), progress);
        }
        case 416 -> {
          // What is there is as long as the file or longer: begin again.
          Files.delete(part);
          throw new IOException("nothing left to send after " + there + " bytes");
        }
        default -> throw new DataFormatException(url + ": server answers " + response.statusCode());
      }
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static long length(HttpResponse<InputStream> response) {
    return response.headers().firstValueAsLong("Content-Length").orElse(-1);
  }

  private void copy(
      InputStream body, String url, Path part, long there, long length, Progress progress)
      throws IOException {
    long total = length < 0 ? -1 : there + length;
    long done = there;
    try (OutputStream out = open(part, there > 0)) {
      byte[] buffer = new byte[1 << 16];
      try {
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
          write(out, buffer, n, part);
          done += n;
          progress.at(url, done, total);
        }
      } finally {
        flush(out, part);
      }
    }
    if (total >= 0 && done != total) {
      throw new IOException("connection cut");
    }
  }

  private OutputStream open(Path part, boolean append) throws WriteException {
    try {
      return opener.open(part, append);
    } catch (IOException e) {
      throw new WriteException(part, e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int n, Path part)
      throws WriteException {
    try {
      out.write(buffer, 0, n);
    } catch (IOException e) {
      throw new WriteException(part, e);
    }
  }

  private static void flush(OutputStream out, Path part) throws WriteException {
    try {
      out.flush();
    } catch (IOException e) {
      throw new WriteException(part, e);
    }
  }

  private static boolean isRight(Path file, Optional<String> sha256) throws IOException {
    return sha256.isEmpty() || digest(file).equals(sha256.get());
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
