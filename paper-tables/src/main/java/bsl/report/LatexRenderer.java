package bsl.report;

import java.util.List;
import java.util.stream.Collectors;

/** Makes LaTeX of a report's tables (package booktabs) and figures (package graphicx). */
public final class LatexRenderer {
  private LatexRenderer() {}

  /** All tables and figures of the report, each a float. */
  public static String render(Report report) {
    StringBuilder out =
        new StringBuilder("% " + report.title() + "; needs \\usepackage{booktabs,graphicx}\n");
    for (Block block : report.blocks()) {
      if (block instanceof Table table) {
        out.append(table(table));
      } else if (block instanceof Figure figure) {
        out.append("\\begin{figure}\n\\centering\n\\includegraphics[width=\\linewidth]{");
        out.append(report.fileOf(figure.name())).append(".png}\n");
        out.append("\\caption{").append(escaped(figure.title())).append("}\n\\end{figure}\n");
      }
    }
    return out.toString();
  }

  private static String table(Table table) {
    StringBuilder out = new StringBuilder("\\begin{table}\n\\centering\n");
    out.append("\\caption{").append(escaped(table.caption())).append("}\n\\begin{tabular}{");
    table.columns().forEach(column -> out.append(column.numeric() ? 'r' : 'l'));
    out.append("}\n\\toprule\n");
    line(out, table.columns().stream().map(Column::title).toList());
    out.append("\\midrule\n");
    table.rows().forEach(row -> line(out, MarkdownRenderer.shown(table, row)));
    return out.append("\\bottomrule\n\\end{tabular}\n\\end{table}\n").toString();
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append(cells.stream().map(LatexRenderer::escaped).collect(Collectors.joining(" & ")));
    out.append(" \\\\\n");
  }

  /** A text with what has a meaning in LaTeX taken as it stands. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\textbackslash{}");
        case '~' -> out.append("\\textasciitilde{}");
        case '^' -> out.append("\\textasciicircum{}");
        case '<' -> out.append("$<$");
        case '>' -> out.append("$>$");
        case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').append(c);
        case '`' -> {
          // Code in running text has no place in a cell.
        }
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
