package bsl.baselines;

import java.util.Locale;
import java.util.Optional;

/** A fit was not begun, because it needs more memory than there is. The message is one line. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final long MEBIBYTE = 1L << 20;
  private static final long GIBIBYTE = 1L << 30;

  private final String option;

  private InsufficientMemoryException(String message, String option) {
    super(message);
    this.option = option;
  }

  static InsufficientMemoryException limit(String what, long bytes, long limit) {
    return new InsufficientMemoryException(
        what + " needs " + size(bytes) + " of memory, and " + size(limit) + " are allowed", null);
  }

  static InsufficientMemoryException heap(String what, long bytes, long room) {
    String option = "-Xmx" + (HeapRoom.heapFor(bytes) + GIBIBYTE - 1) / GIBIBYTE + "g";
    return new InsufficientMemoryException(
        what
            + " needs "
            + size(bytes)
            + " of Java heap, and there is room for "
            + size(room)
            + "; "
            + option
            + " would be enough",
        option);
  }

  /** The option of the JVM that would be enough, if it is the Java heap that is too small. */
  public Optional<String> option() {
    return Optional.ofNullable(option);
  }

  private static String size(long bytes) {
    return bytes < GIBIBYTE
        ? (bytes + MEBIBYTE - 1) / MEBIBYTE + " MiB"
        : String.format(Locale.ROOT, "%.1f GiB", Math.ceil(10.0 * bytes / GIBIBYTE) / 10);
  }
}
