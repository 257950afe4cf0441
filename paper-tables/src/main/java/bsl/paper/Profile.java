package bsl.paper;

import bsl.core.sampling.NegativeSharing;
import bsl.run.BackboneKinds;
import bsl.run.QuickSize;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How much is spent on a reproduction. */
public enum Profile {
  /**
   * Every artifact in minutes: a few epochs of each run, at most 128 negatives of a pair or 1,024
   * of a mini-batch of users, one layer of a graph, and one data set. Runs on the synthetic set
   * have twice the epochs. It shows directions, not the published numbers.
   */
  QUICK,
  /** The settings as the presets have them, and the published numbers within tolerance. */
  PAPER;

  private static final int QUICK_NEGATIVES = 128;
  private static final int QUICK_OWN_NEGATIVES = 32;
  private static final int QUICK_NEGATIVES_OF_USERS = 1024;
  private static final double QUICK_RATE = 3;
  private static final double HIGHEST_RATE = 0.01;
  private static final int QUICK_BATCH = 1024;

  /** Epochs of the synthetic set, which have fewer steps, for one of a data set of the paper. */
  private static final int SYNTHETIC_EPOCHS = 2;

  private static final int SYNTHETIC_EVALUATE_EVERY = 2;

  /** The profile of a name on the command line, if there is one. */
  public static Optional<Profile> named(String name) {
    return Arrays.stream(values()).filter(profile -> profile.title().equals(name)).findFirst();
  }

  /** Name on the command line. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A run at the size that this profile gives it. */
  RunSpec sized(RunSpec spec) {
    if (this == PAPER) {
      return spec;
    }
    boolean synthetic = spec.dataset().equals(Scope.SYNTHETIC);
    QuickSize size = BackboneKinds.named(spec.backbone()).quickSize();
    int epochs = synthetic ? SYNTHETIC_EPOCHS * size.epochs() : size.epochs();
    RunSpec quick =
        spec.with(SettingKey.EPOCHS, Math.min(spec.epochs(), epochs))
            .with(
                SettingKey.EVALUATE_EVERY,
                synthetic ? Math.min(spec.evaluateEvery(), SYNTHETIC_EVALUATE_EVERY) : 1)
            .with(SettingKey.BATCH_SIZE, batchSize(spec, size, synthetic))
            .with(SettingKey.NEGATIVES, negatives(spec))
            .with(
                SettingKey.LEARNING_RATE,
                Math.max(
                    spec.learningRate(), Math.min(HIGHEST_RATE, QUICK_RATE * spec.learningRate())))
            .with(SettingKey.DECAY_FRACTION, 1)
            // Too few epochs for a temperature to come down.
            .withConstantTemperature();
    for (Map.Entry<SettingKey, Integer> most : size.atMost().entrySet()) {
      quick = quick.with(most.getKey(), Math.min(quick.whole(most.getKey()), most.getValue()));
    }
    return quick;
  }

  /** Of mini-batches of users it is the virtual size, which costs nothing. */
  private static int batchSize(RunSpec spec, QuickSize size, boolean synthetic) {
    if (spec.userWise()) {
      return spec.batchSize();
    }
    int batch = Math.min(spec.batchSize(), QUICK_BATCH);
    return synthetic ? batch : size.batchSize().orElse(batch);
  }

  private static int negatives(RunSpec spec) {
    boolean own = spec.negativeSharing() == NegativeSharing.INDEPENDENT;
    int ofPairs = own ? QUICK_OWN_NEGATIVES : QUICK_NEGATIVES;
    int most = spec.userWise() ? QUICK_NEGATIVES_OF_USERS : ofPairs;
    return spec.negatives() == 0 ? most : Math.min(spec.negatives(), most);
  }
}
