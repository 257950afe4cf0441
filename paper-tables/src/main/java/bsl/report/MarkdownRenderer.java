package bsl.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes Markdown of a report. */
public final class MarkdownRenderer {
  private MarkdownRenderer() {}

  /** The whole report, with the imprint at its end. */
  public static String render(Report report, Imprint imprint) {
    StringBuilder out = new StringBuilder("# " + report.title() + "\n");
    long tables = report.blocks().stream().filter(Table.class::isInstance).count();
    for (Block block : report.blocks()) {
      out.append('\n');
      if (block instanceof Heading heading) {
        out.append("## ").append(heading.text()).append('\n');
      } else if (block instanceof Paragraph paragraph) {
        out.append(paragraph.text()).append('\n');
      } else if (block instanceof Table table) {
        // The title says what the only table is.
        out.append(tables > 1 ? "**" + table.caption() + "**\n\n" : "").append(table(table));
      } else if (block instanceof Figure figure) {
        out.append("![").append(figure.title()).append("](");
        out.append(report.fileOf(figure.name())).append(".svg)\n");
      }
    }
    if (!report.claims().isEmpty()) {
      out.append("\n## Claims\n\n").append(table(ClaimTable.of(report.claims())));
    }
    if (!report.checks().isEmpty()) {
      out.append("\n## Asserted\n\n");
      report.checks().forEach(check -> out.append("- ").append(check.describe()).append('\n'));
    }
    return out.append("\n---\nReport: ").append(imprint.text()).append(".\n").toString();
  }

  /** A table on its own. */
  public static String table(Table table) {
    StringBuilder out = new StringBuilder();
    line(out, table.columns().stream().map(Column::title).toList());
    line(out, table.columns().stream().map(c -> c.numeric() ? "---:" : "---").toList());
    for (Table.Row row : table.rows()) {
      line(out, shown(table, row));
    }
    return out.toString();
  }

  /** A row's cells as people see them. */
  static List<String> shown(Table table, Table.Row row) {
    return IntStream.range(0, table.columns().size())
        .mapToObj(c -> table.columns().get(c).shown(row.cells().get(c)))
        .toList();
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append(
        cells.stream()
            .map(c -> c.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
