package bsl.core;

import java.util.Locale;

/** Counts with their nouns, for messages: {@code 1 run}, {@code 2 runs}, {@code 1,000 items}. */
public final class CountText {
  private CountText() {}

  /** A count of what has a plural in s. */
  public static String of(long count, String one) {
    return of(count, one, one + "s");
  }

  /**
   * A count of anything.
   *
   * @param one what one of them is called, perhaps with a verb
   * @param several what several of them are called, or none
   */
  public static String of(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }

  /** A count of what has a plural in s and may be many, with commas between thousands. */
  public static String grouped(long count, String one) {
    return grouped(count, one, one + "s");
  }

  /**
   * A count of what may be many, with commas between thousands.
   *
   * @param one what one of them is called, perhaps with a verb
   * @param several what several of them are called, or none
   */
  public static String grouped(long count, String one, String several) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : several);
  }
}
