package bsl.report;

/** What came out of a claim. */
public enum Verdict {
  /** The evidence is for it. */
  HOLDS("holds"),
  /** The evidence is against it. */
  FAILS("does not hold"),
  /** The evidence is too thin for either. */
  UNDECIDED("undecided"),
  /** There is no evidence, for want of runs. */
  NOT_RUN("not run");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** {@link #HOLDS} or {@link #FAILS}. */
  public static Verdict of(boolean holds) {
    return holds ? HOLDS : FAILS;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
