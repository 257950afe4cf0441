package bsl.cli;

import bsl.run.SettingKey;
import bsl.run.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** One flag per {@link SettingKey}, made from its description. */
final class SettingOptions {
  private SettingOptions() {}

  static void addTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (SettingKey key : SettingKey.all()) {
      String fallback = key.fallback().map(f -> "; default " + f).orElse("");
      spec.addOption(
          OptionSpec.builder(key.flag())
              .type(String.class)
              .paramLabel(key.key().toUpperCase(java.util.Locale.ROOT))
              .description(key.description() + fallback)
              .build());
    }
  }

  /** The flags that were given. */
  static Settings given(ParseResult parsed) {
    Settings settings = new Settings();
    for (SettingKey key : SettingKey.all()) {
      String value = parsed.matchedOptionValue(key.flag(), null);
      if (value != null) {
        settings.set(key, value, key.flag());
      }
    }
    return settings;
  }
}
