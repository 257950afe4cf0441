package bsl.core;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Says which values a setting may have: a number in a range, one of some words, or any text. Values
 * are texts, as they stand in files and on the command line. Numbers are written in ASCII digits
 * with a decimal point, whatever the locale.
 */
public sealed interface ValueRange {
  /** What is allowed, to go behind "is not", for example {@code a number above 1}. */
  String allowed();

  /**
   * What is wrong with a value, to go behind it, for example {@code is not a number above 1}.
   *
   * @param value a value that is not allowed
   */
  default String refusal(String value) {
    return "is not " + allowed();
  }

  /** Whether a value is allowed. */
  boolean allows(String value);

  /**
   * The one way to write a value, so that equal values are equal texts.
   *
   * @param value an allowed value
   */
  default String canonical(String value) {
    return value;
  }

  /** Any text that is not blank. */
  static ValueRange text() {
    return new Text();
  }

  /** One of some words. */
  static ValueRange choice(String... values) {
    return new Choice(List.of(values));
  }

  /** One of some words. */
  static ValueRange choice(List<String> values) {
    return new Choice(values);
  }

  /**
   * A whole number.
   *
   * @param least the smallest, inclusive
   * @param most the largest, inclusive
   */
  static ValueRange whole(long least, long most) {
    return new Whole(least, most);
  }

  /**
   * A number.
   *
   * @param least the smallest, inclusive
   * @param most the largest, inclusive
   */
  static ValueRange between(double least, double most) {
    return new Real(least, most, "a number from " + shortly(least) + " to " + shortly(most));
  }

  private static String shortly(double number) {
    String text = Double.toString(rounded(number)).replace('E', 'e').replace(".0e", "e");
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** The number with the fewest digits that is the same one, or the same in single precision. */
  private static double rounded(double number) {
    boolean single = (float) number == number;
    for (int digits = 1; digits < 17; digits++) {
      double shorter = new BigDecimal(number).round(new MathContext(digits)).doubleValue();
      if (shorter == number || (single && (float) shorter == number)) {
        return shorter;
      }
    }
    return number;
  }

  /** A number that a float can hold and that is above zero as a float, too. */
  static ValueRange positive() {
    return new Real(Float.MIN_VALUE, Float.MAX_VALUE, "a positive number");
  }

  /** A number that a float can hold. */
  static ValueRange real() {
    return new Real(-Float.MAX_VALUE, Float.MAX_VALUE, "a number");
  }

  /** A number of at least zero that a float can hold. */
  static ValueRange atLeastZero() {
    return new Real(0, Float.MAX_VALUE, "a number of at least 0");
  }

  /** A number from 0 to 1, both inclusive. */
  static ValueRange share() {
    return new Real(0, 1, "a number from 0 to 1");
  }

  /** A number of at least 0 and below 1. */
  static ValueRange shareBelowOne() {
    return new Real(0, Math.nextDown(1.0), "a number of at least 0 and below 1");
  }

  /** A number above 0 and below 1. */
  static ValueRange properShare() {
    return new Real(Double.MIN_VALUE, Math.nextDown(1.0), "a number above 0 and below 1");
  }

  /** Any text that is not blank. */
  record Text() implements ValueRange {
    @Override
    public String allowed() {
      return "a text that is not blank";
    }

    @Override
    public boolean allows(String value) {
      return !value.isBlank();
    }
  }

  /**
   * One of some words.
   *
   * @param values the words, at least one
   */
  record Choice(List<String> values) implements ValueRange {
    /** Copies the words. */
    public Choice {
      values = List.copyOf(values);
    }

    @Override
    public String allowed() {
      return "one of " + String.join(", ", values);
    }

    @Override
    public boolean allows(String value) {
      return values.contains(value);
    }
  }

  /**
   * A whole number.
   *
   * @param least the smallest, inclusive
   * @param most the largest, inclusive
   */
  record Whole(long least, long most) implements ValueRange {
    private static final Pattern FORM = Pattern.compile("[+-]?[0-9]{1,19}");

    @Override
    public String allowed() {
      return least == Long.MIN_VALUE
          ? "a whole number"
          : "a whole number from " + least + " to " + most;
    }

    @Override
    public boolean allows(String value) {
      if (!FORM.matcher(value).matches()) {
        return false;
      }
      try {
        long number = Long.parseLong(value);
        return number >= least && number <= most;
      } catch (NumberFormatException e) {
        return false;
      }
    }

    @Override
    public String canonical(String value) {
      return Long.toString(Long.parseLong(value));
    }
  }

  /**
   * A number.
   *
   * @param least the smallest, inclusive
   * @param most the largest, inclusive
   * @param allowed the range in words
   */
  record Real(double least, double most, String allowed) implements ValueRange {
    /** The smallest float above zero, in two digits that are not below it. */
    private static final String LEAST_POSITIVE = "1.5e-45";

    /** The largest float, in digits that are not above it. */
    private static final String LARGEST = "3.4028234e38";

    private static final Pattern FORM =
        Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    @Override
    public boolean allows(String value) {
      if (!FORM.matcher(value).matches()) {
        return false;
      }
      double number = Double.parseDouble(value);
      return number >= least && number <= most;
    }

    /** Words for a range do not name the bounds that all numbers have. */
    @Override
    public String refusal(String value) {
      double number = FORM.matcher(value).matches() ? Double.parseDouble(value) : 0;
      if (most == Float.MAX_VALUE && Math.abs(number) > Float.MAX_VALUE) {
        return "is too large: numbers go up to " + LARGEST;
      }
      if (least == Float.MIN_VALUE && number > 0 && number < Float.MIN_VALUE) {
        return "is too small: positive numbers begin at " + LEAST_POSITIVE;
      }
      return ValueRange.super.refusal(value);
    }

    @Override
    public String canonical(String value) {
      // Plus zero turns minus zero into zero.
      return Double.toString(Double.parseDouble(value) + 0.0);
    }
  }
}
