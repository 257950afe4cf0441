package bsl.spark;

import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;

/** What a worker is told to do: a run, how far, and where. */
final class RunOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, String> settings = new LinkedHashMap<>();
  private final String preset;
  private final String digest;
  private final int epochs;
  private final boolean resume;
  private final boolean model;
  private final String sharedRuns;
  private final String marker;

  /**
   * @param spec the run
   * @param digest its identity, see {@link bsl.run.RunId#digest}
   * @param epochs where to stop; 0 for the run's own end
   * @param resume whether to go on from a checkpoint
   * @param model whether to bring the model back
   * @param shared the store that the worker writes into itself, if it is to
   */
  RunOrder(
      RunSpec spec,
      String digest,
      int epochs,
      boolean resume,
      boolean model,
      Optional<SharedFolder> shared) {
    spec.asMap().forEach((key, value) -> settings.put(key, value.toString()));
    this.preset = spec.preset();
    this.digest = digest;
    this.epochs = epochs;
    this.resume = resume;
    this.model = model;
    this.sharedRuns = shared.map(there -> there.folder().toString()).orElse(null);
    this.marker = shared.map(there -> there.marker().toString()).orElse(null);
  }

  RunSpec spec() {
    Settings values = new Settings();
    String origin = "the driver";
    settings.forEach((key, value) -> values.set(SettingKey.named(key, origin), value, origin));
    return RunSpec.of(values).startedFrom(preset);
  }

  String digest() {
    return digest;
  }

  /** Whether the run is to be brought to an epoch only. */
  boolean advances() {
    return epochs > 0;
  }

  int epochs() {
    return epochs;
  }

  boolean resume() {
    return resume;
  }

  boolean model() {
    return model;
  }

  /** The store to write into; empty if files are to be sent to the driver. */
  Optional<Path> sharedRuns() {
    return Optional.ofNullable(sharedRuns).map(Path::of);
  }

  /** A file of the driver's that is there if the store is the driver's. */
  Path marker() {
    return Path.of(marker);
  }
}
