package bsl.report;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Says, in every file of a report, which reproduction the file is of.
 *
 * @param profile how much was spent: {@code paper} or {@code quick}
 * @param preset preset of the runs, e.g. {@code fast}
 * @param commit commit of the code that wrote the report, {@code unknown} if it was not built from
 *     a repository
 * @param date day on which the report was written, in UTC, as {@code 2024-05-31}
 */
public record Imprint(String profile, String preset, String commit, String date) {
  private static final int COMMIT_DIGITS = 12;

  /**
   * The imprint of a report that this JVM writes now.
   *
   * @param profile see {@link #profile()}
   * @param preset see {@link #preset()}
   */
  public static Imprint ofToday(String profile, String preset) {
    return of(profile, preset, Clock.systemUTC());
  }

  static Imprint of(String profile, String preset, Clock clock) {
    String date = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    return new Imprint(profile, preset, System.getProperty("bsl.commit", "unknown"), date);
  }

  /** One line for people. */
  public String text() {
    return "profile " + profile + ", preset " + preset + ", commit " + shortCommit() + ", " + date;
  }

  /** The first digits of the commit, with the mark of uncommitted changes if there is one. */
  private String shortCommit() {
    int mark = commit.indexOf('-');
    String digits = mark < 0 ? commit : commit.substring(0, mark);
    String rest = mark < 0 ? "" : commit.substring(mark);
    return digits.substring(0, Math.min(COMMIT_DIGITS, digits.length())) + rest;
  }
}
