package bsl.cli;

import bsl.core.NameSuggestion;
import bsl.ingest.Amount;
import bsl.ingest.SplitOptions;
import bsl.ingest.SplitOptions.Kind;
import bsl.run.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How imported interactions are split. */
final class ImportSplitOptions {
  private static final double SHARE = 0.1;
  private static final long SEED = 1;

  @Option(
      names = "--split",
      paramLabel = "KIND",
      description = {
        "random (default): at random, for each user apart;",
        "leave-last: the last ones of each user;",
        "time: what happened from a point in time on, for all users"
      })
  private String kind;

  @Option(
      names = "--test-size",
      paramLabel = "SIZE",
      description = {
        "what goes into the test set, as a share below 1 or a number, of each user's interactions or,",
        "with --split time, of all; default 0.1, with leave-last 1"
      })
  private Double testSize;

  @Option(
      names = "--val-size",
      paramLabel = "SIZE",
      description =
          "what goes into the validation set, likewise; 0 for none; default as --test-size")
  private Double valSize;

  @Option(
      names = "--test-from",
      paramLabel = "TIME",
      description = "with --split time: when the test set begins, such as 2015-06-30")
  private String testFrom;

  @Option(
      names = "--val-from",
      paramLabel = "TIME",
      description = "with --test-from: when the validation set begins; default no validation set")
  private String valFrom;

  @Option(names = "--seed", paramLabel = "S", description = "seed of random splits; default 1")
  private Long seed;

  /**
   * The options.
   *
   * @param given whether the files are parts
   * @throws InputException if they do not go together, or one has a value that is not allowed
   */
  SplitOptions options(boolean given) {
    if (given) {
      refuse(kind, "--split", "parts that are given");
      refuse(testSize, "--test-size", "parts that are given");
      refuse(valSize, "--val-size", "parts that are given");
      refuse(testFrom, "--test-from", "parts that are given");
      refuse(valFrom, "--val-from", "parts that are given");
      refuse(seed, "--seed", "parts that are given");
      return SplitOptions.given();
    }
    Kind by = kind();
    if (by != Kind.TIME) {
      refuse(testFrom, "--test-from", "--split " + by.key());
      refuse(valFrom, "--val-from", "--split " + by.key());
    }
    if (testFrom != null) {
      refuse(testSize, "--test-size", "--test-from");
      refuse(valSize, "--val-size", "--test-from");
    } else if (valFrom != null) {
      throw new InputException("--val-from needs --test-from");
    }
    if (by != Kind.RANDOM) {
      refuse(seed, "--seed", "--split " + by.key());
    }
    double usual = by == Kind.LEAVE_LAST ? 1 : SHARE;
    Amount test = amount("--test-size", testSize, usual);
    if (test.equals(Amount.NONE)) {
      throw new InputException("--test-size 0 leaves nothing to test on");
    }
    Amount valid = amount("--val-size", valSize, test.value());
    try {
      return new SplitOptions(
          by,
          test,
          valid,
          seed == null ? SEED : seed,
          Optional.ofNullable(testFrom),
          Optional.ofNullable(valFrom));
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "--test-size " + test + " and --val-size " + valid + ": " + e.getMessage(), e);
    }
  }

  private static void refuse(Object value, String option, String with) {
    if (value != null) {
      throw new InputException(option + " does not go with " + with);
    }
  }

  private Kind kind() {
    if (kind == null) {
      return Kind.RANDOM;
    }
    List<Kind> kinds = Arrays.stream(Kind.values()).filter(k -> k != Kind.GIVEN).toList();
    List<String> keys = kinds.stream().map(Kind::key).toList();
    return kinds.stream()
        .filter(k -> k.key().equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--split '"
                        + kind
                        + "' is none of "
                        + String.join(", ", keys)
                        + NameSuggestion.hint(kind, keys)));
  }

  private static Amount amount(String option, Double given, double usual) {
    try {
      return new Amount(given == null ? usual : given);
    } catch (IllegalArgumentException e) {
      throw new InputException(option + " " + e.getMessage(), e);
    }
  }
}
