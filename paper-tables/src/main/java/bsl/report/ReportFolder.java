package bsl.report;

import bsl.run.TextFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where reports go: a Markdown, CSV, LaTeX, SVG and PNG file each, and one page for all. */
public final class ReportFolder {
  private final Path folder;

  /**
   * @param folder made when something is written
   * @param imprint stands in every file
   */
  public ReportFolder(Path folder, Imprint imprint) {
    this(folder);
  }

  /**
   * @param folder made when something is written
   */
  public ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the files of one report, replacing older ones; figures only if they can be drawn.
   *
   * @return the Markdown file
   */
  public Path write(Report report) {
    for (Block block : report.blocks()) {
      if (block instanceof Table table) {
        text(report.fileOf(table.name()) + ".csv", CsvRenderer.render(table));
      } else if (block instanceof Figure figure && FigureRenderer.available()) {
        String file = report.fileOf(figure.name());
        TextFiles.write(folder.resolve(file + ".svg"), FigureRenderer.svg(figure));
        TextFiles.write(folder.resolve(file + ".png"), FigureRenderer.png(figure));
      }
    }
    text(report.id() + ".tex", LatexRenderer.render(report));
    return text(report.id() + ".md", MarkdownRenderer.render(report));
  }

  /**
   * Writes what is about all reports: {@code claims.csv} and {@code report.html}.
   *
   * @param page the reports and how they came to be
   * @return the page
   */
  public Path write(HtmlPage page) {
    List<Claim> claims = new ArrayList<>();
    page.reports().forEach(report -> claims.addAll(report.claims()));
    text("claims.csv", CsvRenderer.render(MarkdownRenderer.claims(claims)));
    return text("report.html", page.render());
  }

  private Path text(String name, String text) {
    Path file = folder.resolve(name);
    TextFiles.write(file, text);
    return file;
  }
}
