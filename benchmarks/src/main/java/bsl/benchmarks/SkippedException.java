package bsl.benchmarks;

/**
 * A benchmark cannot be run here; JMH reports the message, leaves the result out and goes on. The
 * message is all there is to say, so there is no stack trace.
 */
final class SkippedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SkippedException(String message) {
    super(message, null, false, false);
  }
}
