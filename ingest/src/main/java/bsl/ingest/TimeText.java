package bsl.ingest;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * Reads times: numbers of any unit, as they are, and dates with or without time of day in the order
 * of ISO 8601, as seconds since 1970. Without a zone, times are UTC.
 */
final class TimeText {
  private static final int DATE = 10;
  private static final int DATE_AND_TIME = 19;
  private static final double NANOS = 1e9;

  /** {@code Z} or an offset from UTC: hours, or hours and minutes with a colon or without. */
  private static final DateTimeFormatter ZONED =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXXXX][XXXX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private TimeText() {}

  /** The time, or not a number ({@code NaN}) if it is none. */
  static double parse(char[] text, int start, int end) {
    if (!looksLikeDate(text, start, end)) {
      return NumberText.parse(text, start, end);
    }
    try {
      long day =
          LocalDate.of(
                  digits(text, start, 4), digits(text, start + 5, 2), digits(text, start + 8, 2))
              .toEpochDay();
      if (end - start == DATE) {
        return day * 86_400.0;
      }
      if (end - start == DATE_AND_TIME || isUtc(text, start, end)) {
        return day * 86_400.0 + secondOfDay(text, start + DATE);
      }
      return parseSlowly(new String(text, start, end - start));
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  /** Whether a text is read as a date; one that is not is read as a number. */
  static boolean looksLikeDate(char[] text, int start, int end) {
    return end - start >= DATE && text[start + 4] == '-' && text[start + 7] == '-';
  }

  static double parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /** Whether a text has the form of a date rather than of a number. */
  static boolean isDate(String text) {
    return !Double.isNaN(parse(text))
        && Double.isNaN(NumberText.parse(text.toCharArray(), 0, text.length()));
  }

  private static boolean isUtc(char[] text, int start, int end) {
    return end - start == DATE_AND_TIME + 1 && text[end - 1] == 'Z';
  }

  /** Reads {@code T10:20:30} or the same with a blank. */
  private static int secondOfDay(char[] text, int at) {
    boolean formed =
        (text[at] == 'T' || text[at] == ' ') && text[at + 3] == ':' && text[at + 6] == ':';
    int hour = digits(text, at + 1, 2);
    int minute = digits(text, at + 4, 2);
    int second = digits(text, at + 7, 2);
    if (!formed || hour > 23 || minute > 59 || second > 60) {
      throw new DateTimeException("no time of day");
    }
    return 3600 * hour + 60 * minute + second;
  }

  private static int digits(char[] text, int from, int count) {
    int value = 0;
    for (int at = from; at < from + count; at++) {
      if (text[at] < '0' || text[at] > '9') {
        throw new DateTimeException("no digit");
      }
      value = 10 * value + text[at] - '0';
    }
    return value;
  }

  /** With parts of a second or a zone. */
  private static double parseSlowly(String text) {
    String iso = text.substring(0, DATE) + 'T' + text.substring(DATE + 1);
    boolean separated = text.charAt(DATE) == 'T' || text.charAt(DATE) == ' ';
    if (!separated) {
      return Double.NaN;
    }
    boolean zoned = iso.endsWith("Z") || iso.indexOf('+', DATE) > 0 || iso.indexOf('-', DATE) > 0;
    OffsetDateTime time =
        zoned
            ? OffsetDateTime.parse(iso, ZONED)
            : LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
    return time.toEpochSecond() + time.getNano() / NANOS;
  }
}
