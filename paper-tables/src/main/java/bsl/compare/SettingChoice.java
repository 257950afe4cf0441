package bsl.compare;

import bsl.baselines.BaselineKind;
import bsl.baselines.BaselineKinds;
import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.NameSuggestion;
import bsl.run.InputException;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs from the presets. {@code epochs=20} is for everything that is trained. {@code
 * sl.tau=0.2} is for loss sl, {@code lightgcn.layers=3} for backbone lightgcn, and {@code
 * ease.lambda=300} for baseline ease. Immutable.
 */
public final class SettingChoice {
  /** Nothing differs. */
  public static final SettingChoice NONE = of(List.of(), List.of(), List.of(), List.of());

  /** What the comparison decides itself. */
  private static final Map<SettingKey, String> DECIDED =
      Map.of(
          SettingKey.DATASET, "--dataset",
          SettingKey.BACKBONE, "--backbone",
          SettingKey.LOSS, "--loss",
          SettingKey.SEED, "--seeds",
          SettingKey.PROTOCOL, "--protocol");

  /** What decides which pairs are trained on. */
  private static final List<SettingKey> OF_DATA =
      List.of(SettingKey.HELD_OUT_FRACTION, SettingKey.POSITIVE_NOISE);

  private final List<String> common = new ArrayList<>();
  private final Map<String, List<String>> own = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> ofBaselines = new LinkedHashMap<>();

  private SettingChoice() {}

  /**
   * Reads what {@code --set} says.
   *
   * @param given assignments, such as {@code epochs=20} or {@code ease.lambda=300}
   * @param backbones the backbones that are compared
   * @param losses the losses that are compared
   * @param baselines the baselines that are compared
   * @throws InputException if a name is unknown, a value is not allowed or given twice, or the
   *     setting is not for {@code --set}
   */
  public static SettingChoice of(
      List<String> given, List<String> backbones, List<String> losses, List<String> baselines) {
    List<String> owners = new ArrayList<>(baselines);
    owners.addAll(losses);
    owners.addAll(backbones);
    SettingChoice choice = new SettingChoice();
    if (owners.isEmpty()) {
      // Nothing is compared, which the request refuses.
      return choice;
    }
    for (String assignment : given) {
      int equals = assignment.indexOf('=');
      int dot = assignment.substring(0, Math.max(0, equals)).indexOf('.');
      if (dot < 0) {
        choice.common.add(assignment);
        continue;
      }
      String owner = assignment.substring(0, dot).trim();
      String rest = assignment.substring(dot + 1);
      if (!owners.contains(owner)) {
        throw new InputException(
            "--set '"
                + assignment
                + "': '"
                + owner
                + "' is not compared; there is "
                + String.join(", ", owners)
                + NameSuggestion.hint(owner, owners));
      }
      if (baselines.contains(owner)) {
        choice.addToBaseline(owner, rest, assignment);
      } else {
        choice.own.computeIfAbsent(owner, name -> new ArrayList<>()).add(rest);
      }
    }
    choice.check(choice.common);
    choice.own.values().forEach(choice::check);
    choice.own.forEach(SettingChoice::requireSamePairs);
    return choice;
  }

  private void check(List<String> assignments) {
    for (SettingKey key : Settings.ofAssignments(assignments).keys()) {
      if (DECIDED.containsKey(key)) {
        throw new InputException(
            "--set " + key.key() + " is not for a comparison; use " + DECIDED.get(key));
      }
    }
  }

  private static void requireSamePairs(String owner, List<String> assignments) {
    for (SettingKey key : Settings.ofAssignments(assignments).keys()) {
      if (OF_DATA.contains(key)) {
        throw new InputException(
            "--set "
                + owner
                + "."
                + key.key()
                + " would train "
                + owner
                + " on other pairs than the rest; --set "
                + key.key()
                + " is for all");
      }
    }
  }

  private void addToBaseline(String baseline, String rest, String assignment) {
    BaselineKind kind = BaselineKinds.named(baseline);
    List<String> known = kind.hyperparameters().stream().map(Hyperparameter::name).toList();
    int equals = rest.indexOf('=');
    String name = rest.substring(0, equals).trim();
    if (!known.contains(name)) {
      throw new InputException(
          "--set '"
              + assignment
              + "': baseline "
              + baseline
              + " has no '"
              + name
              + "'; it has "
              + (known.isEmpty() ? "no settings" : String.join(", ", known))
              + NameSuggestion.hint(name, known));
    }
    Map<String, String> values = ofBaselines.computeIfAbsent(baseline, n -> new LinkedHashMap<>());
    if (values.put(name, rest.substring(equals + 1).trim()) != null) {
      throw new InputException("--set: " + baseline + "." + name + " is given twice");
    }
    try {
      HyperparameterValues.of(kind.hyperparameters(), values);
    } catch (IllegalArgumentException e) {
      throw new InputException("--set: " + baseline + "." + e.getMessage(), e);
    }
  }

  /** What a loss on a backbone has; what is for the loss overrides what is for the backbone. */
  Settings of(String backbone, String loss) {
    Settings settings = Settings.ofAssignments(common);
    settings.setAll(Settings.ofAssignments(own.getOrDefault(backbone, List.of())));
    return settings.setAll(Settings.ofAssignments(own.getOrDefault(loss, List.of())));
  }

  /** What of that is for everything and decides which pairs are trained on. */
  Settings ofData() {
    Settings all = Settings.ofAssignments(common);
    Settings settings = new Settings();
    OF_DATA.stream().filter(all::has).forEach(key -> settings.set(key, all.get(key), "--set"));
    return settings;
  }

  /** What a baseline has, by name of the hyper-parameter. */
  Map<String, String> ofBaseline(String baseline) {
    return ofBaselines.getOrDefault(baseline, Map.of());
  }

  /** The settings that are for everything that is trained. */
  List<SettingKey> commonKeys() {
    return List.copyOf(Settings.ofAssignments(common).keys());
  }

  /** The settings that are for one backbone or one loss alone, by its name. */
  Map<String, List<SettingKey>> ownKeys() {
    Map<String, List<SettingKey>> keys = new LinkedHashMap<>();
    own.forEach(
        (owner, given) -> keys.put(owner, List.copyOf(Settings.ofAssignments(given).keys())));
    return keys;
  }

  /** The settings of {@link #of(String, String)}, as {@code --set} of one training takes them. */
  List<String> assignments(String backbone, String loss) {
    Settings settings = of(backbone, loss);
    return settings.keys().stream().map(key -> key.key() + "=" + settings.get(key)).toList();
  }
}
