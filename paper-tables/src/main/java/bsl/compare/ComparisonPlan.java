package bsl.compare;

import bsl.paper.ReproductionPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison has to do.
 *
 * @param runs what is to be trained
 * @param fits number of fits of baselines, those that are kept among them
 * @param openFits the fits that are not kept
 */
public record ComparisonPlan(ReproductionPlan runs, int fits, List<OpenFit> openFits) {
  /**
   * A fit to make.
   *
   * @param dataset name of the data set
   * @param baseline name of the baseline
   * @param seed the first seed that it is for
   * @param folder where it is kept
   * @param bytes bytes of Java heap that it needs at most
   */
  public record OpenFit(String dataset, String baseline, long seed, Path folder, long bytes) {}

  /** The plan for machines, as maps, lists, texts and numbers. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("runs", runs.runs());
    map.put("fits", fits);
    map.put("threads", runs.threads());
    map.put("seconds", runs.seconds());
    map.put("deviations", runs.deviations());
    map.put("open_runs", runs.open().stream().map(ComparisonPlan::asMap).toList());
    map.put("open_fits", openFits.stream().map(ComparisonPlan::asMap).toList());
    return map;
  }

  private static Map<String, Object> asMap(ReproductionPlan.OpenRun run) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", run.folder().toString());
    map.put("preset", run.spec().preset());
    map.put("hyper_parameters", run.spec().asMap());
    map.put("epochs_trained", run.trained());
    map.put("seconds_on_one_core", run.secondsLeft());
    return map;
  }

  private static Map<String, Object> asMap(OpenFit fit) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("fit", fit.folder().toString());
    map.put("dataset", fit.dataset());
    map.put("baseline", fit.baseline());
    map.put("seed", fit.seed());
    map.put("heap_bytes", fit.bytes());
    return map;
  }

  /** Whether everything is there. */
  public boolean isDone() {
    return runs.open().isEmpty() && openFits.isEmpty();
  }
}
