package bsl.report;

import java.util.List;

/** Verdicts as tables: for people, and for programs. */
final class ClaimTable {
  private ClaimTable() {}

  /** The claims of one report, for people. */
  static Table of(List<Claim> claims) {
    Table table =
        new Table(
            "claims",
            "Claims",
            Column.text("claim", "claim"),
            Column.text("dataset", "data set"),
            Column.text("protocol", "protocol"),
            Column.statement("statement", "statement"),
            Column.text("verdict", "verdict"),
            Column.statement("evidence", "evidence"));
    for (Claim claim : claims) {
      table.add(
          claim.label(),
          claim.dataset(),
          claim.protocol(),
          claim.statement(),
          claim.verdict().text(),
          claim.evidence());
    }
    return table;
  }

  /** The claims of many reports, for programs: report, data set, id and protocol name one. */
  static Table ofReports(List<Report> reports) {
    Table table =
        new Table(
            "claims",
            "Claims",
            Column.text("report", "report"),
            Column.text("dataset", "data set"),
            Column.text("id", "id"),
            Column.text("claim", "claim"),
            Column.statement("statement", "statement"),
            Column.text("verdict", "verdict"),
            Column.statement("evidence", "evidence"),
            Column.text("protocol", "protocol"),
            Column.number("seeds", "seeds", "%d"),
            Column.text("leaning", "leaning"),
            Column.number("effect", "effect", "%.5g"),
            Column.number("low", "low", "%.5g"),
            Column.number("high", "high", "%.5g"),
            Column.number("threshold", "threshold", "%.5g"),
            Column.number("p", "p", "%.2g"),
            Column.number("tests", "tests", "%d"));
    for (Report report : reports) {
      for (Claim claim : report.claims()) {
        table.add(
            report.id(),
            claim.dataset(),
            claim.id(),
            claim.label(),
            claim.statement(),
            claim.verdict().text(),
            claim.evidence(),
            claim.protocol(),
            claim.finding().seeds(),
            claim.finding().leaning().key(),
            claim.finding().effect(),
            claim.finding().low(),
            claim.finding().high(),
            claim.finding().threshold(),
            claim.finding().pValue(),
            claim.finding().tests());
      }
    }
    return table;
  }
}
