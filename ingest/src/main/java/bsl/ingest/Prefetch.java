package bsl.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads ahead in a thread of its own, so that a disk, a digest and decompression take their time
 * beside whoever reads. What goes wrong there is thrown here, in its place.
 */
final class Prefetch extends InputStream {
  private static final int CHUNK = 1 << 18;
  private static final int CHUNKS = 8;
  private static final byte[] END = {};

  private final InputStream source;
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);
  private final Thread reader = new Thread(this::readAhead, "bsl-import-reader");
  private volatile Throwable failure;
  private byte[] chunk = {};
  private int at;
  private boolean ended;

  Prefetch(InputStream source) {
    this.source = source;
    reader.setDaemon(true);
    reader.start();
  }

  private void readAhead() {
    try {
      try {
        byte[] bytes = new byte[CHUNK];
        for (int size = ahead(bytes); size > 0; size = ahead(bytes)) {
          chunks.put(Arrays.copyOf(bytes, size));
        }
      } catch (RuntimeException | Error e) {
        // Also where there is no memory for a chunk: whoever reads waits for the end.
        failure = e;
      }
      chunks.put(END);
    } catch (InterruptedException e) {
      // Nobody reads any more.
    }
  }

  /** Number of the next bytes, also of those right before a failure; 0 at the end or behind one. */
  private int ahead(byte[] bytes) {
    int size = 0;
    try {
      int more = 0;
      while (failure == null && more >= 0 && size < CHUNK) {
        more = source.read(bytes, size, CHUNK - size);
        size += Math.max(0, more);
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
    return size;
  }

  /** Makes bytes available; false at the end. */
  private boolean fill() throws IOException {
    if (at < chunk.length) {
      return true;
    }
    if (ended) {
      return false;
    }
    try {
      chunk = chunks.take();
      at = 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (chunk.length > 0) {
      return true;
    }
    ended = true;
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return false;
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, into, from, n);
    at += n;
    return n;
  }

  /** Ends the thread. The source is closed by whoever opened it, after this. */
  @Override
  public void close() {
    reader.interrupt();
    chunks.clear();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    chunk = Arrays.copyOf(chunk, 0);
    at = 0;
    ended = true;
  }
}
