package bsl.cli;

/** What {@code ./bsl} tells the shell. */
final class ExitCode {
  /** All went well. */
  static final int DONE = 0;

  /** The work was done, and a number or a claim did not come out as it should. */
  static final int CLAIM_FAILED = 1;

  /** Bad usage or input, no room, not enough memory: the user can do something about it. */
  static final int BAD_INPUT = 2;

  /** A defect of the suite; {@code EX_SOFTWARE} of the BSDs. */
  static final int INTERNAL_ERROR = 70;

  /** Ctrl-C; what the shell says of a program that SIGINT ended. */
  static final int INTERRUPTED = 130;

  /** Whoever read standard output has gone; what the shell says of a program that SIGPIPE ended. */
  static final int OUTPUT_CLOSED = 141;

  private ExitCode() {}
}
