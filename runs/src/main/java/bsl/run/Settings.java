package bsl.run;

import bsl.data.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values by key, each with the place it comes from. Later sources override earlier ones: defaults,
 * preset, configuration file, {@code --set}, flags. Within one source a key is given once.
 *
 * <p>A configuration file is flat YAML or JSON: {@code key: value} a line.
 */
public final class Settings {
  private record Value(String text, String origin) {}

  private final Map<SettingKey, Value> values = new LinkedHashMap<>();

  /**
   * Sets a value, overriding the one that is here.
   *
   * @param origin where it comes from, for messages
   * @return this
   * @throws InputException if the value is missing or not allowed for the key
   */
  public Settings set(SettingKey key, String value, String origin) {
    if (value == null) {
      throw new InputException(origin + ": " + key.key() + " has no value");
    }
    key.check(value, origin);
    values.put(key, new Value(value, origin));
    return this;
  }

  /**
   * Sets a value that must not be here yet.
   *
   * @param origin where it comes from, for messages
   * @return this
   * @throws InputException if the key has a value already, or the value is not allowed
   */
  public Settings add(SettingKey key, String value, String origin) {
    Value there = values.get(key);
    if (there != null) {
      String places =
          there.origin().equals(origin) ? "" : " (" + there.origin() + " and " + origin + ")";
      throw new InputException(
          origin
              + ": "
              + key.key()
              + " is given twice, as '"
              + there.text()
              + "' and as '"
              + value
              + "'"
              + places);
    }
    return set(key, value, origin);
  }

  /**
   * Sets a value from {@code key=value}, overriding the one that is here.
   *
   * @throws InputException if there is no such key, no equals sign, or the value is not allowed
   */
  public Settings setAssignment(String assignment) {
    return setAll(ofAssignments(List.of(assignment)));
  }

  /**
   * Settings from several {@code key=value}, as {@code --set} gives them.
   *
   * @throws InputException if a key is given twice, there is no such key, no equals sign, or a
   *     value is not allowed
   */
  public static Settings ofAssignments(List<String> assignments) {
    Settings settings = new Settings();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new InputException("--set '" + assignment + "' is not key=value");
      }
      SettingKey key = SettingKey.named(assignment.substring(0, equals).trim(), "--set");
      settings.add(key, assignment.substring(equals + 1).trim(), "--set");
    }
    return settings;
  }

  /** Sets everything that other settings hold, overriding what is here. */
  public Settings setAll(Settings others) {
    values.putAll(others.values);
    return this;
  }

  /**
   * These settings with others on top, as those of a preset with what a user says. Where the others
   * ask for mini-batches of pairs ({@code batch_users 0}) and these are for mini-batches of users,
   * what counts for mini-batches of users only falls away, unless the others say it again.
   *
   * @param others settings that override these
   * @return new settings; these stay as they are
   */
  public Settings overriddenBy(Settings others) {
    Settings all = new Settings().setAll(this);
    if (isUserWise() && others.has(SettingKey.BATCH_USERS) && !others.isUserWise()) {
      SettingsTogether.OF_USER_BATCHES.forEach(all::without);
    }
    return all.setAll(others);
  }

  private boolean isUserWise() {
    return !SettingKey.BATCH_USERS.range().canonical(get(SettingKey.BATCH_USERS)).equals("0");
  }

  /** Takes a value away, if it is here. */
  Settings without(SettingKey key) {
    values.remove(key);
    return this;
  }

  /** Whether a key has been set. */
  public boolean has(SettingKey key) {
    return values.containsKey(key);
  }

  /** The keys that have been set, in the order in which they were. */
  public Set<SettingKey> keys() {
    return Collections.unmodifiableSet(values.keySet());
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
   * @throws InputException if it is missing, malformed, or has unknown keys, keys given twice or
   *     bad values; the message names the line
   */
  public static Settings read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return SettingsReader.read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + FileFailure.reason(file, e), e);
    }
  }
}
