package bsl.cli;

import bsl.core.kernel.Kernels;
import bsl.paper.Artifact;
import bsl.paper.Expectations;
import bsl.paper.Scope;
import bsl.paper.StoredRuns;
import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.FigureRenderer;
import bsl.report.HtmlPage;
import bsl.report.Imprint;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.ReportFolder;
import bsl.run.RunSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** What {@code bsl reproduce} ends with: files, the page, and the verdicts on the terminal. */
final class ReproductionReport {
  private final Path out;
  private final int threads;
  private final PrintWriter to;
  private final PrintWriter errors;
  private final long start;

  /**
   * @param out where the files go
   * @param threads number of trainings at a time, for the page
   * @param terminal where verdicts and warnings go
   * @param start {@link System#nanoTime} when it all began
   */
  ReproductionReport(Path out, int threads, CommandLine terminal, long start) {
    this.out = out;
    this.threads = threads;
    this.to = terminal.getOut();
    this.errors = terminal.getErr();
    this.start = start;
  }

  /**
   * Writes the artifacts whose runs are finished, of others the data sets whose runs are, and says
   * what came out.
   *
   * @return whether every number is within its tolerance
   */
  boolean write(List<Artifact> artifacts, Scope scope, StoredRuns finished) {
    ReportFolder folder =
        new ReportFolder(out, Imprint.ofToday(scope.profile().title(), scope.preset()));
    if (!FigureRenderer.available()) {
      errors.println(
          "bsl: figures are left out: Java finds no fonts; on Debian, install fontconfig and"
              + " fonts-dejavu-core");
    }
    List<Report> reports = new ArrayList<>();
    for (Artifact artifact : artifacts) {
      Optional<Scope> part = artifact.reportable(scope, finished::has);
      if (part.isPresent()) {
        Report report = Expectations.applied(part.get(), artifact.report(part.get(), finished));
        if (!part.get().equals(scope)) {
          report = report.headed(new Paragraph(missing(artifact, scope, part.get(), finished)));
        }
        to.println("written: " + folder.write(report));
        reports.add(report);
      } else {
        to.println("not written: " + artifact.id() + ", " + share(artifact, scope, finished));
      }
    }
    to.println("written: " + folder.write(page(scope, finished, reports)));
    verdicts(reports);
    to.flush();
    return reports.stream().allMatch(Report::holds);
  }

  private static String missing(Artifact artifact, Scope scope, Scope part, StoredRuns finished) {
    List<String> missing = new ArrayList<>(scope.datasets());
    missing.removeAll(part.datasets());
    return "Not complete: without "
        + String.join(", ", missing)
        + "; "
        + share(artifact, scope, finished)
        + ".";
  }

  private static String share(Artifact artifact, Scope scope, StoredRuns finished) {
    List<RunSpec> runs = artifact.runs(scope);
    return runs.stream().filter(finished::has).count()
        + " of "
        + runs.size()
        + " runs are finished";
  }

  private HtmlPage page(Scope scope, StoredRuns finished, List<Report> reports) {
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    List<String> about = new ArrayList<>();
    about.add(
        String.format(
            Locale.ROOT,
            "Profile `%s`, preset `%s`, data sets %s, backbones %s, seeds 1 to %d. Protocol `paper` unless a table says otherwise:"
                + " the epoch is selected on the test set, as the authors did.",
            scope.profile().title(),
            scope.preset(),
            String.join(", ", scope.datasets()),
            String.join(", ", scope.backbones()),
            scope.seeds()));
    about.add(
        String.format(
            Locale.ROOT,
            "%d runs, %.0f min of training; %.0f min on the clock this time, %d threads. Java %s, %s %s, kernels %s.",
            finished.size(),
            finished.trainSeconds() / 60,
            wall.toSeconds() / 60.0,
            threads,
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Kernels.best().name()));
    return new HtmlPage("BSL, reproduced", about, reports);
  }

  private void verdicts(List<Report> reports) {
    int failed = 0;
    int checks = 0;
    to.println();
    for (Report report : reports) {
      for (Claim claim : report.claims()) {
        to.printf(
            Locale.ROOT,
            "%-14s %-10s %s: %s%n",
            claim.verdict().text(),
            claim.dataset(),
            claim.statement(),
            claim.evidence());
      }
      checks += report.checks().size();
      for (Check check : report.failed()) {
        to.println("OUT OF TOLERANCE " + report.id() + ": " + check.describe());
      }
      failed += report.failed().size();
    }
    to.printf(Locale.ROOT, "%n%d of %d numbers within tolerance%n", checks - failed, checks);
  }
}
