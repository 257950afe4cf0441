package bsl.run;

/** A training whose scores have become infinite or no numbers; its settings are to blame. */
public final class DivergedException extends InputException {
  private static final long serialVersionUID = 1L;

  DivergedException(String message, Throwable cause) {
    super(message, cause);
  }
}
