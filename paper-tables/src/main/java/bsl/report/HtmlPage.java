package bsl.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One page with everything: a summary, the verdicts, every report, filters; light or dark as the
 * reader's system is. It needs no other file; only links to runs and figures lead out of it.
 *
 * @param title heading of the page
 * @param about how it came to be, in {@code code}-quoted plain text, a paragraph each
 * @param reports what is on it
 */
public record HtmlPage(String title, List<String> about, List<Report> reports) {
  /** Pixels of a figure per unit: sharp on screens with two pixels a point. */
  private static final int SCALE = 2;

  /** The page. */
  public String render() {
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    out.append(escaped(title)).append("</title>\n<style>\n").append(resource("page.css"));
    out.append("</style>\n</head>\n<body>\n<header>\n<h1>")
        .append(escaped(title))
        .append("</h1>\n");
    about.forEach(text -> out.append("<p>").append(inline(text)).append("</p>\n"));
    tiles(out);
    out.append("<nav>");
    for (Report report : reports) {
      out.append("<a href=\"#").append(report.id()).append("\">").append(report.id());
      out.append("</a> ");
    }
    out.append("</nav>\n</header>\n<main>\n");
    filters(out);
    verdicts(out);
    failures(out);
    reports.forEach(report -> section(out, report));
    out.append("</main>\n<script>\n").append(resource("page.js"));
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
    int all = reports.stream().mapToInt(report -> report.checks().size()).sum();
    int passed = all - failed().size();
    out.append("<ul class=\"tiles\" id=\"summary\">");
    tile(out, passed == all ? "good" : "bad", passed + " of " + all, "numbers within tolerance");
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

  private static void filters(StringBuilder out) {
    out.append(
        "<div class=\"filters\" role=\"search\"><label>Filter <input id=\"words\" type=\"search\" ");
    out.append("placeholder=\"ml-1m bsl\"></label><label>Verdict <select id=\"verdict\">");
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
    out.append(
        "<section id=\"claims\">\n<h2>The paper's claims</h2>\n<div class=\"scroll\"><table>\n");
    out.append("<thead><tr><th>claim</th><th>data set</th><th>statement</th><th>verdict</th>");
    out.append("<th>evidence</th></tr></thead>\n<tbody>\n");
    for (Report report : reports) {
      for (Claim claim : report.claims()) {
        out.append("<tr data-verdict=\"").append(claim.verdict().text()).append("\"><td>");
        out.append(claim.label());
        out.append("</td><td>").append(escaped(claim.dataset())).append("</td><td>");
        out.append(inline(claim.statement())).append("</td><td class=\"");
        out.append(style(claim.verdict())).append("\">").append(claim.verdict().text());
        out.append("</td><td>").append(inline(claim.evidence())).append(" (<a href=\"#");
        out.append(report.id()).append("\">").append(report.id()).append("</a>)</td></tr>\n");
      }
    }
    out.append("</tbody></table></div>\n</section>\n");
  }

  private void failures(StringBuilder out) {
    List<Check> failed = failed();
    if (failed.isEmpty()) {
      return;
    }
    out.append("<section id=\"failed\">\n<h2>Out of tolerance</h2>\n<ul>\n");
    failed.forEach(
        check ->
            out.append("<li class=\"bad\">").append(escaped(check.describe())).append("</li>\n"));
    out.append("</ul>\n</section>\n");
  }

  private static void section(StringBuilder out, Report report) {
    out.append("<section id=\"").append(report.id()).append("\">\n<h2>");
    out.append(escaped(report.title())).append("</h2>\n");
    for (Block block : report.blocks()) {
      if (block instanceof Heading heading) {
        out.append("<h3>").append(escaped(heading.text())).append("</h3>\n");
      } else if (block instanceof Paragraph paragraph) {
        out.append("<p>").append(inline(paragraph.text())).append("</p>\n");
      } else if (block instanceof Table table) {
        table(out, table);
      } else if (block instanceof Figure figure) {
        figure(out, report, figure);
      }
    }
    if (!report.checks().isEmpty()) {
      out.append("<details><summary>").append(report.checks().size()).append(" numbers asserted, ");
      out.append(report.failed().size()).append(" out of tolerance</summary><ul>\n");
      report
          .checks()
          .forEach(check -> out.append("<li>").append(escaped(check.describe())).append("</li>\n"));
      out.append("</ul></details>\n");
    }
    out.append("</section>\n");
  }

  private static void table(StringBuilder out, Table table) {
    out.append("<div class=\"scroll\"><table>\n<caption>").append(escaped(table.caption()));
    out.append("</caption>\n<thead><tr>");
    for (Column column : table.columns()) {
      out.append(column.numeric() ? "<th class=\"number\">" : "<th>");
      out.append(escaped(column.title())).append("</th>");
    }
    out.append(table.hasRuns() ? "<th>run</th>" : "").append("</tr></thead>\n<tbody>\n");
    for (Table.Row row : table.rows()) {
      out.append("<tr>");
      List<String> cells = MarkdownRenderer.shown(table, row);
      for (int c = 0; c < cells.size(); c++) {
        out.append(table.columns().get(c).numeric() ? "<td class=\"number\">" : "<td>");
        out.append(inline(cells.get(c))).append("</td>");
      }
      if (table.hasRuns()) {
        out.append("<td>").append(row.run().isEmpty() ? "" : run(row.run())).append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
  }

  /** Where a row comes from, and the command that trains it again. */
  private static String run(String run) {
    String file = escaped(run + "/provenance.json");
    return "<details><summary><a href=\""
        + file
        + "\">provenance</a></summary><code>./bsl rerun "
        + file
        + "</code></details>";
  }

  private static void figure(StringBuilder out, Report report, Figure figure) {
    if (!FigureRenderer.available()) {
      out.append("<p class=\"soft\">Not drawn, Java finds no fonts: ");
      out.append(escaped(description(figure))).append("</p>\n");
      return;
    }
    String image = Base64.getEncoder().encodeToString(FigureRenderer.png(figure, SCALE));
    out.append("<figure><img loading=\"lazy\" src=\"data:image/png;base64,").append(image);
    out.append("\" alt=\"").append(escaped(description(figure))).append("\">\n<figcaption>");
    for (String format : new String[] {"svg", "png"}) {
      String file = report.fileOf(figure.name()) + "." + format;
      out.append("<a href=\"").append(file).append("\">").append(file).append("</a> ");
    }
    out.append("</figcaption></figure>\n");
  }

  /** What the figure says, for those who do not see it: it is a picture. */
  private static String description(Figure figure) {
    StringBuilder text = new StringBuilder(figure.title());
    text.append(": ").append(figure.y()).append(" by ").append(figure.x()).append(". ");
    for (Figure.Series series : figure.series()) {
      if (series.y().length > 0) {
        text.append(
            String.format(
                Locale.ROOT,
                "%s from %.4g to %.4g. ",
                series.name(),
                series.y()[0],
                series.y()[series.y().length - 1]));
      }
    }
    return text.toString().trim();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text with what stands between backquotes as code. */
  private static String inline(String text) {
    return escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
