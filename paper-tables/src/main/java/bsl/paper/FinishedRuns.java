package bsl.paper;

import bsl.eval.SeedSummary;
import bsl.run.EpochRecord;
import bsl.run.RunData;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** The runs that artifacts are made of, trained already. */
public interface FinishedRuns {
  /** Of intervals over seeds. */
  double CONFIDENCE = 0.95;

  /** What came out of a run. */
  RunResult result(RunSpec spec);

  /** Where a run is kept. */
  Path folder(RunSpec spec);

  /** Where a run is kept, relative to the report. */
  default String link(RunSpec spec) {
    return "runs/" + folder(spec).getFileName();
  }

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
}
