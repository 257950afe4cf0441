package bsl.compare;

import bsl.report.Estimate;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison for machines. */
public final class ComparisonJson {
  private final ComparisonResult result;

  /**
   * @param result what has come out
   */
  public ComparisonJson(ComparisonResult result) {
    this.result = result;
  }

  /** Everything, as maps, lists, texts and numbers. */
  public Map<String, Object> asMap() {
    ComparisonRequest request = result.request();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("protocol", request.protocol().key());
    map.put("seeds", request.seeds());
    map.put("metrics", request.metrics());
    map.put("complete", result.isComplete());
    map.put("tests_corrected_for", result.tests().family());
    List<String> notes = new ArrayList<>(result.comparison().notes());
    notes.addAll(result.remarks());
    map.put("notes", notes);
    List<Object> datasets = new ArrayList<>();
    request.datasets().forEach(dataset -> datasets.add(ofDataset(dataset)));
    map.put("datasets", datasets);
    return map;
  }

  private Map<String, Object> ofDataset(String dataset) {
    RunSpec any = result.contestants().get(dataset).get(0).cell().first();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("dataset", dataset);
    map.put("digests", result.comparison().store().data(any).digests());
    map.put("deviations", result.comparison().store().deviations(any));
    map.put("reference_rule", result.rule(dataset).text());
    List<Object> models = new ArrayList<>();
    result.ranked(dataset).forEach(outcome -> models.add(ofOutcome(outcome)));
    map.put("models", models);
    return map;
  }

  private Map<String, Object> ofOutcome(Outcome outcome) {
    Contestant contestant = outcome.contestant();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", contestant.name());
    map.put("backbone", contestant.backbone());
    map.put(contestant.isBaseline() ? "baseline" : "loss", contestant.method());
    if (contestant.isBaseline()) {
      map.put("settings", contestant.baseline().orElseThrow().texts());
    } else {
      map.put("preset", contestant.cell().first().preset());
      map.put("generic_preset", contestant.isGeneric());
    }
    map.put("is_reference", result.isReference(outcome));
    result.sameRuns(outcome).ifPresent(of -> map.put("same_runs_as", of.contestant().name()));
    Map<String, Object> metrics = new LinkedHashMap<>();
    result.request().metrics().forEach(metric -> metrics.put(metric, ofMetric(outcome, metric)));
    map.put("metrics", metrics);
    map.put("coverage@20", outcome.mean(seed -> seed.use().coverage()));
    map.put("gini@20", outcome.mean(seed -> seed.use().gini()));
    map.put(
        "average_recommendation_popularity@20",
        outcome.mean(seed -> seed.use().averagePopularity()));
    map.put("tail_share_of_recall@20", outcome.mean(seed -> seed.use().tailShare()));
    map.put("train_seconds", outcome.mean(SeedOutcome::trainSeconds));
    map.put("eval_seconds", outcome.mean(SeedOutcome::evalSeconds));
    List<Object> runs = new ArrayList<>();
    outcome.bySeed().forEach((seed, of) -> runs.add(ofSeed(seed, of)));
    map.put("runs", runs);
    return map;
  }

  private Map<String, Object> ofMetric(Outcome outcome, String metric) {
    Estimate estimate = outcome.metric(metric);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mean", estimate.mean());
    if (estimate.hasInterval()) {
      map.put("half_width", estimate.halfWidth());
      map.put("standard_deviation", outcome.standardDeviation(metric));
    }
    result.test(outcome, metric).ifPresent(test -> map.put("test", ofTest(test)));
    return map;
  }

  private static Map<String, Object> ofTest(PairedTest test) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("reference", test.reference().contestant().name());
    map.put("seeds", test.evidence().seeds());
    map.put("difference", test.effect());
    test.interval().ifPresent(ends -> map.put("interval", List.of(ends.low(), ends.high())));
    test.lead().ifPresent(lead -> map.put("relative_difference", lead.effect()));
    test.relativeInterval()
        .ifPresent(ends -> map.put("relative_interval", List.of(ends.low(), ends.high())));
    if (test.decidable()) {
      map.put("p", test.pValue());
      map.put("p_holm", test.corrected());
    }
    map.put("verdict", test.verdict().text());
    return map;
  }

  private static Map<String, Object> ofSeed(long seed, SeedOutcome of) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("seed", seed);
    map.put("folder", of.folder().toString());
    map.put("epochs", of.epochs());
    map.put("best_epoch", of.bestEpoch());
    map.put("train_seconds", of.trainSeconds());
    map.put("eval_seconds", of.evalSeconds());
    map.put("threads", of.threads());
    map.put("metrics", of.metrics());
    return map;
  }
}
