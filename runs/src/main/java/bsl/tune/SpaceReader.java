package bsl.tune;

import bsl.data.FileFailure;
import bsl.run.InputException;
import bsl.run.SettingKey;
import bsl.run.YamlSource;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a search space from YAML or JSON. A line is {@code key: [value, value]} for a choice,
 * {@code key: {from: 0.05, to: 0.5, scale: log}} for a range, or {@code key: value} for a value
 * that all trials have. A range may have {@code whole: true} for whole numbers; {@code scale} is
 * {@code linear} unless it is given.
 */
final class SpaceReader {
  /** What the search itself decides, or what would change the pairs that trials are judged by. */
  private static final Map<SettingKey, String> REFUSED = refused();

  private static final List<String> WORDS = List.of("from", "to", "scale", "whole");

  private final JsonParser parser;
  private final String name;

  private SpaceReader(JsonParser parser, String name) {
    this.parser = parser;
    this.name = name;
  }

  private static Map<SettingKey, String> refused() {
    String option = "is given by its option";
    String search = "is decided by the search itself";
    String pairs = "changes the pairs that trials are judged by";
    Map<SettingKey, String> refused = new LinkedHashMap<>();
    List.of(SettingKey.DATASET, SettingKey.BACKBONE, SettingKey.LOSS, SettingKey.SEED)
        .forEach(key -> refused.put(key, option));
    List.of(SettingKey.PROTOCOL, SettingKey.EVALUATE_EVERY, SettingKey.PATIENCE)
        .forEach(key -> refused.put(key, search));
    List.of(SettingKey.HELD_OUT_FRACTION, SettingKey.POSITIVE_NOISE, SettingKey.NEGATIVE_NOISE_ON)
        .forEach(key -> refused.put(key, pairs));
    return refused;
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is missing or malformed, or has unknown keys, keys that are not
   *     searched, or bad values; the message names file, line and value
   */
  static SearchSpace read(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException(file + ": is a folder, not a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + FileFailure.reason(file, e), e);
    }
  }

  /**
   * Reads a space.
   *
   * @param name the file's name in messages
   */
  static SearchSpace read(InputStream in, String name) throws IOException {
    try (JsonParser parser = YamlSource.parser(in, name)) {
      return new SpaceReader(parser, name).document();
    } catch (JsonProcessingException e) {
      throw YamlSource.malformed(name, e);
    }
  }

  private SearchSpace document() throws IOException {
    JsonToken start = parser.nextToken();
    if (start == null) {
      throw new InputException(name + ": is empty; it lists settings with their values");
    }
    if (start != JsonToken.START_OBJECT) {
      throw new InputException(place() + ": is not a list of 'key: values' lines");
    }
    List<Dimension> dimensions = new ArrayList<>();
    Set<SettingKey> keys = new LinkedHashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String origin = place();
      SettingKey key = SettingKey.named(parser.currentName(), origin);
      if (!keys.add(key)) {
        throw new InputException(origin + ": " + key + " is given twice");
      }
      if (REFUSED.containsKey(key)) {
        throw new InputException(origin + ": " + key + " is not searched: it " + REFUSED.get(key));
      }
      dimensions.add(dimension(key, origin));
    }
    if (parser.nextToken() != null) {
      throw new InputException(place() + ": belongs to a second YAML document");
    }
    if (dimensions.isEmpty()) {
      throw new InputException(name + ": is empty; it lists settings with their values");
    }
    return new SearchSpace(dimensions);
  }

  private Dimension dimension(SettingKey key, String origin) throws IOException {
    return switch (parser.nextToken()) {
      case START_ARRAY -> Dimension.ofChoices(key, list(key), origin);
      case START_OBJECT -> range(key, origin);
      default -> Dimension.ofChoices(key, List.of(scalar(key)), origin);
    };
  }

  private List<String> list(SettingKey key) throws IOException {
    List<String> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String value = scalar(key);
      // Checked here, where the line is that of the value.
      Dimension.ofChoices(key, List.of(value), place());
      values.add(value);
    }
    return values;
  }

  private String scalar(SettingKey key) throws IOException {
    if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
      throw new InputException(
          place()
              + ": "
              + key
              + " is neither a value, nor a list of values, nor a range"
              + " {from: ..., to: ..., scale: log or linear}");
    }
    return parser.getText();
  }

  private Dimension range(SettingKey key, String origin) throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    Map<String, String> places = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String word = parser.currentName();
      String at = place();
      if (!WORDS.contains(word)) {
        throw new InputException(
            at
                + ": a range of "
                + key
                + " has no '"
                + word
                + "'; it has "
                + String.join(", ", WORDS));
      }
      parser.nextToken();
      String value = scalar(key);
      if (words.put(word, value) != null) {
        throw new InputException(at + ": '" + word + "' of " + key + " is given twice");
      }
      places.put(word, place());
      if (Dimension.isNumeric(key) && List.of("from", "to").contains(word)) {
        // Checked here, where the line is that of the value.
        Dimension.ofChoices(key, List.of(value), place());
      }
    }
    for (String needed : List.of("from", "to")) {
      if (!words.containsKey(needed)) {
        throw new InputException(origin + ": the range of " + key + " has no '" + needed + "'");
      }
    }
    boolean log = oneOf(key, words, "scale", "log", "linear", places.getOrDefault("scale", origin));
    boolean whole =
        oneOf(key, words, "whole", "true", "false", places.getOrDefault("whole", origin));
    return Dimension.between(key, words.get("from"), words.get("to"), log, whole, origin);
  }

  /** Whether a word of a range has the first of two values; the second if it is not given. */
  private static boolean oneOf(
      SettingKey key,
      Map<String, String> words,
      String word,
      String first,
      String second,
      String origin) {
    String given = words.getOrDefault(word, second);
    if (!given.equals(first) && !given.equals(second)) {
      throw new InputException(
          origin
              + ": "
              + word
              + " '"
              + given
              + "' of "
              + key
              + " is neither "
              + first
              + " nor "
              + second);
    }
    return given.equals(first);
  }

  private String place() {
    return name + ":" + parser.currentTokenLocation().getLineNr();
  }
}
