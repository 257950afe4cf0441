package bsl.paper;

import bsl.data.DatasetCatalog;
import bsl.eval.PerUserMetrics;
import bsl.report.Estimate;
import bsl.run.EpochRecord;
import bsl.run.RunData;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives artifacts the runs that they are made of. All of them are trained already. */
public interface FinishedRuns {
  /** The metric that most verdicts are about. */
  String NDCG = "ndcg@20";

  /** The other one that is kept by user. */
  String RECALL = "recall@20";

  /** Stands after the name of a data set whose pairs are not the catalogue's. */
  String OTHER_DATA = " (other data)";

  /** The result of a run. */
  RunResult result(RunSpec spec);

  /** The folder of a run. */
  Path folder(RunSpec spec);

  /**
   * Recall@20 and NDCG@20 of a run on the test set, user by user.
   *
   * @return empty if they were not kept and the run's model is not there
   */
  Optional<PerUserMetrics> perUser(RunSpec spec);

  /** The folder of a run, relative to the report's folder, with slashes on every system. */
  String link(RunSpec spec);

  /** The data that a run was trained on. */
  RunData data(RunSpec spec);

  /** The learning curve of a run, by epoch. */
  List<EpochRecord> curve(RunSpec spec);

  /**
   * The learning curve of a run that an artifact shows where it happens to be there, and does not
   * ask for.
   *
   * @return empty if the run is not finished
   */
  default Optional<List<EpochRecord>> curveIfThere(RunSpec spec) {
    return Optional.empty();
  }

  /** A metric of a run on the test set. */
  default double metric(RunSpec spec, String key) {
    return result(spec).metrics().get(key);
  }

  /** A metric of a cell on the test set. */
  default Estimate metric(Cell cell, String key) {
    return cell.mean(run -> metric(run, key));
  }

  /** NDCG@20 of a cell. */
  default Estimate ndcg(Cell cell) {
    return metric(cell, NDCG);
  }

  /** Recall@20 of a cell. */
  default Estimate recall(Cell cell) {
    return metric(cell, RECALL);
  }

  /** The folders of a cell's runs, relative to the report's folder. */
  default List<String> links(Cell cell) {
    return cell.runs().stream().map(this::link).toList();
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
                        .getOrDefault(part(known.getKey()), known.getValue())
                        .equals(known.getValue()));
  }

  /** How runs call a part of a data set, which the catalogue calls by its file. */
  static String part(String file) {
    return file.equals("valid") ? "validation" : file;
  }

  /** Threads for what is computed of finished runs. */
  default int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Names a run's data set in tables and claims. The name has the mark {@link #OTHER_DATA} if the
   * data are not the catalogue's.
   */
  default String dataset(RunSpec spec) {
    return spec.dataset() + (onCatalogueData(spec) ? "" : OTHER_DATA);
  }

  /** Names a cell's data set; all of its runs have the same. */
  default String dataset(Cell cell) {
    return dataset(cell.first());
  }

  /**
   * Passes on a published number if it can be compared with a run.
   *
   * @return the number; empty if the run's data are not the catalogue's
   */
  default <T> Optional<T> published(RunSpec spec, Optional<T> published) {
    return published.filter(any -> onCatalogueData(spec));
  }

  /**
   * Whether the epoch of a run was selected on the test set. Otherwise it was on validation pairs,
   * and the curve of the run is of those.
   */
  default boolean selectedOnTest(RunSpec spec) {
    return result(spec).selectedOn().equals("test");
  }
}
