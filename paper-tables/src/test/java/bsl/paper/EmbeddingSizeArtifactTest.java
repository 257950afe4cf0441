package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Claim;
import bsl.report.Leaning;
import bsl.report.Rendered;
import bsl.report.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddingSizeArtifactTest {
  /** SL has 0.2 and a little more with every seed; BSL differs from it by so much. */
  private static List<Claim> claims(double lead) {
    return claims(lead, List.of("ml-1m"), List.of("mf"));
  }

  private static List<Claim> claims(double lead, List<String> datasets, List<String> backbones) {
    FakeRuns runs =
        new FakeRuns(
            spec -> {
              double value =
                  0.2 + (spec.lossName().equals("bsl") ? lead : 0) + 0.001 * (spec.seed() - 1);
              return Map.of("recall@20", value, "ndcg@20", value);
            });
    Scope scope = new Scope(Profile.PAPER, "fast", datasets, backbones, 5);
    return new EmbeddingSizeArtifact().report(scope, runs).claims();
  }

  private static void assertAll(List<Claim> claims, Verdict verdict, Leaning leaning) {
    assertThat(claims)
        .extracting(Claim::id)
        .containsExactly(
            "bsl-at-least-sl-d128-mf", "bsl-at-least-sl-d256-mf", "bsl-at-least-sl-d512-mf");
    assertThat(claims).extracting(Claim::verdict).containsOnly(verdict);
    assertThat(claims).extracting(claim -> claim.finding().leaning()).containsOnly(leaning);
  }

  @Test
  void bslIsAtLeastAsGoodWhereItIsBetter() {
    assertAll(claims(0.02), Verdict.HOLDS, Leaning.FOR);
  }

  @Test
  void bslIsNotWhereItIsWorse() {
    assertAll(claims(-0.02), Verdict.FAILS, Leaning.AGAINST);
  }

  /** The margin is 0.5%; SL has 0.2 or more, of which 0.0004 is 0.2% or less. */
  @Test
  void bslIsAtLeastAsGoodWhereItIsWorseByLessThanTheMargin() {
    assertAll(claims(-0.0004), Verdict.HOLDS, Leaning.NEITHER);
  }

  /** SL has 0.204 or less, of which 0.0011 is 0.54% or more. */
  @Test
  void bslIsNotWhereItIsWorseByMoreThanTheMargin() {
    assertAll(claims(-0.0011), Verdict.FAILS, Leaning.AGAINST);
  }

  @Test
  void saysWhereTheTemperatureIsAnotherOneAtFirst() {
    FakeRuns runs = new FakeRuns(spec -> Map.of("recall@20", 0.2, "ndcg@20", 0.2));
    Scope gowalla = new Scope(Profile.PAPER, "fast", List.of("gowalla"), List.of("mf"), 1);
    Scope constant = new Scope(Profile.PAPER, "pairwise", List.of("gowalla"), List.of("mf"), 1);

    for (Artifact artifact : List.of(new EmbeddingSizeArtifact(), new ProtocolsArtifact())) {
      assertThat(Rendered.markdown(artifact.report(gowalla, runs)))
          .containsOnlyOnce("in the first epochs (`tau_start`) of gowalla-mf-bsl.");
      assertThat(Rendered.markdown(artifact.report(constant, runs))).doesNotContain("tau_start");
    }
  }

  @Test
  void allSizesBackbonesAndDataSetsAreCorrectedTogether() {
    assertThat(claims(0.02, List.of("ml-1m", "gowalla"), List.of("mf", "lightgcn")))
        .hasSize(3 * 2 * 2)
        .allMatch(claim -> claim.finding().tests() == 3 * 2 * 2);
  }
}
