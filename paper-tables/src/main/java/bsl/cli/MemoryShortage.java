package bsl.cli;

/** The Java heap was too small for something of which it is known how much it needs. */
final class MemoryShortage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final long MEBIBYTE = 1L << 20;
  private static final long GIBIBYTE = 1L << 30;

  /**
   * @param what needs the memory, e.g. {@code training small-mf-bsl}
   * @param estimate bytes of heap that are enough, as far as is known
   * @param cause what the JVM said
   */
  MemoryShortage(String what, long estimate, OutOfMemoryError cause) {
    super(message(what, estimate), cause);
  }

  private static String message(String what, long estimate) {
    long allowed = Runtime.getRuntime().maxMemory();
    // It was not enough, whatever the estimate says.
    long bytes = Math.max(estimate, allowed + allowed / 2);
    return "out of memory: "
        + what
        + " needs about "
        + size(bytes)
        + " of Java heap, and "
        + size(allowed)
        + " is allowed; set BSL_JAVA_OPTS=-Xmx"
        + option(bytes);
  }

  /** What to say where nobody knows how much is needed. */
  static String unknown(OutOfMemoryError error) {
    return "out of memory: the Java heap may take "
        + size(Runtime.getRuntime().maxMemory())
        + ", which is not enough; set BSL_JAVA_OPTS=-Xmx with more, e.g. -Xmx"
        + option(2 * Runtime.getRuntime().maxMemory())
        + " ("
        + error.getMessage()
        + ")";
  }

  private static String size(long bytes) {
    return bytes < 10 * GIBIBYTE
        ? (bytes + MEBIBYTE - 1) / MEBIBYTE + " MiB"
        : (bytes + GIBIBYTE - 1) / GIBIBYTE + " GiB";
  }

  private static String option(long bytes) {
    return bytes < GIBIBYTE
        ? (bytes + MEBIBYTE - 1) / MEBIBYTE + "m"
        : (bytes + GIBIBYTE - 1) / GIBIBYTE + "g";
  }
}
