package bsl.cli;

import bsl.losses.LossKind;
import bsl.losses.LossKinds;
import bsl.run.BackboneKind;
import bsl.run.BackboneKinds;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingGroup;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of a command that takes settings, as help lists them: the command's own, then the
 * settings in groups, each with the value it has where it is not given. Data set, backbone, loss
 * and preset on the same command line say which preset's values these are.
 */
final class SettingHelp {
  private static final int NAME_WIDTH = 18;

  private final Help help;
  private final String preset;
  private final String title;
  private final RunSpec values;
  private final Settings fromPreset;

  /**
   * @param help help on the command, which may have been parsed
   */
  SettingHelp(Help help) {
    this.help = help;
    ParseResult parsed = help.commandSpec().commandLine().getParseResult();
    Settings flags = new Settings();
    String itsPreset = Presets.DEFAULT;
    String itsTitle;
    RunSpec spec;
    try {
      if (parsed != null) {
        flags = SettingOptions.given(parsed);
        itsPreset = parsed.matchedOptionValue("--preset", Presets.DEFAULT);
      }
      spec = spec(itsPreset, flags);
      itsTitle =
          "Values are those of preset "
              + itsPreset
              + " for "
              + (flags.has(SettingKey.DATASET) ? "data set " + spec.dataset() : "any data set")
              + ", backbone "
              + spec.backbone()
              + ", loss "
              + spec.lossName()
              + ".";
    } catch (InputException e) {
      itsPreset = Presets.NONE;
      flags = new Settings();
      spec = spec(itsPreset, flags);
      itsTitle = "Values are the defaults: " + e.getMessage() + ".";
    }
    this.preset = itsPreset;
    this.title = itsTitle;
    this.values = spec;
    this.fromPreset = Presets.of(itsPreset, spec.dataset(), spec.backbone(), spec.lossName());
  }

  private static RunSpec spec(String preset, Settings flags) {
    return Presets.spec(
        preset,
        flags.has(SettingKey.DATASET) ? flags.get(SettingKey.DATASET) : "any",
        flags.get(SettingKey.BACKBONE),
        flags.get(SettingKey.LOSS));
  }

  /** All options. */
  String optionList() {
    Map<SettingKey, OptionSpec> settings = new LinkedHashMap<>();
    List<OptionSpec> own = new ArrayList<>(help.commandSpec().options());
    for (SettingKey key : SettingKey.all()) {
      OptionSpec option = help.commandSpec().findOption(key.flag());
      if (option != null && option.userObject() == null) {
        settings.put(key, described(option, text(key)));
        own.remove(option);
      }
    }
    own.replaceAll(option -> option.longestName().equals("--preset") ? preset(option) : option);
    List<OptionSpec> all = new ArrayList<>(own);
    all.addAll(settings.values());
    StringBuilder text = new StringBuilder(list(own, all));
    text.append(String.format(Locale.ROOT, "%n%s%n", wrapped(title)));
    for (SettingGroup group : SettingGroup.values()) {
      List<OptionSpec> members =
          settings.entrySet().stream()
              .filter(entry -> entry.getKey().group() == group)
              .map(Map.Entry::getValue)
              .toList();
      text.append(String.format(Locale.ROOT, "%n%s:%n%s", group.title(), list(members, all)));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nBackbones:%n%s",
            table(
                BackboneKinds.all().stream()
                    .collect(ordered(BackboneKind::name, BackboneKind::description)))));
    text.append(
        String.format(
            Locale.ROOT,
            "%nLosses:%n%s",
            table(
                LossKinds.all().stream().collect(ordered(LossKind::name, LossKind::description)))));
    return text.toString();
  }

  private static <T> Collector<T, ?, Map<String, String>> ordered(
      Function<T, String> key, Function<T, String> value) {
    return Collectors.toMap(key, value, (one, other) -> one, LinkedHashMap::new);
  }

  private String text(SettingKey key) {
    Optional<String> ignored = values.whyIgnored(key);
    if (ignored.isPresent()) {
      return key.description() + "; here it " + ignored.get();
    }
    if (fromPreset.has(key)) {
      return key.description() + "; " + values.text(key) + " in preset " + preset;
    }
    return key.description() + key.fallback().map("; default "::concat).orElse("");
  }

  private static OptionSpec preset(OptionSpec option) {
    List<String> lines = new ArrayList<>(List.of("settings to start from:"));
    Presets.descriptions()
        .forEach(
            (name, what) ->
                lines.add(name + (name.equals(Presets.DEFAULT) ? " (default): " : ": ") + what));
    lines.add("or a file of your own, by its path or by its name in work/presets");
    return described(option, lines.toArray(String[]::new));
  }

  private static OptionSpec described(OptionSpec option, String... lines) {
    return OptionSpec.builder(option).description(lines).build();
  }

  /** Some options, in columns as wide as all need. */
  private String list(List<OptionSpec> some, List<OptionSpec> all) {
    Layout layout = help.createDefaultLayout(all, List.of(), help.colorScheme());
    layout.addOptions(some, help.createDefaultParamLabelRenderer());
    return layout.toString();
  }

  private String table(Map<String, String> rows) {
    int width = help.commandSpec().usageMessage().width();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(NAME_WIDTH, 2, Overflow.SPAN),
            new Column(width - NAME_WIDTH, 1, Overflow.WRAP));
    rows.forEach(table::addRowValues);
    return table.toString();
  }

  private String wrapped(String text) {
    int width = help.commandSpec().usageMessage().width();
    TextTable table = TextTable.forColumns(help.colorScheme(), new Column(width, 0, Overflow.WRAP));
    table.addRowValues(text);
    return table.toString().stripTrailing();
  }
}
