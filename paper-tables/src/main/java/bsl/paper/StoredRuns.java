package bsl.paper;

import bsl.eval.PerUserMetrics;
import bsl.run.EpochRecord;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Gives artifacts the finished runs of a store. Reports lie in a folder of their own. */
public final class StoredRuns implements FinishedRuns {
  private final RunStore store;
  private final Path report;
  private final int threads;
  private final Map<RunSpec, RunResult> results = new LinkedHashMap<>();
  private final Map<RunSpec, List<EpochRecord>> curves = new HashMap<>();

  /** Read many times, and too large to be held where memory is short. */
  private final Map<RunSpec, SoftReference<PerUserMetrics>> perUser = new HashMap<>();

  /**
   * @param store where they lie
   * @param report the folder of the reports that link to them
   * @param threads for what is computed of them
   */
  public StoredRuns(RunStore store, Path report, int threads) {
    this.threads = threads;
    this.store = store;
    this.report = report.toAbsolutePath().normalize();
  }

  /** Adds a run that has come to its end. */
  public void put(RunSpec spec, RunResult result) {
    remove(spec);
    results.put(spec, result);
  }

  /** Takes a run away that is no longer finished. */
  void remove(RunSpec spec) {
    results.remove(spec);
    curves.remove(spec);
    perUser.remove(spec);
  }

  /** Whether a run is there. */
  public boolean has(RunSpec spec) {
    return results.containsKey(spec);
  }

  /** Number of runs. */
  public int size() {
    return results.size();
  }

  /** Time spent in training all of them. */
  public double trainSeconds() {
    return results.values().stream().mapToDouble(RunResult::trainSeconds).sum();
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public RunResult result(RunSpec spec) {
    return results.get(spec);
  }

  @Override
  public Optional<PerUserMetrics> perUser(RunSpec spec) {
    SoftReference<PerUserMetrics> kept = perUser.get(spec);
    PerUserMetrics metrics = kept == null ? null : kept.get();
    if (metrics != null) {
      return Optional.of(metrics);
    }
    Optional<PerUserMetrics> read = store.perUser(spec, threads);
    read.ifPresent(found -> perUser.put(spec, new SoftReference<>(found)));
    return read;
  }

  @Override
  public Path folder(RunSpec spec) {
    return store.folder(spec);
  }

  @Override
  public String link(RunSpec spec) {
    Path run = folder(spec).toAbsolutePath().normalize();
    return StreamSupport.stream(report.relativize(run).spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  @Override
  public RunData data(RunSpec spec) {
    return store.data(spec);
  }

  @Override
  public List<EpochRecord> curve(RunSpec spec) {
    return curves.computeIfAbsent(spec, run -> new RunFolder(folder(run)).curve());
  }

  @Override
  public Optional<List<EpochRecord>> curveIfThere(RunSpec spec) {
    return new RunFolder(folder(spec))
        .result()
        .filter(RunResult::complete)
        .map(finished -> curve(spec));
  }
}
