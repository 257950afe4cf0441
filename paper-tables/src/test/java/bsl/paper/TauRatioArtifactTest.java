package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.Leaning;
import bsl.report.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class TauRatioArtifactTest {
  /** NDCG by rho, and a little more with every seed. */
  private static Claim claim(DoubleUnaryOperator byRatio) {
    FakeRuns runs =
        new FakeRuns(
            spec -> {
              double value = byRatio.applyAsDouble(spec.tauRatio()) + 0.001 * (spec.seed() - 1);
              return Map.of("recall@20", value, "ndcg@20", value);
            });
    Scope scope = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), 5);
    List<Claim> claims = new TauRatioArtifact().report(scope, runs).claims();
    assertThat(claims).extracting(Claim::id).containsExactly("ratio-worth-tuning-mf");
    return claims.get(0);
  }

  @Test
  void rhoIsWorthTuningWhereAnotherThanOneIsBetter() {
    Claim claim = claim(rho -> rho == 1.1 ? 0.22 : rho == 1 ? 0.2 : 0.205);

    assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(claim.finding().leaning()).isEqualTo(Leaning.FOR);
    // 0.222 against 0.202, which are the means over the seeds.
    assertThat(claim.finding().effect()).isCloseTo(0.02 / 0.202, within(1e-12));
    assertThat(claim.evidence())
        .startsWith("rho 1.1: NDCG@20 0.22200 against 0.20200 ")
        .contains("; best rho 1.1");
  }

  @Test
  void rhoIsNotWhereEveryOtherIsWorse() {
    Claim claim = claim(rho -> rho == 1 ? 0.22 : 0.2);

    assertThat(claim.verdict()).isEqualTo(Verdict.FAILS);
    assertThat(claim.finding().leaning()).isEqualTo(Leaning.AGAINST);
    assertThat(claim.evidence()).contains("; best rho 1.0");
  }

  @Test
  void pointsNearThePublishedBestAreAssertedAndNoOthers() {
    FakeRuns runs = new FakeRuns(spec -> Map.of("recall@20", 0.1, "ndcg@20", 0.1));
    Scope scope =
        new Scope(Profile.PAPER, "fast", List.of("yelp2018", "gowalla", "ml-1m"), List.of("mf"), 1);

    // Published: 0.0599 at 1.1 and 0.05959 at 1.2; 0.157 at 1.2; 0.2662 at 1.0 and 0.2661 at 1.1.
    assertThat(new TauRatioArtifact().report(scope, runs).checks())
        .extracting(Check::what)
        .containsExactly(
            "yelp2018 mf NDCG@20 at rho 1.1",
            "yelp2018 mf NDCG@20 at rho 1.2",
            "gowalla mf NDCG@20 at rho 1.2",
            "ml-1m mf NDCG@20 at rho 1.0",
            "ml-1m mf NDCG@20 at rho 1.1");
  }

  @Test
  void allRatiosOfAllBackbonesAndDataSetsAreCorrectedTogether() {
    FakeRuns runs = new FakeRuns(spec -> Map.of("recall@20", 0.1, "ndcg@20", 0.1));
    Scope scope =
        new Scope(
            Profile.PAPER, "fast", List.of("yelp2018", "ml-1m"), List.of("mf", "lightgcn"), 3);

    assertThat(new TauRatioArtifact().report(scope, runs).claims())
        .as("nine values of rho other than 1, two data sets, two backbones")
        .hasSize(2 * 2)
        .allMatch(claim -> claim.finding().tests() == 9 * 2 * 2);
  }
}
