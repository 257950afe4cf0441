package bsl.run;

/** Bad usage or bad input; the message is one line for the user. */
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line that names the file, the line and the value
   */
  public InputException(String message) {
    super(message);
  }

  /**
   * @param message one line that names the file, the line and the value
   * @param cause what led here
   */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
