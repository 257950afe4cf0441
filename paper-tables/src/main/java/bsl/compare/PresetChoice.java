package bsl.compare;

import bsl.core.NameSuggestion;
import bsl.run.InputException;
import bsl.run.Presets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which presets the settings of losses and backbones come from. {@code fast} is for all of them.
 * {@code sl=FILE} is for loss sl, and {@code mf-sl=FILE} for loss sl on backbone mf. Several
 * presets for the same loss are compared with each other. Immutable.
 */
public final class PresetChoice {
  private final List<String> general;
  private final Map<String, List<String>> own;
  private final boolean searches;

  private PresetChoice(List<String> general, Map<String, List<String>> own, boolean searches) {
    this.general = general;
    this.own = own;
    this.searches = searches;
  }

  /**
   * Reads what {@code --preset} says.
   *
   * @param given names or paths of presets, some with a loss, or backbone and loss, and an equals
   *     sign before them; if there is none, preset {@value Presets#DEFAULT}
   * @param backbones the backbones that are compared
   * @param losses the losses that are compared
   * @throws InputException if a preset is for something that is not compared
   */
  public static PresetChoice of(List<String> given, List<String> backbones, List<String> losses) {
    Set<String> known = new LinkedHashSet<>(losses);
    backbones.forEach(b -> losses.forEach(loss -> known.add(cell(b, loss))));
    List<String> general = new ArrayList<>();
    Map<String, List<String>> own = new LinkedHashMap<>();
    for (String preset : given) {
      int equals = preset.indexOf('=');
      String name = preset.substring(equals + 1);
      if (name.isBlank()) {
        throw new InputException("--preset '" + preset + "' names no preset");
      }
      if (equals < 0) {
        general.add(name);
        continue;
      }
      String owner = preset.substring(0, equals);
      if (!known.contains(owner)) {
        throw new InputException(
            "--preset '"
                + preset
                + "': '"
                + owner
                + "' is none of "
                + String.join(", ", known)
                + NameSuggestion.hint(owner, known));
      }
      own.computeIfAbsent(owner, key -> new ArrayList<>()).add(name);
    }
    return new PresetChoice(general.isEmpty() ? List.of(Presets.DEFAULT) : general, own, true);
  }

  /** The same presets as they are, even those that are tuned to no data set. */
  public PresetChoice withoutSearch() {
    return new PresetChoice(general, own, false);
  }

  /**
   * Whether settings of a loss are looked for where the preset has settings for any data set only;
   * see {@link bsl.tune.ShortSearch}.
   */
  public boolean searches() {
    return searches;
  }

  /** The presets that a loss on a backbone is trained with, one after the other. */
  public List<String> of(String backbone, String loss) {
    return own.getOrDefault(cell(backbone, loss), own.getOrDefault(loss, general));
  }

  private static String cell(String backbone, String loss) {
    return backbone + "-" + loss;
  }
}
