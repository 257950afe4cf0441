package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Check;
import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Verdict;
import bsl.run.Protocol;
import bsl.run.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverallArtifactTest {
  private static final Scope SCOPE = Scope.paper("yelp2018", "ml-1m");
  private static final Scope THREE_SEEDS =
      new Scope(Profile.PAPER, "fast", List.of("yelp2018", "ml-1m"), Scope.BACKBONES, 3);
  private final OverallArtifact artifact = new OverallArtifact();

  /** Every cell at this share of the published numbers, or of 0.1 where there are none. */
  private static FakeRuns at(double share) {
    return new FakeRuns(
        spec -> {
          Optional<PublishedRun> published =
              PublishedRun.of(spec.dataset(), spec.backbone(), spec.lossName());
          return Map.of(
              "recall@20", share * published.map(PublishedRun::recall20).orElse(0.1),
              "ndcg@20", share * published.map(PublishedRun::ndcg20).orElse(0.1));
        });
  }

  @Test
  void hasSlAndBslOnEveryBackboneAndDataSetAndBprOnNgcf() {
    assertThat(artifact.runs(SCOPE))
        .hasSize(14)
        .doesNotHaveDuplicates()
        .extracting(RunSpec::title)
        .contains("yelp2018-mf-sl", "ml-1m-lightgcn-bsl", "ml-1m-ngcf-bpr")
        .doesNotContain("ml-1m-mf-bpr");
  }

  @Test
  void ofOneBackboneItHasThatOneAlone() {
    Scope mf = new Scope(Profile.PAPER, "fast", List.of("yelp2018", "ml-1m"), List.of("mf"), 1);

    Report report = artifact.report(mf, at(1));

    assertThat(artifact.runs(mf)).hasSize(4).allMatch(spec -> spec.backbone().equals("mf"));
    assertThat(Rendered.markdown(report)).contains("| mf |").doesNotContain("gcn");
    assertThat(report.checks()).hasSize(8);
  }

  @Test
  void contrastiveBackbonesHaveRowsWhereTheyAreNamed() {
    Scope sgl = new Scope(Profile.PAPER, "fast", List.of("gowalla"), List.of("mf", "sgl"), 1);
    FakeRuns runs = new FakeRuns(spec -> Map.of("recall@20", 0.1744, "ndcg@20", 0.1544));

    Report report = artifact.report(sgl, runs);

    assertThat(artifact.runs(sgl))
        .extracting(RunSpec::title)
        .containsExactly(
            "gowalla-mf-sl",
            "gowalla-mf-bsl",
            "gowalla-sgl-sl",
            "gowalla-sgl-bsl",
            "gowalla-sgl-bpr");
    assertThat(Rendered.markdown(report))
        .contains("| gowalla | sgl | bpr | 0.17440 | 0.17980 | -3.0% | 0.15440 | 0.15240 | +1.3% |")
        .contains("| gowalla | sgl | bsl | 0.17440 | 0.18900 |");
    assertThat(report.failed())
        .as("the table's own training is within 3%, 0.1744 is 3.003% below")
        .extracting(Check::what)
        .contains("gowalla sgl bpr Recall@20")
        .doesNotContain("gowalla sgl bpr NDCG@20");
    assertThat(report.claims())
        .filteredOn(claim -> claim.id().equals("sl-better-than-bpr-sgl"))
        .singleElement()
        .satisfies(claim -> assertThat(claim.number()).isEqualTo(5));
  }

  @Test
  void everyArtifactButTheContrastiveIsSomethingWithMatrixFactorisationAndFewAreWithNgcf() {
    assertThat(Artifact.all())
        .filteredOn(one -> !one.uses(List.of("mf")))
        .extracting(Artifact::id)
        .containsExactly("contrastive-backbones");
    assertThat(Artifact.all()).allMatch(one -> one.uses(Scope.BACKBONES));
    assertThat(Artifact.all())
        .filteredOn(one -> one.uses(List.of("ngcf")))
        .extracting(Artifact::id)
        .containsExactly("overall", "cutoffs", "datasets", "time-to-accuracy");
    assertThat(Artifact.all())
        .filteredOn(one -> one.uses(List.of("sgl")))
        .extracting(Artifact::id)
        .containsExactly(
            "overall",
            "cutoffs",
            "embedding-size",
            "contrastive-backbones",
            "datasets",
            "time-to-accuracy");
    assertThat(Artifact.all())
        .filteredOn(one -> one.uses(List.of("xsimgcl")))
        .extracting(Artifact::id)
        .containsExactly("contrastive-backbones", "datasets");
  }

  @Test
  void aCellPassesFromTwoPercentBelowOnwards() {
    assertThat(artifact.report(SCOPE, at(0.981)).holds()).isTrue();
    assertThat(artifact.report(SCOPE, at(1.2)).holds()).isTrue();

    Report below = artifact.report(SCOPE, at(0.979));

    assertThat(below.checks()).hasSize(16).noneMatch(Check::passes);
    assertThat(below.holds()).isFalse();
  }

  @Test
  void showsOursBesideThePublished() {
    Report report = artifact.report(SCOPE, at(1));

    assertThat(Rendered.markdown(report))
        .contains("| yelp2018 | mf | bsl | 0.07245 | 0.07245 | +0.0% | 0.05990 |")
        .contains("NDCG@20 0.05990 against 0.05918");
    assertThat(report.claims()).allMatch(claim -> claim.verdict() == Verdict.UNDECIDED);
    assertThat(artifact.report(THREE_SEEDS, at(1)).claims())
        .filteredOn(claim -> !claim.statement().contains("BPR"))
        .hasSize(6)
        .allMatch(claim -> claim.verdict() == Verdict.HOLDS);
  }

  @Test
  void saysWhereTheTemperatureIsAnotherOneAtFirst() {
    Scope gowalla = new Scope(Profile.PAPER, "fast", List.of("gowalla"), List.of("mf"), 1);
    Scope constant = new Scope(Profile.PAPER, "pairwise", List.of("gowalla"), List.of("mf"), 1);

    assertThat(Rendered.markdown(artifact.report(gowalla, at(1))))
        .contains("in the first epochs (`tau_start`) of gowalla-mf-bsl.");
    assertThat(Rendered.markdown(artifact.report(constant, at(1)))).doesNotContain("tau_start");
  }

  @Test
  void judgesSlAgainstBprOnNgcf() {
    FakeRuns worse =
        new FakeRuns(
            spec -> {
              double value = spec.lossName().equals("bpr") ? 0.11 : 0.1;
              return Map.of("recall@20", value, "ndcg@20", value);
            });
    assertThat(artifact.report(THREE_SEEDS, worse).claims())
        .filteredOn(claim -> claim.statement().equals("SL is better than BPR, ngcf"))
        .hasSize(2)
        .allMatch(claim -> claim.number() == 1 && claim.verdict() == Verdict.FAILS);
  }

  @Test
  void checksAreOnTheMeanOverSeeds() {
    ToDoubleFunction<RunSpec> share = spec -> 0.961 + 0.01 * spec.seed();
    FakeRuns runs =
        new FakeRuns(
            spec ->
                Map.of(
                    "recall@20", share.applyAsDouble(spec) * 0.2804,
                    "ndcg@20", share.applyAsDouble(spec) * 0.2681));
    Scope cell = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), 3);
    Report report = artifact.report(cell, runs);

    assertThat(report.failed())
        .as("0.971, 0.981 and 0.991 of 0.2804, which is less than 98% of what SL reached")
        .extracting(Check::what)
        .containsExactly("ml-1m mf sl Recall@20");
    // t(0.975; 2) = 4.302653; standard deviation 0.002804; so the half-width is 0.006966.
    assertThat(Rendered.markdown(report))
        .contains("| ml-1m | mf | bsl | 0.27507 ± 0.00697 | 0.28040 | -1.9% | 0.26301 ± 0.00666 |");
  }

  @Test
  void numbersUnderHeldOutAreNotAsserted() {
    Scope heldOut = SCOPE.under(Protocol.HELD_OUT);

    assertThat(artifact.expectsChecks(heldOut)).isFalse();
    assertThat(artifact.report(heldOut, at(0.5)).checks()).isEmpty();
    assertThat(artifact.report(heldOut, at(0.5)).claims())
        .allMatch(claim -> claim.protocol().equals("held-out"));
  }

  @Test
  void aCellWithoutPublishedNumbersIsNotAsserted() {
    assertThat(artifact.report(SCOPE, at(1)).checks())
        .extracting(Check::what)
        .noneMatch(what -> what.contains("ngcf"));
  }

  @Test
  void nothingIsComparedInProfileQuick() {
    Scope quick = new Scope(Profile.QUICK, "fast", List.of("ml-1m"), Scope.BACKBONES, 1);

    assertThat(artifact.report(quick, at(0.5)).checks()).isEmpty();
    assertThat(artifact.runs(quick))
        .allMatch(spec -> spec.epochs() == (spec.backbone().equals("ngcf") ? 2 : 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"overall", "cutoffs", "tau-ratio", "contrastive-backbones"})
  void pagesOfProfileQuickNameNoRuleThatNobodyApplies(String id) {
    Artifact made = Artifact.of(id).orElseThrow();
    Function<Profile, String> page =
        profile ->
            Rendered.markdown(
                made.report(
                    new Scope(profile, "fast", List.of("ml-1m"), Scope.BACKBONES, 1),
                    FakeRuns.allAlike()));

    assertThat(page.apply(Profile.PAPER)).contains("98% of").doesNotContain("`quick`");
    assertThat(page.apply(Profile.QUICK))
        .contains("Profile `quick` asserts no number.")
        .doesNotContain("98%");
  }

  @Test
  void bothMetricsOfAllBackbonesAndDataSetsAreCorrectedTogether() {
    Report report = artifact.report(THREE_SEEDS, at(1));

    assertThat(report.claims())
        .filteredOn(claim -> claim.id().startsWith("bsl-at-least-sl-"))
        .as("two data sets, three backbones")
        .hasSize(2 * 3)
        .allMatch(claim -> claim.finding().tests() == 2 * 3 * 2);
    assertThat(report.claims())
        .filteredOn(claim -> claim.id().startsWith("sl-better-than-bpr-"))
        .as("two data sets")
        .hasSize(2)
        .allMatch(claim -> claim.finding().tests() == 2 * 2);
  }

  /** A loss is a tenth ahead in one metric, and a tenth behind in the other one. */
  private static FakeRuns apart(String ahead, String loss) {
    return new FakeRuns(
        spec -> {
          double up = spec.lossName().equals(loss) ? 0.11 : 0.1;
          double down = spec.lossName().equals(loss) ? 0.09 : 0.1;
          boolean recall = ahead.equals("recall@20");
          return Map.of("recall@20", recall ? up : down, "ndcg@20", recall ? down : up);
        });
  }

  @Test
  void aClaimOfTheMainTableHasToHoldInBothMetrics() {
    for (String ahead : List.of("recall@20", "ndcg@20")) {
      assertThat(artifact.report(THREE_SEEDS, apart(ahead, "bsl")).claims())
          .filteredOn(claim -> claim.id().startsWith("bsl-at-least-sl-"))
          .as("BSL is ahead in " + ahead + " alone")
          .hasSize(2 * 3)
          .allMatch(claim -> claim.verdict() == Verdict.FAILS);
      assertThat(artifact.report(THREE_SEEDS, apart(ahead, "sl")).claims())
          .filteredOn(claim -> claim.id().equals("sl-better-than-bpr-ngcf"))
          .as("SL is ahead in " + ahead + " alone")
          .hasSize(2)
          .allMatch(claim -> claim.verdict() == Verdict.FAILS);
    }
  }
}
