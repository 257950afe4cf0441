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
            Column.text("statement", "statement"),
            Column.text("verdict", "verdict"),
            Column.text("evidence", "evidence"));
    for (Claim claim : claims) {
      table.add(
          claim.label(),
          claim.dataset(),
          claim.statement(),
          claim.verdict().text(),
          claim.evidence());
    }
    return table;
  }

  /** The claims of many reports, for programs: report, data set and id name one of them. */
  static Table ofReports(List<Report> reports) {
    Table table =
        new Table(
            "claims",
            "Claims",
            Column.text("report", "report"),
            Column.text("dataset", "data set"),
            Column.text("id", "id"),
            Column.text("claim", "claim"),
            Column.text("statement", "statement"),
            Column.text("verdict", "verdict"),
            Column.text("evidence", "evidence"));
    for (Report report : reports) {
      for (Claim claim : report.claims()) {
        table.add(
            report.id(),
            claim.dataset(),
            claim.id(),
            claim.label(),
            claim.statement(),
            claim.verdict().text(),
            claim.evidence());
      }
    }
    return table;
  }
}
