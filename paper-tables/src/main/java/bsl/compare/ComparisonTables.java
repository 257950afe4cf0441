package bsl.compare;

import bsl.eval.Interval;
import bsl.eval.RelativeLead;
import bsl.report.Column;
import bsl.report.Estimate;
import bsl.report.Figure;
import bsl.report.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The tables and the figure of a comparison. */
final class ComparisonTables {
  private static final String TESTS = "tests";
  private static final String DETAILS = "details";
  private static final String SEEDS = "seeds";

  /** Names of tables with all data sets. */
  private static final Set<String> OF_ALL = Set.of(TESTS, DETAILS, SEEDS);

  private final ComparisonResult result;
  private final Path folder;
  private final TrainAgain again;

  /**
   * @param result what has come out
   * @param folder where the report lies
   * @param again commands that train again
   */
  ComparisonTables(ComparisonResult result, Path folder, TrainAgain again) {
    this.result = result;
    this.folder = folder;
    this.again = again;
  }

  private ComparisonRequest request() {
    return result.request();
  }

  private boolean isOneDataset() {
    return request().datasets().size() == 1;
  }

  /** What names a data set's table and figure, other than those of all data sets. */
  private String part(String dataset) {
    if (isOneDataset()) {
      return "";
    }
    return OF_ALL.contains(dataset) ? dataset + "-data" : dataset;
  }

  private List<String> links(Outcome outcome) {
    return outcome.folders().stream().map(this::link).toList();
  }

  private String link(Path run) {
    Path from = folder.toAbsolutePath().normalize();
    return StreamSupport.stream(
            from.relativize(run.toAbsolutePath().normalize()).spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  /** The table that answers the question, the best row first. */
  Table main(String dataset) {
    String first = request().firstMetric();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("model", "model"));
    for (String metric : request().metrics()) {
      columns.add(Column.number(metric, MetricTitle.of(metric), "%.5f"));
    }
    columns.add(Column.text("reference", "against"));
    columns.add(Column.deviation("difference", "difference"));
    columns.add(Column.deviation("difference_low", "from"));
    columns.add(Column.deviation("difference_high", "to"));
    columns.add(Column.text("p_text", "p"));
    columns.add(Column.text("verdict", "verdict"));
    columns.add(Column.percentage("coverage", "coverage"));
    columns.add(Column.number("average_popularity", "popularity", "%.0f"));
    columns.add(Column.percentage("tail_share", "tail"));
    columns.add(Column.number("epochs", "epochs", "%.0f"));
    columns.add(Column.number("train_seconds", "train, s", "%.1f"));
    columns.add(Column.number("eval_seconds", "eval, s", "%.2f"));
    Table table =
        new Table(
            part(dataset),
            "Comparison on " + dataset + ", by " + MetricTitle.of(first) + ", the best first",
            columns.toArray(Column[]::new));
    for (Outcome outcome : result.ranked(dataset)) {
      Optional<PairedTest> test = result.test(outcome, first);
      List<Object> cells = new ArrayList<>();
      cells.add(outcome.contestant().name());
      request().metrics().forEach(metric -> cells.add(outcome.metric(metric)));
      cells.add(test.map(t -> t.reference().contestant().name()).orElse(result.untested(outcome)));
      cells.add(test.flatMap(PairedTest::lead).map(RelativeLead::effect).orElse(null));
      Optional<Interval> interval = test.flatMap(PairedTest::relativeInterval);
      cells.add(interval.map(Interval::low).orElse(null));
      cells.add(interval.map(Interval::high).orElse(null));
      cells.add(test.map(t -> PValueText.of(t.corrected())).orElse(""));
      cells.add(test.map(t -> t.verdict().text()).orElse(""));
      cells.add(outcome.mean(seed -> seed.use().coverage()));
      cells.add(outcome.mean(seed -> seed.use().averagePopularity()));
      cells.add(outcome.mean(seed -> seed.use().tailShare()));
      cells.add(epochs(outcome));
      cells.add(outcome.mean(SeedOutcome::trainSeconds));
      cells.add(outcome.mean(SeedOutcome::evalSeconds));
      table.addWith(links(outcome), commands(outcome), cells.toArray());
    }
    return table;
  }

  private List<String> commands(Outcome outcome) {
    return outcome.contestant().isBaseline()
        ? again.of(request(), outcome.contestant())
        : List.of();
  }

  private static Double epochs(Outcome outcome) {
    return outcome.contestant().isBaseline() ? null : outcome.mean(SeedOutcome::epochs);
  }

  /** Every test with its numbers. */
  Table tests() {
    Table table =
        new Table(
            TESTS,
            "Paired tests over users and seeds",
            Column.text("dataset", "data set"),
            Column.text("model", "model"),
            Column.text("reference", "against"),
            Column.text("metric", "metric"),
            Column.number("seeds", "seeds", "%d"),
            Column.number("difference", "difference", "%+.5f"),
            Column.number("low", "from", "%+.5f"),
            Column.number("high", "to", "%+.5f"),
            Column.deviation("relative_difference", "of the reference"),
            Column.deviation("relative_low", "from"),
            Column.deviation("relative_high", "to"),
            Column.number("p", "p", "%.2g"),
            Column.number("p_holm", "p, Holm", "%.2g"),
            Column.text("verdict", "verdict"));
    for (PairedTest test : result.tests().tests()) {
      Optional<Interval> interval = test.interval();
      Optional<Interval> relative = test.relativeInterval();
      table.add(
          test.outcome().contestant().dataset(),
          test.outcome().contestant().name(),
          test.reference().contestant().name(),
          MetricTitle.of(test.metric()),
          test.evidence().seeds(),
          test.effect(),
          interval.map(Interval::low).orElse(null),
          interval.map(Interval::high).orElse(null),
          test.lead().map(RelativeLead::effect).orElse(null),
          relative.map(Interval::low).orElse(null),
          relative.map(Interval::high).orElse(null),
          test.pValue(),
          test.corrected(),
          test.verdict().text());
    }
    return table;
  }

  /** Spread over seeds, where settings come from, and more about what is recommended. */
  Table details() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("dataset", "data set"));
    columns.add(Column.text("model", "model"));
    columns.add(Column.text("preset", "preset"));
    columns.add(Column.number("seeds", "seeds", "%d"));
    for (String metric : request().metrics()) {
      columns.add(
          Column.number(metric + "_standard_deviation", "sd of " + MetricTitle.of(metric), "%.5f"));
    }
    columns.add(Column.number("best_epoch", "best epoch", "%.1f"));
    columns.add(Column.number("gini", "Gini", "%.3f"));
    columns.add(Column.number("threads", "threads", "%.0f"));
    columns.add(Column.text("protocol", "protocol"));
    Table table =
        new Table(DETAILS, "Spread over seeds and settings", columns.toArray(Column[]::new));
    for (Outcome outcome : all()) {
      Contestant contestant = outcome.contestant();
      List<Object> cells = new ArrayList<>();
      cells.add(contestant.dataset());
      cells.add(contestant.name());
      cells.add(settings(contestant));
      cells.add(outcome.isSingleFit() ? 1 : outcome.bySeed().size());
      request().metrics().forEach(metric -> cells.add(outcome.standardDeviation(metric)));
      cells.add(contestant.isBaseline() ? null : outcome.mean(SeedOutcome::bestEpoch));
      cells.add(outcome.mean(seed -> seed.use().gini()));
      cells.add(outcome.mean(SeedOutcome::threads));
      cells.add(request().protocol().key());
      table.addWith(links(outcome), commands(outcome), cells.toArray());
    }
    return table;
  }

  private String settings(Contestant contestant) {
    if (contestant.isBaseline()) {
      Map<String, String> texts = contestant.baseline().orElseThrow().texts();
      return texts.entrySet().stream()
          .map(value -> value.getKey() + "=" + value.getValue())
          .collect(Collectors.joining(" "));
    }
    return contestant.cell().first().preset() + (contestant.isGeneric() ? " (generic)" : "");
  }

  /** Every run and fit. */
  Table seeds() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("dataset", "data set"));
    columns.add(Column.text("model", "model"));
    columns.add(Column.number("seed", "seed", "%d"));
    for (String metric : request().metrics()) {
      columns.add(Column.number(metric, MetricTitle.of(metric), "%.5f"));
    }
    columns.add(Column.number("epochs", "epochs", "%d"));
    columns.add(Column.number("best_epoch", "best epoch", "%d"));
    columns.add(Column.number("train_seconds", "train, s", "%.1f"));
    columns.add(Column.number("eval_seconds", "eval, s", "%.2f"));
    columns.add(Column.number("threads", "threads", "%d"));
    Table table = new Table(SEEDS, "Every run", columns.toArray(Column[]::new));
    for (Outcome outcome : all()) {
      boolean baseline = outcome.contestant().isBaseline();
      outcome
          .bySeed()
          .forEach(
              (seed, of) -> {
                List<Object> cells = new ArrayList<>();
                cells.add(outcome.contestant().dataset());
                cells.add(outcome.contestant().name());
                cells.add(seed);
                request().metrics().forEach(metric -> cells.add(of.metrics().get(metric)));
                cells.add(baseline ? null : of.epochs());
                cells.add(baseline ? null : of.bestEpoch());
                cells.addAll(Arrays.asList(of.trainSeconds(), of.evalSeconds(), of.threads()));
                table.addWith(List.of(link(of.folder())), commands(outcome), cells.toArray());
              });
    }
    return table;
  }

  private List<Outcome> all() {
    return request().datasets().stream().flatMap(d -> result.ranked(d).stream()).toList();
  }

  /** The first metric as bars with intervals. */
  Figure figure(String dataset) {
    String title = MetricTitle.of(request().firstMetric());
    List<Outcome> ranked = result.ranked(dataset);
    Map<String, Estimate> numbers = new LinkedHashMap<>();
    ranked.forEach(o -> numbers.put(o.contestant().name(), o.metric(request().firstMetric())));
    double[] means = numbers.values().stream().mapToDouble(Estimate::mean).toArray();
    boolean intervals = numbers.values().stream().anyMatch(Estimate::hasInterval);
    double[] errors =
        numbers.values().stream().mapToDouble(n -> n.hasInterval() ? n.halfWidth() : 0).toArray();
    return Figure.bars(
        part(dataset),
        title + " on " + dataset + (intervals ? ", with 95% intervals over seeds" : ""),
        "model",
        title,
        List.copyOf(numbers.keySet()),
        List.of(Figure.Series.bars(title, means, intervals ? errors : new double[0])));
  }
}
