package bsl.report;

import bsl.run.TextFiles;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Writes reports into a folder: Markdown, CSV, LaTeX, SVG and PNG, and one page of all. */
public final class ReportFolder {
  private final Path folder;
  private final Imprint imprint;

  /**
   * @param folder made when something is written
   * @param imprint how the reports came to be; it stands in every file
   */
  public ReportFolder(Path folder, Imprint imprint) {
    this.folder = folder;
    this.imprint = imprint;
  }

  /**
   * Writes the files of one report, replacing older ones. Figures that cannot be drawn are left
   * out, and the report says so.
   *
   * @return the Markdown file
   */
  public Path write(Report report) {
    return files(drawable(report));
  }

  private static Report drawable(Report report) {
    return FigureRenderer.available() ? report : report.withoutFigures();
  }

  private Path files(Report report) {
    for (Block block : report.blocks()) {
      if (block instanceof Table table) {
        text(report.fileOf(table.name()) + ".csv", CsvRenderer.render(table, imprint));
      } else if (block instanceof Figure figure) {
        String file = report.fileOf(figure.name());
        TextFiles.write(folder.resolve(file + ".svg"), FigureRenderer.svg(figure, imprint));
        TextFiles.write(folder.resolve(file + ".png"), FigureRenderer.png(figure, imprint));
      }
    }
    text(report.id() + ".tex", LatexRenderer.render(report, imprint));
    return text(report.id() + ".md", MarkdownRenderer.render(report, imprint));
  }

  /**
   * Removes tables and figures that an earlier report of the same id has left and this one lacks.
   * Which these are is kept in a hidden file, so that no file of anybody else's goes.
   */
  public void removeOthersOf(Report report) {
    Set<String> own = new TreeSet<>();
    for (Block block : drawable(report).blocks()) {
      if (block instanceof Table table) {
        own.add(report.fileOf(table.name()) + ".csv");
      } else if (block instanceof Figure figure) {
        own.add(report.fileOf(figure.name()) + ".svg");
        own.add(report.fileOf(figure.name()) + ".png");
      }
    }
    String list = "." + report.id() + "-files.txt";
    Set<String> earlier = Set.copyOf(TextFiles.lines(folder.resolve(list)));
    TextFiles.deleteAll(folder, name -> earlier.contains(name) && !own.contains(name));
    text(list, String.join("\n", own) + "\n");
  }

  /**
   * Writes what is about all reports: {@code claims.csv} and {@code report.html}.
   *
   * @param page the reports and how they came to be
   * @return the page
   */
  public Path write(HtmlPage page) {
    text("claims.csv", CsvRenderer.render(ClaimTable.ofReports(page.reports()), imprint));
    return page(page);
  }

  /**
   * Writes the page alone, for reports without claims.
   *
   * @return the page
   */
  public Path page(HtmlPage page) {
    return text("report.html", page.render(folder, imprint));
  }

  private Path text(String name, String text) {
    Path file = folder.resolve(name);
    TextFiles.write(file, text);
    return file;
  }
}
