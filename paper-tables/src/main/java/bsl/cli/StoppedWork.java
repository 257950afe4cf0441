package bsl.cli;

/** Ctrl-C has ended work that leaves nothing behind when it is unfinished. */
final class StoppedWork extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what there is not
   */
  StoppedWork(String message, Throwable cause) {
    super(message, cause);
  }
}
