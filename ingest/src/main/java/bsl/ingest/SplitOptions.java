package bsl.ingest;

import java.util.Locale;
import java.util.Optional;

/**
 * Says how interactions are cut into train, validation and test pairs.
 *
 * @param kind by what they are cut
 * @param test how much goes into the test set: of each user's interactions, or for {@link
 *     Kind#TIME} of all
 * @param valid how much goes into the validation set, likewise
 * @param seed seed of random splits
 * @param testFrom for {@link Kind#TIME}, when the test set begins, as a date or as a number like
 *     those in the file; the amounts are then not looked at
 * @param validFrom for {@link Kind#TIME} with {@code testFrom}, when the validation set begins
 */
public record SplitOptions(
    Kind kind,
    Amount test,
    Amount valid,
    long seed,
    Optional<String> testFrom,
    Optional<String> validFrom) {

  /**
   * @throws IllegalArgumentException if test and validation set are shares that are all there is,
   *     or more, or a time is given for another kind than {@link Kind#TIME}
   */
  public SplitOptions {
    if (test.value() < 1 && valid.value() < 1 && test.value() + valid.value() >= 1) {
      throw new IllegalArgumentException(
          "a test set of " + test + " and a validation set of " + valid + " leave no train pairs");
    }
    if (kind != Kind.TIME && (testFrom.isPresent() || validFrom.isPresent())) {
      throw new IllegalArgumentException("a split " + kind.key() + " begins at no time");
    }
  }

  /** By what interactions are cut. */
  public enum Kind {
    /** At random, for each user apart. */
    RANDOM("random"),
    /** The last ones of each user. */
    LEAVE_LAST("leave-last"),
    /** One point in time for all users. */
    TIME("time"),
    /** The files are the parts. */
    GIVEN("given");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** Name in options and files, for example {@code leave-last}. */
    public String key() {
      return key;
    }
  }

  /** Eight, one and one tenth of each user's interactions, at random. */
  public static final SplitOptions DEFAULT = of(Kind.RANDOM, 0.1, 0.1, 1);

  /** A split by amounts. */
  public static SplitOptions of(Kind kind, double test, double valid, long seed) {
    return new SplitOptions(
        kind, new Amount(test), new Amount(valid), seed, Optional.empty(), Optional.empty());
  }

  /** Files that are the parts. */
  public static SplitOptions given() {
    return of(Kind.GIVEN, 0, 0, 0);
  }

  @Override
  public String toString() {
    if (testFrom.isPresent()) {
      String from = kind.key() + ", test from " + testFrom.get();
      return validFrom.map(valid -> from + ", validation from " + valid).orElse(from);
    }
    return String.format(Locale.ROOT, "%s, test %s, validation %s", kind.key(), test, valid);
  }
}
