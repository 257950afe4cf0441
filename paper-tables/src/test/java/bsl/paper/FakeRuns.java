package bsl.paper;

import bsl.eval.PerUserMetrics;
import bsl.run.EpochRecord;
import bsl.run.RunData;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs that came to whatever a test says; the first epoch is the selected one.
 *
 * @param metrics what a run came to
 * @param curves a run's learning curve
 * @param digests of the data of every run
 * @param selection on which set the epochs were selected
 */
record FakeRuns(
    Function<RunSpec, Map<String, Double>> metrics,
    Function<RunSpec, List<EpochRecord>> curves,
    Map<String, String> digests,
    String selection)
    implements FinishedRuns {
  /** Runs of a single epoch. */
  FakeRuns(Function<RunSpec, Map<String, Double>> metrics) {
    this(metrics, spec -> List.of(new EpochRecord(1, 1, 10, metrics.apply(spec))));
  }

  /** Runs on data of which no digests are known. */
  FakeRuns(
      Function<RunSpec, Map<String, Double>> metrics, Function<RunSpec, List<EpochRecord>> curves) {
    this(metrics, curves, Map.of(), "test");
  }

  /** Runs that all came to a Recall of 0.07 and an NDCG of 0.06 at every cutoff. */
  static FakeRuns allAlike() {
    Map<String, Double> metrics = new HashMap<>();
    for (int k : new int[] {5, 10, 15, 20}) {
      metrics.put("recall@" + k, 0.07);
      metrics.put("ndcg@" + k, 0.06);
    }
    return new FakeRuns(spec -> metrics);
  }

  /** The same runs on other train pairs than the catalogue's. */
  FakeRuns onOtherData() {
    return new FakeRuns(metrics, curves, Map.of("train", "0123"), selection);
  }

  /** The same runs on a data set with validation pairs. */
  FakeRuns selectedOnValidation() {
    return new FakeRuns(metrics, curves, digests, "validation");
  }

  @Override
  public RunResult result(RunSpec spec) {
    return new RunResult(
        spec.dataset(),
        digests,
        spec.backbone(),
        spec.lossName(),
        Map.of(),
        "fast",
        1,
        1,
        "scalar",
        "paper",
        selection,
        true,
        1,
        1,
        1,
        1,
        1,
        1,
        metrics.apply(spec),
        Map.of(),
        "00",
        1,
        List.of(),
        false);
  }

  /** Three users, each with the run's own metrics. */
  @Override
  public Optional<PerUserMetrics> perUser(RunSpec spec) {
    Map<String, double[]> values = new LinkedHashMap<>();
    metrics
        .apply(spec)
        .forEach((key, value) -> values.put(key, new double[] {value, value, value}));
    return Optional.of(PerUserMetrics.of(new int[] {0, 1, 2}, values));
  }

  @Override
  public Path folder(RunSpec spec) {
    return Path.of("runs", spec.title());
  }

  @Override
  public String link(RunSpec spec) {
    return "runs/" + spec.title();
  }

  @Override
  public List<EpochRecord> curve(RunSpec spec) {
    return curves.apply(spec);
  }

  @Override
  public RunData data(RunSpec spec) {
    throw new AssertionError("needs no data");
  }
}
