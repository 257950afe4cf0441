package bsl.ingest;

import bsl.core.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Hands bytes on, counts them and works out their digest. */
final class DigestedStream extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  private final Sha256 sha256 = new Sha256();
  private volatile long count;

  DigestedStream(InputStream in) {
    super(in);
  }

  /** Bytes read so far; any thread may ask. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int n = in.read(into, from, length);
    if (n > 0) {
      sha256.add(into, from, n);
      add(n);
    }
    return n;
  }

  // Only the reading thread writes.
  private void add(int n) {
    long sum = count + n;
    count = sum;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** The digest of the whole file; what has not been read yet is read. To be called once. */
  String sha256() throws IOException {
    byte[] rest = new byte[BUFFER];
    while (read(rest, 0, rest.length) >= 0) {
      // The digest takes it.
    }
    return sha256.hex();
  }
}
