package bsl.report;

import java.util.Locale;

/** To which side the evidence of a claim leans, whether or not it is enough to decide. */
public enum Leaning {
  /** To the claim. */
  FOR("leans to it"),
  /** Against the claim. */
  AGAINST("leans against it"),
  /** To neither side. */
  NEITHER("leans neither way");

  private final String text;

  Leaning(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** For programs. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
