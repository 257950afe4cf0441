package bsl.run;

import bsl.core.Hyperparameter;
import bsl.core.NameSuggestion;
import bsl.core.ValueRange;
import bsl.losses.LossKind;
import bsl.losses.LossKinds;
import bsl.losses.LossParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One thing that can be set about a run. From it come the key in configuration files, in {@code
 * --set} and in JSON, the flag on the command line, the default and the check of values.
 *
 * <p>The constants are the settings that every run has. A loss or a backbone from outside brings
 * more: {@link LossKind#parameters} and {@link BackboneKind#settings}. {@link #all} lists both. Two
 * keys are equal if their names are.
 */
public final class SettingKey {
  private static final List<SettingKey> STANDARD = new ArrayList<>();

  /** The end of a message about a loss or backbone that is not known. */
  static final String JAR_HINT = "; is its jar in BSL_CLASSPATH?";

  private static final int MOST_EPOCHS = 1_000_000;

  /** Name of the data set. */
  public static final SettingKey DATASET =
      standard(
          "dataset",
          null,
          ValueRange.text(),
          SettingGroup.DATA,
          "data set: a name of the catalogue or a folder of the data directory");

  /** Name of the backbone, see {@link BackboneKinds}. */
  public static final SettingKey BACKBONE =
      standard(
          "backbone",
          "mf",
          () -> ValueRange.choice(BackboneKinds.names()),
          SettingGroup.MODEL,
          "model that turns parameters into embeddings");

  /** Name of the loss, see {@link LossKinds}. */
  public static final SettingKey LOSS =
      standard(
          "loss",
          "bsl",
          () -> ValueRange.choice(LossKinds.names()),
          SettingGroup.LOSS,
          "what to minimise");

  /** See {@link LossParameters#TAU}. */
  public static final SettingKey TAU = ofLoss(LossParameters.TAU);

  /** Temperature of the first epoch. */
  public static final SettingKey TAU_START =
      standard(
          "tau_start",
          "1",
          ValueRange.positive(),
          SettingGroup.LOSS,
          "tau of the first epoch as a multiple of tau, to which it then goes linearly");

  /** How long the temperature is on its way. */
  public static final SettingKey TAU_START_FRACTION =
      standard(
          "tau_start_fraction",
          "0.8",
          ValueRange.share(),
          SettingGroup.LOSS,
          "share of the planned epochs after which tau has its own value");

  /** See {@link LossParameters#TAU_RATIO}. */
  public static final SettingKey TAU_RATIO = ofLoss(LossParameters.TAU_RATIO);

  /** See {@link LossParameters#MODE}. */
  public static final SettingKey MODE = ofLoss(LossParameters.MODE);

  /** See {@link LossParameters#NEGATIVE_WEIGHT}. */
  public static final SettingKey NEGATIVE_WEIGHT = ofLoss(LossParameters.NEGATIVE_WEIGHT);

  /** See {@link LossParameters#MARGIN}. */
  public static final SettingKey MARGIN = ofLoss(LossParameters.MARGIN);

  /** See {@link LossParameters#VARIANCE_WEIGHT}. */
  public static final SettingKey VARIANCE_WEIGHT = ofLoss(LossParameters.VARIANCE_WEIGHT);

  /** See {@link LossParameters#ORDER}. */
  public static final SettingKey ORDER = ofLoss(LossParameters.ORDER);

  /** Floats per embedding. */
  public static final SettingKey DIMENSION =
      standard(
          "dimension", "64", ValueRange.whole(1, 4096), SettingGroup.MODEL, "floats per embedding");

  /** Layers of a graph backbone. */
  public static final SettingKey LAYERS =
      standard(
          "layers",
          "3",
          ValueRange.whole(1, 8),
          SettingGroup.MODEL,
          "layers of a graph backbone beyond layer 0");

  /** First epochs with {@link #SHALLOW_LAYERS} layers. */
  public static final SettingKey SHALLOW_EPOCHS =
      standard(
          "shallow_epochs",
          "0",
          ValueRange.whole(0, MOST_EPOCHS),
          SettingGroup.MODEL,
          "first epochs that train with fewer layers, and without a contrastive term");

  /** Layers of the shallow epochs. */
  public static final SettingKey SHALLOW_LAYERS =
      standard(
          "shallow_layers",
          "1",
          ValueRange.whole(0, 8),
          SettingGroup.MODEL,
          "layers that the shallow epochs train with; 0 is matrix factorisation");

  /** How often LightGCN propagates. */
  public static final SettingKey PROPAGATE_EVERY =
      standard(
          "propagate_every",
          "1",
          ValueRange.whole(1, 1 << 20),
          SettingGroup.MODEL,
          "steps between two propagations of lightgcn; more than 1 makes steps cheap, with layers"
              + " and their gradients from the steps before");

  /** Pairs per mini-batch. */
  public static final SettingKey BATCH_SIZE =
      standard(
          "batch_size",
          "2048",
          ValueRange.whole(1, 1 << 20),
          SettingGroup.SAMPLING,
          "observed pairs per mini-batch; with batch_users, per virtual one of positive_groups");

  /** How an epoch takes train pairs into mini-batches of pairs. */
  public static final SettingKey PAIR_SAMPLING =
      standard(
          "pair_sampling",
          "shuffled",
          ValueRange.choice("shuffled", "by-user"),
          SettingGroup.SAMPLING,
          "without batch_users: each train pair once an epoch, or as many draws of a user and one"
              + " of its pairs, so that all users count alike");

  /** Users per mini-batch. */
  public static final SettingKey BATCH_USERS =
      standard(
          "batch_users",
          "0",
          ValueRange.whole(0, 1 << 20),
          SettingGroup.SAMPLING,
          "users per mini-batch, each with all of its train pairs, which are compared with the same"
              + " negatives; 0 for mini-batches of pairs");

  /** Pairs of a user in a mini-batch. */
  public static final SettingKey PAIRS_PER_USER =
      standard(
          "pairs_per_user",
          "0",
          ValueRange.whole(0, 1 << 20),
          SettingGroup.SAMPLING,
          "with batch_users: a user's pairs in a mini-batch at most, so that users with more come"
              + " several times an epoch; 0 for all of them");

  /** Over which positives an expectation is taken. */
  public static final SettingKey POSITIVE_GROUPS =
      standard(
          "positive_groups",
          "batch",
          ValueRange.choice("batch", "user"),
          SettingGroup.SAMPLING,
          "with batch_users: mode multi takes its expectation over the user's pairs in a virtual"
              + " mini-batch of batch_size pairs, or over all of the user's pairs");

  /** Negatives per pair. */
  public static final SettingKey NEGATIVES =
      standard(
          "negatives",
          "1024",
          ValueRange.whole(0, 1 << 20),
          SettingGroup.SAMPLING,
          "negatives that a pair is compared with; 0 for all items, where negative_sampling is"
              + " shared or batch_users is set; in-batch sampling ignores it");

  /** Which pairs see which negatives. */
  public static final SettingKey NEGATIVE_SAMPLING =
      standard(
          "negative_sampling",
          "shared",
          ValueRange.choice("shared", "independent", "in-batch", "popular"),
          SettingGroup.SAMPLING,
          "one uniform set per mini-batch, one per pair, the other pairs' positives, or one set per"
              + " mini-batch drawn by popularity, as in-batch ones are; batch_users goes with"
              + " shared and popular, and popular then weighs the items where all are taken");

  /** Which gradient in-batch negatives have. */
  public static final SettingKey IN_BATCH_GRADIENT =
      standard(
          "in_batch_gradient",
          "exact",
          ValueRange.choice("exact", "reference"),
          SettingGroup.SAMPLING,
          "with in-batch negatives: the loss's gradient, or the reference implementation's, which"
              + " counts the first pair's positive twice");

  /** Learning rate on the plateau. */
  public static final SettingKey LEARNING_RATE =
      standard(
          "learning_rate",
          "0.001",
          ValueRange.positive(),
          SettingGroup.OPTIMISATION,
          "Adam's step size on the plateau");

  /** Epochs of warm-up. */
  public static final SettingKey WARMUP_EPOCHS =
      standard(
          "warmup_epochs",
          "0",
          ValueRange.atLeastZero(),
          SettingGroup.OPTIMISATION,
          "epochs of linear warm-up");

  /** Share of the epochs with decay. */
  public static final SettingKey DECAY_FRACTION =
      standard(
          "decay_fraction",
          "0",
          ValueRange.share(),
          SettingGroup.OPTIMISATION,
          "share of the planned epochs with linear decay to zero");

  /** Weight of the L2 term. */
  public static final SettingKey L2 =
      standard(
          "l2", "0", ValueRange.atLeastZero(), SettingGroup.OPTIMISATION, "weight of the L2 term");

  /** Which embeddings the L2 term of a graph backbone is over. */
  public static final SettingKey L2_LAYERS =
      standard(
          "l2_layers",
          "all",
          ValueRange.choice("all", "zero"),
          SettingGroup.OPTIMISATION,
          "layers whose embeddings a graph backbone's L2 term is over: all, or the parameters");

  /** Dropout in the layers of NGCF. */
  public static final SettingKey MESSAGE_DROPOUT =
      standard(
          "message_dropout",
          "0.1",
          ValueRange.shareBelowOne(),
          SettingGroup.OPTIMISATION,
          "share of the elements of ngcf's layers that is dropped");

  /** Dropout of user embeddings. */
  public static final SettingKey DROPOUT =
      standard(
          "dropout",
          "0",
          ValueRange.shareBelowOne(),
          SettingGroup.OPTIMISATION,
          "share of a user embedding's elements that is dropped");

  /** Epochs at most. */
  public static final SettingKey EPOCHS =
      standard(
          "epochs",
          "30",
          ValueRange.whole(1, MOST_EPOCHS),
          SettingGroup.OPTIMISATION,
          "epochs at most");

  /** Epochs without improvement after which to stop. */
  public static final SettingKey PATIENCE =
      standard(
          "patience",
          "50",
          ValueRange.whole(1, MOST_EPOCHS),
          SettingGroup.OPTIMISATION,
          "epochs without a better recall@20 after which to stop");

  /** Epochs from one evaluation to the next. */
  public static final SettingKey EVALUATE_EVERY =
      standard(
          "evaluate_every",
          "1",
          ValueRange.whole(1, MOST_EPOCHS),
          SettingGroup.EVALUATION,
          "epochs from one evaluation to the next");

  /** Score in training. */
  public static final SettingKey TRAIN_SCORE =
      standard(
          "train_score",
          "cosine",
          ValueRange.choice("cosine", "inner-product"),
          SettingGroup.MODEL,
          "score in training");

  /** Score in evaluation. */
  public static final SettingKey TEST_SCORE =
      standard(
          "test_score",
          "cosine",
          ValueRange.choice("cosine", "inner-product"),
          SettingGroup.EVALUATION,
          "score in evaluation");

  /** How the epoch is selected. */
  public static final SettingKey PROTOCOL =
      standard(
          "protocol",
          "paper",
          ValueRange.choice("paper", "held-out"),
          SettingGroup.EVALUATION,
          "select the epoch on the test set, as the authors did, or on pairs held out of train");

  /** Share of each user's train pairs that is held out. */
  public static final SettingKey HELD_OUT_FRACTION =
      standard(
          "held_out_fraction",
          "0.1",
          ValueRange.properShare(),
          SettingGroup.EVALUATION,
          "share of each user's train pairs that protocol held-out holds out");

  /** False positives per train pair. */
  public static final SettingKey POSITIVE_NOISE =
      standard(
          "positive_noise",
          "0",
          ValueRange.share(),
          SettingGroup.NOISE,
          "false positives added to the train pairs, as a share of each user's train pairs");

  /** Weight of a user's positives among the negatives. */
  public static final SettingKey NEGATIVE_NOISE =
      standard(
          "negative_noise",
          "1",
          ValueRange.atLeastZero(),
          SettingGroup.NOISE,
          "weight of a user's own positives among the negatives, other items having 1; other values"
              + " need negative_sampling independent or batch_users");

  /** Which positives negative noise weighs. */
  public static final SettingKey NEGATIVE_NOISE_ON =
      standard(
          "negative_noise_on",
          "train",
          ValueRange.choice("train", "test"),
          SettingGroup.NOISE,
          "which pairs are the positives that negative_noise weighs");

  /** When and how Adam updates rows without gradient. */
  public static final SettingKey ADAM =
      standard(
          "adam",
          "lazy",
          ValueRange.choice("lazy", "dense", "closed-form"),
          SettingGroup.OPTIMISATION,
          "how rows without gradient are updated: lazy and dense have the same result, closed-form"
              + " is faster and another run, equal to rounding");

  /** Seed of everything random. */
  public static final SettingKey SEED =
      standard(
          "seed",
          "1",
          ValueRange.whole(Long.MIN_VALUE, Long.MAX_VALUE),
          SettingGroup.OPTIMISATION,
          "seed of everything random");

  private static volatile List<SettingKey> all;

  private final String key;
  private final String fallback;
  private final Supplier<ValueRange> range;
  private final SettingGroup group;
  private final String description;

  private SettingKey(
      String key,
      String fallback,
      Supplier<ValueRange> range,
      SettingGroup group,
      String description) {
    this.key = key;
    this.fallback = fallback;
    this.range = range;
    this.group = group;
    this.description = description;
  }

  private static SettingKey standard(
      String key, String fallback, ValueRange range, SettingGroup group, String description) {
    return standard(key, fallback, () -> range, group, description);
  }

  private static SettingKey standard(
      String key,
      String fallback,
      Supplier<ValueRange> range,
      SettingGroup group,
      String description) {
    SettingKey made = new SettingKey(key, fallback, range, group, description);
    STANDARD.add(made);
    return made;
  }

  private static SettingKey ofLoss(Hyperparameter parameter) {
    SettingKey made = of(parameter, SettingGroup.LOSS);
    STANDARD.add(made);
    return made;
  }

  /**
   * A setting that a backbone brings. It is known once {@link BackboneKind#settings} names it.
   *
   * @param parameter name, default, range and description
   */
  public static SettingKey ofBackbone(Hyperparameter parameter) {
    return of(parameter, SettingGroup.MODEL);
  }

  private static SettingKey of(Hyperparameter parameter, SettingGroup group) {
    return new SettingKey(
        parameter.name(), parameter.fallback(), parameter::range, group, parameter.description());
  }

  /** The settings that a loss reads. */
  static List<SettingKey> readBy(LossKind loss) {
    return loss.parameters().stream().map(p -> of(p, SettingGroup.LOSS)).toList();
  }

  /**
   * All settings: those that every run has, then those that losses and backbones bring.
   *
   * @throws InputException if a loss or backbone on the class path cannot be used
   */
  public static List<SettingKey> all() {
    List<SettingKey> known = all;
    if (known == null) {
      known = withBrought();
      all = known;
    }
    return known;
  }

  private static List<SettingKey> withBrought() {
    List<SettingKey> known = new ArrayList<>(STANDARD);
    try {
      for (LossKind loss : LossKinds.all()) {
        String owner = "loss " + loss.name();
        brought(owner, () -> readBy(loss)).forEach(key -> add(key, owner, known));
      }
      for (BackboneKind backbone : BackboneKinds.all()) {
        String owner = "backbone " + backbone.name();
        brought(owner, backbone::settings).forEach(key -> add(key, owner, known));
      }
    } catch (IllegalStateException e) {
      throw new InputException(e.getMessage(), e);
    }
    return List.copyOf(known);
  }

  private static List<SettingKey> brought(String owner, Supplier<List<SettingKey>> settings) {
    try {
      return settings.get();
    } catch (RuntimeException | LinkageError e) {
      Throwable cause = e instanceof ExceptionInInitializerError ? e.getCause() : e;
      boolean plain = cause instanceof IllegalArgumentException && cause.getMessage() != null;
      throw new InputException(owner + ": " + (plain ? cause.getMessage() : cause.toString()), e);
    }
  }

  private static void add(SettingKey key, String owner, List<SettingKey> known) {
    int at = known.indexOf(key);
    if (at < 0) {
      known.add(key);
    } else if (!known.get(at).means(key)) {
      throw new InputException(
          owner
              + ": another setting is called "
              + key.key()
              + ", with another default or range; choose another name");
    }
  }

  private boolean means(SettingKey other) {
    return range().equals(other.range()) && canonicalFallback().equals(other.canonicalFallback());
  }

  /** Whether every run has this setting, whatever its loss and backbone. */
  boolean isStandard() {
    return STANDARD.contains(this);
  }

  /** The key in files and JSON, for example {@code batch_size}. */
  public String key() {
    return key;
  }

  /** The flag on the command line, for example {@code --batch-size}. */
  public String flag() {
    return "--" + key.replace('_', '-');
  }

  /** What the setting is about. */
  public SettingGroup group() {
    return group;
  }

  /** The values allowed. */
  public ValueRange range() {
    return range.get();
  }

  /** The default, if there is one. */
  public Optional<String> fallback() {
    return Optional.ofNullable(fallback);
  }

  /** The default as {@link RunSpec} writes it, if there is one. */
  Optional<String> canonicalFallback() {
    return fallback().map(value -> range().canonical(value));
  }

  /** One line on what it is, with the values allowed. */
  public String description() {
    return range() instanceof ValueRange.Text
        ? description
        : description + " (" + range().allowed() + ")";
  }

  /** Whether the value is a number in JSON. */
  boolean numeric() {
    return whole() || range() instanceof ValueRange.Real;
  }

  /** Whether the value is a whole number. */
  boolean whole() {
    return range() instanceof ValueRange.Whole;
  }

  /**
   * Checks a value.
   *
   * @param origin where it comes from, for example {@code my.yaml:3} or the flag
   * @throws InputException if it is not allowed
   */
  void check(String value, String origin) {
    ValueRange allowed = range();
    if (!allowed.allows(value)) {
      String hint =
          allowed instanceof ValueRange.Choice choice
              ? NameSuggestion.hint(value, choice.values())
              : "";
      if (hint.isEmpty() && (equals(LOSS) || equals(BACKBONE))) {
        hint = JAR_HINT;
      }
      throw new InputException(
          origin + ": " + key + " '" + value + "' " + allowed.refusal(value) + hint);
    }
  }

  /**
   * The key of this name; hyphens count as underscores.
   *
   * @param origin where the name comes from
   * @throws InputException if there is none
   */
  public static SettingKey named(String name, String origin) {
    return named(name, origin, List.of());
  }

  /**
   * The same where other words may stand, too, so that one of them may be meant.
   *
   * @param others those words
   */
  static SettingKey named(String name, String origin, List<String> others) {
    String wanted = name.replace('-', '_');
    return all().stream()
        .filter(k -> k.key().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new InputException(unknown(name, origin, others)));
  }

  private static String unknown(String name, String origin, List<String> others) {
    List<String> known =
        Stream.concat(others.stream(), all().stream().map(SettingKey::key)).toList();
    return origin
        + ": unknown key '"
        + name
        + "'; known are "
        + String.join(", ", known)
        + NameSuggestion.hint(name, known);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SettingKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return key;
  }
}
