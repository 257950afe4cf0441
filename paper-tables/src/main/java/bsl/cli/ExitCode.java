package bsl.cli;

/** What {@code ./bsl} tells the shell. */
final class ExitCode {
  static final int DONE = 0;
  static final int CLAIM_FAILED = 1;
  static final int BAD_INPUT = 2;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
