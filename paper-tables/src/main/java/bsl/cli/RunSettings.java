package bsl.cli;

import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The settings of a run as the command line gives them.
 *
 * @param spec the settings, complete, with what the run's record calls the preset
 * @param given the settings that were given beside the preset
 * @param notes what to tell the user: a line for each setting that was given and has no effect
 */
record RunSettings(RunSpec spec, Set<SettingKey> given, List<String> notes) {
  /**
   * Puts preset, configuration file, {@code --set} and flags together, each overriding those
   * before.
   *
   * @param preset name of the preset, or of a file of the user's own
   * @param config configuration file, or null
   * @param assignments values of {@code --set}
   * @param flags settings given as flags
   * @throws bsl.run.InputException if a source gives a key twice, a value is not allowed, or
   *     settings do not go together
   */
  static RunSettings of(String preset, Path config, List<String> assignments, Settings flags) {
    Settings own = config == null ? new Settings() : Settings.read(config);
    own.setAll(Settings.ofAssignments(assignments)).setAll(flags);
    Settings fromPreset =
        Presets.of(
            preset,
            own.get(SettingKey.DATASET),
            own.get(SettingKey.BACKBONE),
            own.get(SettingKey.LOSS));
    RunSpec plain = RunSpec.of(fromPreset.overriddenBy(own));
    RunSpec spec =
        plain.startedFrom(Presets.recordedName(preset, plain.backbone(), plain.lossName()));
    List<String> notes = new ArrayList<>();
    for (SettingKey key : own.keys()) {
      spec.whyIgnored(key).ifPresent(why -> notes.add(key.key() + " " + why));
    }
    return new RunSettings(spec, Set.copyOf(own.keys()), List.copyOf(notes));
  }
}
