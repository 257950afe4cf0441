package bsl.paper;

import bsl.data.DatasetCatalog;
import bsl.eval.SeedSummary;
import bsl.run.EpochRecord;
import bsl.run.RunData;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The runs that artifacts are made of, trained already. */
public interface FinishedRuns {
  /** Of intervals over seeds. */
  double CONFIDENCE = 0.95;

  /** Follows the name of a data set whose pairs are not the catalogue's. */
  String OTHER_DATA = " (other data)";

  /** What came out of a run. */
  RunResult result(RunSpec spec);

  /** Where a run is kept. */
  Path folder(RunSpec spec);

  /** Where a run is kept, relative to the report, with slashes. */
  String link(RunSpec spec);

  /** What a run was trained on. */
  RunData data(RunSpec spec);

  /** A run's learning curve. */
  List<EpochRecord> curve(RunSpec spec);

  /** A metric of a run on the test set. */
  default double metric(RunSpec spec, String key) {
    return result(spec).metrics().get(key);
  }

  /** NDCG@20 of a run. */
  default double ndcg(RunSpec spec) {
    return metric(spec, "ndcg@20");
  }

  /**
   * NDCG@20 over the seeds of a scope, with a 95% interval.
   *
   * @param ofSeed the run of a seed
   */
  default SeedSummary ndcg(Scope scope, IntFunction<RunSpec> ofSeed) {
    return SeedSummary.of(
        scope.allSeeds().mapToDouble(seed -> ndcg(ofSeed.apply(seed))).toArray(), CONFIDENCE);
  }

  /** Recall@20 of a run. */
  default double recall(RunSpec spec) {
    return metric(spec, "recall@20");
  }

  /**
   * Whether a run's data are what the catalogue has under their name. Data that the catalogue does
   * not know are: nothing is published of them.
   */
  default boolean onCatalogueData(RunSpec spec) {
    RunResult result = result(spec);
    Map<String, String> digests = result.digests();
    // Older records have digests alone.
    return result.deviations().isEmpty()
        && DatasetCatalog.entry(result.dataset()).stream()
            .flatMap(entry -> entry.digests().entrySet().stream())
            .allMatch(
                known ->
                    digests
                        .getOrDefault(known.getKey(), known.getValue())
                        .equals(known.getValue()));
  }

  /** Name of a run's data set for tables and claims, with a mark if its pairs are others. */
  default String dataset(RunSpec spec) {
    return spec.dataset() + (onCatalogueData(spec) ? "" : OTHER_DATA);
  }

  /** What was published of a run's cell; nothing if the run's data are others. */
  default <T> Optional<T> published(RunSpec spec, Optional<T> published) {
    return published.filter(any -> onCatalogueData(spec));
  }
}
