package bsl.report;

import static bsl.report.HtmlText.escaped;
import static bsl.report.HtmlText.inline;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * One report as a section of the page.
 *
 * @param report what is shown
 * @param folder where the page lies, to say how its runs are trained again
 * @param imprint how it came to be, for its figures
 * @param places options of commands that train runs again
 */
record HtmlSection(Report report, Path folder, Imprint imprint, List<String> places) {
  void render(StringBuilder out) {
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
        figure(out, figure);
      }
    }
    if (!report.checks().isEmpty()) {
      out.append("<details><summary>").append(Check.counted(report.checks())).append(" asserted, ");
      out.append(report.failed().size()).append(" failed</summary><ul>\n");
      for (Check check : report.checks()) {
        out.append(check.passes() ? "<li>" : "<li class=\"bad\">");
        out.append(escaped(check.describe())).append("</li>\n");
      }
      out.append("</ul></details>\n");
    }
    out.append("</section>\n");
  }

  private void table(StringBuilder out, Table table) {
    // Reachable by keyboard, because that is how some readers scroll.
    out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    out.append(escaped(table.caption())).append("\"><table>\n<caption>");
    out.append(escaped(table.caption())).append("</caption>\n<thead><tr>");
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
        out.append("<td>").append(row.runs().isEmpty() ? "" : runs(row)).append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
  }

  /** Where a row comes from, and the commands that train it again. */
  private String runs(Table.Row row) {
    List<String> runs = row.runs();
    StringBuilder links = new StringBuilder();
    StringBuilder commands = new StringBuilder();
    for (int r = 0; r < runs.size(); r++) {
      links.append(r == 0 ? "" : " ").append("<a href=\"");
      links.append(escaped(UrlText.of(runs.get(r) + "/provenance.json"))).append("\">");
      links.append(r == 0 ? "provenance" : Integer.toString(r + 1)).append("</a>");
      if (row.commands().isEmpty()) {
        command(commands, ShellCommand.rerun(folder.resolve(runs.get(r)), places));
      }
    }
    row.commands().forEach(command -> command(commands, command));
    return links + "<details><summary>train again</summary>" + commands + "</details>";
  }

  private static void command(StringBuilder out, String command) {
    out.append("<code>").append(escaped(command)).append("</code>");
  }

  private void figure(StringBuilder out, Figure figure) {
    if (!FigureRenderer.available()) {
      out.append("<p class=\"soft\">" + Report.NOT_DRAWN);
      out.append(escaped(description(figure))).append("</p>\n");
      return;
    }
    // In an element of its own, because names inside one SVG must not meet those of another.
    String image = Base64.getEncoder().encodeToString(FigureRenderer.svg(figure, imprint));
    out.append("<figure><img loading=\"lazy\" src=\"data:image/svg+xml;base64,").append(image);
    out.append("\" alt=\"").append(escaped(description(figure))).append("\">\n<figcaption>");
    for (String format : new String[] {"svg", "png"}) {
      String file = escaped(report.fileOf(figure.name()) + "." + format);
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
}
