package bsl.compare;

import bsl.baselines.BaselineKind;
import bsl.baselines.BaselineKinds;
import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.Interactions;
import bsl.run.FitId;
import bsl.run.RunData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A baseline with its settings.
 *
 * @param kind the baseline
 * @param given what differs from its defaults, by name
 */
record BaselineChoice(BaselineKind kind, Map<String, String> given) {
  String name() {
    return kind.name();
  }

  HyperparameterValues values() {
    return HyperparameterValues.of(kind.hyperparameters(), given);
  }

  /** All values by name. */
  Map<String, String> texts() {
    HyperparameterValues values = values();
    Map<String, String> texts = new LinkedHashMap<>();
    kind.hyperparameters().forEach(p -> texts.put(p.name(), values.text(p.name())));
    return texts;
  }

  /** Those that are not the defaults. */
  private Map<String, String> changed() {
    HyperparameterValues values = values();
    Map<String, String> changed = new LinkedHashMap<>();
    for (Hyperparameter parameter : kind.hyperparameters()) {
      String value = values.text(parameter.name());
      if (!value.equals(parameter.range().canonical(parameter.fallback()))) {
        changed.put(parameter.name(), value);
      }
    }
    return changed;
  }

  /** The code of a baseline that is not this project's; see {@link FitId#code}. */
  Map<String, String> code() {
    return BaselineKinds.isStandard(name())
        ? Map.of()
        : Map.of("baseline " + name(), FitId.codeOf(kind));
  }

  /** The identity of a fit to some pairs. */
  FitId id(String dataset, RunData data, long seed) {
    return new FitId(
        dataset,
        name(),
        changed(),
        kind.usesSeed() ? OptionalLong.of(seed) : OptionalLong.empty(),
        FitId.pairs(data),
        kind.version(),
        code());
  }

  /** Bytes of Java heap that a fit needs at most, beside the data. */
  long bytes(Interactions train) {
    return kind.bytes(train, values());
  }
}
