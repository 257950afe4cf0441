package bsl.cli;

import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * The settings of a run as the command line gives them.
 *
 * @param preset name of the preset that was taken
 * @param spec the settings, complete
 */
record RunSettings(String preset, RunSpec spec) {
  /**
   * Puts preset, configuration file, {@code --set} and flags together, each overriding those
   * before.
   *
   * @param preset name of the preset
   * @param config configuration file, or null
   * @param assignments values of {@code --set}
   * @param flags settings given as flags
   */
  static RunSettings of(String preset, Path config, List<String> assignments, Settings flags) {
    Settings own = config == null ? new Settings() : Settings.read(config);
    assignments.forEach(own::setAssignment);
    own.setAll(flags);
    Settings all =
        Presets.of(
            preset,
            own.get(SettingKey.DATASET),
            own.get(SettingKey.BACKBONE),
            own.get(SettingKey.LOSS));
    return new RunSettings(preset, RunSpec.of(all.setAll(own)));
  }
}
