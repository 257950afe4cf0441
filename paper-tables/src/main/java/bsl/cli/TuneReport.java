package bsl.cli;

import bsl.core.CountText;
import bsl.eval.Interval;
import bsl.eval.SampleMean;
import bsl.report.Block;
import bsl.report.Column;
import bsl.report.Heading;
import bsl.report.Imprint;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.ReportFolder;
import bsl.report.Table;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.tune.Dimension;
import bsl.tune.Standing;
import bsl.tune.TuningResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Tells what a search has come to: as files, for people on the terminal, and for machines. */
final class TuneReport {
  private static final double CONFIDENCE = 0.95;
  private static final List<String> TEST_METRICS = List.of("recall@20", "ndcg@20");

  private final RunStore store;
  private final RunSpec base;
  private final Path folder;
  private final String title;
  private final int threads;

  /**
   * @param store where the trials are
   * @param base the run that was tuned
   * @param folder where the files go
   * @param title name of the search
   * @param threads trials at a time
   */
  TuneReport(RunStore store, RunSpec base, Path folder, String title, int threads) {
    this.store = store;
    this.base = base;
    this.folder = folder;
    this.title = title;
    this.threads = threads;
  }

  /**
   * Writes the trials as tables, and as plots if the search is complete. Where it has a winner,
   * what an earlier call has written of another one goes.
   */
  void write(TuningResult result) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(summary(result)));
    blocks.add(new Heading("Trials"));
    blocks.add(trials(result));
    if (result.complete()) {
      // A JVM that is going down may not draw any more.
      blocks.addAll(TunePlots.of(result));
    }
    if (!result.runs().isEmpty()) {
      blocks.add(new Heading("The winner on the test set"));
      blocks.add(seeds(result));
    }
    Report report = new Report("trials", "Tuning of " + base.title(), blocks, List.of(), List.of());
    ReportFolder to = new ReportFolder(folder, Imprint.ofToday("tune", base.preset()));
    to.write(report);
    if (result.winner().isPresent()) {
      to.removeOthersOf(report);
    }
  }

  private String summary(TuningResult result) {
    String best =
        result
            .best()
            .map(
                trial ->
                    String.format(
                        Locale.ROOT,
                        " The best is trial %d with `%s` %.5f.",
                        trial.trial().number(),
                        result.metric(),
                        trial.value()))
            .orElse("");
    return "Trials are judged by `"
        + result.metric()
        + "` on pairs held out of train, at the epoch that a run would select."
        + best
        + (result.complete() ? "" : " The search is not complete.");
  }

  private Table trials(TuningResult result) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.number("trial", "trial", "%d"));
    for (Dimension dimension : result.searched()) {
      columns.add(Column.text(dimension.key().key(), dimension.key().key()));
    }
    columns.add(Column.number("trained_epochs", "trained epochs", "%d"));
    columns.add(Column.number("of_epochs", "of", "%d"));
    columns.add(Column.number(result.metric(), result.metric(), "%.5f"));
    columns.add(Column.text("note", ""));
    Table table = new Table("", "Trials, the best first", columns.toArray(Column[]::new));
    for (Standing standing : sorted(result)) {
      List<Object> cells = new ArrayList<>();
      cells.add(standing.trial().number());
      result.searched().forEach(d -> cells.add(standing.trial().values().get(d.key())));
      cells.add(standing.epochs());
      cells.add(standing.trial().run().epochs());
      cells.add(standing.epochs() == 0 ? null : standing.value());
      cells.add(note(standing, result));
      List<String> links =
          standing.epochs() == 0 ? List.of() : List.of(link(standing.trial().run()));
      table.addOf(links, cells.toArray());
    }
    return table;
  }

  private static List<Standing> sorted(TuningResult result) {
    return result.trials().stream().sorted(Standing.BEST_FIRST).toList();
  }

  private static String note(Standing standing, TuningResult result) {
    if (standing.failure().isPresent()) {
      return standing.failure().get();
    }
    boolean won =
        result.winner().filter(w -> w.trial().number() == standing.trial().number()).isPresent();
    String note = won ? "winner" : "";
    return standing.earlier() ? note + (won ? ", " : "") + "found with another limit" : note;
  }

  private String link(RunSpec run) {
    Path from = folder.toAbsolutePath().normalize();
    Path to = store.folder(run).toAbsolutePath().normalize();
    return StreamSupport.stream(from.relativize(to).spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  private Table seeds(TuningResult result) {
    Table table =
        new Table(
            "seeds",
            "The winner on the test set, a row for each seed",
            Column.number("seed", "seed", "%d"),
            Column.number("recall@20", "recall@20", "%.5f"),
            Column.number("ndcg@20", "ndcg@20", "%.5f"),
            Column.number("epoch", "epoch", "%d"),
            Column.number("train_seconds", "training, s", "%.0f"));
    result
        .runs()
        .forEach(
            (run, of) ->
                table.addOf(
                    List.of(link(run)),
                    run.seed(),
                    of.metrics().get("recall@20"),
                    of.metrics().get("ndcg@20"),
                    of.bestEpoch(),
                    of.trainSeconds()));
    return table;
  }

  private static SampleMean summary(TuningResult result, String metric) {
    double[] values =
        result.runs().values().stream().mapToDouble(run -> run.metrics().get(metric)).toArray();
    return SampleMean.of(values);
  }

  /**
   * Tells people what has come out of a complete search.
   *
   * @param train the command that trains with the settings found
   */
  void print(TuningResult result, PrintWriter to, String train) {
    Standing winner = result.winner().orElseThrow();
    to.printf(
        Locale.ROOT,
        "%s: trial %d is the best of %d, %s %.5f on held-out pairs; %s on %s%s%n",
        base.title(),
        winner.trial().number(),
        result.trials().stream().filter(Standing::isBegun).count(),
        result.metric(),
        winner.value(),
        Times.text(result.seconds()),
        CountText.of(threads, "thread"),
        result.otherSeconds() == 0
            ? ""
            : ", after " + Times.text(result.otherSeconds()) + " within other limits");
    long open = result.trials().stream().filter(trial -> !trial.isBegun()).count();
    if (open > 0) {
      to.println("the time was spent before " + CountText.of(open, "more trial") + " could begin");
    }
    if (winner.earlier()) {
      to.println("it was found with another limit; no trial within this one is better");
    }
    to.println(
        winner.trial().values().entrySet().stream()
            .map(value -> "  " + value.getKey() + ": " + value.getValue())
            .collect(Collectors.joining(System.lineSeparator())));
    first(result).ifPresent(text -> to.println(text));
    for (String metric : TEST_METRICS) {
      to.println(onTest(result, metric));
    }
    result.preset().ifPresent(file -> to.println("preset " + file));
    to.println("trials " + folder.resolve("trials.md"));
    to.println("train with it: " + train);
    to.flush();
  }

  /** What the preset itself came to, where it took part. */
  private Optional<String> first(TuningResult result) {
    Standing first = result.trials().get(0);
    return first.trial().tries(base) && first.epochs() > 0
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "preset %s, trial 1: %s %.5f after %d of %s",
                base.preset(),
                result.metric(),
                first.value(),
                first.epochs(),
                CountText.of(first.trial().run().epochs(), "epoch")))
        : Optional.empty();
  }

  private static String onTest(TuningResult result, String metric) {
    SampleMean summary = summary(result, metric);
    String mean = String.format(Locale.ROOT, "test %s %.5f", metric, summary.mean());
    if (summary.size() == 1) {
      return mean + ", one seed";
    }
    Interval interval = summary.interval(CONFIDENCE);
    return mean
        + String.format(
            Locale.ROOT,
            ", %.0f%% interval %.5f to %.5f, %d seeds",
            100 * CONFIDENCE,
            interval.low(),
            interval.high(),
            summary.size());
  }

  /** The result for machines. */
  Map<String, Object> asMap(TuningResult result) {
    Standing winner = result.winner().orElseThrow();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", title);
    map.put("dataset", base.dataset());
    map.put("backbone", base.backbone());
    map.put("loss", base.lossName());
    map.put("digests", store.data(base).digests());
    map.put("metric", result.metric());
    map.put("preset", result.preset().map(Path::toString).orElse(""));
    map.put("seconds", result.seconds());
    map.put("seconds_within_other_limits", result.otherSeconds());
    map.put("winner", winner.trial().number());
    map.put("hyper_parameters", winner.trial().run().asMap());
    List<Map<String, Object>> trials = new ArrayList<>();
    result.trials().forEach(standing -> trials.add(asMap(standing)));
    map.put("trials", trials);
    Map<String, Object> test = new LinkedHashMap<>();
    for (String metric : result.runs().values().iterator().next().metrics().keySet()) {
      test.put(metric, asMap(summary(result, metric)));
    }
    map.put("test", test);
    return map;
  }

  private Map<String, Object> asMap(Standing standing) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("trial", standing.trial().number());
    Map<String, Object> settings = standing.trial().run().asMap();
    settings
        .keySet()
        .retainAll(standing.trial().values().keySet().stream().map(k -> k.key()).toList());
    map.put("settings", settings);
    map.put("reached", standing.reached());
    standing.failure().ifPresent(why -> map.put("failure", why));
    map.put("run", store.folder(standing.trial().run()).toString());
    return map;
  }

  private static Map<String, Object> asMap(SampleMean summary) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("seeds", summary.size());
    map.put("mean", summary.mean());
    if (summary.size() > 1) {
      map.put("standard_deviation", summary.standardDeviation());
      map.put(
          "interval",
          List.of(summary.interval(CONFIDENCE).low(), summary.interval(CONFIDENCE).high()));
    }
    return map;
  }
}
