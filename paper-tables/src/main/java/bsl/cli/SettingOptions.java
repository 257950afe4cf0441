package bsl.cli;

import bsl.run.SettingKey;
import bsl.run.Settings;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/** One flag per {@link SettingKey}, made from its description; help shows them in groups. */
final class SettingOptions {
  private SettingOptions() {}

  static void addTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (SettingKey key : SettingKey.all()) {
      // A key that a loss or backbone brings may be called like an option; --set still reaches it.
      if (spec.findOption(key.flag()) == null) {
        spec.addOption(
            OptionSpec.builder(key.flag())
                .type(String.class)
                .paramLabel(key.key().toUpperCase(Locale.ROOT))
                .description(key.description())
                .build());
      }
    }
    spec.usageMessage()
        .abbreviateSynopsis(true)
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> new SettingHelp(help).optionList());
  }

  /** The flags that were given. */
  static Settings given(ParseResult parsed) {
    Settings settings = new Settings();
    for (SettingKey key : SettingKey.all()) {
      if (isSetting(parsed, key)) {
        String value = parsed.matchedOptionValue(key.flag(), null);
        settings.set(key, value, key.flag());
      }
    }
    return settings;
  }

  /** Whether the flag was given and is the setting's, not another option of that name. */
  private static boolean isSetting(ParseResult parsed, SettingKey key) {
    OptionSpec option = parsed.matchedOption(key.flag());
    return option != null && option.userObject() == null;
  }
}
