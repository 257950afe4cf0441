package bsl.ingest;

import java.util.Locale;

/** A part of a data set. */
public enum Part {
  /** Pairs to learn from. */
  TRAIN,
  /** Pairs to select an epoch by. */
  VALID,
  /** Pairs to report on. */
  TEST;

  private static final Part[] ALL = values();

  /** Name in files and messages, for example {@code train}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  byte code() {
    return (byte) ordinal();
  }

  static Part of(byte code) {
    return ALL[code];
  }
}
