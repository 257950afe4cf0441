package bsl.compare;

import bsl.core.CountText;
import bsl.eval.Evidence;
import bsl.eval.Interval;
import bsl.report.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A comparison as a short table for the terminal. */
public final class ComparisonText {
  private static final String GAP = "  ";

  private final ComparisonResult result;

  /**
   * @param result what has come out
   */
  public ComparisonText(ComparisonResult result) {
    this.result = result;
  }

  /** The lines: a table for each data set, and how to read it. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String dataset : result.request().datasets()) {
      if (!result.ranked(dataset).isEmpty()) {
        lines.add(heading(dataset));
        lines.addAll(aligned(rows(dataset)));
      }
    }
    int family = result.tests().family();
    if (family > 0) {
      lines.add(
          "p by Holm's correction over "
              + CountText.of(family, "test")
              + "; ± and brackets are 95% intervals"
              + (result.tests().allDecidable()
                  ? ""
                  : ", over users alone where seeds are too few"));
    } else if (!result.tests().tests().isEmpty()) {
      boolean asked = result.request().seeds() >= Evidence.ENOUGH_SEEDS;
      lines.add(
          "verdicts take "
              + Evidence.ENOUGH_SEEDS
              + " seeds or more"
              + (asked ? "" : ": --seeds 5")
              + "; ± is a 95% interval over seeds, brackets are one over users alone");
    }
    return lines;
  }

  private String heading(String dataset) {
    int seeds = result.request().seeds();
    return dataset
        + ", protocol "
        + result.request().protocol().key()
        + (seeds == 1 ? ", seed 1" : ", seeds 1 to " + seeds)
        + ", the best first";
  }

  private List<List<String>> rows(String dataset) {
    ComparisonRequest request = result.request();
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("model"));
    request.metrics().forEach(metric -> header.add(MetricTitle.of(metric)));
    header.addAll(List.of("difference", "p", "verdict", "coverage", "train"));
    rows.add(header);
    for (Outcome outcome : result.ranked(dataset)) {
      List<String> row = new ArrayList<>(List.of(outcome.contestant().name() + seeds(outcome)));
      request.metrics().forEach(metric -> row.add(number(outcome.metric(metric))));
      Optional<PairedTest> test = result.test(outcome, request.firstMetric());
      row.add(test.map(ComparisonText::difference).orElse(""));
      row.add(test.map(t -> PValueText.of(t.corrected())).orElse(""));
      row.add(test.map(this::verdict).orElse(result.untested(outcome)));
      row.add(percent("%.1f%%", outcome.mean(seed -> seed.use().coverage())));
      row.add(String.format(Locale.ROOT, "%.1f s", outcome.mean(SeedOutcome::trainSeconds)));
      rows.add(row);
    }
    return rows;
  }

  /** How many seeds a row is of, where some are not finished. */
  private String seeds(Outcome outcome) {
    int there = outcome.bySeed().size();
    int wanted = result.request().seeds();
    return there == wanted ? "" : " (" + there + " of " + CountText.of(wanted, "seed") + ")";
  }

  private String verdict(PairedTest test) {
    boolean severalReferences =
        result.tests().tests().stream()
                .filter(t -> sameDataset(t, test))
                .map(t -> t.reference().contestant().name())
                .distinct()
                .count()
            > 1;
    String text = test.verdict().text();
    String than =
        switch (test.verdict()) {
          case BETTER, WORSE -> text + " than ";
          case NOT_SHOWN, TOO_FEW_SEEDS -> text + ", against ";
        };
    return severalReferences ? than + test.reference().contestant().name() : text;
  }

  private static boolean sameDataset(PairedTest one, PairedTest other) {
    return one.outcome().contestant().dataset().equals(other.outcome().contestant().dataset());
  }

  private static String number(Estimate estimate) {
    String mean = String.format(Locale.ROOT, "%.5f", estimate.mean());
    return estimate.hasInterval()
        ? mean + String.format(Locale.ROOT, " ± %.5f", estimate.halfWidth())
        : mean;
  }

  private static String difference(PairedTest test) {
    return test.lead()
        .map(
            lead ->
                percent("%+.1f%%", lead.effect())
                    + test.relativeInterval().map(ComparisonText::ends).orElse(""))
        .orElse("");
  }

  private static String ends(Interval interval) {
    return " (" + percent("%+.1f", interval.low()) + ", " + percent("%+.1f", interval.high()) + ")";
  }

  private static String percent(String pattern, double share) {
    return String.format(Locale.ROOT, pattern, 100 * share);
  }

  private static List<String> aligned(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String pad = " ".repeat(widths[c] - row.get(c).length());
        line.append(c == 0 ? "" : GAP).append(row.get(c)).append(pad);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
