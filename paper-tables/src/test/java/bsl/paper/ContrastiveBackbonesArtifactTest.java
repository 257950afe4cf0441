package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.Paragraph;
import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Verdict;
import bsl.run.Presets;
import bsl.run.RunSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ContrastiveBackbonesArtifactTest {
  private static final Scope SCOPE = Scope.paper("ml-1m", "gowalla");

  /** As if these were all the backbones there are. */
  private final ContrastiveBackbonesArtifact artifact =
      new ContrastiveBackbonesArtifact(
          new ContrastiveBackbones(List.of("mf", "lightgcn", "sgl", "simgcl", "xsimgcl")));

  /** Weight of the auxiliary term; LightGCN has none. */
  private static double weight(RunSpec spec) {
    return (double) spec.asMap().getOrDefault("contrast_weight", 0.0);
  }

  /**
   * Every run at a share of what is published of its data set, backbone and loss. LightGCN is SGL
   * without its term.
   */
  private static FakeRuns at(ToDoubleFunction<RunSpec> share) {
    return new FakeRuns(
        spec -> {
          String backbone = spec.backbone().equals("lightgcn") ? "sgl" : spec.backbone();
          String loss = spec.lossName().equals("bpr") ? "own" : spec.lossName();
          return PublishedContrastive.all().stream()
              .filter(
                  row ->
                      row.dataset().equals(spec.dataset())
                          && row.backbone().equals(backbone)
                          && row.loss().equals(loss))
              .findFirst()
              .map(
                  row ->
                      Map.of(
                          "recall@20", share.applyAsDouble(spec) * row.recall20(),
                          "ndcg@20", share.applyAsDouble(spec) * row.ndcg20()))
              .orElse(Map.of("recall@20", 0.1, "ndcg@20", 0.1));
        });
  }

  private static Scope with(Profile profile, String dataset, String... backbones) {
    return new Scope(profile, "fast", List.of(dataset), List.of(backbones), 1);
  }

  private static String finding(Report report) {
    return ((Paragraph) report.blocks().get(1)).text();
  }

  private static Claim claim(Report report, String dataset, String backbone) {
    return report.claims().stream()
        .filter(claim -> claim.id().equals("contrastive-backbones-gain-" + backbone))
        .filter(claim -> claim.dataset().equals(dataset))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void trainsTheTablesBackbonesWithThreeLossesEachWithAndWithoutTheTerm() {
    List<RunSpec> runs = artifact.runs(SCOPE);

    assertThat(runs).doesNotHaveDuplicates();
    for (String dataset : List.of("ml-1m", "gowalla")) {
      for (String backbone : List.of("sgl", "simgcl")) {
        for (String loss : List.of("sl", "bsl", "bpr")) {
          RunSpec cell = Presets.spec("fast", dataset, backbone, loss);
          assertThat(runs).contains(cell);
          if (weight(cell) > 0) {
            RunSpec without = ContrastiveBackbones.without(cell).orElseThrow();
            assertThat(runs).contains(without);
            assertThat(weight(without)).isZero();
            Map<String, Object> same = new HashMap<>(cell.asMap());
            same.keySet().retainAll(without.asMap().keySet());
            same.put("backbone", without.backbone());
            same.computeIfPresent("contrast_weight", (key, weight) -> 0.0);
            assertThat(without.asMap()).isEqualTo(same);
          }
        }
      }
    }
    assertThat(runs).extracting(RunSpec::backbone).containsOnly("sgl", "simgcl", "lightgcn");
  }

  @Test
  void otherBackbonesHaveRowsWhereTheyAreNamed() {
    assertThat(artifact.uses(Scope.BACKBONES)).isTrue();
    assertThat(artifact.uses(List.of("mf", "xsimgcl"))).isTrue();
    assertThat(artifact.uses(List.of("mf"))).isFalse();
    assertThat(artifact.runs(with(Profile.PAPER, "ml-1m", "mf", "xsimgcl")))
        .isNotEmpty()
        .allMatch(run -> run.backbone().equals("xsimgcl") || weight(run) == 0);

    Scope unpublished = with(Profile.PAPER, "ml-1m", "xsimgcl");
    Report report = artifact.report(unpublished, at(spec -> 1));

    assertThat(Rendered.markdown(report)).contains("| ml-1m | xsimgcl | own | 0.10000 |  |  |");
    assertThat(report.checks()).isEmpty();
    assertThat(artifact.expectsChecks(unpublished)).isFalse();
    assertThat(report.claims()).hasSize(1);
  }

  @Test
  void backbonesShareTheRunsWithoutTheirTerms() {
    Scope scope = with(Profile.PAPER, "other", "sgl", "simgcl");
    List<RunSpec> runs = artifact.runs(scope);

    assertThat(runs)
        .extracting(run -> run.backbone() + " " + run.lossName())
        .containsExactly(
            "sgl sl",
            "lightgcn sl",
            "sgl bsl",
            "lightgcn bsl",
            "sgl bpr",
            "lightgcn bpr",
            "simgcl sl",
            "simgcl bsl",
            "simgcl bpr");
    assertThat(Rendered.markdown(artifact.report(scope, at(spec -> 1))))
        .contains("| other | sgl, simgcl | lightgcn | own | 0.10000 | 0.10000 |");
  }

  @Test
  void aTermOfTwoPartsIsLeftOutWhole() {
    ContrastiveBackbonesArtifact ncl =
        new ContrastiveBackbonesArtifact(new ContrastiveBackbones(List.of("ncl")));
    Scope scope = with(Profile.PAPER, "ml-1m", "ncl");
    List<RunSpec> ofBsl =
        ncl.runs(scope).stream().filter(run -> run.lossName().equals("bsl")).toList();

    assertThat(ncl.runs(Scope.paper("ml-1m"))).as("not in the paper's table").isEmpty();
    assertThat(ofBsl).hasSize(2);
    assertThat((double) ofBsl.get(0).asMap().get("prototype_weight")).isPositive();
    assertThat(ofBsl.get(1).backbone()).isEqualTo("lightgcn");
    FakeRuns runs =
        new FakeRuns(
            spec -> Map.of("recall@20", 0.26, "ndcg@20", spec.equals(ofBsl.get(1)) ? 0.2 : 0.25));
    assertThat(Rendered.markdown(ncl.report(scope, runs)))
        .containsPattern("bsl .* \\+0.0% Recall@20, \\+25.0% NDCG@20 \\(weights [0-9.e-]+ and ")
        .contains("| ml-1m | ncl | own | 0.26000 | 0.26160 | -0.6% | 0.25000 | 0.25000 | +0.0% |");
  }

  @Test
  void aRowIsHeldToThePublishedNumbers() {
    assertThat(artifact.report(SCOPE, at(spec -> 1.3)).holds()).isTrue();
    assertThat(artifact.report(SCOPE, at(spec -> 0.981)).holds()).isTrue();

    Report below = artifact.report(SCOPE, at(spec -> 0.979));

    assertThat(below.checks()).hasSize(2 * 2 * 3 * 2);
    assertThat(below.failed())
        .as("own training may be 3% below")
        .extracting(Check::what)
        .hasSize(2 * 2 * 2 * 2)
        .contains("ml-1m sgl sl Recall@20", "gowalla simgcl bsl NDCG@20")
        .noneMatch(what -> what.contains("bpr"));
    assertThat(artifact.report(SCOPE, at(spec -> 0.969)).failed()).hasSize(24);
  }

  @Test
  void saysWhatTheTermAdds() {
    Report report = artifact.report(SCOPE, at(spec -> weight(spec) == 0 ? 0.8 : 1));

    assertThat(Rendered.markdown(report))
        .contains(
            "| gowalla | sgl | sl | 0.14976 | 0.18720 | -20.0% | 0.12544 | 0.15680 | -20.0% |")
        .contains("| ml-1m | simgcl | bsl | 0.27960 | 0.27960 | +0.0% |")
        .contains("| none: weight 0 |  |  |  |")
        .contains("+25.0% Recall@20, +25.0% NDCG@20 (weight ")
        .contains("(weight 1.0e-7) | +0.05532 | +0.05158 |");
    assertThat(finding(report))
        .contains(
            "has weight 0 in gowalla sgl (sl, bsl). These rows are LightGCN in other clothes: gowalla"
                + " sgl (sl, bsl). ")
        .contains("0.5% or more in ml-1m sgl (sl, bsl, own)");
  }

  @Test
  void aTermThatChangesLittleIsSaidToBeLightGcnInOtherClothes() {
    ToDoubleFunction<RunSpec> little =
        spec -> {
          boolean own = spec.lossName().equals("bpr");
          return weight(spec) == 0 ? 1 : own ? 1.01 : 0.996;
        };

    assertThat(finding(artifact.report(with(Profile.PAPER, "ml-1m", "sgl"), at(little))))
        .isEqualTo(
            "It changes both metrics by less than 0.5% in ml-1m sgl (sl, bsl). These rows are LightGCN"
                + " in other clothes: ml-1m sgl (sl, bsl). It changes a metric by 0.5% or more in"
                + " ml-1m sgl (own).");
    // SimGCL leaves layer 0 out of the mean there, with and without its term.
    assertThat(finding(artifact.report(with(Profile.PAPER, "ml-1m", "simgcl"), at(little))))
        .isEqualTo(
            "It changes both metrics by less than 0.5% in ml-1m simgcl (sl, bsl). It changes a metric"
                + " by 0.5% or more in ml-1m simgcl (own).");
  }

  @Test
  void judgesWhetherSlAndBslLiftABackbone() {
    Scope three = new Scope(Profile.PAPER, "fast", List.of("ml-1m", "gowalla"), Scope.BACKBONES, 3);
    Report report = artifact.report(three, at(spec -> 1));

    assertThat(claim(report, "ml-1m", "sgl").verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(claim(report, "ml-1m", "sgl").number()).isEqualTo(5);
    assertThat(claim(report, "ml-1m", "sgl").statement())
        .isEqualTo("SL and BSL lift sgl above its own training");
    assertThat(claim(report, "gowalla", "sgl").evidence())
        .isEqualTo(
            "sl: NDCG@20 0.15680 against 0.15240 (+2.9%, 95% interval +2.9% to +2.9%), p < 0.0001; bsl:"
                + " NDCG@20 0.15920 against 0.15240 (+4.5%, 95% interval +4.5% to +4.5%), p < 0.0001, 3"
                + " seeds; p by Holm over 8 tests; what the auxiliary term adds: sl nothing (weight 0), bsl"
                + " nothing (weight 0)");

    Report onlyOne =
        artifact.report(
            three, at(spec -> spec.lossName().equals("sl") && weight(spec) >= 0 ? 0.9 : 1));

    assertThat(claim(onlyOne, "ml-1m", "sgl").verdict()).isEqualTo(Verdict.FAILS);
  }

  @Test
  void publishedRowsOfBackbonesThatAreNotThereAreNotRun() {
    Report report = artifact.report(SCOPE, at(spec -> 1));

    assertThat(claim(report, "ml-1m", "lightgcl").verdict()).isEqualTo(Verdict.NOT_RUN);
    assertThat(report.claims()).hasSize(2 * 3);
    assertThat(Rendered.markdown(report))
        .contains("| ml-1m | lightgcl | bsl |  | 0.27670 |  |  | 0.25970 |  |  |  |  | not run |")
        .doesNotContain("amazon");
    assertThat(artifact.report(with(Profile.PAPER, "ml-1m", "sgl"), at(spec -> 1)).claims())
        .as("not asked for")
        .hasSize(1);
  }

  @Test
  void otherDataStandBesideNoPublishedNumbers() {
    Report report =
        artifact.report(with(Profile.PAPER, "ml-1m", "sgl"), at(spec -> 1).onOtherData());

    assertThat(report.checks()).isEmpty();
    assertThat(report.claims()).allMatch(claim -> claim.dataset().equals("ml-1m (other data)"));
    assertThat(Rendered.markdown(report))
        .contains("| ml-1m (other data) | sgl | sl | 0.27660 |  |");
    Report all = artifact.report(SCOPE, at(spec -> 1).onOtherData());
    assertThat(Rendered.markdown(all)).doesNotContain("| not run |");
    assertThat(all.claims()).allMatch(claim -> claim.dataset().endsWith(" (other data)"));
  }

  @Test
  void profileQuickTrainsThreeRunsOfOneBackbone() {
    Scope quick = new Scope(Profile.QUICK, "fast", List.of("small"), Scope.BACKBONES, 1);
    List<RunSpec> runs = artifact.runs(quick);

    assertThat(runs)
        .extracting(RunSpec::title)
        .containsExactly("small-sgl-bsl", "small-lightgcn-bsl", "small-sgl-bpr");
    assertThat(runs).extracting(run -> weight(run) == 0).containsExactly(false, true, false);
    Report report = artifact.report(quick, at(spec -> 1));
    assertThat(report.checks()).isEmpty();
    assertThat(report.claims())
        .extracting(Claim::statement)
        .containsExactly("BSL lifts sgl above its own training");
    assertThat(finding(report)).contains("not measured in small sgl (own)");
  }
}
