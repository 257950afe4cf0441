package bsl.run;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Values by key, each with the place it comes from. Later sources override earlier ones: defaults,
 * preset, configuration file, {@code --set}, flags.
 *
 * <p>A configuration file is flat YAML or JSON: {@code key: value} a line.
 */
public final class Settings {
  private record Value(String text, String origin) {}

  private final Map<SettingKey, Value> values = new EnumMap<>(SettingKey.class);

  /**
   * Sets a value.
   *
   * @param origin where it comes from, for messages
   * @return this
   * @throws InputException if the value is not allowed for the key
   */
  public Settings set(SettingKey key, String value, String origin) {
    key.check(value, origin);
    values.put(key, new Value(value, origin));
    return this;
  }

  /**
   * Sets a value from {@code key=value}.
   *
   * @throws InputException if there is no such key, no equals sign, or the value is not allowed
   */
  public Settings setAssignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new InputException("--set '" + assignment + "' is not key=value");
    }
    SettingKey key = SettingKey.named(assignment.substring(0, equals).trim(), "--set");
    return set(key, assignment.substring(equals + 1).trim(), "--set");
  }

  /** Sets everything that other settings hold, overriding what is here. */
  public Settings setAll(Settings others) {
    values.putAll(others.values);
    return this;
  }

  /** Whether a key has been set. */
  public boolean has(SettingKey key) {
    return values.containsKey(key);
  }

  /**
   * The value of a key, or its default.
   *
   * @throws InputException if there is neither
   */
  public String get(SettingKey key) {
    Value value = values.get(key);
    if (value != null) {
      return value.text();
    }
    return key.fallback()
        .orElseThrow(
            () -> new InputException("nothing says which " + key.key() + "; give " + key.flag()));
  }

  /**
   * Reads a configuration file.
   *
   * @throws InputException if it is missing, malformed, or has unknown keys or bad values; the
   *     message names the line
   */
  public static Settings read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  static Settings read(InputStream in, String name) throws IOException {
    Settings settings = new Settings();
    try (JsonParser parser = new YAMLFactory().createParser(in)) {
      JsonToken start = parser.nextToken();
      if (start == null) {
        return settings;
      }
      if (start != JsonToken.START_OBJECT) {
        throw new InputException(name + ":1: is not a list of 'key: value' lines");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String origin = name + ":" + parser.currentTokenLocation().getLineNr();
        SettingKey key = SettingKey.named(parser.currentName(), origin);
        if (!parser.nextToken().isScalarValue()) {
          throw new InputException(origin + ": " + key.key() + " is not a single value");
        }
        settings.set(key, parser.getText(), origin);
      }
      return settings;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : ":" + at.getLineNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("malformed");
      throw new InputException(name + line + ": is not YAML: " + reason, e);
    }
  }
}
