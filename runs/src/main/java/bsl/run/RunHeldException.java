package bsl.run;

/** A run folder is being worked on by another process, or by another thread of this one. */
public final class RunHeldException extends InputException {
  private static final long serialVersionUID = 1L;

  private final String holder;

  RunHeldException(RunFolder folder, String holder) {
    super(folder.path() + ": is being trained by " + holder);
    this.holder = holder;
  }

  /** Who is at work there: process, machine, since when, and the command. */
  public String holder() {
    return holder;
  }
}
