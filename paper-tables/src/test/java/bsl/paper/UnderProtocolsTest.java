package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Claim;
import bsl.report.Figure;
import bsl.report.Finding;
import bsl.report.Leaning;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.Protocol;
import bsl.run.RunSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnderProtocolsTest {
  private static Scope scope(int seeds, Protocol... protocols) {
    return new Scope(
        Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), seeds, List.of(protocols));
  }

  /** BSL is a tenth above SL under protocol paper, and by another share under held-out. */
  private static FakeRuns runs(double heldOut) {
    return new FakeRuns(
        spec -> {
          double lead = spec.protocol() == Protocol.PAPER ? 0.1 : heldOut;
          double value =
              0.25 * (1 + (spec.lossName().equals("bsl") ? lead * (1 + spec.positiveNoise()) : 0));
          return Map.of("recall@20", value, "ndcg@20", value);
        });
  }

  private static Table agreement(Report report) {
    return report.blocks().stream()
        .filter(Table.class::isInstance)
        .map(Table.class::cast)
        .filter(table -> table.name().equals("protocols"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void bothAreTheRunsOfEach() {
    Artifact both = new UnderProtocols(new OverallArtifact());
    List<RunSpec> runs = both.runs(scope(2, Protocol.PAPER, Protocol.HELD_OUT));

    assertThat(runs).hasSize(8).doesNotHaveDuplicates();
    assertThat(runs).filteredOn(run -> run.protocol() == Protocol.HELD_OUT).hasSize(4);
    assertThat(runs)
        .containsAll(new OverallArtifact().runs(scope(2, Protocol.PAPER)))
        .containsAll(new OverallArtifact().runs(scope(2, Protocol.HELD_OUT)));
  }

  @Test
  void whatKnowsPaperOnlyIsMadeUnderPaper() {
    Artifact cutoffs = new UnderProtocols(new CutoffsArtifact());

    for (Scope scope :
        List.of(scope(1, Protocol.HELD_OUT), scope(1, Protocol.PAPER, Protocol.HELD_OUT))) {
      assertThat(cutoffs.runs(scope)).isEqualTo(cutoffs.runs(scope(1, Protocol.PAPER)));
    }
  }

  @Test
  void numbersOfTheOtherProtocolAreMarkedAndNotAsserted() {
    Artifact both = new UnderProtocols(new PositiveNoiseArtifact());
    Report report = both.report(scope(1, Protocol.PAPER, Protocol.HELD_OUT), runs(0.05));

    assertThat(report.blocks())
        .filteredOn(Table.class::isInstance)
        .extracting(block -> ((Table) block).name())
        .containsExactly("", "held-out", "protocols");
    assertThat(report.blocks())
        .filteredOn(Figure.class::isInstance)
        .extracting(block -> ((Figure) block).name())
        .containsExactly("ml-1m", "ml-1m-held-out");
    Report overall =
        new UnderProtocols(new OverallArtifact())
            .report(scope(1, Protocol.PAPER, Protocol.HELD_OUT), runs(0.05));
    assertThat(overall.checks())
        .isEqualTo(new OverallArtifact().report(scope(1, Protocol.PAPER), runs(0.05)).checks())
        .isNotEmpty();
  }

  @Test
  void saysOfEachClaimWhetherBothAgree() {
    Artifact overall = new UnderProtocols(new OverallArtifact());
    Scope three = scope(3, Protocol.PAPER, Protocol.HELD_OUT);

    assertThat(agreement(overall.report(three, runs(0.05))).rows().get(0).cells())
        .containsExactly(
            "ml-1m",
            "bsl-at-least-sl-mf",
            "BSL is at least as good as SL on clean data, mf",
            "holds",
            "holds",
            "yes");
    assertThat(agreement(overall.report(three, runs(-0.05))).rows().get(0).cells())
        .endsWith("holds", "does not hold", "no");
    Scope one = scope(1, Protocol.PAPER, Protocol.HELD_OUT);
    assertThat(agreement(overall.report(one, runs(-0.05))).rows().get(0).cells())
        .endsWith(
            "undecided, leans to it", "undecided, leans against it", "undecided, leaning apart");
  }

  private static Claim claim(String protocol, Verdict verdict, Leaning leaning) {
    Finding finding = new Finding(3, 1, 1, 1, 0, 0.01, 1, leaning);
    return new Claim("so", 1, "ml-1m", protocol, "It is so", verdict, "", finding);
  }

  @Test
  void aClaimThatOneProtocolAloneHasIsLeftOut() {
    Claim alone = claim("paper", Verdict.HOLDS, Leaning.FOR);

    assertThat(UnderProtocols.agreement(List.of(alone)).rows()).isEmpty();
  }

  /** What is at least as good but for a margin leans to no side by itself. */
  @Test
  void whatWasNotRunIsNotUndecided() {
    Claim decided = claim("paper", Verdict.HOLDS, Leaning.FOR);
    Claim missing = claim("held-out", Verdict.NOT_RUN, Leaning.NEITHER);

    assertThat(UnderProtocols.agreement(List.of(decided, missing)).rows().get(0).cells())
        .endsWith("not run under both");
  }

  @Test
  void theSideOfADecidedClaimIsItsVerdict() {
    Claim paper = claim("paper", Verdict.HOLDS, Leaning.NEITHER);
    Claim alike = claim("held-out", Verdict.UNDECIDED, Leaning.FOR);
    Claim apart = claim("held-out", Verdict.UNDECIDED, Leaning.AGAINST);

    assertThat(UnderProtocols.agreement(List.of(paper, alike)).rows().get(0).cells())
        .endsWith("undecided, leaning alike");
    assertThat(UnderProtocols.agreement(List.of(paper, apart)).rows().get(0).cells())
        .endsWith("undecided, leaning apart");
    Claim neither = claim("held-out", Verdict.UNDECIDED, Leaning.NEITHER);
    assertThat(UnderProtocols.agreement(List.of(paper, neither)).rows().get(0).cells())
        .endsWith("undecided, leans neither way", "undecided");
  }
}
