package bsl.benchmarks;

import bsl.losses.LossKinds;
import bsl.losses.RankingLoss;
import java.util.Map;

/** The losses measured, by name, with parameters of the published range. */
final class MeasuredLosses {
  private static final Map<String, Map<String, ?>> PARAMETERS =
      Map.of(
          "sl", Map.of("tau", 0.11, "mode", "reweight"),
          "infonce", Map.of("tau", 0.11),
          "bsl", Map.of("tau", 0.12, "tau_ratio", 1.12),
          "ccl", Map.of("negative_weight", 5, "margin", 0.3),
          "psl-tanh", Map.of("tau", 0.06),
          "psl-atan", Map.of("tau", 0.06),
          "psl-relu", Map.of("tau", 0.06),
          "renyi", Map.of("order", 1.2, "margin", -0.6, "negative_weight", 1.2));

  private MeasuredLosses() {}

  static RankingLoss create(String name) {
    return LossKinds.create(name, PARAMETERS.getOrDefault(name, Map.of()));
  }
}
