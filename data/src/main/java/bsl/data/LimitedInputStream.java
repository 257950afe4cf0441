package bsl.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to yield more than so many bytes: compressed data can unpack to any size. */
final class LimitedInputStream extends FilterInputStream {
  private final String name;
  private final long limit;
  private long come;

  /**
   * @param name what is read, for the message
   * @param limit bytes allowed
   */
  LimitedInputStream(InputStream in, String name, long limit) {
    super(in);
    this.name = name;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int n = in.read(bytes, from, length);
    if (n > 0) {
      count(n);
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = in.skip(n);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long n) throws DataFormatException {
    come += n;
    if (come > limit) {
      throw new DataFormatException(name + ": unpacks to more than " + limit + " bytes; refused");
    }
  }
}
