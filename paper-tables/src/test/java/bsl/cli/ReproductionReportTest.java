package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.paper.ReproductionOutcome;
import bsl.report.Check;
import bsl.report.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReproductionReportTest {
  private static final Check NUMBER = Check.atLeast("Recall@20", 0.27, 0.27, 0.02);
  private static final Check TOO_LOW = Check.atLeast("NDCG@20", 0.2, 0.27, 0.02);
  private static final Check HOLDS = Check.holds("BSL is as good as SL", true);
  private static final Check FAILS = Check.holds("SL is better than BPR", false);

  private static List<String> printed(Check... checks) {
    StringWriter text = new StringWriter();
    PrintWriter to = new PrintWriter(text);
    Report report = new Report("overall", "Overall", List.of(), List.of(), List.of(checks));
    new ReproductionReport(to, to)
        .print(new ReproductionOutcome(Optional.empty(), List.of(report), List.of(), List.of()));
    return text.toString().lines().filter(line -> !line.isBlank()).toList();
  }

  @Test
  void numbersHaveATolerance() {
    assertThat(printed(NUMBER, TOO_LOW))
        .containsExactly(
            "OUT OF TOLERANCE overall: " + TOO_LOW.describe(), "1 of 2 numbers within tolerance");
  }

  @Test
  void statementsHaveNone() {
    assertThat(printed(HOLDS, FAILS, HOLDS))
        .containsExactly(
            "NOT AS EXPECTED overall: SL is better than BPR: does not hold, although expected to",
            "2 of 3 statements as expected");
  }

  @Test
  void bothAreCountedApart() {
    assertThat(printed(HOLDS, NUMBER, NUMBER))
        .containsExactly("2 of 2 numbers within tolerance, 1 of 1 statements as expected");
    assertThat(printed()).containsExactly("no number here is held to a published one");
  }
}
