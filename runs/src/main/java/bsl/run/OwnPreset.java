package bsl.run;

import bsl.core.Sha256;
import bsl.data.FileFailure;
import bsl.losses.LossKinds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A preset of the user's own: a YAML file such as {@code tune} writes. It looks like a file of a
 * preset of this project, and has up to three more keys. {@code base} is the preset that cells are
 * taken from which the file does not have. {@code backbone} is the only one it counts for. {@code
 * dataset} is what it was made for; it counts for others, too.
 *
 * <p>It is called by its path, or by its name without {@code .yaml} if it lies in {@link #folder}.
 */
public final class OwnPreset {
  private static final String ENDING = ".yaml";
  private static final int DIGEST_DIGITS = 12;

  private final Path file;
  private final String digest;
  private final SettingsReader.PresetSections sections;

  private OwnPreset(Path file) {
    this.file = file;
    try {
      byte[] bytes = Files.readAllBytes(file);
      digest = Sha256.of(new String(bytes, StandardCharsets.UTF_8));
      sections = SettingsReader.readOwnPreset(new ByteArrayInputStream(bytes), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + FileFailure.reason(file, e), e);
    }
    if (sections.common().has(SettingKey.LOSS) || sections.losses().isEmpty()) {
      throw new InputException(
          file + ": a preset lists its losses under 'losses', each with its settings");
    }
  }

  /** Where presets are that are called by name: {@code work/presets}. */
  public static Path folder() {
    return Path.of(System.getProperty("bsl.presets", "work/presets"));
  }

  /** The file of a preset that is called by name. */
  public static Path fileOf(String name) {
    return folder().resolve(name + ENDING);
  }

  /**
   * The preset of that name or path.
   *
   * @param preset what {@code --preset} says
   * @return nothing if it is a preset of this project or there is no such file
   * @throws InputException if it is a path and there is no file, or the file is malformed
   */
  static Optional<OwnPreset> find(String preset) {
    try {
      Path path = Path.of(preset);
      boolean isPath = path.getNameCount() > 1 || path.isAbsolute() || isYaml(preset);
      Path file = isPath ? path : fileOf(preset);
      if (Files.isRegularFile(file)) {
        boolean another = !isPath && Presets.isNamed(preset);
        return another ? Optional.empty() : Optional.of(new OwnPreset(file));
      }
      if (isPath) {
        throw new InputException(
            "--preset " + preset + (Files.exists(path) ? ": is not a file" : ": no such file"));
      }
    } catch (InvalidPathException e) {
      // Then it is the name of nothing.
    }
    return Optional.empty();
  }

  private static boolean isYaml(String name) {
    return name.endsWith(ENDING) || name.endsWith(".yml");
  }

  /** Names of the presets in {@link #folder}, in alphabetical order. */
  public static List<String> names() {
    if (!Files.isDirectory(folder())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder() + ": cannot be read: " + FileFailure.reason(folder(), e), e);
    }
  }

  /**
   * Reads a preset in {@link #folder} and says what it has: its backbone, if it is for one, and its
   * losses.
   *
   * @param name its name, one of {@link #names}
   * @throws InputException if the file is malformed, or a preset of this project has the same name
   *     and is taken instead
   */
  public static String contentsOf(String name) {
    OwnPreset own = new OwnPreset(fileOf(name));
    if (Presets.isNamed(name)) {
      throw new InputException(
          fileOf(name) + ": is never read by its name, which is that of a preset of this project");
    }
    return own.contents();
  }

  /** What a run's record calls it: the file's name and the first digits of its SHA-256. */
  String recordedName() {
    String name = file.getFileName().toString();
    return name + " sha256:" + digest.substring(0, DIGEST_DIGITS);
  }

  /** The preset that cells are taken from which the file does not have, if there is one. */
  Optional<String> base() {
    return Optional.of(sections.base()).filter(name -> !name.isEmpty());
  }

  /** Whether the file is for a backbone. */
  boolean isFor(String backbone) {
    return !sections.common().has(SettingKey.BACKBONE)
        || sections.common().get(SettingKey.BACKBONE).equals(backbone);
  }

  /** The settings of a cell, without data set and backbone themselves, if the file has it. */
  Optional<Settings> settings(String backbone, String loss) {
    if (!isFor(backbone) || !sections.losses().containsKey(loss)) {
      return Optional.empty();
    }
    return Optional.of(
        new Settings()
            .setAll(sections.common())
            .setAll(sections.losses().get(loss))
            .without(SettingKey.DATASET)
            .without(SettingKey.BACKBONE));
  }

  /** The losses from outside this project that the file has for a backbone. */
  List<String> outsideLosses(String backbone) {
    List<String> losses = new ArrayList<>(isFor(backbone) ? sections.losses().keySet() : List.of());
    losses.removeIf(loss -> LossKinds.isStandard(loss) || LossKinds.find(loss).isEmpty());
    return losses;
  }

  /** What the file has, for messages. */
  String contents() {
    String losses = "loss " + String.join(", ", sections.losses().keySet());
    return sections.common().has(SettingKey.BACKBONE)
        ? "backbone " + sections.common().get(SettingKey.BACKBONE) + ", " + losses
        : losses;
  }

  /** The data set it was made for, if it says so. */
  Optional<String> dataset() {
    return sections.common().has(SettingKey.DATASET)
        ? Optional.of(sections.common().get(SettingKey.DATASET))
        : Optional.empty();
  }
}
