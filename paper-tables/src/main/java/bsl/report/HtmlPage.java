package bsl.report;

import static bsl.report.HtmlText.escaped;
import static bsl.report.HtmlText.inline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes one HTML page of all reports, with a summary, the verdicts and filters. The page is light
 * or dark as the reader's system is. It needs no other file. Links to runs and figures lead out of
 * it.
 *
 * @param title heading of the page
 * @param about how it came to be, in {@code code}-quoted plain text, a paragraph each
 * @param reports what is on it
 * @param judged whether it says how many claims hold and checks pass
 * @param places options that say where data and runs are, with their values, for the commands that
 *     train runs again; none for the usual places
 */
public record HtmlPage(
    String title, List<String> about, List<Report> reports, boolean judged, List<String> places) {
  /** The protocol that names of claims leave out, so that links of before still lead there. */
  private static final String PAPER = "paper";

  private static final List<String> CLAIM_COLUMNS =
      List.of("claim", "data set", "protocol", "statement", "verdict", "evidence");

  /** A page of the paper's tables and figures, with claims and checks. */
  public HtmlPage(String title, List<String> about, List<Report> reports) {
    this(title, about, reports, true, List.of());
  }

  /** A page of tables and figures without claims. */
  public static HtmlPage ofTables(String title, List<String> about, List<Report> reports) {
    return new HtmlPage(title, about, reports, false, List.of());
  }

  /** The same page for data and runs in other places. */
  public HtmlPage with(List<String> itsPlaces) {
    return new HtmlPage(title, about, reports, judged, List.copyOf(itsPlaces));
  }

  /**
   * Makes the page.
   *
   * @param folder where it will lie, absolute or relative to the current folder. Commands on the
   *     page can be pasted where this program was called
   * @param imprint how it came to be
   */
  String render(Path folder, Imprint imprint) {
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    out.append(escaped(title)).append("</title>\n<style>\n").append(resource("page.css"));
    out.append("</style>\n</head>\n<body>\n<header>\n<h1>")
        .append(escaped(title))
        .append("</h1>\n");
    about.forEach(text -> out.append("<p>").append(inline(text)).append("</p>\n"));
    if (judged) {
      tiles(out);
    }
    out.append("<nav>");
    for (Report report : reports) {
      out.append("<a href=\"#").append(report.id()).append("\">").append(report.id());
      out.append("</a> ");
    }
    out.append("</nav>\n</header>\n<main>\n");
    filters(out);
    verdicts(out);
    failures(out);
    reports.forEach(report -> new HtmlSection(report, folder, imprint, places).render(out));
    out.append("</main>\n<footer>\n<p>Commands are for the folder in which ");
    out.append(judged ? "<code>reproduce</code>" : "the command");
    out.append(" was called.</p>\n<p id=\"imprint\">").append(escaped(imprint.text()));
    out.append("</p>\n</footer>\n<script>\n").append(resource("page.js"));
    return out.append("</script>\n</body>\n</html>\n").toString();
  }

  private List<Claim> claims() {
    return reports.stream().flatMap(report -> report.claims().stream()).toList();
  }

  private List<Check> failed() {
    return reports.stream().flatMap(report -> report.failed().stream()).toList();
  }

  private void tiles(StringBuilder out) {
    Map<Verdict, Integer> counts = new TreeMap<>();
    claims().forEach(claim -> counts.merge(claim.verdict(), 1, Integer::sum));
    List<Check> checks = reports.stream().flatMap(report -> report.checks().stream()).toList();
    out.append("<ul class=\"tiles\" id=\"summary\">");
    for (CheckTally tally : CheckTally.of(checks)) {
      tile(out, tally.complete() ? "good" : "bad", tally.share(), tally.what());
    }
    for (Verdict verdict : Verdict.values()) {
      int count = counts.getOrDefault(verdict, 0);
      tile(out, style(verdict), Integer.toString(count), "claims: " + verdict.text());
    }
    out.append("</ul>\n");
  }

  private static void tile(StringBuilder out, String style, String number, String label) {
    out.append("<li><b class=\"").append(style).append("\">").append(number).append("</b>");
    out.append(label).append("</li>");
  }

  private static String style(Verdict verdict) {
    return switch (verdict) {
      case HOLDS -> "good";
      case FAILS -> "bad";
      case UNDECIDED, NOT_RUN -> "open";
    };
  }

  private void filters(StringBuilder out) {
    out.append(
        "<div class=\"filters\" role=\"search\"><label>Filter <input id=\"words\" type=\"search\" ");
    out.append("placeholder=\"ml-1m bsl\"></label>");
    out.append(judged ? "<label>" : "<label hidden>").append("Verdict <select id=\"verdict\">");
    out.append("<option value=\"\">any</option>");
    for (Verdict verdict : Verdict.values()) {
      out.append("<option>").append(verdict.text()).append("</option>");
    }
    out.append(
        "</select></label><span class=\"soft\" id=\"shown\" role=\"status\"></span></div>\n");
  }

  private void verdicts(StringBuilder out) {
    if (claims().isEmpty()) {
      return;
    }
    out.append("<section id=\"claims\">\n<h2>The paper's claims</h2>\n");
    // Where the window is narrow, each row becomes a block, so that the evidence stays in sight.
    out.append("<table class=\"blocks\">\n<thead><tr>");
    CLAIM_COLUMNS.forEach(column -> out.append("<th>").append(column).append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    for (Report report : reports) {
      for (Claim claim : report.claims()) {
        String link = " (<a href=\"#" + report.id() + "\">" + report.id() + "</a>)";
        out.append("<tr id=\"").append(report.id()).append('.').append(claim.id());
        out.append(claim.dataset().isEmpty() ? "" : "." + claim.dataset().replace(' ', '-'));
        out.append(claim.protocol().equals(PAPER) ? "" : "." + claim.protocol());
        out.append("\" data-verdict=\"").append(claim.verdict().text()).append("\">");
        cell(out, 0, "", claim.label());
        cell(out, 1, "", escaped(claim.dataset()));
        cell(out, 2, "", escaped(claim.protocol()));
        cell(out, 3, "", inline(claim.statement()));
        cell(out, 4, style(claim.verdict()), claim.verdict().text());
        cell(out, 5, "", inline(claim.evidence()) + link);
        out.append("</tr>\n");
      }
    }
    out.append("</tbody></table>\n</section>\n");
  }

  private static void cell(StringBuilder out, int column, String style, String html) {
    out.append("<td data-label=\"").append(CLAIM_COLUMNS.get(column));
    out.append(style.isEmpty() ? "\">" : "\" class=\"" + style + "\">").append(html);
    out.append("</td>");
  }

  private void failures(StringBuilder out) {
    List<Check> failed = failed();
    if (failed.isEmpty()) {
      return;
    }
    out.append("<section id=\"failed\">\n<h2>Failed checks</h2>\n<ul>\n");
    failed.forEach(
        check ->
            out.append("<li class=\"bad\">").append(escaped(check.describe())).append("</li>\n"));
    out.append("</ul>\n</section>\n");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
