package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Estimate;
import bsl.report.Figure;
import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.EpochRecord;
import bsl.run.RunSpec;
import bsl.run.ScoreStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What artifacts make of several seeds. */
class SeedsOfArtifactsTest {
  private static final int SEEDS = 3;
  private static final List<String> OF_ONE_TRAINING =
      List.of("score-statistics", "time-to-accuracy");

  private static Scope scope(int seeds) {
    return new Scope(Profile.PAPER, "fast", List.of("yelp2018"), List.of("mf", "lightgcn"), seeds);
  }

  /** Metrics that rise by a hundredth a seed; the first seed's are the same for all. */
  private static Map<String, Double> metrics(RunSpec spec) {
    Map<String, Double> metrics = new HashMap<>();
    for (int k : new int[] {5, 10, 15, 20}) {
      metrics.put("recall@" + k, 0.07 * (0.99 + 0.01 * spec.seed()));
      metrics.put("ndcg@" + k, 0.06 * (0.99 + 0.01 * spec.seed()));
    }
    metrics.put(ScoreStatistics.NEGATIVE_VARIANCE, 0.01 * spec.seed());
    return metrics;
  }

  private static final FakeRuns RUNS =
      new FakeRuns(
          SeedsOfArtifactsTest::metrics,
          spec -> List.of(new EpochRecord(1, 1, spec.seed(), metrics(spec))));

  static Stream<Artifact> artifacts() {
    return Artifact.all().stream()
        .filter(artifact -> !artifact.readsModels() && !artifact.cells(scope(1)).isEmpty());
  }

  /** The statements about all of them below would hold of none, too. */
  @Test
  void thereAreFiguresAndClaims() {
    assertThat(
            artifacts()
                .filter(artifact -> !OF_ONE_TRAINING.contains(artifact.id()))
                .filter(artifact -> !ownSeries(artifact.report(scope(SEEDS), RUNS)).isEmpty())
                .map(Artifact::id))
        .contains("loss-comparison", "cutoffs", "tau-ratio", "positive-noise");
    assertThat(
            artifacts()
                .filter(artifact -> !artifact.report(scope(SEEDS), RUNS).claims().isEmpty())
                .map(Artifact::id))
        .contains("overall", "tau-ratio", "positive-noise", "score-statistics", "protocols");
  }

  private static List<Figure.Series> ownSeries(Report report) {
    return report.blocks().stream()
        .filter(Figure.class::isInstance)
        .flatMap(block -> ((Figure) block).series().stream())
        .filter(series -> !series.name().contains("published"))
        .toList();
  }

  private static Stream<Table> tables(Report report) {
    return report.blocks().stream().filter(Table.class::isInstance).map(Table.class::cast);
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void tablesShowIntervalsAndRowsLeadToEveryRun(Artifact artifact) {
    Report report = artifact.report(scope(SEEDS), RUNS);

    assertThat(tables(report)).isNotEmpty();
    assertThat(tables(report).flatMap(table -> table.rows().stream()))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.runs()).hasSize(SEEDS);
              assertThat(row.cells())
                  .filteredOn(Estimate.class::isInstance)
                  .isNotEmpty()
                  .allMatch(cell -> ((Estimate) cell).seeds() == SEEDS);
              assertThat(row.cells())
                  .anyMatch(cell -> cell instanceof Estimate of && of.hasInterval());
            });
    assertThat(Rendered.markdown(report)).contains(" ± ");
    assertThat(Rendered.markdown(artifact.report(scope(1), RUNS))).doesNotContain("±");
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void figuresShowErrorBars(Artifact artifact) {
    if (OF_ONE_TRAINING.contains(artifact.id())) {
      return;
    }
    for (int seeds : new int[] {1, SEEDS}) {
      assertThat(ownSeries(artifact.report(scope(seeds), RUNS)))
          .allSatisfy(
              series -> assertThat(series.error()).hasSize(seeds == 1 ? 0 : series.y().length));
    }
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void everyClaimIsJudgedOverTheSeedsAndNamesItsProtocol(Artifact artifact) {
    assertThat(artifact.report(scope(SEEDS), RUNS).claims())
        .allSatisfy(
            claim -> {
              assertThat(claim.finding().seeds()).as(claim.id()).isEqualTo(SEEDS);
              assertThat(claim.protocol())
                  .isEqualTo(artifact.id().equals("protocols") ? "held-out" : "paper");
            });
    assertThat(artifact.report(scope(1), RUNS).claims())
        .as("one seed decides nothing")
        .allMatch(claim -> claim.verdict() == Verdict.UNDECIDED);
  }
}
