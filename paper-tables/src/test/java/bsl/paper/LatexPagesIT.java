package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bsl.report.Column;
import bsl.report.LatexRenderer;
import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LaTeX by LaTeX itself. Skipped where pdflatex is not installed. */
class LatexPagesIT {
  private static final Path PDFLATEX = Path.of("/usr/bin/pdflatex");

  @TempDir Path folder;

  private static Report overall() {
    Map<String, Double> metrics = new HashMap<>();
    for (int k : new int[] {5, 10, 15, 20}) {
      metrics.put("recall@" + k, 0.07123);
      metrics.put("ndcg@" + k, 0.06789);
    }
    return new OverallArtifact()
        .report(Scope.paper("yelp2018", "gowalla", "ml-1m"), new FakeRuns(spec -> metrics));
  }

  private static Report theory() {
    return new Report("theory", "", List.of(new TheoryTable().table()), List.of(), List.of());
  }

  private static Report awkward() {
    Table table =
        new Table(
            "",
            "Per cent %, under_score, tau & 100 rows",
            Column.number("n", "n", "%d"),
            Column.text("words", "words with a title that is longer than most"),
            Column.deviation("deviation", "a deviation in per cent"));
    for (int row = 0; row < 100; row++) {
      table.add(row, "some {words} that wrap, with $, ^ and \\ in row #" + row, -0.5);
    }
    return new Report("awkward", "", List.of(table), List.of(), List.of());
  }

  @Test
  void tablesStayWithinThePage() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PDFLATEX), "skipped: " + PDFLATEX + " is not installed");
    StringBuilder document =
        new StringBuilder(
            "\\documentclass[10pt]{article}\n\\usepackage{array,booktabs,graphicx}\n"
                + "\\begin{document}\n");
    for (Report report : List.of(overall(), theory(), awkward())) {
      document.append(LatexRenderer.render(report, Rendered.IMPRINT)).append("\\clearpage\n");
    }
    Files.writeString(folder.resolve("all.tex"), document.append("\\end{document}\n"));

    Process latex =
        new ProcessBuilder(
                PDFLATEX.toString(), "-interaction=nonstopmode", "-halt-on-error", "all.tex")
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("output").toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(latex.waitFor(2, TimeUnit.MINUTES)).isTrue();

    String log = Files.readString(folder.resolve("all.log"), StandardCharsets.ISO_8859_1);
    assertThat(latex.exitValue()).as(log).isZero();
    assertThat(log.lines().filter(line -> line.matches("Overfull.*|.*Float too large.*")))
        .as(log)
        .isEmpty();
  }
}
