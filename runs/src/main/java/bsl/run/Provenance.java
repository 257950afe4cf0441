package bsl.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
 */
@JsonIgnoreProperties(ignoreUnknown = true)
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
    String modelSha256) {
  /** The version this class reads and writes. */
  static final int FORMAT = 1;

  static Provenance of(RunSpec spec, RunResult result) {
    Map<String, String> settings = new LinkedHashMap<>();
    spec.asMap().forEach((key, value) -> settings.put(key, value.toString()));
    Map<String, String> software = new LinkedHashMap<>();
    String version = Provenance.class.getPackage().getImplementationVersion();
    software.put("bsl", version == null ? "unpackaged" : version);
    software.put("commit", System.getProperty("bsl.commit", "unknown"));
    software.put("java", System.getProperty("java.runtime.version"));
    software.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    software.put("kernels", result.kernels());
    return new Provenance(
        FORMAT,
        result.preset(),
        settings,
        result.digests(),
        software,
        result.complete(),
        result.epochs(),
        result.bestEpoch(),
        result.metrics(),
        result.modelSha256());
  }

  /**
   * Reads a provenance file.
   *
   * @throws InputException if it is missing, malformed or of another version
   */
  public static Provenance read(Path file) {
    Provenance provenance = JsonFiles.read(file, Provenance.class);
    if (provenance.format() != FORMAT
        || provenance.settings() == null
        || provenance.dataDigests() == null
        || provenance.modelSha256() == null) {
      throw new InputException(
          file + ": is not a provenance file of format " + FORMAT + " (provenance.json of a run)");
    }
    return provenance;
  }

  /**
   * The run's settings.
   *
   * @param file named in messages
   * @throws InputException if a setting is unknown or not allowed
   */
  public RunSpec spec(Path file) {
    Settings values = new Settings();
    settings.forEach(
        (key, value) -> values.set(SettingKey.named(key, file.toString()), value, file.toString()));
    return RunSpec.of(values);
  }
}
