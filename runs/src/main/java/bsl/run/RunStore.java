package bsl.run;

import bsl.core.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finished and unfinished runs on disk, a folder each, named by what fixes the result: settings and
 * data. Safe for use by several threads on different runs.
 */
public final class RunStore {
  private static final int NAME_DIGITS = 12;

  /** A data set with the digests of its parts, which take a while to work out. */
  private record Loaded(Split split, Map<String, String> digests) {}

  private final Path folder;
  private final Function<String, Split> source;
  private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();

  /**
   * @param folder where the runs' folders are or will be
   * @param source loads a data set by its name; asked once for each
   */
  public RunStore(Path folder, Function<String, Split> source) {
    this.folder = folder;
    this.source = source;
  }

  private Loaded load(RunSpec spec) {
    return loaded.computeIfAbsent(
        spec.dataset(),
        name -> {
          Split split = source.apply(name);
          return new Loaded(split, RunData.digestsOf(split));
        });
  }

  /** The data set of a run, before it is cut. */
  public Split split(RunSpec spec) {
    return load(spec).split();
  }

  /** What a run is trained on. */
  public RunData data(RunSpec spec) {
    Loaded data = load(spec);
    return RunData.of(data.split(), spec, data.digests());
  }

  /** Where a run is kept: data set, backbone, loss and a digest of all settings and of the data. */
  public Path folder(RunSpec spec) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      String key = spec.digest() + load(spec).digests();
      String digest = HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
      return folder.resolve(spec.title() + "-" + digest.substring(0, NAME_DIGITS));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The result of a run that has come to its end. */
  public Optional<RunResult> finished(RunSpec spec) {
    return new RunFolder(folder(spec)).result().filter(RunResult::complete);
  }

  /** Whether a run's model is there; a record that came from elsewhere may be without. */
  public boolean hasModel(RunSpec spec) {
    return new RunFolder(folder(spec)).hasModel();
  }

  /**
   * A run, ready to be executed in its folder.
   *
   * @param preset see {@link TrainingRun}
   * @param threads threads to use, at least 1
   */
  public TrainingRun run(RunSpec spec, String preset, int threads) {
    return new TrainingRun(spec, data(spec), preset, threads, new RunFolder(folder(spec)));
  }
}
