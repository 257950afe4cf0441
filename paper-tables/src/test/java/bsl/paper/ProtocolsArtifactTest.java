package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Leaning;
import bsl.report.Rendered;
import bsl.report.Verdict;
import bsl.run.EpochRecord;
import bsl.run.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtocolsArtifactTest {
  private static final Scope SCOPE = Scope.paper("ml-1m");

  /**
   * Runs whose selected epoch is the first: 0.10 under protocol paper, 0.08 or 0.075 under
   * held-out.
   *
   * @param evaluated the one epoch of which the curve has an NDCG@20, of 0.09
   */
  private static FakeRuns runs(int evaluated) {
    return new FakeRuns(
        spec ->
            Map.of(
                "ndcg@20",
                spec.protocol() == Protocol.PAPER
                    ? 0.10
                    : spec.lossName().equals("bsl") ? 0.08 : 0.075),
        spec ->
            List.of(
                new EpochRecord(1, 1, 1, evaluated == 1 ? Map.of("ndcg@20", 0.09) : Map.of()),
                new EpochRecord(2, 1, 2, evaluated == 2 ? Map.of("ndcg@20", 0.09) : Map.of())));
  }

  @Test
  void whatIsOwedToTheEpochIsToldApartFromWhatIsOwedToMorePairs() {
    assertThat(Rendered.markdown(new ProtocolsArtifact().report(SCOPE, runs(1))))
        .contains("| ml-1m | mf | bsl | 0.10000 | 1 | 0.09000 | 0.08000 | 1 | +11.1% | +12.5% |")
        .contains(
            "| ml-1m | lightgcn | sl | 0.10000 | 1 | 0.09000 | 0.07500 | 1 | +11.1% | +20.0% |");
  }

  @Test
  void theTwoAreNotToldApartWhereTheEpochWasNotEvaluated() {
    assertThat(Rendered.markdown(new ProtocolsArtifact().report(SCOPE, runs(2))))
        .contains("| ml-1m | mf | bsl | 0.10000 | 1 |  | 0.08000 | 1 |  |  |");
  }

  /** Then both protocols train alike, and the curve is not that of the test set. */
  @Test
  void whereTheEpochIsSelectedOnValidationPairsTheCurveIsNotRead() {
    FakeRuns alike = new FakeRuns(spec -> Map.of("ndcg@20", 0.10), runs(1).curves());

    assertThat(
            Rendered.markdown(new ProtocolsArtifact().report(SCOPE, alike.selectedOnValidation())))
        .contains("| ml-1m | mf | bsl | 0.10000 | 1 | 0.10000 | 0.10000 | 1 | +0.0% | +0.0% |");
  }

  @Test
  void theClaimIsJudgedUnderTheHonestProtocol() {
    Scope three = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), Scope.BACKBONES, 3);
    assertThat(new ProtocolsArtifact().report(three, runs(1)).claims())
        .hasSize(2)
        .allSatisfy(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS))
        .allSatisfy(claim -> assertThat(claim.protocol()).isEqualTo("held-out"))
        .allSatisfy(claim -> assertThat(claim.evidence()).contains("0.08000 against 0.07500"));
  }

  /** The margin is 0.5%; 0.0749 is 0.13% below 0.075. */
  @Test
  void bslIsAtLeastAsGoodWhereItIsWorseByLessThanTheMargin() {
    Scope three = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), 3);
    FakeRuns runs =
        new FakeRuns(
            spec -> Map.of("ndcg@20", spec.lossName().equals("bsl") ? 0.0749 : 0.075),
            runs(1).curves());

    assertThat(new ProtocolsArtifact().report(three, runs).claims())
        .singleElement()
        .satisfies(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS))
        .satisfies(claim -> assertThat(claim.finding().leaning()).isEqualTo(Leaning.NEITHER));
  }

  @Test
  void allBackbonesAndDataSetsAreCorrectedTogether() {
    Scope three = new Scope(Profile.PAPER, "fast", List.of("ml-1m", "gowalla"), Scope.BACKBONES, 3);

    assertThat(new ProtocolsArtifact().report(three, runs(1)).claims())
        .hasSize(2 * 2)
        .allMatch(claim -> claim.finding().tests() == 2 * 2);
  }
}
