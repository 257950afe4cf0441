package bsl.compare;

import bsl.core.CountText;
import bsl.core.Split;
import bsl.core.kernel.Kernels;
import bsl.report.Block;
import bsl.report.Heading;
import bsl.report.HtmlPage;
import bsl.report.Imprint;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.ReportFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a comparison as Markdown, CSV, LaTeX and HTML: {@code compare.md}, {@code compare.csv}
 * with the main table, further tables as {@code compare-NAME.csv}, {@code compare.tex} and {@code
 * report.html}.
 */
public final class ComparisonReport {
  private static final String ID = "compare";

  private final ComparisonResult result;
  private final Path folder;
  private final TrainAgain again;

  /**
   * @param result what has come out
   * @param folder where the files go
   * @param again makes the commands that train again
   */
  public ComparisonReport(ComparisonResult result, Path folder, TrainAgain again) {
    this.result = result;
    this.folder = folder;
    this.again = again;
  }

  /**
   * Writes the files, in place of those of an earlier comparison.
   *
   * @return the Markdown file and the page
   */
  public List<Path> write() {
    Report report = report();
    Imprint imprint = Imprint.ofToday(ID, presets());
    ReportFolder to = new ReportFolder(folder, imprint);
    Path markdown = to.write(report);
    to.removeOthersOf(report);
    Path page =
        to.page(HtmlPage.ofTables(report.title(), about(), List.of(report)).with(again.places()));
    return List.of(markdown, page);
  }

  /** The presets that anything was trained with, as they were named. */
  private String presets() {
    List<String> named =
        result.contestants().values().stream()
            .flatMap(List::stream)
            .filter(contestant -> !contestant.isBaseline())
            .map(Contestant::preset)
            .distinct()
            .toList();
    return named.isEmpty() ? "none" : String.join(", ", named);
  }

  /** The report. */
  Report report() {
    ComparisonRequest request = result.request();
    ComparisonTables tables = new ComparisonTables(result, folder, again);
    ComparisonWords words = new ComparisonWords(result);
    List<Block> blocks = new ArrayList<>(words.before());
    for (String dataset : request.datasets()) {
      if (!result.ranked(dataset).isEmpty()) {
        blocks.add(new Heading(dataset));
        blocks.add(tables.main(dataset));
        if (result.isComplete()) {
          // A JVM that is going down may not draw any more.
          blocks.add(tables.figure(dataset));
        }
      }
    }
    blocks.add(words.columns());
    if (!result.tests().tests().isEmpty()) {
      blocks.add(new Heading("Tests"));
      blocks.add(tables.tests());
    }
    blocks.add(new Heading("Details"));
    blocks.add(tables.details());
    blocks.add(new Heading("Runs"));
    blocks.add(tables.seeds());
    blocks.add(new Heading("To train again"));
    blocks.addAll(commands());
    return new Report(
        ID, "Comparison on " + String.join(", ", request.datasets()), blocks, List.of(), List.of());
  }

  private List<Block> commands() {
    List<Block> blocks = new ArrayList<>();
    for (List<Contestant> those : result.contestants().values()) {
      for (Contestant contestant : those) {
        String first = again.of(result.request(), contestant).get(0);
        String more = contestant.isBaseline() || result.request().seeds() == 1 ? "" : ", seed 1";
        blocks.add(new Paragraph("`" + contestant.name() + "`" + more + ": `" + first + "`"));
      }
    }
    return blocks;
  }

  private List<String> about() {
    List<String> about = new ArrayList<>();
    for (String dataset : result.request().datasets()) {
      Split split = result.comparison().split(dataset);
      about.add(
          String.format(
              Locale.ROOT,
              "Data set `%s`: %s, %s, %,d train and %s.",
              dataset,
              CountText.grouped(split.users(), "user"),
              CountText.grouped(split.items(), "item"),
              split.train().size(),
              CountText.grouped(split.test().size(), "test pair")));
    }
    about.add(
        String.format(
            Locale.ROOT,
            "Java %s, %s %s, kernels %s.",
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Kernels.best().name()));
    return about;
  }
}
