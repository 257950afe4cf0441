package bsl.run;

import bsl.core.Split;
import bsl.core.WorkPool;
import bsl.eval.PerUserMetrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Finished and unfinished runs on disk, a folder each, named by {@link RunId}. Safe for use by
 * several threads and processes.
 */
public final class RunStore {
  /**
   * A data set with the digests of its parts, which take a while to work out.
   *
   * @param split the data set
   * @param digests see {@link RunData#digests}
   * @param deviations see {@link RunData#deviations}
   * @param dataImport see {@link RunData#dataImport}
   */
  private record Loaded(
      Split split,
      Map<String, String> digests,
      List<String> deviations,
      Map<String, Object> dataImport) {}

  private final Path folder;
  private final Function<String, Split> source;
  private final Function<String, Map<String, Object>> imports;
  private final Map<String, Loaded> loaded;

  /**
   * @param folder where the runs' folders are or will be
   * @param source loads a data set by its name; asked once for each
   */
  public RunStore(Path folder, Function<String, Split> source) {
    this(folder, source, name -> Map.of());
  }

  /**
   * @param folder where the runs' folders are or will be
   * @param source loads a data set by its name; asked once for each
   * @param imports says what a data set was imported from, see {@link DataImport}; asked once for
   *     each
   */
  public RunStore(
      Path folder, Function<String, Split> source, Function<String, Map<String, Object>> imports) {
    this(folder, source, imports, new ConcurrentHashMap<>());
  }

  private RunStore(
      Path folder,
      Function<String, Split> source,
      Function<String, Map<String, Object>> imports,
      Map<String, Loaded> loaded) {
    this.folder = folder;
    this.source = source;
    this.imports = imports;
    this.loaded = loaded;
  }

  /** The same data sets, which are not loaded again, and runs in another folder. */
  public RunStore in(Path otherFolder) {
    return new RunStore(otherFolder, source, imports, loaded);
  }

  /** Where the runs' folders are or will be. */
  public Path folder() {
    return folder;
  }

  private Loaded load(RunSpec spec) {
    return loaded.computeIfAbsent(
        spec.dataset(),
        name -> {
          Split split = source.apply(name);
          return new Loaded(
              split, RunData.digestsOf(split), RunData.deviationsOf(split), imports.apply(name));
        });
  }

  /** The data set of a run, before it is cut. */
  public Split split(RunSpec spec) {
    return load(spec).split();
  }

  /**
   * How a run's data set differs from the one the catalogue knows by that name; see {@link
   * RunData#deviations}.
   */
  public List<String> deviations(RunSpec spec) {
    return load(spec).deviations();
  }

  /** What a run is trained on. */
  public RunData data(RunSpec spec) {
    Loaded data = load(spec);
    return RunData.of(data.split(), spec, data.digests(), data.deviations())
        .importedFrom(data.dataImport());
  }

  /** A run's identity. */
  public RunId id(RunSpec spec) {
    return RunId.of(spec, load(spec).digests());
  }

  /** Where a run is kept. */
  public Path folder(RunSpec spec) {
    return folder.resolve(id(spec).folderName());
  }

  /**
   * The result of a run that has come to its end.
   *
   * @throws InputException if its records are malformed, or are of another run than the folder's
   *     name says
   */
  public Optional<RunResult> finished(RunSpec spec) {
    return new RunFolder(folder(spec)).finished(id(spec));
  }

  /** Whether a run's model is there; a record that came from elsewhere may be without. */
  public boolean hasModel(RunSpec spec) {
    return new RunFolder(folder(spec)).hasModel();
  }

  /**
   * The test metrics of a finished run, user by user. A run from before they were kept is evaluated
   * for them, if its model is there; they are kept then.
   *
   * @param threads threads to evaluate with, at least 1
   * @return Recall@20 and NDCG@20; empty if the run has neither the metrics nor its model
   * @throws InputException if the run's records or its model are damaged
   */
  public Optional<PerUserMetrics> perUser(RunSpec spec, int threads) {
    RunFolder run = new RunFolder(folder(spec));
    Optional<PerUserMetrics> kept = run.perUser();
    if (kept.isPresent() || !run.hasModel() || finished(spec).isEmpty()) {
      return kept;
    }
    TrainedRun trained = TrainedRun.open(run.path());
    PerUserMetrics evaluated = PerUserFile.evaluate(trained.model(), spec, data(spec), threads);
    run.addPerUser(id(spec), trained.model().users().rows(), evaluated);
    // From the file's numbers, so that a report has the same bits now and later.
    return Optional.of(PerUserFile.rounded(evaluated));
  }

  /** What a finished run's model recommends; empty for a run of before that was kept. */
  public Optional<CatalogueUse> catalogueUse(RunSpec spec) {
    return new RunFolder(folder(spec)).catalogueUse();
  }

  /**
   * Evaluates a finished run's model on the test set. What it recommends is kept in the run's
   * folder, see {@link #catalogueUse}.
   *
   * @param threads threads to evaluate with, at least 1
   * @return empty if the run is not finished or has no model
   * @throws InputException if the run's records or its model are damaged
   */
  public Optional<TestEvaluation> evaluate(RunSpec spec, int threads) {
    RunFolder run = new RunFolder(folder(spec));
    if (!run.hasModel() || finished(spec).isEmpty()) {
      return Optional.empty();
    }
    TrainedRun trained = TrainedRun.open(run.path());
    try (WorkPool pool = new WorkPool(threads)) {
      TestEvaluation evaluation = TestEvaluation.of(trained.model(), spec, data(spec), pool);
      run.addCatalogueUse(id(spec), trained.result().modelSha256(), evaluation.use());
      return Optional.of(evaluation);
    }
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
