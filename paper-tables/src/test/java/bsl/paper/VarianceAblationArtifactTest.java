package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.eval.PerUserMetrics;
import bsl.report.Claim;
import bsl.report.Estimate;
import bsl.report.Leaning;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.EpochRecord;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunListener;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.ScoreStatistics;
import bsl.run.SettingKey;
import bsl.run.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VarianceAblationArtifactTest {
  private static final Scope SCOPE =
      new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), 5);

  @TempDir static Path folder;

  private static RunData data;

  /** Runs with made-up numbers and the same recall, whose models are one of two. */
  private record Runs(FakeRuns fake, Path with, Path without) implements FinishedRuns {
    /** NDCG that the penalty raises by so much, and that rises a little with every seed. */
    static Runs raising(double gain, Path with, Path without) {
      return new Runs(
          new FakeRuns(
              spec -> {
                double value = 0.2 + (penalised(spec) ? gain : 0) + 0.001 * (spec.seed() - 1);
                return Map.of(
                    "recall@20", 0.3, "ndcg@20", value, ScoreStatistics.NEGATIVE_VARIANCE, 0.01);
              }),
          with,
          without);
    }

    private static boolean penalised(RunSpec spec) {
      return spec.asMap().get(SettingKey.VARIANCE_WEIGHT.key()).toString().equals("1.0");
    }

    @Override
    public RunResult result(RunSpec spec) {
      return fake.result(spec);
    }

    @Override
    public Optional<PerUserMetrics> perUser(RunSpec spec) {
      return fake.perUser(spec);
    }

    @Override
    public Path folder(RunSpec spec) {
      return penalised(spec) ? with : without;
    }

    @Override
    public String link(RunSpec spec) {
      return fake.link(spec);
    }

    @Override
    public RunData data(RunSpec spec) {
      return data;
    }

    @Override
    public List<EpochRecord> curve(RunSpec spec) {
      return fake.curve(spec);
    }
  }

  @BeforeAll
  static void train() {
    for (String epochs : List.of("1", "20")) {
      RunSpec spec =
          RunSpec.of(
              Presets.spec("fast", "tiny", "mf", "sl")
                  .asSettings("test")
                  .set(SettingKey.EPOCHS, epochs, "test"));
      data = RunData.of(SyntheticDatasets.make(SyntheticPreset.TINY, 1), spec);
      new TrainingRun(spec, data, "fast", 1, new RunFolder(folder.resolve(epochs)))
          .execute(false, RunListener.SILENT, () -> false);
    }
  }

  private static Claim claim(Report report, String id) {
    return report.claims().stream()
        .filter(claim -> claim.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thePenaltyRaisesNdcgWhereItDoes() {
    for (double gain : new double[] {0.02, -0.02}) {
      Runs runs = Runs.raising(gain, folder.resolve("1"), folder.resolve("20"));
      Claim claim =
          claim(new VarianceAblationArtifact().report(SCOPE, runs), "penalty-raises-ndcg-mf");

      assertThat(claim.verdict()).isEqualTo(Verdict.of(gain > 0));
      assertThat(claim.finding().leaning()).isEqualTo(gain > 0 ? Leaning.FOR : Leaning.AGAINST);
    }
  }

  /** Which of two models spreads recall more evenly, the table says in its last column. */
  @Test
  void thePenaltyIsFairerWhereItsGiniCoefficientIsSmaller() {
    boolean[] smaller = new boolean[2];
    for (int side = 0; side < 2; side++) {
      Path with = folder.resolve(side == 0 ? "1" : "20");
      Path without = folder.resolve(side == 0 ? "20" : "1");
      Report report = new VarianceAblationArtifact().report(SCOPE, Runs.raising(0, with, without));

      Table table = (Table) report.blocks().get(report.blocks().size() - 1);
      assertThat(table.rows().get(0).cells().get(1)).isEqualTo("mean of negatives");
      assertThat(table.rows().get(1).cells().get(1)).isEqualTo("mean and variance of negatives");
      double giniWithout = ((Estimate) table.rows().get(0).cells().get(5)).mean();
      double giniWith = ((Estimate) table.rows().get(1).cells().get(5)).mean();
      smaller[side] = giniWith < giniWithout;
      Claim claim = claim(report, "penalty-is-fairer-mf");
      // With 200 users a test decides nothing.
      assertThat(claim.finding().effect()).isCloseTo(giniWithout - giniWith, within(1e-9));
      assertThat(claim.finding().leaning())
          .isEqualTo(smaller[side] ? Leaning.FOR : Leaning.AGAINST);
    }
    assertThat(smaller[0]).as("the models differ").isNotEqualTo(smaller[1]);
  }
}
