package bsl.cli;

import bsl.paper.ReproductionOutcome;
import bsl.report.Check;
import bsl.report.CheckTally;
import bsl.report.Claim;
import bsl.report.FigureRenderer;
import bsl.report.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code bsl reproduce} ends with on the terminal: files, verdicts, numbers. */
final class ReproductionReport {
  private final PrintWriter to;
  private final PrintWriter errors;

  ReproductionReport(PrintWriter to, PrintWriter errors) {
    this.to = to;
    this.errors = errors;
  }

  void print(ReproductionOutcome outcome) {
    if (!FigureRenderer.available()) {
      errors.println("bsl: " + MissingFonts.FIGURES_LEFT_OUT);
    }
    for (Path file : outcome.files()) {
      to.println("written: " + file);
    }
    for (ReproductionOutcome.Missing missing : outcome.missing()) {
      to.println(
          (missing.written() ? "written in part: " : "not written: ")
              + missing.artifact()
              + ", "
              + missing.finished()
              + " of "
              + missing.runs()
              + " runs are finished"
              + (missing.stopped() ? "; it evaluates models, which the same command does" : ""));
    }
    outcome.page().ifPresent(page -> to.println("written: " + page));
    if (!outcome.reports().isEmpty()) {
      printVerdicts(outcome);
    }
    to.flush();
  }

  private void printVerdicts(ReproductionOutcome outcome) {
    to.println();
    for (Report report : outcome.reports()) {
      for (Claim claim : report.claims()) {
        to.println(
            pad(claim.verdict().text(), 14)
                + pad(claim.dataset(), 10)
                + pad(claim.protocol(), 9)
                + claim.statement()
                + ": "
                + claim.evidence());
      }
      for (Check check : report.failed()) {
        boolean statement = check.kind() == Check.Kind.STATEMENT;
        to.println(
            (statement ? "NOT AS EXPECTED " : "OUT OF TOLERANCE ")
                + report.id()
                + ": "
                + check.describe());
      }
    }
    to.println();
    List<CheckTally> tallies = CheckTally.of(outcome.checks());
    to.println(
        tallies.isEmpty()
            ? "no number here is held to a published one"
            : tallies.stream().map(CheckTally::toString).collect(Collectors.joining(", ")));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length())) + " ";
  }
}
