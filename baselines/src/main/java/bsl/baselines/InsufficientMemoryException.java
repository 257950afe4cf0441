package bsl.baselines;

import java.util.Locale;

/** A fit was not begun, because it needs more memory than there is. The message is one line. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final long MEBIBYTE = 1L << 20;
  private static final long GIBIBYTE = 1L << 30;

  private InsufficientMemoryException(String message) {
    super(message);
  }

  static InsufficientMemoryException limit(String what, long bytes, long limit) {
    return new InsufficientMemoryException(
        what + " needs " + size(bytes) + " of memory, and " + size(limit) + " are allowed");
  }

  static InsufficientMemoryException heap(String what, long bytes, long room) {
    long gibibytes = (HeapRoom.heapFor(bytes) + GIBIBYTE - 1) / GIBIBYTE;
    return new InsufficientMemoryException(
        what
            + " needs "
            + size(bytes)
            + " of Java heap, and there is room for "
            + size(room)
            + "; -Xmx"
            + gibibytes
            + "g would be enough");
  }

  private static String size(long bytes) {
    return bytes < GIBIBYTE
        ? (bytes + MEBIBYTE - 1) / MEBIBYTE + " MiB"
        : String.format(Locale.ROOT, "%.1f GiB", Math.ceil(10.0 * bytes / GIBIBYTE) / 10);
  }
}
