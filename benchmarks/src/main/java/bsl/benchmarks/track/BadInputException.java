package bsl.benchmarks.track;

/** Something from outside is not as it must be; the message is one line for people. */
final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadInputException(String message) {
    super(message);
  }
}
