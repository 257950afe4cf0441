package bsl.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that can be set about a run: the key in configuration files, in {@code --set} and in
 * JSON, the flag on the command line, the default and what values are allowed.
 */
public enum SettingKey {
  DATASET(null, Kind.TEXT, "data set: a name of the catalogue or a folder of the data directory"),
  BACKBONE(
      "mf", Kind.choice("mf", "lightgcn", "ngcf"), "model that turns parameters into embeddings"),
  LOSS("bsl", Kind.choice(LossKind.keys()), "what to minimise"),
  TAU("0.1", Kind.positive(), "temperature (of the positives in bsl-paper and bsl-power)"),
  TAU_RATIO(
      "1.0",
      Kind.positive(),
      "rho, power of the negative side in bsl; temperature of the positives over that of the"
          + " negatives in bsl-paper and bsl-power"),
  MODE(
      "multi",
      Kind.choice("multi", "reweight"),
      "expectation over positives: over the user's pairs in the mini-batch, or the single pair"),
  NEGATIVE_WEIGHT(
      "1", Kind.positive(), "weight of a negative in bce and mse, of their mean in ccl and renyi"),
  MARGIN("0", Kind.real(), "score below which a negative does not count in ccl and renyi"),
  VARIANCE_WEIGHT(
      "1", Kind.atLeastZero(), "weight of the variance over negatives in mean-variance"),
  ORDER("2", Kind.aboveOne(), "order of the divergence in renyi"),
  DIMENSION("64", Kind.whole(1, 4096), "floats per embedding"),
  LAYERS("3", Kind.whole(1, 8), "layers of a graph backbone beyond layer 0; mf ignores it"),
  SHALLOW_EPOCHS(
      "0",
      Kind.whole(0, 1_000_000),
      "first epochs that train lightgcn with one layer; other backbones ignore it"),
  BATCH_SIZE("2048", Kind.whole(1, 1 << 20), "observed pairs per mini-batch"),
  NEGATIVES("1024", Kind.whole(1, 1 << 20), "negatives per pair; in-batch sampling ignores it"),
  NEGATIVE_SAMPLING(
      "shared",
      Kind.choice("shared", "independent", "in-batch", "popular"),
      "one uniform set per mini-batch, one per pair, the other pairs' positives, or one set per"
          + " mini-batch drawn by popularity, as in-batch ones are"),
  IN_BATCH_GRADIENT(
      "exact",
      Kind.choice("exact", "reference"),
      "with in-batch negatives: the loss's gradient, or the reference implementation's, which counts"
          + " the first pair's positive twice"),
  LEARNING_RATE("0.001", Kind.positive(), "Adam's step size on the plateau"),
  WARMUP_EPOCHS("0", Kind.atLeastZero(), "epochs of linear warm-up"),
  DECAY_FRACTION("0", Kind.share(), "share of the planned epochs with linear decay to zero"),
  L2("0", Kind.atLeastZero(), "weight of the L2 term"),
  L2_LAYERS(
      "all",
      Kind.choice("all", "zero"),
      "layers whose embeddings a graph backbone's L2 term is over: all, or the parameters"),
  MESSAGE_DROPOUT(
      "0.1", Kind.shareBelowOne(), "share of the elements of ngcf's layers that is dropped"),
  DROPOUT("0", Kind.shareBelowOne(), "share of a user embedding's elements that is dropped"),
  EPOCHS("30", Kind.whole(1, 1_000_000), "epochs at most"),
  PATIENCE("50", Kind.whole(1, 1_000_000), "epochs without improvement after which to stop"),
  EVALUATE_EVERY("1", Kind.whole(1, 1_000_000), "epochs from one evaluation to the next"),
  TRAIN_SCORE("cosine", Kind.choice("cosine", "inner-product"), "score in training"),
  TEST_SCORE("cosine", Kind.choice("cosine", "inner-product"), "score in evaluation"),
  PROTOCOL(
      "paper",
      Kind.choice("paper", "held-out"),
      "select the epoch on the test set, as the authors did, or on pairs held out of train"),
  HELD_OUT_FRACTION("0.1", Kind.shareBelowOne(), "share of each user's train pairs held out"),
  POSITIVE_NOISE(
      "0",
      Kind.share(),
      "false positives added to the train pairs, as a share of each user's train pairs"),
  NEGATIVE_NOISE(
      "1",
      Kind.atLeastZero(),
      "weight of a user's own positives among the negatives, other items having 1; other values"
          + " need negative_sampling independent"),
  NEGATIVE_NOISE_ON(
      "train",
      Kind.choice("train", "test"),
      "which pairs are the positives that negative_noise weighs"),
  ADAM(
      "lazy",
      Kind.choice("lazy", "dense"),
      "when rows without gradient are updated; the result is the same"),
  SEED("1", Kind.whole(Long.MIN_VALUE, Long.MAX_VALUE), "seed of everything random");

  /** What values a key takes. */
  sealed interface Kind {
    /** Any text. */
    Kind TEXT = new Text();

    /** What is allowed, to go behind "is not". */
    String allowed();

    /** Whether a value is allowed. */
    boolean allows(String value);

    static Kind choice(String... values) {
      return new Choice(List.of(values));
    }

    static Kind whole(long least, long most) {
      return new Whole(least, most);
    }

    static Kind positive() {
      return new Real(Double.MIN_VALUE, Float.MAX_VALUE, "a positive number");
    }

    static Kind real() {
      return new Real(-Float.MAX_VALUE, Float.MAX_VALUE, "a number");
    }

    static Kind aboveOne() {
      return new Real(Math.nextUp(1.0), Float.MAX_VALUE, "a number above 1");
    }

    static Kind atLeastZero() {
      return new Real(0, Float.MAX_VALUE, "a number of at least 0");
    }

    static Kind share() {
      return new Real(0, 1, "a number from 0 to 1");
    }

    static Kind shareBelowOne() {
      return new Real(0, Math.nextDown(1.0), "a number of at least 0 and below 1");
    }

    /** Any text. */
    record Text() implements Kind {
      @Override
      public String allowed() {
        return "a text";
      }

      @Override
      public boolean allows(String value) {
        return !value.isBlank();
      }
    }

    /** One of some words. */
    record Choice(List<String> values) implements Kind {
      @Override
      public String allowed() {
        return "one of " + String.join(", ", values);
      }

      @Override
      public boolean allows(String value) {
        return values.contains(value);
      }
    }

    /** A whole number in a range. */
    record Whole(long least, long most) implements Kind {
      @Override
      public String allowed() {
        return least == Long.MIN_VALUE
            ? "a whole number"
            : "a whole number from " + least + " to " + most;
      }

      @Override
      public boolean allows(String value) {
        try {
          long number = Long.parseLong(value);
          return number >= least && number <= most;
        } catch (NumberFormatException e) {
          return false;
        }
      }
    }

    /** A number in a range. */
    record Real(double least, double most, String allowed) implements Kind {
      @Override
      public boolean allows(String value) {
        try {
          double number = Double.parseDouble(value);
          return number >= least && number <= most;
        } catch (NumberFormatException e) {
          return false;
        }
      }
    }
  }

  private final String fallback;
  private final Kind kind;
  private final String description;

  SettingKey(String fallback, Kind kind, String description) {
    this.fallback = fallback;
    this.kind = kind;
    this.description = description;
  }

  /** The key in files and JSON, e.g. {@code batch_size}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The flag on the command line, e.g. {@code --batch-size}. */
  public String flag() {
    return "--" + key().replace('_', '-');
  }

  /** The default, if there is one. */
  public Optional<String> fallback() {
    return Optional.ofNullable(fallback);
  }

  /** The default as {@link RunSpec} writes it, if there is one. */
  Optional<String> canonicalFallback() {
    return fallback().map(value -> RunSpec.canonical(this, value));
  }

  /** One line on what it is, with the values allowed. */
  public String description() {
    String range = kind == Kind.TEXT ? "" : " (" + kind.allowed() + ")";
    return description + range;
  }

  /** Whether the value is a number in JSON. */
  boolean numeric() {
    return kind instanceof Kind.Whole || kind instanceof Kind.Real;
  }

  /** Whether the value is a whole number. */
  boolean whole() {
    return kind instanceof Kind.Whole;
  }

  /**
   * Checks a value.
   *
   * @param origin where it comes from, e.g. {@code my.yaml:3} or the flag
   * @throws InputException if it is not allowed
   */
  void check(String value, String origin) {
    if (!kind.allows(value)) {
      throw new InputException(origin + ": " + key() + " '" + value + "' is not " + kind.allowed());
    }
  }

  /**
   * The key of this name; hyphens count as underscores.
   *
   * @param origin where the name comes from
   * @throws InputException if there is none
   */
  public static SettingKey named(String name, String origin) {
    String key = name.replace('-', '_');
    return Arrays.stream(values())
        .filter(k -> k.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    origin
                        + ": unknown key '"
                        + name
                        + "'; known are "
                        + Arrays.stream(values())
                            .map(SettingKey::key)
                            .collect(Collectors.joining(", "))));
  }
}
