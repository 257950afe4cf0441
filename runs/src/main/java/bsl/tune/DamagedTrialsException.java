package bsl.tune;

import bsl.run.InputException;

/**
 * A search has no winner because trials cannot be gone on with, whose files are damaged. Without
 * them another trial might win, for good. What the others came to is kept.
 */
public final class DamagedTrialsException extends InputException {
  private static final long serialVersionUID = 1L;

  DamagedTrialsException(String message) {
    super(message);
  }
}
