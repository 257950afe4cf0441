package bsl.run;

/** A training whose scores have become infinite or no numbers; its settings are to blame. */
public final class DivergedException extends InputException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line that says in which epoch
   * @param cause what led here; null if it was on another machine
   */
  public DivergedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The exception of a training in this process.
   *
   * @param epoch number of the epoch, counted from 1
   * @param why what is not finite
   * @param cause what led here; null if nothing was thrown
   */
  public static DivergedException in(int epoch, String why, Throwable cause) {
    return new DivergedException(
        "training diverged in epoch " + epoch + ": " + why + "; lower learning_rate?", cause);
  }
}
