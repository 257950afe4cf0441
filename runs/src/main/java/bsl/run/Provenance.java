package bsl.run;

import bsl.core.NameSuggestion;
import bsl.losses.LossKinds;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it takes to train a run again and to tell whether the bits agree, as {@code provenance.json}
 * holds it.
 *
 * @param format version of this format
 * @param preset the preset that the settings started from
 * @param settings all settings
 * @param dataDigests content digests of the data set's parts
 * @param software versions of suite, Java, operating system; for information, they do not change
 *     the result
 * @param complete whether the run came to its end, or was interrupted
 * @param epochs epochs trained
 * @param bestEpoch the selected epoch
 * @param metrics its metrics on the test set
 * @param modelSha256 digest of the bits of its embeddings
 * @param numerics the {@link Numerics#VERSION} it was trained with
 * @param deviations how the data set differs from the one the catalogue knows by that name, see
 *     {@link RunResult}
 * @param code the code of loss and backbone where it is not this project's: version and SHA-256 of
 *     its jar or class folder, by what it is of, for example {@code loss mine}
 * @param dataImport where the data set comes from, see {@link DataImport#recordOf}; empty if it has
 *     no record. It has content digests of its own: where they are not {@code dataDigests}, the
 *     data set was changed afterwards
 */
public record Provenance(
    int format,
    String preset,
    Map<String, String> settings,
    Map<String, String> dataDigests,
    Map<String, String> software,
    boolean complete,
    int epochs,
    int bestEpoch,
    Map<String, Double> metrics,
    String modelSha256,
    int numerics,
    List<String> deviations,
    Map<String, String> code,
    Map<String, Object> dataImport) {
  /** The version this class reads and writes. */
  static final int FORMAT = 1;

  static Provenance of(RunSpec spec, RunResult result, Map<String, Object> dataImport) {
    Map<String, String> software = softwareOfNow();
    software.put("kernels", result.kernels());
    return new Provenance(
        FORMAT,
        result.preset(),
        texts(spec),
        result.digests(),
        software,
        result.complete(),
        result.epochs(),
        result.bestEpoch(),
        result.metrics(),
        result.modelSha256(),
        result.numerics(),
        result.deviations(),
        KindCode.of(spec),
        dataImport);
  }

  /** Versions of suite, Java and operating system, for records. */
  public static Map<String, String> softwareOfNow() {
    Map<String, String> software = new LinkedHashMap<>();
    String version = Provenance.class.getPackage().getImplementationVersion();
    software.put("bsl", version == null ? "unpackaged" : version);
    software.put("commit", System.getProperty("bsl.commit", "unknown"));
    software.put("java", System.getProperty("java.runtime.version"));
    software.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return software;
  }

  /**
   * Reads a provenance file.
   *
   * @throws InputException if it is missing, malformed or of another version
   */
  public static Provenance read(Path file) {
    return JsonFiles.read(file, Provenance.class, json -> upgrade(file, json));
  }

  /**
   * Reads the bytes of a provenance file.
   *
   * @throws InputException if they are malformed or of another version
   */
  static Provenance read(Path name, byte[] bytes) {
    return JsonFiles.read(name, bytes, Provenance.class, json -> upgrade(name, json));
  }

  /** Adds what the first records did not have. */
  private static void upgrade(Path file, ObjectNode json) {
    if (json.has("baseline")) {
      throw new InputException(
          file + ": is of a fit of baseline " + json.path("baseline").asText() + ", not of a run");
    }
    if (json.path("format").asInt() != FORMAT) {
      throw new InputException(
          file + ": is not a provenance file of format " + FORMAT + " (provenance.json of a run)");
    }
    if (!json.has("numerics")) {
      json.put("numerics", 1);
    }
    if (!json.has("deviations")) {
      json.putArray("deviations");
    }
    if (!json.has("code")) {
      json.putObject("code");
    }
    if (!json.has("data_import")) {
      json.putObject("data_import");
    }
  }

  /**
   * The run's identity.
   *
   * @param file named in messages
   * @throws InputException if a setting is unknown or not allowed
   */
  RunId id(Path file) {
    return RunId.of(spec(file), dataDigests, numerics, code);
  }

  /**
   * The code of loss and backbone that a run has now; see {@link #code}.
   *
   * @throws InputException if a jar or folder on the class path cannot be read
   */
  public static Map<String, String> codeOf(RunSpec spec) {
    return KindCode.of(spec);
  }

  /**
   * The run's settings.
   *
   * @param file named in messages
   * @throws InputException if a setting is unknown or not allowed
   */
  public RunSpec spec(Path file) {
    return spec(settings, file);
  }

  /** Recorded settings as a spec; see {@link #spec(Path)}. */
  static RunSpec spec(Map<String, String> settings, Path file) {
    requireKnown("loss", settings.get("loss"), LossKinds.names(), file);
    requireKnown("backbone", settings.get("backbone"), BackboneKinds.names(), file);
    Settings values = new Settings();
    settings.forEach(
        (key, value) -> values.set(SettingKey.named(key, file.toString()), value, file.toString()));
    return RunSpec.of(values);
  }

  /** A name that is not known here was known where the run was trained. */
  private static void requireKnown(String noun, String name, List<String> known, Path file) {
    if (name != null && !known.contains(name)) {
      throw new InputException(
          file
              + ": "
              + noun
              + " '"
              + name
              + "' is none of "
              + String.join(", ", known)
              + NameSuggestion.hint(name, known)
              + SettingKey.JAR_HINT);
    }
  }

  /** All settings of a spec as they are recorded. */
  static Map<String, String> texts(RunSpec spec) {
    Map<String, String> texts = new LinkedHashMap<>();
    spec.asMap().forEach((key, value) -> texts.put(key, value.toString()));
    return texts;
  }
}
