package bsl.paper;

import bsl.core.sampling.NegativeSharing;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much is spent on a reproduction. */
public enum Profile {
  /**
   * Every artifact in minutes: a few epochs of each run, at most 128 negatives, one layer of a
   * graph, and one data set. It shows directions, not the published numbers.
   */
  QUICK,
  /** The settings as the presets have them, and the published numbers within tolerance. */
  PAPER;

  private static final int QUICK_EPOCHS = 4;

  /** A step of NGCF costs several of any other backbone's. */
  private static final int QUICK_NGCF_EPOCHS = 2;

  private static final int QUICK_NEGATIVES = 128;
  private static final int QUICK_OWN_NEGATIVES = 32;
  private static final double QUICK_RATE = 3;
  private static final double HIGHEST_RATE = 0.01;
  private static final int QUICK_BATCH = 1024;

  /** A step with a graph costs much the same whatever the mini-batch. */
  private static final int QUICK_GRAPH_BATCH = 8192;

  private static final int QUICK_LAYERS = 1;

  /** For data sets that are learned in seconds. */
  private static final int SYNTHETIC_EPOCHS = 30;

  private static final int SYNTHETIC_EVALUATE_EVERY = 5;

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
    boolean own = spec.negativeSharing() == NegativeSharing.INDEPENDENT;
    boolean graph = !synthetic && !spec.backbone().equals("mf");
    int negatives = own ? QUICK_OWN_NEGATIVES : QUICK_NEGATIVES;
    int epochs = synthetic ? SYNTHETIC_EPOCHS : quickEpochs(spec);
    return spec.with(SettingKey.EPOCHS, Math.min(spec.epochs(), epochs))
        .with(
            SettingKey.EVALUATE_EVERY,
            synthetic ? Math.min(spec.evaluateEvery(), SYNTHETIC_EVALUATE_EVERY) : 1)
        .with(
            SettingKey.BATCH_SIZE,
            graph ? QUICK_GRAPH_BATCH : Math.min(spec.batchSize(), QUICK_BATCH))
        .with(SettingKey.NEGATIVES, Math.min(spec.negatives(), negatives))
        .with(SettingKey.LAYERS, Math.min(spec.layers(), QUICK_LAYERS))
        .with(SettingKey.SHALLOW_EPOCHS, 0)
        .with(
            SettingKey.LEARNING_RATE,
            Math.max(spec.learningRate(), Math.min(HIGHEST_RATE, QUICK_RATE * spec.learningRate())))
        .with(SettingKey.DECAY_FRACTION, 1);
  }

  private static int quickEpochs(RunSpec spec) {
    return spec.backbone().equals("ngcf") ? QUICK_NGCF_EPOCHS : QUICK_EPOCHS;
  }
}
