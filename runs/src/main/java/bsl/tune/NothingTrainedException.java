package bsl.tune;

import bsl.run.InputException;

/** None of the trials of a search could be trained, for example because all of them diverge. */
public final class NothingTrainedException extends InputException {
  private static final long serialVersionUID = 1L;

  NothingTrainedException(String message) {
    super(message);
  }
}
