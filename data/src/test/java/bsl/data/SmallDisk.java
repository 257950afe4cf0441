package bsl.data;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A disk that is full after so many bytes in all. */
final class SmallDisk implements FileOpener {
  private int room;

  SmallDisk(int room) {
    this.room = room;
  }

  @Override
  public OutputStream open(Path file, boolean append) throws IOException {
    return new FilterOutputStream(FileOpener.PLAIN.open(file, append)) {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        // As a real disk does, it takes what fits before it fails.
        int fits = Math.min(length, room);
        out.write(bytes, from, fits);
        room -= fits;
        if (fits < length) {
          throw new IOException("No space left on device");
        }
      }
    };
  }
}
