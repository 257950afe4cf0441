package bsl.data;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A disk that is full as soon as one file has got so many bytes; other files are fine. */
final class FullDisk implements FileOpener {
  private final String name;
  private final long space;
  private boolean met;

  /**
   * @param name name of the file that does not fit
   * @param space bytes of it that fit
   */
  FullDisk(String name, long space) {
    this.name = name;
    this.space = space;
  }

  /** Whether anything was refused. */
  boolean wasMet() {
    return met;
  }

  @Override
  public OutputStream open(Path file, boolean append) throws IOException {
    OutputStream plain = PLAIN.open(file, append);
    return file.getFileName().toString().equals(name) ? new Limited(plain) : plain;
  }

  private final class Limited extends FilterOutputStream {
    private long written;

    Limited(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int fits = (int) Math.min(length, space - written);
      out.write(bytes, from, fits);
      written += fits;
      if (fits < length) {
        met = true;
        throw new IOException("No space left on device");
      }
    }
  }
}
