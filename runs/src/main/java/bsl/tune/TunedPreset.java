package bsl.tune;

import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.TextFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes settings that were found as a preset's file, see {@link bsl.run.OwnPreset}. */
final class TunedPreset {
  /** Stands elsewhere in the file, or is left to whoever uses the preset. */
  private static final Set<SettingKey> LEFT_OUT =
      Set.of(
          SettingKey.DATASET,
          SettingKey.BACKBONE,
          SettingKey.LOSS,
          SettingKey.SEED,
          SettingKey.PROTOCOL);

  /** Words that YAML does not read as texts. */
  private static final Pattern YAML_WORDS =
      Pattern.compile("null|true|false|yes|no|on|off|y|n", Pattern.CASE_INSENSITIVE);

  private TunedPreset() {}

  /**
   * Writes a preset, replacing the file.
   *
   * @param base the preset that other backbones and losses are taken from; empty if there is none
   * @param comments lines on how it was found
   */
  static void write(Path file, RunSpec run, String base, List<String> comments) {
    StringBuilder text = new StringBuilder();
    comments.forEach(line -> text.append("# ").append(onOneLine(line)).append('\n'));
    if (!base.isEmpty()) {
      text.append("base: ").append(base).append('\n');
    }
    text.append("dataset: ").append(quoted(run.dataset())).append('\n');
    text.append("backbone: ").append(quoted(run.backbone())).append('\n');
    text.append("losses:\n  ").append(quoted(run.lossName())).append(":\n");
    int settings = 0;
    for (SettingKey key : SettingKey.all()) {
      if (matters(run, key)) {
        text.append("    ").append(key.key()).append(": ");
        text.append(quoted(run.text(key))).append('\n');
        settings++;
      }
    }
    if (settings == 0) {
      text.setLength(text.length() - 1);
      text.append(" {}\n");
    }
    TextFiles.write(file, text.toString());
  }

  private static boolean matters(RunSpec run, SettingKey key) {
    if (LEFT_OUT.contains(key) || !run.asMap().containsKey(key.key())) {
      return false;
    }
    boolean fallback =
        key.fallback()
            .map(value -> key.range().canonical(value))
            .equals(Optional.of(run.text(key)));
    return !fallback && run.whyIgnored(key).isEmpty();
  }

  private static String onOneLine(String comment) {
    return comment.replaceAll("\\R", " ");
  }

  private static String quoted(String value) {
    boolean number = value.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    boolean word = value.matches("[A-Za-z][A-Za-z0-9-]*") && !YAML_WORDS.matcher(value).matches();
    return number || word ? value : "'" + value.replace("'", "''") + "'";
  }
}
