package bsl.run;

import bsl.core.sampling.NegativeSharing;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells which settings have a say in a run's result. A setting has none if the run's loss or
 * backbone does not read it, or if another setting switches it off.
 */
final class RelevantSettings {
  private static final Set<SettingKey> OF_LOSSES =
      EnumSet.of(
          SettingKey.TAU,
          SettingKey.TAU_RATIO,
          SettingKey.MODE,
          SettingKey.NEGATIVE_WEIGHT,
          SettingKey.MARGIN,
          SettingKey.VARIANCE_WEIGHT,
          SettingKey.ORDER);

  private RelevantSettings() {}

  /** The settings that have a say, with their values, in the order of the keys. */
  static Map<SettingKey, String> of(RunSpec spec) {
    Map<SettingKey, String> relevant = new LinkedHashMap<>();
    spec.values()
        .forEach(
            (key, value) -> {
              if (matters(spec, key)) {
                relevant.put(key, value);
              }
            });
    return relevant;
  }

  private static boolean matters(RunSpec spec, SettingKey key) {
    if (OF_LOSSES.contains(key)) {
      return ofLoss(spec.lossName()).contains(key);
    }
    return switch (key) {
      case LAYERS -> !spec.backbone().equals("mf");
      case L2_LAYERS -> !spec.backbone().equals("mf") && spec.l2() != 0;
      case SHALLOW_EPOCHS -> spec.backbone().equals("lightgcn");
      case MESSAGE_DROPOUT -> spec.backbone().equals("ngcf");
      case NEGATIVES -> spec.negativeSharing() != NegativeSharing.IN_BATCH;
      case IN_BATCH_GRADIENT -> spec.negativeSharing() == NegativeSharing.IN_BATCH;
      case NEGATIVE_NOISE_ON -> spec.negativeNoise() != 1;
      case HELD_OUT_FRACTION -> spec.protocol() == Protocol.HELD_OUT;
      // Both modes carry out the same operations on every row, so that the bits are the same.
      case ADAM -> false;
      default -> true;
    };
  }

  private static Set<SettingKey> ofLoss(String loss) {
    return switch (loss) {
      case "sl" -> EnumSet.of(SettingKey.TAU, SettingKey.MODE);
      case "bsl", "bsl-paper", "bsl-power" ->
          EnumSet.of(SettingKey.TAU, SettingKey.TAU_RATIO, SettingKey.MODE);
      case "infonce", "psl-tanh", "psl-atan", "psl-relu" -> EnumSet.of(SettingKey.TAU);
      case "bpr" -> EnumSet.noneOf(SettingKey.class);
      case "bce", "mse" -> EnumSet.of(SettingKey.NEGATIVE_WEIGHT);
      case "ccl" -> EnumSet.of(SettingKey.NEGATIVE_WEIGHT, SettingKey.MARGIN);
      case "mean-variance" -> EnumSet.of(SettingKey.TAU, SettingKey.VARIANCE_WEIGHT);
      case "renyi" -> EnumSet.of(SettingKey.ORDER, SettingKey.MARGIN, SettingKey.NEGATIVE_WEIGHT);
      default -> OF_LOSSES;
    };
  }
}
