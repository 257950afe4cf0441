package bsl.run;

import bsl.core.NameSuggestion;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads settings from YAML or JSON: one document of {@code key: value} lines. A preset's file may
 * have one more key, {@code losses}, with such lines for each loss. Losses that share lines have a
 * section together, e.g. {@code sl, bsl}, beside one of each where they differ. A preset's file of
 * the user's own may also have the key {@code base}, with the name of a preset.
 */
final class SettingsReader {
  private static final String LOSSES = "losses";
  private static final String BASE = "base";

  /**
   * What a section cannot say: it is for a loss, whatever is trained with it and how it is judged.
   */
  private static final Set<SettingKey> NOT_OF_A_LOSS =
      Set.of(
          SettingKey.DATASET,
          SettingKey.BACKBONE,
          SettingKey.LOSS,
          SettingKey.SEED,
          SettingKey.PROTOCOL);

  private final JsonParser parser;
  private final String name;

  /** The sections of the losses by name, or null if the file may not have any. */
  private final Map<String, Settings> losses;

  /** Whether the file may name the preset that it builds on. */
  private final boolean hasBase;

  private String base = "";
  private boolean lossesRead;

  private SettingsReader(
      JsonParser parser, String name, Map<String, Settings> losses, boolean hasBase) {
    this.parser = parser;
    this.name = name;
    this.losses = losses;
    this.hasBase = hasBase;
  }

  /**
   * What a preset's file says.
   *
   * @param base the preset it builds on; empty if there is none
   */
  record PresetSections(Settings common, Map<String, Settings> losses, String base) {}

  /**
   * Reads a configuration file.
   *
   * @param name the file's name in messages
   * @throws InputException if something is malformed, unknown, given twice, or not allowed
   */
  static Settings read(InputStream in, String name) throws IOException {
    return read(in, name, null, false).common();
  }

  /**
   * Reads a preset's file.
   *
   * @param name the file's name in messages
   * @throws InputException if something is malformed, unknown, given twice, or not allowed
   */
  static PresetSections readPreset(InputStream in, String name) throws IOException {
    return read(in, name, new LinkedHashMap<>(), false);
  }

  /**
   * Reads a preset's file of the user's own, which may build on a preset.
   *
   * @param name the file's name in messages
   * @throws InputException if something is malformed, unknown, given twice, or not allowed
   */
  static PresetSections readOwnPreset(InputStream in, String name) throws IOException {
    return read(in, name, new LinkedHashMap<>(), true);
  }

  private static PresetSections read(
      InputStream in, String name, Map<String, Settings> losses, boolean hasBase)
      throws IOException {
    try (JsonParser parser = YamlSource.parser(in, name)) {
      SettingsReader reader = new SettingsReader(parser, name, losses, hasBase);
      return new PresetSections(reader.document(), losses, reader.base);
    } catch (JsonProcessingException e) {
      throw YamlSource.malformed(name, e);
    }
  }

  private Settings document() throws IOException {
    Settings settings = new Settings();
    JsonToken start = parser.nextToken();
    if (start == null) {
      return settings;
    }
    if (start != JsonToken.START_OBJECT) {
      throw new InputException(place() + ": is not a list of 'key: value' lines");
    }
    int begin = line();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (losses != null && parser.currentName().equals(LOSSES)) {
        lossSections();
      } else if (hasBase && parser.currentName().equals(BASE)) {
        base();
      } else {
        setting(List.of(settings), sections());
      }
    }
    if (parser.nextToken() != null) {
      throw new InputException(
          place()
              + ": belongs to a second YAML document, the first begins in line "
              + begin
              + "; a file holds the settings of one run");
    }
    return settings;
  }

  /** The words of a preset that may stand where a setting may. */
  private List<String> sections() {
    return Stream.of(losses == null ? "" : LOSSES, hasBase ? BASE : "")
        .filter(section -> !section.isEmpty())
        .toList();
  }

  /**
   * Reads a setting that is of several losses, or of all.
   *
   * @param others what else may stand there
   */
  private void setting(List<Settings> those, List<String> others) throws IOException {
    String origin = place();
    SettingKey key = SettingKey.named(parser.currentName(), origin, others);
    JsonToken token = parser.nextToken();
    if (!token.isScalarValue()) {
      throw new InputException(origin + ": " + key.key() + " is not a single value");
    }
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw new InputException(
          origin + ": " + key.key() + " is an alias, which is not read; write the value");
    }
    String value = token == JsonToken.VALUE_NULL ? null : parser.getText();
    for (Settings settings : those) {
      settings.add(key, value, origin);
    }
  }

  private void base() throws IOException {
    String origin = place();
    JsonToken token = parser.nextToken();
    String preset = token.isScalarValue() ? parser.getText() : "";
    if (!base.isEmpty()) {
      throw new InputException(origin + ": " + BASE + " is given twice");
    }
    if (!Presets.isNamed(preset)) {
      throw new InputException(
          origin
              + ": "
              + BASE
              + " '"
              + preset
              + "' is none of "
              + String.join(", ", Presets.descriptions().keySet())
              + NameSuggestion.hint(preset, Presets.descriptions().keySet()));
    }
    base = preset;
  }

  private void lossSections() throws IOException {
    if (lossesRead) {
      throw new InputException(place() + ": " + LOSSES + " is given twice");
    }
    lossesRead = true;
    requireSection(LOSSES);
    Set<String> titles = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String title = parser.currentName();
      String origin = place();
      requireSection(title);
      if (!titles.add(title)) {
        throw new InputException(origin + ": loss " + title + " is given twice");
      }
      List<String> names = Stream.of(title.split(",", -1)).map(String::strip).toList();
      if (new HashSet<>(names).size() < names.size()) {
        throw new InputException(origin + ": a loss is given twice in '" + title + "'");
      }
      List<Settings> those = names.stream().map(loss -> section(loss, origin)).toList();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        requireOfLoss(title);
        setting(those, List.of());
      }
    }
  }

  private void requireOfLoss(String title) throws IOException {
    String key = parser.currentName();
    if (NOT_OF_A_LOSS.stream().anyMatch(other -> other.key().equals(key))) {
      throw new InputException(
          place() + ": " + key + " is no setting of a loss, and cannot stand under " + title);
    }
  }

  private Settings section(String loss, String origin) {
    if (loss.isEmpty()) {
      throw new InputException(origin + ": a loss has no name");
    }
    return losses.computeIfAbsent(loss, name -> new Settings());
  }

  private void requireSection(String title) throws IOException {
    String origin = place();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new InputException(origin + ": " + title + " is not a list of 'key: value' lines");
    }
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private String place() {
    return name + ":" + line();
  }
}
