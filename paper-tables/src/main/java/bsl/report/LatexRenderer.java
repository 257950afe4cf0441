package bsl.report;

/**
 * Makes LaTeX of a report's tables and figures. A document that takes it in needs the packages
 * array, booktabs and graphicx.
 *
 * <p>Labels are {@code tab:NAME} and {@code fig:NAME}, NAME as in the file names. Tables fit into
 * the text width of class article at ten points, see {@link LatexTable}.
 */
public final class LatexRenderer {
  private LatexRenderer() {}

  /** All tables and figures of the report, each a float. */
  public static String render(Report report, Imprint imprint) {
    StringBuilder out = new StringBuilder("% " + report.title() + "\n");
    out.append("% ").append(imprint.text()).append('\n');
    out.append("% needs \\usepackage{array,booktabs,graphicx}\n");
    for (Block block : report.blocks()) {
      if (block instanceof Table table) {
        new LatexTable(table, "tab:" + report.fileOf(table.name())).render(out);
      } else if (block instanceof Figure figure) {
        String file = report.fileOf(figure.name());
        out.append("\\begin{figure}\n\\centering\n\\includegraphics[width=\\linewidth]{");
        out.append(file).append(".png}\n\\caption{").append(LatexText.plain(figure.title()));
        out.append("}\n\\label{fig:").append(file).append("}\n\\end{figure}\n");
      }
    }
    return out.toString();
  }
}
