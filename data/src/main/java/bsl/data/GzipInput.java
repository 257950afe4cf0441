package bsl.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The content of a file that is compressed with gzip, all of it or an exception. Such a file may
 * have several members, one after the other, as {@code cat a.gz b.gz} makes it. Their contents
 * follow each other.
 *
 * <p>{@link java.util.zip.GZIPInputStream} takes a damaged member for the end of the file, from the
 * second one on. Here whatever follows a member must be another sound one.
 */
public final class GzipInput extends InputStream {
  private static final int BUFFER = 1 << 16;

  private final Compressed compressed;
  private final GzipCompressorInputStream content;

  /** What the next read throws; the bytes before the damage have been returned. */
  private IOException failure;

  /**
   * Reads the first header.
   *
   * @param compressed the bytes of the file
   * @throws ZipException if they do not begin as gzip does
   * @throws EOFException if there are too few
   * @throws IOException what reading them throws
   */
  public GzipInput(InputStream compressed) throws IOException {
    this.compressed = new Compressed(compressed);
    try {
      this.content =
          GzipCompressorInputStream.builder()
              .setInputStream(this.compressed)
              .setDecompressConcatenated(true)
              .setBufferSize(BUFFER)
              .get();
    } catch (IOException e) {
      throw named(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Reads on. Bytes before a damage are returned, and the next call throws.
   *
   * @throws ZipException if the content is damaged
   * @throws EOFException if a member is cut short
   * @throws IOException what reading the compressed bytes throws
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (failure != null) {
      throw failure;
    }
    long before = content.getBytesRead();
    try {
      return content.read(bytes, offset, length);
    } catch (IOException e) {
      failure = named(e);
      int good = (int) (content.getBytesRead() - before);
      if (good == 0) {
        throw failure;
      }
      return good;
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private IOException named(IOException e) {
    if (e == compressed.failure || e instanceof EOFException) {
      return e;
    }
    // The library calls a file that ends within its magic number one of another format.
    return compressed.endsBeforeMagic()
        ? new EOFException(e.getMessage())
        : (IOException) new ZipException(e.getMessage()).initCause(e);
  }

  /** The compressed bytes: how many there are, and whether reading them is what failed. */
  private static final class Compressed extends InputStream {
    private static final int MAGIC = 2;

    private final InputStream bytes;
    private long count;
    private boolean ended;
    private IOException failure;

    Compressed(InputStream bytes) {
      this.bytes = bytes;
    }

    boolean endsBeforeMagic() {
      return ended && count < MAGIC;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int n = bytes.read(target, offset, length);
        count += Math.max(0, n);
        ended |= n < 0;
        return n;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }
}
