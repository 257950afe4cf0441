package bsl.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Downloads a file over HTTP or HTTPS. What has come is kept in {@code FILE.part}; a cut connection
 * is taken up again from there, in the same call or a later one. A server that cannot send the rest
 * alone sends all of it again. The file itself appears only when complete and, where a digest is
 * known, right.
 */
public final class FileDownloader {
  /** Hears how a download goes. */
  @FunctionalInterface
  public interface Progress {
    /** Hears nothing. */
    Progress SILENT = (url, done, total) -> {};

    /**
     * @param url the file
     * @param done bytes so far; falls back to 0 where a server begins again
     * @param total bytes in all, or -1 if unknown
     */
    void at(String url, long done, long total);
  }

  /** The server's last word; asking again would not help. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  private static final int BUFFER = 1 << 16;
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final FileOpener opener;
  private final DownloadLimits limits;
  private final HttpClient client;

  FileDownloader(FileOpener opener, DownloadLimits limits) {
    this.opener = opener;
    this.limits = limits;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(limits.patience())
            .build();
  }

  /**
   * Downloads a file unless it is there and right.
   *
   * @param file where to; its folder exists
   * @throws DataFormatException if what came has another digest or is too large; nothing of it is
   *     kept
   * @throws WriteException if it cannot be written; nothing of it is kept, which may free the disk
   * @throws IOException if the server refuses or keeps failing; what came is kept for another time
   */
  void fetch(String url, Path file, Optional<Checksum> checksum, Progress progress)
      throws IOException {
    if (Files.exists(file) && isRight(file, checksum)) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      transferWhole(url, part, progress);
      if (!isRight(part, checksum)) {
        Checksum right = checksum.orElseThrow();
        throw new DataFormatException(
            url
                + ": has "
                + right.kind().title()
                + " "
                + right.of(part)
                + " instead of "
                + right.hex());
      }
    } catch (WriteException | DataFormatException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    // After a power cut a name without content would pass for a file whose checksum nobody knows.
    DiskSync.file(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void transferWhole(String url, Path part, Progress progress) throws IOException {
    long furthest = size(part);
    int inVain = 0;
    while (true) {
      try {
        transfer(url, part, progress);
        return;
      } catch (WriteException | DataFormatException | RefusedException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        long come = size(part);
        inVain = come > furthest ? 0 : inVain + 1;
        furthest = Math.max(furthest, come);
        if (inVain == limits.attempts()) {
          throw new IOException(
              url
                  + (come == 0
                      ? ": cannot be fetched (" + reason(url, e) + ")"
                      : ": broke off after "
                          + come
                          + " bytes ("
                          + reason(url, e)
                          + "); the next fetch goes on from there"),
              e);
        }
        pause(inVain);
      }
    }
  }

  /** Failures to connect come without a message, and say least where a person needs it most. */
  private static String reason(String url, IOException e) {
    return e instanceof ConnectException || e instanceof UnknownHostException
        ? "no connection to " + URI.create(url).getHost()
        : FileFailure.bare(e);
  }

  private void pause(int inVain) throws InterruptedIOException {
    if (inVain == 0) {
      return;
    }
    try {
      Thread.sleep(limits.pause().toMillis() << (inVain - 1));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private void transfer(String url, Path part, Progress progress) throws IOException {
    if (!transferRest(url, part, size(part), progress)) {
      // The server is well, so nothing is waited for.
      Files.delete(part);
      transferRest(url, part, 0, progress);
    }
  }

  /**
   * Asks once for what has not come yet.
   *
   * @param there bytes that have come before
   * @return false if the server does not send what follows these, because it sends another range,
   *     or because the file is no longer than that
   */
  private boolean transferRest(String url, Path part, long there, Progress progress)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).timeout(limits.patience());
    if (there > 0) {
      request.header("Range", "bytes=" + there + "-");
    }
    HttpResponse<InputStream> response = send(request.GET().build());
    int status = response.statusCode();
    try (InputStream body = response.body()) {
      if (status == OK) {
        copy(body, url, part, 0, length(response), progress);
      } else if (status == PARTIAL_CONTENT && there > 0 && beginsAt(there, response)) {
        copy(body, url, part, there, length(response), progress);
      } else if ((status == PARTIAL_CONTENT || status == RANGE_NOT_SATISFIABLE) && there > 0) {
        return false;
      } else if (status == REQUEST_TIMEOUT
          || status == TOO_MANY_REQUESTS
          || status >= SERVER_ERROR) {
        throw new IOException("server answers " + status);
      } else {
        throw new RefusedException(url + ": server answers " + status);
      }
    }
    return true;
  }

  private static boolean beginsAt(long there, HttpResponse<InputStream> response) {
    return response
        .headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + there + "-"))
        .isPresent();
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static long length(HttpResponse<InputStream> response) {
    return response.headers().firstValueAsLong("Content-Length").orElse(-1);
  }

  private void copy(
      InputStream body, String url, Path part, long there, long length, Progress progress)
      throws IOException {
    long total = length < 0 ? -1 : there + length;
    requireSize(url, total);
    long done = there;
    try (OutputStream out = opener.openNamed(part, there > 0);
        StallGuard guard = new StallGuard(body, limits.patience())) {
      progress.at(url, done, total);
      byte[] buffer = new byte[BUFFER];
      for (int n = read(body, buffer, guard); n >= 0; n = read(body, buffer, guard)) {
        out.write(buffer, 0, n);
        done += n;
        requireSize(url, done);
        progress.at(url, done, total);
      }
    }
    if (total >= 0 && done != total) {
      throw new IOException("connection cut");
    }
  }

  private int read(InputStream body, byte[] buffer, StallGuard guard) throws IOException {
    int n;
    try {
      n = body.read(buffer);
    } catch (IOException e) {
      throw guard.stalled() ? silence() : e;
    }
    if (guard.stalled()) {
      throw silence();
    }
    guard.moved();
    return n;
  }

  private IOException silence() {
    return new IOException("nothing came for " + limits.patience().toMillis() + " ms");
  }

  private void requireSize(String url, long bytes) throws DataFormatException {
    if (bytes > limits.largest()) {
      throw new DataFormatException(
          url + ": has more than " + limits.largest() + " bytes; refused");
    }
  }

  private static boolean isRight(Path file, Optional<Checksum> checksum) throws IOException {
    return checksum.isEmpty() || checksum.get().of(file).equals(checksum.get().hex());
  }
}
