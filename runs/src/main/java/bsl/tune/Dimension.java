package bsl.tune;

import bsl.core.RandomStream;
import bsl.core.ValueRange;
import bsl.run.InputException;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** One setting of a search, and the values that it may take. Immutable. */
public final class Dimension {
  /**
   * Numbers are drawn with as many digits: more make no difference, and people read them. Narrow
   * ranges have more.
   */
  private static final MathContext DIGITS = new MathContext(3);

  /** Digits are never so few that a range has fewer numbers than this, or it would be a list. */
  private static final int LEAST_NUMBERS = 50;

  private final SettingKey key;
  private final String origin;

  /** The values in their canonical form; empty for a range. */
  private final List<String> choices;

  private final double from;
  private final double to;
  private final boolean logarithmic;
  private final boolean whole;

  /** Numbers have as many decimals at least; negative for powers of ten. */
  private final int decimals;

  private Dimension(
      SettingKey key,
      String origin,
      List<String> choices,
      double from,
      double to,
      boolean logarithmic,
      boolean whole) {
    this.key = key;
    this.origin = origin;
    this.choices = choices;
    this.from = from;
    this.to = to;
    this.logarithmic = logarithmic;
    this.whole = whole;
    this.decimals = choices.isEmpty() ? decimals((to - from) / LEAST_NUMBERS) : 0;
  }

  /** The decimals of the largest power of ten that is no larger than a number above 0. */
  private static int decimals(double number) {
    BigDecimal exact = new BigDecimal(number);
    return exact.scale() - exact.precision() + 1;
  }

  /**
   * A setting that takes one of some values, each with the same probability.
   *
   * @param key the setting
   * @param values at least one
   * @param origin where they come from, for messages
   * @throws InputException if a value is not allowed for the setting or is there twice
   */
  public static Dimension ofChoices(SettingKey key, List<String> values, String origin) {
    if (values.isEmpty()) {
      throw new InputException(origin + ": " + key + " has no values");
    }
    Set<String> canonical = new LinkedHashSet<>();
    for (String value : values) {
      if (!canonical.add(canonical(key, value, origin))) {
        throw new InputException(origin + ": " + key + " has the value '" + value + "' twice");
      }
    }
    return new Dimension(key, origin, List.copyOf(canonical), 0, 0, false, false);
  }

  /**
   * A setting that takes numbers from a range.
   *
   * @param key the setting
   * @param from the smallest number
   * @param to the largest number
   * @param logarithmic whether each factor has the same probability, or each difference
   * @param whole whether only whole numbers are drawn; so it is in any case if the setting has no
   *     others
   * @param origin where they come from, for messages
   * @throws InputException if the setting takes no numbers or not these, or the range is empty
   */
  public static Dimension between(
      SettingKey key, String from, String to, boolean logarithmic, boolean whole, String origin) {
    boolean wholeKey = key.range() instanceof ValueRange.Whole;
    if (!isNumeric(key)) {
      throw new InputException(
          origin + ": " + key + " takes no numbers; give a list of its values instead of a range");
    }
    double least = Double.parseDouble(canonical(key, from, origin));
    double most = Double.parseDouble(canonical(key, to, origin));
    if (least >= most) {
      throw new InputException(
          origin + ": " + key + " is to go from " + from + " to " + to + ", which is no range");
    }
    if (logarithmic && least <= 0) {
      throw new InputException(
          origin
              + ": "
              + key
              + " on a log scale cannot begin at "
              + from
              + ", which is not above 0");
    }
    boolean onlyWhole = wholeKey || whole;
    if (onlyWhole && Math.ceil(least) > Math.floor(most)) {
      throw new InputException(
          origin + ": " + key + " has no whole number from " + from + " to " + to);
    }
    return new Dimension(key, origin, List.of(), least, most, logarithmic, onlyWhole);
  }

  private static String canonical(SettingKey key, String value, String origin) {
    new Settings().set(key, value, origin);
    return key.range().canonical(value);
  }

  /** The setting. */
  public SettingKey key() {
    return key;
  }

  /** Where the dimension was given, for messages. */
  String origin() {
    return origin;
  }

  /** Whether there is only one value. */
  public boolean isFixed() {
    return choices.size() == 1;
  }

  /** Whether the values are numbers, from a range or a list. */
  public boolean isNumeric() {
    return isNumeric(key);
  }

  /** Whether a setting takes numbers. */
  static boolean isNumeric(SettingKey key) {
    return key.range() instanceof ValueRange.Whole || key.range() instanceof ValueRange.Real;
  }

  /** Whether the values are best seen on a logarithmic axis. */
  public boolean isLogarithmic() {
    if (choices.isEmpty()) {
      return logarithmic;
    }
    List<Double> numbers = new ArrayList<>();
    if (isNumeric()) {
      choices.forEach(choice -> numbers.add(Double.parseDouble(choice)));
    }
    numbers.sort(null);
    return numbers.size() > 2
        && numbers.get(0) > 0
        && numbers.get(numbers.size() - 1) >= 10 * numbers.get(0);
  }

  /** How many values there are, if it is a list. */
  OptionalLong size() {
    return choices.isEmpty() ? OptionalLong.empty() : OptionalLong.of(choices.size());
  }

  /** Whether a value is one of these. */
  boolean contains(String value) {
    if (!choices.isEmpty()) {
      return choices.contains(key.range().canonical(value));
    }
    double number = Double.parseDouble(value);
    return number >= from && number <= to && (!whole || number == Math.rint(number));
  }

  /** A random value, in canonical form. */
  String draw(RandomStream random) {
    if (!choices.isEmpty()) {
      return choices.get(random.nextInt(choices.size()));
    }
    double u = random.nextDouble();
    double number;
    if (whole && !logarithmic) {
      double count = Math.floor(to) - Math.ceil(from) + 1;
      number = Math.ceil(from) + Math.floor(u * count);
    } else if (logarithmic) {
      // What is rounded to the first and to the last whole number reaches half a number further.
      double low = StrictMath.log(whole ? Math.ceil(from) - 0.5 : from);
      double high = StrictMath.log(whole ? Math.floor(to) + 0.5 : to);
      number = StrictMath.exp(low + u * (high - low));
    } else {
      number = from + u * (to - from);
    }
    return canonical(key, text(number), origin);
  }

  private String text(double number) {
    BigDecimal rounded;
    if (whole) {
      double within = Math.max(Math.ceil(from), Math.min(Math.floor(to), Math.rint(number)));
      rounded = new BigDecimal(within).setScale(0, RoundingMode.HALF_EVEN);
    } else {
      BigDecimal exact = new BigDecimal(number);
      rounded = exact.round(DIGITS);
      if (rounded.scale() < decimals) {
        rounded = exact.setScale(decimals, DIGITS.getRoundingMode());
      }
      if (rounded.doubleValue() < from || rounded.doubleValue() > to) {
        rounded = BigDecimal.valueOf(number < (from + to) / 2 ? from : to);
      }
    }
    // A whole number is written without exponent.
    return whole ? rounded.toPlainString() : rounded.toString();
  }

  /** How many values there are; 0 if it is a range. */
  int choices() {
    return choices.size();
  }

  /** One of the values of a list, in canonical form. */
  String choice(int index) {
    return choices.get(index);
  }

  /** Settings that have whole numbers only need not be told so. */
  private String scale() {
    boolean onlyHere = whole && !(key.range() instanceof ValueRange.Whole);
    return (logarithmic ? " (log)" : "") + (onlyHere ? " (whole)" : "");
  }

  @Override
  public String toString() {
    return choices.isEmpty()
        ? key + " from " + from + " to " + to + scale()
        : key + " " + String.join(", ", choices);
  }
}
