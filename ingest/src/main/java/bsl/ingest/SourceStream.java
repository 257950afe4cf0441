package bsl.ingest;

import bsl.data.FileFailure;
import bsl.data.GzipInput;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * A file to import, opened: its text, decompressed if it is compressed with gzip, and the size and
 * digest of its bytes. What a file is, is told by its first bytes and not by its name.
 */
final class SourceStream implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int MAGIC = 4;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final DigestedStream bytes;
  private final InputStream content;
  private final Prefetch ahead;

  private SourceStream(Path file, DigestedStream bytes, InputStream content) {
    this.file = file;
    this.bytes = bytes;
    this.content = content;
    this.ahead = new Prefetch(content);
  }

  /**
   * Opens a file.
   *
   * @throws ImportException if it is not there, may not be read, or is no text
   */
  static SourceStream open(Path file) throws IOException {
    requireFile(file);
    DigestedStream bytes = null;
    try {
      requireText(file);
      bytes = new DigestedStream(Files.newInputStream(file));
      InputStream content =
          isGzip(head(file)) ? new GzipInput(bytes) : new BufferedInputStream(bytes, BUFFER);
      return new SourceStream(file, bytes, content);
    } catch (IOException e) {
      if (bytes != null) {
        bytes.close();
      }
      throw named(file, 1, e);
    }
  }

  private static void requireFile(Path file) throws ImportException {
    if (!Files.exists(file)) {
      throw new ImportException(file + ": no such file");
    }
    if (Files.isDirectory(file)) {
      throw new ImportException(file + ": is a folder; name the files in it");
    }
    if (!Files.isRegularFile(file)) {
      throw new ImportException(file + ": is not a file; the first lines are read twice");
    }
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAGIC);
    }
  }

  private static boolean isGzip(byte[] head) {
    return begins(head, 0x1f, 0x8b);
  }

  private static void requireText(Path file) throws IOException {
    byte[] head = head(file);
    if (begins(head, 'P', 'A', 'R', '1')) {
      throw new ImportException(
          file + ": is a Parquet file, which is not read here; write it as CSV first");
    }
    if (begins(head, 'P', 'K', 3, 4)) {
      throw new ImportException(file + ": is a zip archive; unpack it first");
    }
    if (begins(head, 0x28, 0xb5, 0x2f, 0xfd) || begins(head, 'B', 'Z', 'h')) {
      throw new ImportException(
          file + ": is compressed with zstd or bzip2; only gzip is read here, unpack it first");
    }
  }

  private static boolean begins(byte[] head, int... magic) {
    boolean same = head.length >= magic.length;
    for (int b = 0; same && b < magic.length; b++) {
      same = (head[b] & 0xff) == magic[b];
    }
    return same;
  }

  /**
   * The text from its beginning, without a byte order mark. Bytes that are no text become U+FFFD.
   *
   * @throws ImportException if the text is in UTF-16 and read as UTF-8, or cannot be decompressed
   */
  LineReader lines(Charset encoding) throws IOException {
    Reader reader = new InputStreamReader(ahead, encoding);
    LineReader lines = new LineReader(file, reader);
    try {
      byte[] head = head(file);
      boolean wide = begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff);
      if (wide && encoding.equals(StandardCharsets.UTF_8)) {
        throw new ImportException(file + ": is text in UTF-16; read it with --encoding UTF-16");
      }
      lines.skip(BYTE_ORDER_MARK);
    } catch (IOException e) {
      throw named(file, 1, e);
    }
    return lines;
  }

  /** Bytes of the file that have been read so far. */
  long bytesRead() {
    return bytes.count();
  }

  /** The digest of the file's bytes, once its text has been read to the end. */
  String sha256() throws IOException {
    return bytes.sha256();
  }

  /** An exception of reading, with file and line. */
  static IOException named(Path file, long line, IOException e) {
    if (e instanceof ImportException) {
      return e;
    }
    if (e instanceof AccessDeniedException) {
      return new ImportException(file + ": may not be read");
    }
    if (e instanceof EOFException) {
      return new ImportException(file, line, "the compressed file is cut short");
    }
    if (e instanceof ZipException) {
      return new ImportException(
          file, line, "the compressed file is damaged (" + e.getMessage() + ")");
    }
    return new IOException(
        file + ":" + line + ": cannot be read: " + FileFailure.reason(file, e), e);
  }

  @Override
  public void close() throws IOException {
    ahead.close();
    try {
      content.close();
    } catch (IOException e) {
      throw named(file, 1, e);
    }
  }
}
