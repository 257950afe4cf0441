package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.report.Claim;
import bsl.report.Leaning;
import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Verdict;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositiveNoiseArtifactTest {
  private static final Scope SCOPE = Scope.paper("ml-1m");
  private final PositiveNoiseArtifact artifact = new PositiveNoiseArtifact();

  /** SL stays at 0.2; BSL's lead grows by so much per 1 of noise, half of it for odd seeds. */
  private static FakeRuns leading(double even, double odd) {
    return new FakeRuns(
        spec -> {
          boolean sl = spec.lossName().equals("sl");
          double slope = (long) spec.asMap().get("seed") % 2 == 0 ? even : odd;
          double value = 0.2 * (1 + (sl ? 0 : slope * spec.positiveNoise()));
          return Map.of("recall@20", value, "ndcg@20", value);
        });
  }

  @Test
  void cleanRunsAreThoseOfTheMainTableWithAConstantTemperature() {
    Scope scope = Scope.paper("ml-1m", "yelp2018", "gowalla", "amazon");
    List<RunSpec> runs = artifact.runs(scope);

    assertThat(runs).hasSize(24).doesNotHaveDuplicates();
    assertThat(runs)
        .containsAll(
            new OverallArtifact()
                .runs(scope).stream()
                    .filter(run -> run.backbone().equals("mf"))
                    .map(RunSpec::withConstantTemperature)
                    .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "yelp2018, 0.2, 0.12, 0.12, 1.12",
    "yelp2018, 0.4, 0.13, 0.13, 1.11",
    "gowalla, 0.0, 0.08, 0.08, 1.22",
    "gowalla, 0.2, 0.09, 0.09, 1.23",
    "gowalla, 0.4, 0.10, 0.11, 1.20",
    "ml-1m, 0.0, 0.17, 0.17, 1.06",
    "ml-1m, 0.2, 0.19, 0.19, 1.06",
    "ml-1m, 0.4, 0.21, 0.21, 1.05",
    "amazon, 0.0, 0.14, 0.14, 1.32",
    "amazon, 0.2, 0.14, 0.14, 1.24",
    "amazon, 0.4, 0.14, 0.14, 1.22"
  })
  void noisyRunsHaveWhatTheAuthorsFoundBest(
      String dataset, double noise, double tau, double bslTau, double rho) {
    List<RunSpec> pair =
        artifact.runs(Scope.paper(dataset)).stream()
            .filter(run -> run.positiveNoise() == noise)
            .toList();

    assertThat(pair).extracting(RunSpec::lossName).containsExactly("sl", "bsl");
    assertThat(pair).extracting(RunSpec::tau).containsExactly(tau, bslTau);
    assertThat(pair.get(1).tauRatio()).isEqualTo(rho);
  }

  @Test
  void dataThatTheAuthorsDidNotHaveAreToldApart() {
    assertThat(Rendered.markdown(artifact.report(SCOPE, leading(0, 0.5))))
        .contains("the authors' best at each level, the same in all epochs. The runs");
    assertThat(Rendered.markdown(artifact.report(Scope.paper("small"), leading(0, 0.5))))
        .contains("on data that they did not have temperatures rise as on ml-1m. The runs");
  }

  private Claim claim(int seeds, FakeRuns runs) {
    Scope scope = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), Scope.BACKBONES, seeds);
    return artifact.report(scope, runs).claims().get(0);
  }

  @Test
  void oneSeedLeansByTheSignOfTheSlope() {
    Claim grows = claim(1, leading(0, 0.5));
    assertThat(grows.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(grows.finding().leaning()).isEqualTo(Leaning.FOR);
    assertThat(grows.finding().effect()).isCloseTo(0.5, within(1e-12));
    assertThat(grows.evidence())
        .isEqualTo(
            "slope of the lead in points per 10% of noise (+5.00, over users +5.00 to +5.00), one seed:"
                + " leans to it");
    assertThat(claim(1, leading(0, -0.1)).finding().leaning()).isEqualTo(Leaning.AGAINST);
  }

  @Test
  void seedsThatDisagreeLeaveItUndecided() {
    assertThat(claim(4, leading(0.5, -0.4)).verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(claim(4, leading(0.5, 0.4)).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(claim(4, leading(-0.5, -0.4)).verdict()).isEqualTo(Verdict.FAILS);
  }

  @Test
  void showsTheLeadAtEachLevel() {
    Report report = artifact.report(SCOPE, leading(0, 0.25));

    assertThat(Rendered.markdown(report))
        .contains("| ml-1m | 0.0 | 0.20000 | 0.20000 | +0.0% |")
        .contains("| ml-1m | 0.4 | 0.20000 | 0.22000 | +10.0% |");
  }

  @Test
  void temperaturesAreTheAuthorsAtEachLevel() {
    RunSpec worst = artifact.runs(SCOPE).get(5);

    assertThat(worst.lossName()).isEqualTo("bsl");
    assertThat(worst.positiveNoise()).isEqualTo(0.4);
    assertThat(worst.tau()).isCloseTo(0.21, within(1e-12));
    assertThat(worst.asMap()).containsEntry(SettingKey.TAU_RATIO.key(), 1.05);
  }

  @Test
  void allDataSetsAreCorrectedTogether() {
    Scope two = new Scope(Profile.PAPER, "fast", List.of("ml-1m", "gowalla"), List.of("mf"), 3);

    assertThat(artifact.report(two, leading(0.5, 0.4)).claims())
        .hasSize(2)
        .allMatch(claim -> claim.finding().tests() == 2);
  }
}
