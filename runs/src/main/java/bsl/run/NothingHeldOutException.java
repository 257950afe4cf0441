package bsl.run;

/** Says that no pair can be held out of a data set, as every user has too few. */
public final class NothingHeldOutException extends InputException {
  private static final long serialVersionUID = 1L;

  NothingHeldOutException(String message) {
    super(message);
  }
}
