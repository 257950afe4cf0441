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

/** Gives artifacts the runs that they are made of. All of them are trained already. */
public interface FinishedRuns {
  /** Confidence of intervals over seeds. */
  double CONFIDENCE = 0.95;

  /** Stands after the name of a data set whose pairs are not the catalogue's. */
  String OTHER_DATA = " (other data)";

  /** The result of a run. */
  RunResult result(RunSpec spec);

  /** The folder of a run. */
  Path folder(RunSpec spec);

  /** The folder of a run, relative to the report's folder, with slashes on every system. */
  String link(RunSpec spec);

  /** The data that a run was trained on. */
  RunData data(RunSpec spec);

  /** The learning curve of a run, by epoch. */
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
   * Says whether a run's data are the catalogue's. The answer is yes for a name that the catalogue
   * does not have, because no numbers are published for it.
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

  /**
   * Names a run's data set in tables and claims. The name has the mark {@link #OTHER_DATA} if the
   * data are not the catalogue's.
   */
  default String dataset(RunSpec spec) {
    return spec.dataset() + (onCatalogueData(spec) ? "" : OTHER_DATA);
  }

  /**
   * Passes on a published number if it can be compared with a run.
   *
   * @return the number; empty if the run's data are not the catalogue's
   */
  default <T> Optional<T> published(RunSpec spec, Optional<T> published) {
    return published.filter(any -> onCatalogueData(spec));
  }
}
