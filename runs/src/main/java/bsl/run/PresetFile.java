package bsl.run;

import bsl.run.SettingsReader.PresetSections;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The settings that a preset has for one data set and backbone: a common part and, for each loss,
 * what differs from it. Files of the same name in several places of the class path make one: this
 * project's comes first, and the common part of another counts for the losses of that file only, on
 * top of this project's.
 */
final class PresetFile {
  private static final String FOLDER = "bsl/run/presets/";
  private static final Map<String, PresetFile> READ = new ConcurrentHashMap<>();

  private final Settings common = new Settings();
  private final Map<String, Settings> losses = new LinkedHashMap<>();

  private PresetFile() {}

  /**
   * The file of a preset for a data set and a backbone, if there is one.
   *
   * @param preset name of the preset
   * @param cell data set and backbone with a hyphen between
   * @throws InputException if one of the files is malformed or two have the same loss
   */
  static Optional<PresetFile> find(String preset, String cell) {
    PresetFile file = READ.computeIfAbsent(preset + "/" + cell + ".yaml", PresetFile::read);
    return file.losses.isEmpty() ? Optional.empty() : Optional.of(file);
  }

  private static PresetFile read(String path) {
    PresetFile file = new PresetFile();
    Map<String, URL> owners = new LinkedHashMap<>();
    for (URL place : places(path)) {
      PresetSections sections =
          sections(place, isOurs(place) ? "preset " + path : place.toString());
      Settings shared = new Settings().setAll(file.common).setAll(sections.common());
      if (isOurs(place)) {
        file.common.setAll(sections.common());
      }
      sections
          .losses()
          .forEach(
              (loss, own) -> {
                URL other = owners.put(loss, place);
                if (other != null) {
                  throw new InputException(
                      "preset " + path + ": loss " + loss + " is in " + other + " and " + place);
                }
                file.losses.put(loss, new Settings().setAll(shared).setAll(own));
              });
    }
    return file;
  }

  private static PresetSections sections(URL place, String name) {
    try (InputStream in = place.openStream()) {
      return SettingsReader.readPreset(in, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All files of that path below the folder of presets, this project's first.
   *
   * @param path for example {@code fast/ml-1m-mf.yaml}
   */
  static List<URL> places(String path) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      List<URL> places =
          new ArrayList<>(
              Collections.list(
                  (loader == null ? PresetFile.class.getClassLoader() : loader)
                      .getResources(FOLDER + path)));
      places.sort((one, other) -> Boolean.compare(isOurs(other), isOurs(one)));
      return places;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(URL place) {
    String self = PresetFile.class.getResource("PresetFile.class").toString();
    String root = self.substring(0, self.length() - "bsl/run/PresetFile.class".length());
    return place.toString().startsWith(root);
  }

  /** What counts for every loss that this project's file does not say more about. */
  Settings common() {
    return new Settings().setAll(common);
  }

  /** The settings of a loss, common part included, if the loss is listed. */
  Optional<Settings> loss(String loss) {
    return Optional.ofNullable(losses.get(loss)).map(own -> new Settings().setAll(own));
  }

  /** The losses that are listed. */
  Set<String> losses() {
    return losses.keySet();
  }
}
