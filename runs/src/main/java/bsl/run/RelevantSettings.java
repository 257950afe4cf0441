package bsl.run;

import bsl.core.sampling.NegativeSharing;
import bsl.losses.LossKind;
import bsl.losses.LossKinds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which settings have a say in a run's result. A setting has none if the run's loss or
 * backbone does not read it, or if another setting switches it off.
 */
final class RelevantSettings {
  private RelevantSettings() {}

  /** The settings that have a say, with their values, in the order of the keys. */
  static Map<SettingKey, String> of(RunSpec spec) {
    Map<SettingKey, String> relevant = new LinkedHashMap<>();
    spec.values()
        .forEach(
            (key, value) -> {
              if (whyIgnored(spec, key).isEmpty()) {
                relevant.put(key, representative(key, value));
              }
            });
    return relevant;
  }

  /** The value that stands for all values with the same result. */
  private static String representative(SettingKey key, String value) {
    // Dense and lazy Adam take the same operations on every row; the closed form takes others.
    return key.equals(SettingKey.ADAM) && value.equals("dense") ? "lazy" : value;
  }

  /**
   * Why a run does not read a setting, to go behind the setting's name.
   *
   * @return for example {@code is not read by loss sl}; nothing if the run reads it
   */
  static Optional<String> whyIgnored(RunSpec spec, SettingKey key) {
    List<String> others = new ArrayList<>();
    if (read(spec, key, others) || others.isEmpty()) {
      return whySwitchedOff(spec, key).map("has no effect "::concat);
    }
    return Optional.of("is not read by " + String.join(" or ", others));
  }

  /**
   * Whether loss or backbone reads a setting.
   *
   * @param others what could have read it, loss or backbone, and does not; stays empty if the
   *     setting is none of loss or backbone
   */
  private static boolean read(RunSpec spec, SettingKey key, List<String> others) {
    if (LossKinds.all().stream().anyMatch(loss -> reads(loss, key))) {
      if (reads(LossKinds.named(spec.lossName()), key)) {
        return true;
      }
      others.add("loss " + spec.lossName());
    }
    if (BackboneKinds.all().stream().anyMatch(kind -> kind.settings().contains(key))) {
      if (BackboneKinds.named(spec.backbone()).settings().contains(key)) {
        return true;
      }
      others.add("backbone " + spec.backbone());
    }
    return false;
  }

  private static boolean reads(LossKind loss, SettingKey key) {
    return loss.parameters().stream().anyMatch(p -> p.name().equals(key.key()));
  }

  private static Optional<String> whySwitchedOff(RunSpec spec, SettingKey key) {
    boolean inBatch = spec.negativeSharing() == NegativeSharing.IN_BATCH;
    if (key.equals(SettingKey.NEGATIVES) && inBatch) {
      return Optional.of("with negative_sampling in-batch");
    }
    if (key.equals(SettingKey.IN_BATCH_GRADIENT) && !inBatch) {
      return Optional.of("without negative_sampling in-batch");
    }
    if (key.equals(SettingKey.PAIR_SAMPLING) && spec.userWise()) {
      return Optional.of("with batch_users");
    }
    if (key.equals(SettingKey.PAIRS_PER_USER) && !spec.userWise()) {
      return Optional.of("without batch_users");
    }
    if (key.equals(SettingKey.POSITIVE_GROUPS) || key.equals(SettingKey.BATCH_SIZE)) {
      return whyNoGroups(spec, key);
    }
    if (key.equals(SettingKey.TAU_START)) {
      return whyTemperatureIsConstant(spec);
    }
    if (key.equals(SettingKey.TAU_START_FRACTION) && !spec.changesTemperature()) {
      return Optional.of("where tau is constant");
    }
    if (key.equals(SettingKey.SHALLOW_LAYERS) && spec.shallowEpochs() == 0) {
      return Optional.of("with shallow_epochs 0");
    }
    if (key.equals(SettingKey.L2_LAYERS) && spec.l2() == 0) {
      return Optional.of("with l2 0");
    }
    if (key.equals(SettingKey.NEGATIVE_NOISE_ON) && spec.negativeNoise() == 1) {
      return Optional.of("with negative_noise 1");
    }
    if (key.equals(SettingKey.HELD_OUT_FRACTION) && spec.protocol() == Protocol.PAPER) {
      return Optional.of("with protocol paper");
    }
    BackboneKind backbone = BackboneKinds.named(spec.backbone());
    return backbone.settings().contains(key) ? backbone.whyIgnored(spec, key) : Optional.empty();
  }

  private static Optional<String> whyTemperatureIsConstant(RunSpec spec) {
    if (!reads(LossKinds.named(spec.lossName()), SettingKey.TAU)) {
      return Optional.of("with loss " + spec.lossName() + ", which has no tau");
    }
    return spec.real(SettingKey.TAU_START_FRACTION) == 0
        ? Optional.of("with tau_start_fraction 0")
        : Optional.empty();
  }

  /** Groups of positives, and the virtual mini-batches that they come from. */
  private static Optional<String> whyNoGroups(RunSpec spec, SettingKey key) {
    boolean size = key.equals(SettingKey.BATCH_SIZE);
    if (!spec.userWise()) {
      return size ? Optional.empty() : Optional.of("without batch_users");
    }
    if (!spec.hasExpectationOverPositives()) {
      boolean hasMode = reads(LossKinds.named(spec.lossName()), SettingKey.MODE);
      String loss = "loss " + spec.lossName() + (hasMode ? " in mode reweight" : "");
      return Optional.of("with batch_users and " + loss);
    }
    return size && spec.groupsByUser()
        ? Optional.of("with batch_users and positive_groups user")
        : Optional.empty();
  }
}
