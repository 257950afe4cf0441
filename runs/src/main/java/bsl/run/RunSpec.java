package bsl.run;

import bsl.backbones.Penalised;
import bsl.backbones.TemperatureSchedule;
import bsl.core.HyperparameterValues;
import bsl.core.RandomStream;
import bsl.core.ScoreFunction;
import bsl.core.optim.Adam;
import bsl.core.sampling.NegativeSharing;
import bsl.core.sampling.PairSampling;
import bsl.losses.FirstPositiveTwice;
import bsl.losses.LossKind;
import bsl.losses.LossKinds;
import bsl.losses.RankingLoss;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that fixes the result of a run, together with the data: the values of all {@link
 * SettingKey}s. Immutable.
 */
public final class RunSpec {
  private final Map<SettingKey, String> values;
  private final String preset;

  private RunSpec(Map<SettingKey, String> values, String preset) {
    this.values = values;
    this.preset = preset;
  }

  /** The same settings, said to have started from a preset. */
  public RunSpec startedFrom(String itsPreset) {
    return new RunSpec(values, itsPreset);
  }

  /**
   * Name of the preset that these settings started from, {@code none} if from none. For the record:
   * it is no setting, and runs with equal settings are equal whatever they started from.
   */
  public String preset() {
    return preset;
  }

  /**
   * Fixes the settings, defaults filled in. Settings that only other losses or backbones bring are
   * left out.
   *
   * @throws InputException if a value is missing or two do not go together
   */
  public static RunSpec of(Settings settings) {
    List<SettingKey> own = new ArrayList<>(readByLoss(settings.get(SettingKey.LOSS)));
    own.addAll(readByBackbone(settings.get(SettingKey.BACKBONE)));
    Map<SettingKey, String> values = new LinkedHashMap<>();
    for (SettingKey key : SettingKey.all()) {
      if (key.isStandard() || own.contains(key)) {
        values.put(key, key.range().canonical(settings.get(key)));
      }
    }
    return new RunSpec(Collections.unmodifiableMap(values), Presets.NONE).checked();
  }

  private static List<SettingKey> readByLoss(String loss) {
    return SettingKey.readBy(LossKinds.named(loss));
  }

  private static List<SettingKey> readByBackbone(String backbone) {
    return BackboneKinds.named(backbone).settings();
  }

  private RunSpec checked() {
    SettingsTogether.check(this);
    loss();
    if (changesTemperature()) {
      checkTemperatureOfFirstEpoch();
    }
    return this;
  }

  private void checkTemperatureOfFirstEpoch() {
    try {
      loss(1);
    } catch (InputException e) {
      throw new InputException("tau_start " + tauStart() + ": " + e.getMessage(), e);
    }
  }

  /** The canonical values of all keys, in the order of the keys. */
  Map<SettingKey, String> values() {
    return values;
  }

  /**
   * The value of a setting as text.
   *
   * @throws IllegalArgumentException if the run does not have that setting
   */
  public String text(SettingKey key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException(title() + " has no setting " + key.key());
    }
    return value;
  }

  /**
   * The value of a setting as a number.
   *
   * @throws IllegalArgumentException if the run does not have that setting or it is not a number
   */
  public double real(SettingKey key) {
    return Double.parseDouble(text(key));
  }

  /**
   * The value of a setting as a whole number.
   *
   * @throws IllegalArgumentException if the run does not have that setting or it is not a whole
   *     number
   */
  public int whole(SettingKey key) {
    return Integer.parseInt(text(key));
  }

  /** Name of the data set. */
  public String dataset() {
    return text(SettingKey.DATASET);
  }

  /** Name of the backbone. */
  public String backbone() {
    return text(SettingKey.BACKBONE);
  }

  /** Name of the loss. */
  public String lossName() {
    return text(SettingKey.LOSS);
  }

  /**
   * The loss.
   *
   * @throws InputException if its parameters do not go together
   */
  public RankingLoss loss() {
    return loss(Map.of());
  }

  /**
   * The loss of an epoch, which is another one while the temperature is on its way to {@link #tau}.
   *
   * @param epoch number of the epoch, counted from 1
   * @throws InputException if its parameters do not go together
   */
  RankingLoss loss(int epoch) {
    return loss(Map.of(SettingKey.TAU.key(), Double.toString(tau(epoch))));
  }

  private RankingLoss loss(Map<String, String> others) {
    LossKind kind = LossKinds.named(lossName());
    Map<String, String> parameters = new HashMap<>();
    readByLoss(lossName()).forEach(key -> parameters.put(key.key(), text(key)));
    parameters.putAll(others);
    RankingLoss exact;
    try {
      exact = kind.create(HyperparameterValues.of(kind.parameters(), parameters));
    } catch (IllegalArgumentException e) {
      throw new InputException("loss " + lossName() + ": " + e.getMessage(), e);
    }
    boolean asReference =
        negativeSharing() == NegativeSharing.IN_BATCH
            && text(SettingKey.IN_BATCH_GRADIENT).equals("reference");
    return asReference ? new FirstPositiveTwice(exact) : exact;
  }

  /** Temperature. */
  public double tau() {
    return real(SettingKey.TAU);
  }

  /**
   * Temperature of an epoch, which is another than {@link #tau} while it is on its way there.
   *
   * @param epoch number of the epoch, counted from 1
   */
  public double tau(int epoch) {
    return changesTemperature()
        ? new TemperatureSchedule(tau(), tauStart(), tauStartFraction(), epochs()).at(epoch)
        : tau();
  }

  /** Temperature of the first epoch, as a multiple of {@link #tau}. */
  private double tauStart() {
    return real(SettingKey.TAU_START);
  }

  /** Share of the planned epochs after which the temperature is {@link #tau}. */
  private double tauStartFraction() {
    return real(SettingKey.TAU_START_FRACTION);
  }

  /** Whether the loss has a temperature that is another one in the first epochs. */
  boolean changesTemperature() {
    return tauStart() != 1 && whyIgnored(SettingKey.TAU_START).isEmpty();
  }

  /** The same run with one temperature in all epochs. */
  public RunSpec withConstantTemperature() {
    return with(SettingKey.TAU_START, 1);
  }

  /** Power of the negative side, rho. */
  public double tauRatio() {
    return real(SettingKey.TAU_RATIO);
  }

  /** Floats per embedding. */
  public int dimension() {
    return whole(SettingKey.DIMENSION);
  }

  /** Layers of a graph backbone beyond layer 0. */
  public int layers() {
    return whole(SettingKey.LAYERS);
  }

  /** First epochs in which a graph backbone is trained with {@link #shallowLayers} layers. */
  public int shallowEpochs() {
    return whole(SettingKey.SHALLOW_EPOCHS);
  }

  /**
   * Whether an epoch, from 1, is one of them and lacks something: layers, or the term of a
   * contrastive backbone.
   */
  public boolean isShallow(int epoch) {
    boolean lacking =
        whole(SettingKey.SHALLOW_LAYERS) < layers()
            || BackboneKinds.named(backbone()) instanceof ContrastiveKind;
    return lacking && whyIgnored(SettingKey.SHALLOW_EPOCHS).isEmpty() && epoch <= shallowEpochs();
  }

  /** Whether the backbone propagates every few steps instead of in each. */
  boolean delaysPropagation() {
    return whole(SettingKey.PROPAGATE_EVERY) > 1
        && whyIgnored(SettingKey.PROPAGATE_EVERY).isEmpty();
  }

  /** Which embeddings the L2 term of a graph backbone is over. */
  public Penalised penalised() {
    return text(SettingKey.L2_LAYERS).equals("all") ? Penalised.ALL_LAYERS : Penalised.LAYER_ZERO;
  }

  /** Pairs per mini-batch. */
  public int batchSize() {
    return whole(SettingKey.BATCH_SIZE);
  }

  /** How an epoch takes train pairs into mini-batches of pairs. */
  public PairSampling pairSampling() {
    return text(SettingKey.PAIR_SAMPLING).equals("by-user")
        ? PairSampling.BY_USER
        : PairSampling.SHUFFLED;
  }

  /** Users per mini-batch; 0 for mini-batches of pairs. */
  public int batchUsers() {
    return whole(SettingKey.BATCH_USERS);
  }

  /** Pairs of a user in a mini-batch at most; 0 for all. */
  public int pairsPerUser() {
    return whole(SettingKey.PAIRS_PER_USER);
  }

  /** Whether mini-batches are of users. */
  public boolean userWise() {
    return batchUsers() > 0;
  }

  /** Whether an expectation over positives is over all of a user's. */
  public boolean groupsByUser() {
    return text(SettingKey.POSITIVE_GROUPS).equals("user");
  }

  /**
   * Whether the loss may take an expectation over several positives. Losses of this project do so
   * in mode multi; of others it is not known.
   */
  boolean hasExpectationOverPositives() {
    if (!LossKinds.isStandard(lossName())) {
      return true;
    }
    return readByLoss(lossName()).contains(SettingKey.MODE)
        && text(SettingKey.MODE).equals("multi");
  }

  /** Whether mini-batches are of users, whose pairs fall into virtual mini-batches of pairs. */
  boolean groupsByVirtualBatch() {
    return userWise() && hasExpectationOverPositives() && !groupsByUser();
  }

  /** Negatives per pair, or per mini-batch where they are shared; 0 for all items. */
  public int negatives() {
    return whole(SettingKey.NEGATIVES);
  }

  /** Which pairs see which negatives. */
  public NegativeSharing negativeSharing() {
    return NegativeSharing.valueOf(constant(SettingKey.NEGATIVE_SAMPLING));
  }

  String constant(SettingKey key) {
    return text(key).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Learning rate on the plateau. */
  public double learningRate() {
    return real(SettingKey.LEARNING_RATE);
  }

  /** Epochs of warm-up. */
  public double warmUpEpochs() {
    return real(SettingKey.WARMUP_EPOCHS);
  }

  /** Share of the epochs with decay. */
  public double decayFraction() {
    return real(SettingKey.DECAY_FRACTION);
  }

  /** Weight of the L2 term. */
  public double l2() {
    return real(SettingKey.L2);
  }

  /** Share of dropped elements of user embeddings. */
  public double dropout() {
    return real(SettingKey.DROPOUT);
  }

  /** Share of the elements of NGCF's layers that is dropped. */
  public double messageDropout() {
    return real(SettingKey.MESSAGE_DROPOUT);
  }

  /** Epochs at most. */
  public int epochs() {
    return whole(SettingKey.EPOCHS);
  }

  /** Epochs without improvement after which to stop. */
  public int patience() {
    return whole(SettingKey.PATIENCE);
  }

  /** Epochs from one evaluation to the next. */
  public int evaluateEvery() {
    return whole(SettingKey.EVALUATE_EVERY);
  }

  /** Score in training. */
  public ScoreFunction trainScore() {
    return ScoreFunction.valueOf(constant(SettingKey.TRAIN_SCORE));
  }

  /** Score in evaluation. */
  public ScoreFunction testScore() {
    return ScoreFunction.valueOf(constant(SettingKey.TEST_SCORE));
  }

  /** How the epoch is selected. */
  public Protocol protocol() {
    return Protocol.valueOf(constant(SettingKey.PROTOCOL));
  }

  /** Share of each user's train pairs that protocol held-out holds out. */
  public double heldOutFraction() {
    return real(SettingKey.HELD_OUT_FRACTION);
  }

  /** False positives per train pair of each user. */
  public double positiveNoise() {
    return real(SettingKey.POSITIVE_NOISE);
  }

  /** Weight of a user's positives among the negatives, other items having 1. */
  public double negativeNoise() {
    return real(SettingKey.NEGATIVE_NOISE);
  }

  /** Whether it is the test pairs, not the train pairs, that negative noise weighs. */
  public boolean negativeNoiseOnTest() {
    return text(SettingKey.NEGATIVE_NOISE_ON).equals("test");
  }

  /** When and how Adam updates rows without gradient. */
  public Adam.Mode adamMode() {
    return Adam.Mode.valueOf(constant(SettingKey.ADAM));
  }

  /** Seed of everything random; see {@link RandomStream}. */
  public long seed() {
    return Long.parseLong(text(SettingKey.SEED));
  }

  /**
   * Why this run does not read a setting, to go behind the setting's name.
   *
   * @return for example {@code is not read by loss sl}; nothing if the run reads it
   */
  public Optional<String> whyIgnored(SettingKey key) {
    return RelevantSettings.whyIgnored(this, key);
  }

  /** All values by key, numbers as numbers, in the order of the keys. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          Object typed = value;
          if (key.whole()) {
            typed = Long.parseLong(value);
          } else if (key.numeric()) {
            typed = Double.parseDouble(value);
          }
          map.put(key.key(), typed);
        });
    return map;
  }

  /**
   * The same run but for one setting.
   *
   * @throws InputException if the value is not allowed, or does not go with the others
   */
  public RunSpec with(SettingKey key, Object value) {
    if (key.equals(SettingKey.LOSS) || key.equals(SettingKey.BACKBONE)) {
      return of(asSettings("run").set(key, value.toString(), key.key())).startedFrom(preset);
    }
    key.check(value.toString(), key.key());
    text(key);
    Map<SettingKey, String> changed = new LinkedHashMap<>(values);
    changed.put(key, key.range().canonical(value.toString()));
    return new RunSpec(Collections.unmodifiableMap(changed), preset).checked();
  }

  /** Settings from which {@link #of} makes this spec again. */
  public Settings asSettings(String origin) {
    Settings settings = new Settings();
    values.forEach((key, value) -> settings.set(key, value, origin));
    return settings;
  }

  /** A short name for folders and progress: data set, backbone, loss. */
  public String title() {
    return dataset() + "-" + backbone() + "-" + lossName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunSpec that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "RunSpec" + values;
  }
}
