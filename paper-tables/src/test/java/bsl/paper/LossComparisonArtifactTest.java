package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.report.Claim;
import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Verdict;
import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossComparisonArtifactTest {
  private static final Scope SCOPE = Scope.paper("ml-1m", "yelp2018");
  private final LossComparisonArtifact artifact = new LossComparisonArtifact();

  /** Recall@20 as published, but for MF's MSE, with another one where it has its best weight. */
  private static FakeRuns published(double usualMse, double bestMse) {
    return new FakeRuns(
        spec -> {
          double recall =
              PublishedBar.of(spec.dataset(), spec.backbone(), spec.lossName())
                  .orElseThrow()
                  .recall20();
          if (spec.lossName().equals("mse")) {
            boolean tuned = (double) spec.asMap().get("negative_weight") > 0.01;
            recall = spec.backbone().equals("mf") ? usualMse : 0.0399;
            recall = tuned ? bestMse : recall;
          }
          return Map.of("recall@20", recall);
        });
  }

  @Test
  void eachRunIsNeededOnceAndThePapersDataSetIsPreferred() {
    assertThat(artifact.runs(SCOPE))
        .doesNotHaveDuplicates()
        .allMatch(run -> run.dataset().equals("yelp2018"))
        .extracting(RunSpec::lossName)
        .contains("sl", "mse");
    assertThat(artifact.runs(Scope.paper("ml-1m")))
        .isNotEmpty()
        .allMatch(run -> run.dataset().equals("ml-1m"));
  }

  @Test
  void saysWhichOrderHoldsInWhichSetting() {
    Scope three =
        new Scope(Profile.PAPER, "fast", List.of("ml-1m", "yelp2018"), Scope.BACKBONES, 3);
    Report report = artifact.report(three, published(0.0343, 0.06));

    assertThat(report.holds()).isTrue();
    assertThat(claim(report, "BPR > BCE > MSE, mf, as usually").verdict()).isEqualTo(Verdict.HOLDS);
    Claim best = claim(report, "BPR > BCE > MSE, mf, at the best");
    assertThat(best.verdict()).isEqualTo(Verdict.FAILS);
    assertThat(best.evidence()).endsWith("the order is SL > MSE > BPR > BCE");
    Claim lead = claim(report, "more than 15%, lightgcn");
    assertThat(lead.evidence()).as("as measured on the chart").contains("+13.4%");
    assertThat(lead.verdict()).isEqualTo(Verdict.FAILS);
  }

  @Test
  void aNumberMayBeFivePercentBelowTheChart() {
    for (double share : new double[] {0.951, 0.949}) {
      FakeRuns runs =
          new FakeRuns(
              spec ->
                  Map.of(
                      "recall@20",
                      share
                          * PublishedBar.of(spec.dataset(), spec.backbone(), spec.lossName())
                              .orElseThrow()
                              .recall20()));

      assertThat(artifact.report(SCOPE, runs).checks())
          .filteredOn(check -> !check.what().contains(" mse "))
          .as("SL, BPR and BCE on two backbones, at " + share)
          .hasSize(2 * 3)
          .allMatch(check -> check.passes() == share > 0.95);
    }
  }

  /** On amazon the paper's chart of MF has MSE second. */
  @Test
  void theOrderIsThatOfThePapersChart() {
    Report report =
        artifact.report(
            Scope.paper("amazon", "ml-1m", "yelp2018"),
            new FakeRuns(s -> Map.of("recall@20", 0.1)));

    assertThat(report.claims())
        .filteredOn(claim -> claim.id().equals("order-usual-mf"))
        .extracting(claim -> claim.dataset() + ": " + claim.statement())
        .containsExactlyInAnyOrder(
            "amazon: SL > MSE > BCE > BPR, mf, as usually trained",
            "yelp2018: SL > BPR > BCE > MSE, mf, as usually trained");
  }

  /** The loss and its preset, for gowalla only, are in this module's test resources. */
  @Test
  void aLossOfAnotherProjectIsARowOfItsOwn() {
    Scope gowalla = new Scope(Profile.PAPER, "fast", List.of("gowalla"), List.of("mf"), 1);
    Report report = artifact.report(gowalla, new FakeRuns(spec -> Map.of("recall@20", 0.125)));

    assertThat(artifact.runs(gowalla)).extracting(RunSpec::lossName).containsOnlyOnce("doubled");
    assertThat(Rendered.markdown(report))
        .contains("| gowalla | mf | doubled | best found | fast | 0.12500 |");
    assertThat(artifact.runs(SCOPE)).extracting(RunSpec::lossName).doesNotContain("doubled");
  }

  private static Claim claim(Report report, String part) {
    return report.claims().stream()
        .filter(claim -> claim.statement().contains(part))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyRowNamesItsPresetAndTheScopesIsTakenWhereItHasTheLoss() {
    Scope reference = new Scope(Profile.PAPER, "reference", List.of("yelp2018"), List.of("mf"), 1);
    Report report = artifact.report(reference, published(0.0343, 0.06));

    assertThat(artifact.runs(reference))
        .contains(
            Presets.spec("reference", "yelp2018", "mf", "sl"),
            Presets.spec("baseline", "yelp2018", "mf", "bpr"),
            Presets.spec("fast", "yelp2018", "mf", "bpr"))
        .doesNotContain(Presets.spec("fast", "yelp2018", "mf", "sl"));
    assertThat(Rendered.markdown(report))
        .contains("| yelp2018 | mf | sl | best found | reference |")
        .contains("| yelp2018 | mf | bpr | usual | baseline |")
        .contains("| yelp2018 | mf | bpr | best found | fast |");
    assertThatThrownBy(
            () -> artifact.runs(new Scope(Profile.PAPER, "x", List.of("ml-1m"), List.of("mf"), 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--preset 'x'");
  }

  @Test
  void anOpenDiscrepancyIsHeldToItsRecord() {
    assertThat(artifact.report(SCOPE, published(0.0330, 0.06)).holds()).isFalse();
    assertThat(artifact.report(SCOPE, published(0.0343, 0.01)).holds())
        .as("the best found is not asserted")
        .isTrue();
  }

  @Test
  void withoutADataSetThereIsNothing() {
    Scope nothing = new Scope(Profile.PAPER, "fast", List.of(), Scope.BACKBONES, 1);

    assertThat(artifact.runs(nothing)).isEmpty();
    assertThat(artifact.report(nothing, null).claims()).isEmpty();
  }

  /** The others have 0.1 as usually trained, SL has so much more, and so have all at their best. */
  private List<Claim> leads(double lead) {
    Scope both = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf", "lightgcn"), 3);
    FakeRuns runs =
        new FakeRuns(
            spec -> Map.of("recall@20", 0.1 * (spec.preset().equals("baseline") ? 1 : 1 + lead)));
    return artifact.report(both, runs).claims().stream()
        .filter(claim -> claim.id().startsWith("sl-leads-by-15-percent-"))
        .toList();
  }

  @Test
  void slIsToLeadTheLossesAsUsuallyTrainedByMoreThanFifteenPercent() {
    assertThat(leads(0.16)).extracting(Claim::verdict).containsOnly(Verdict.HOLDS).hasSize(2);
    assertThat(leads(0.14)).extracting(Claim::verdict).containsOnly(Verdict.FAILS).hasSize(2);
    assertThat(leads(0.14)).extracting(claim -> claim.finding().threshold()).containsOnly(0.15);
  }

  @Test
  void allStepsOfAllBackbonesAndDataSetsAreCorrectedTogether() {
    Scope both =
        new Scope(
            Profile.PAPER, "fast", List.of("yelp2018", "amazon"), List.of("mf", "lightgcn"), 3);
    List<Claim> claims =
        artifact.report(both, new FakeRuns(s -> Map.of("recall@20", 0.1))).claims();

    for (String family : List.of("sl-leads-by-15-percent-", "order-usual-", "order-best-")) {
      assertThat(claims)
          .filteredOn(claim -> claim.id().startsWith(family))
          .as(family + ": two data sets, two backbones, and three tests each")
          .hasSize(2 * 2)
          .allMatch(claim -> claim.finding().tests() == 2 * 2 * 3);
    }
  }
}
