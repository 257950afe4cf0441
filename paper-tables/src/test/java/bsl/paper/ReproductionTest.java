package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Split;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.report.Report;
import bsl.report.Verdict;
import bsl.run.Protocol;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reproduction from code, without the command line. */
class ReproductionTest {
  /** Is trained in a second: the pairs are those of a smaller set. */
  private static final String DATASET = Scope.SYNTHETIC;

  @TempDir Path folder;

  private final List<String> loaded = new ArrayList<>();
  private final List<RunSpec> trained = new ArrayList<>();
  private final AtomicBoolean stop = new AtomicBoolean();

  private final RunScheduler.Listener listener =
      new RunScheduler.Listener() {
        @Override
        public void finished(RunSpec spec, RunResult result) {
          trained.add(spec);
        }
      };

  private Split load(String name) {
    loaded.add(name);
    Split tiny = SyntheticDatasets.make(SyntheticPreset.TINY, 1);
    return new Split(name, tiny.train(), tiny.validation(), tiny.test());
  }

  private Reproduction.Builder reproduction(Artifact... artifacts) {
    return reproduction(
        new Scope(Profile.QUICK, "fast", List.of(DATASET), List.of("mf"), 1), artifacts);
  }

  private Reproduction.Builder reproduction(Scope scope, Artifact... artifacts) {
    return Reproduction.of(scope, this::load)
        .artifacts(List.of(artifacts))
        .runs(folder.resolve("runs"))
        .report(folder.resolve("report"))
        .threads(2)
        .listener(listener);
  }

  @Test
  void plansTrainsAndReports() {
    Reproduction reproduction =
        reproduction(new OverallArtifact(), new LossComparisonArtifact()).build();
    ReproductionPlan plan = reproduction.plan();

    assertThat(plan.finished()).isZero();
    assertThat(plan.specs())
        .as("shared runs once, the longest first")
        .doesNotHaveDuplicates()
        .hasSize(plan.runs());
    assertThat(plan.open()).isSortedAccordingTo((a, b) -> Double.compare(b.seconds(), a.seconds()));
    assertThat(loaded).containsExactly(DATASET);

    assertThat(reproduction.train(stop::get)).isTrue();
    assertThat(trained).containsExactlyInAnyOrderElementsOf(plan.specs());
    assertThat(reproduction.plan().open()).isEmpty();

    ReproductionOutcome outcome = reproduction.report();
    assertThat(outcome.reports())
        .extracting(Report::id)
        .containsExactly("overall", "loss-comparison");
    assertThat(outcome.missing()).isEmpty();
    assertThat(outcome.page()).contains(folder.resolve("report/report.html"));
    assertThat(folder.resolve("report/report.html")).isNotEmptyFile();
    assertThat(outcome.files()).allSatisfy(file -> assertThat(file).isNotEmptyFile());
  }

  /** Figures and tables of an earlier scope would stand beside those of this one. */
  @Test
  void whatAnEarlierReportOfAnArtifactHadAndThisOneLacksIsRemoved() {
    Path figure = folder.resolve("report/cutoffs-" + DATASET + "-mf.svg");
    Path other = folder.resolve("report/cutoffs-notes.txt");
    Reproduction both =
        reproduction(
                new Scope(Profile.QUICK, "fast", List.of(DATASET), List.of("mf", "lightgcn"), 1),
                new CutoffsArtifact())
            .build();
    both.train(stop::get);
    both.report();
    TextFiles.write(other, "mine");
    assertThat(figure).exists();

    reproduction(
            new Scope(Profile.QUICK, "fast", List.of(DATASET), List.of("lightgcn"), 1),
            new CutoffsArtifact())
        .build()
        .report();

    assertThat(figure).doesNotExist();
    assertThat(folder.resolve("report/cutoffs-" + DATASET + "-lightgcn.svg")).exists();
    assertThat(other).exists();
  }

  /** From training to files: runs keep what verdicts need, and verdicts come of it. */
  @Test
  void severalSeedsUnderBothProtocolsGiveVerdicts() throws IOException {
    Scope scope =
        new Scope(
            Profile.QUICK,
            "fast",
            List.of(DATASET),
            List.of("mf"),
            3,
            List.of(Protocol.PAPER, Protocol.HELD_OUT));
    Reproduction reproduction =
        reproduction(scope, new OverallArtifact(), new FairnessArtifact()).build();
    reproduction.train(stop::get);
    ReproductionOutcome outcome = reproduction.report();

    assertThat(trained).hasSize(5 * 3 * 2);
    for (Report report : outcome.reports()) {
      assertThat(report.claims())
          .hasSize(report.id().equals("overall") ? 2 : 6)
          .allMatch(claim -> claim.finding().seeds() == 3)
          .allMatch(claim -> !Double.isNaN(claim.finding().pValue()))
          .noneMatch(claim -> claim.evidence().contains("because"));
    }
    assertThat(folder.resolve("report/overall.md"))
        .content()
        .contains("## Protocol paper", "## Protocol held-out", "## Both protocols", " ± ");
    assertThat(folder.resolve("report/overall-held-out.csv")).content().contains(",held-out,3,");
    assertThat(folder.resolve("report/overall-protocols.csv"))
        .content()
        .contains("small,bsl-at-least-sl-mf,");

    // What trains nothing says the same of the records that are left: without users, no verdict.
    deleteArrays();
    trained.clear();
    Reproduction records = reproduction(scope, new OverallArtifact()).build();
    assertThat(records.train(stop::get)).isTrue();
    assertThat(trained).isEmpty();
    assertThat(records.report().reports().get(0).claims())
        .hasSize(2)
        .allMatch(claim -> claim.verdict() == Verdict.UNDECIDED)
        .allMatch(claim -> claim.evidence().contains("neither metrics by user nor its model"));
  }

  /** Ctrl-C leaves a minute, which an evaluation of many models may take. */
  @Test
  void onceItIsToStopModelsAreNotEvaluated() {
    Reproduction reproduction = reproduction(new FairnessArtifact(), new OverallArtifact()).build();
    assertThat(reproduction.train(() -> false)).isTrue();

    ReproductionOutcome outcome = reproduction.report(() -> true);

    assertThat(outcome.reports()).extracting(Report::id).containsExactly("overall");
    assertThat(outcome.page()).isPresent();
    ReproductionOutcome.Missing missing = outcome.missing().get(0);
    assertThat(missing.artifact()).isEqualTo("fairness");
    assertThat(missing.stopped()).isTrue();
    assertThat(missing.finished()).isEqualTo(missing.runs());
    assertThat(outcome.holds()).isFalse();
    assertThat(reproduction.report().missing()).isEmpty();
  }

  /** A record has no model, which one artifact needs and the other does not. */
  @Test
  void recordsAreReportedAlthoughAnotherArtifactLacksTheirModels() throws IOException {
    reproduction(new OverallArtifact()).build().train(stop::get);
    deleteArrays();
    stop.set(true);

    Reproduction reproduction = reproduction(new OverallArtifact(), new FairnessArtifact()).build();
    assertThat(reproduction.plan().open()).hasSize(reproduction.plan().runs());
    assertThat(reproduction.train(stop::get)).isFalse();
    ReproductionOutcome outcome = reproduction.report();

    assertThat(outcome.reports()).extracting(Report::id).containsExactly("overall");
    assertThat(outcome.missing())
        .extracting(ReproductionOutcome.Missing::artifact, ReproductionOutcome.Missing::finished)
        .containsExactly(tuple("fairness", 0));
  }

  private void deleteArrays() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".npy")).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void whatIsInTheStoreIsNotTrainedAgain() {
    reproduction(new CutoffsArtifact()).build().train(stop::get);
    trained.clear();

    Reproduction again = reproduction(new CutoffsArtifact()).build();

    assertThat(again.plan().finished()).isEqualTo(again.plan().runs()).isPositive();
    assertThat(again.train(stop::get)).isTrue();
    assertThat(trained).isEmpty();
  }

  @Test
  void aRunsRecordNamesThePresetThatItStartedFrom() {
    Reproduction reproduction = reproduction(new LossComparisonArtifact()).build();
    ReproductionPlan plan = reproduction.plan();
    reproduction.train(stop::get);

    Set<String> presets = new HashSet<>();
    for (ReproductionPlan.OpenRun run : plan.open()) {
      RunResult result = new RunFolder(run.folder()).result().orElseThrow();
      assertThat(result.preset()).isEqualTo(run.spec().preset());
      presets.add(result.preset());
    }
    assertThat(presets).containsExactlyInAnyOrder("fast", "baseline");
  }

  @Test
  void whatIsNotFinishedIsNamedAndNotReported() {
    Reproduction reproduction = reproduction(new OverallArtifact(), new TheoryArtifact()).build();
    int runs = reproduction.plan().runs();
    stop.set(true);

    assertThat(reproduction.train(stop::get)).isFalse();
    ReproductionOutcome outcome = reproduction.report();

    assertThat(runs).isPositive();
    assertThat(outcome.reports()).isEmpty();
    assertThat(outcome.page()).isEmpty();
    assertThat(folder.resolve("report")).doesNotExist();
    assertThat(outcome.missing())
        .extracting(ReproductionOutcome.Missing::artifact, ReproductionOutcome.Missing::finished)
        .containsExactly(tuple("overall", 0), tuple("theory", 0));
  }

  @Test
  void theTimeIsThatOfTheBusiestThread() {
    List<ReproductionPlan.OpenRun> open = new ArrayList<>();
    for (double seconds : new double[] {60, 50, 40, 30}) {
      open.add(new ReproductionPlan.OpenRun(null, null, 5, 100, seconds));
    }

    assertThat(new ReproductionPlan(4, open, 1, 1, Map.of()).seconds())
        .isCloseTo(180, within(1e-9));
    assertThat(new ReproductionPlan(4, open, 2, 2, Map.of()).seconds())
        .as("60 + 30 and 50 + 40")
        .isCloseTo(90, within(1e-9));
    assertThat(new ReproductionPlan(4, open, 8, 8, Map.of()).seconds())
        .as("two threads each")
        .isCloseTo(30, within(1e-9));
    assertThat(new ReproductionPlan(4, open, 8, 1, Map.of()).seconds())
        .as("one thread each, as on a cluster")
        .isCloseTo(60, within(1e-9));
    assertThat(new ReproductionPlan(4, List.of(), 8, 8, Map.of()).seconds()).isZero();
  }
}
