package bsl.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A file being written, whose failures say which file. */
final class NamedOutputStream extends OutputStream {
  private final Path file;
  private final OutputStream out;

  NamedOutputStream(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  @Override
  public void write(int value) throws WriteException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws WriteException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw new WriteException(file, e);
    }
  }

  @Override
  public void flush() throws WriteException {
    try {
      out.flush();
    } catch (IOException e) {
      throw new WriteException(file, e);
    }
  }

  @Override
  public void close() throws WriteException {
    try {
      out.close();
    } catch (IOException e) {
      throw new WriteException(file, e);
    }
  }
}
