package bsl.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.run.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code compare} prints is what SciPy says of the same metrics by user; see golden.py. */
class PairedTestsGoldenTest {
  private static final double RELATIVE = 1e-9;

  @TempDir Path folder;

  private List<Contestant> contestants;
  private Comparison comparison;

  @BeforeEach
  void name() {
    ComparisonRequest request =
        TinyStore.request(GoldenOutcomes.LOSSES, List.of(), 5, Protocol.HELD_OUT);
    contestants = new Contestants(request).byDataset().get("mine");
    comparison = new Comparison(request, TinyStore.in(folder.resolve("runs")), 1);
  }

  private ComparisonResult result(ReferenceRule rule, List<Outcome> outcomes) {
    PairedTests tests = new PairedTests(ComparisonRequest.METRICS);
    tests.add(rule, outcomes, contestants);
    return new ComparisonResult(
        comparison,
        Map.of("mine", contestants),
        Map.of("mine", outcomes),
        Map.of("mine", rule),
        tests.corrected());
  }

  private List<Map<String, String>> written(ComparisonResult result, String file)
      throws IOException {
    TrainAgain again = new TrainAgain(words -> String.join(" ", words), List.of());
    new ComparisonReport(result, folder.resolve("out"), again).write();
    return Rows.of(folder.resolve("out").resolve(file));
  }

  private static void close(Map<String, String> row, String key, Map<String, String> golden) {
    close(row, key, golden, key);
  }

  private static void close(
      Map<String, String> row, String key, Map<String, String> golden, String goldenKey) {
    double expected = number(golden, goldenKey);
    assertThat(number(row, key))
        .as(golden + " " + key)
        .isCloseTo(expected, within(RELATIVE * Math.max(Math.abs(expected), 1e-6)));
  }

  private static double number(Map<String, String> row, String key) {
    return Double.parseDouble(row.get(key));
  }

  @Test
  void testsAreSciPys() throws IOException {
    ReferenceRule rule = ReferenceRule.of(comparison.request(), contestants);
    ComparisonResult result = result(rule, GoldenOutcomes.of(contestants, 5));
    List<Map<String, String>> rows = written(result, "compare-tests.csv");
    List<Map<String, String>> main = written(result, "compare.csv");
    List<Map<String, String>> golden = Rows.of("golden.csv");

    assertThat(rows).hasSameSizeAs(golden).hasSize(8);
    for (Map<String, String> expected : golden) {
      Map<String, String> row = row(rows, expected.get("model"), expected.get("metric"));
      for (String key :
          List.of(
              "difference",
              "low",
              "high",
              "relative_difference",
              "relative_low",
              "relative_high",
              "p",
              "p_holm")) {
        close(row, key, expected);
      }
      if (expected.get("metric").equals(comparison.request().firstMetric())) {
        Map<String, String> line = byModel(main, expected.get("model"));
        close(line, "difference", expected, "relative_difference");
        close(line, "difference_low", expected, "relative_low");
        close(line, "difference_high", expected, "relative_high");
      }
      assertThat(row.get("reference")).isEqualTo("mf-sl");
      boolean shown = number(expected, "p_holm") <= 0.05;
      assertThat(row.get("verdict")).isEqualTo(shown ? "better" : "no difference shown");
    }
    assertThat(rows).extracting(row -> row.get("verdict")).contains("better");
  }

  @Test
  void meansAndIntervalsAreSciPys() throws IOException {
    ReferenceRule rule = ReferenceRule.of(comparison.request(), contestants);
    ComparisonResult result = result(rule, GoldenOutcomes.of(contestants, 5));
    List<Map<String, String>> main = written(result, "compare.csv");
    List<Map<String, String>> details = written(result, "compare-details.csv");

    for (Map<String, String> expected : Rows.of("golden-means.csv")) {
      String metric = expected.get("metric");
      Map<String, String> row = byModel(main, expected.get("model"));
      close(row, metric, expected, "mean");
      close(row, metric + "_half_width", expected, "half_width");
      close(
          byModel(details, expected.get("model")),
          metric + "_standard_deviation",
          expected,
          "standard_deviation");
    }
    assertThat(main.get(0)).containsEntry("model", "mf-bsl").containsEntry("seeds", "5");
  }

  /** Who comes out best is known only after looking, so that every pair counts as tested. */
  @Test
  void againstTheBestItIsCorrectedForAllPairs() throws IOException {
    ReferenceRule best =
        ReferenceRule.of(
            TinyStore.request(GoldenOutcomes.LOSSES, List.of(), 5, Protocol.HELD_OUT, "best"),
            contestants);
    List<Outcome> outcomes = GoldenOutcomes.of(contestants, 5);
    ComparisonResult result = result(best, outcomes);

    assertThat(result.tests().family()).isEqualTo(10 * 2);
    assertThat(result.tests().tests()).hasSize(4 * 2);
    assertThat(result.tests().tests())
        .allMatch(test -> test.reference().contestant().name().equals("mf-bsl"));
    double smallest =
        result.tests().tests().stream().mapToDouble(PairedTest::pValue).min().orElseThrow();
    Map<Double, Double> corrected = new LinkedHashMap<>();
    result.tests().tests().forEach(test -> corrected.put(test.pValue(), test.corrected()));
    assertThat(corrected.get(smallest))
        .as("at least the k-th smallest of 20 is multiplied by 20 - k + 1")
        .isGreaterThanOrEqualTo(smallest * (20 - 8 + 1));
    assertThat(result.isReference(outcomes.get(0))).isTrue();
    assertThat(result.isReference(outcomes.get(1))).isFalse();
  }

  @Test
  void twoSeedsDecideNothing() throws IOException {
    ReferenceRule rule = ReferenceRule.of(comparison.request(), contestants);
    ComparisonResult result = result(rule, GoldenOutcomes.of(contestants, 2));

    assertThat(result.tests().family()).isZero();
    assertThat(result.tests().tests())
        .hasSize(8)
        .allSatisfy(
            test -> {
              assertThat(test.verdict()).isEqualTo(PairedTest.Verdict.TOO_FEW_SEEDS);
              assertThat(test.corrected()).isNaN();
              assertThat(test.relativeInterval()).as("over users").isPresent();
            });
    assertThat(result.isComplete()).as("two of five seeds").isFalse();
    List<String> text = new ComparisonText(result).lines();
    assertThat(text.get(2)).contains("too few seeds");
    assertThat(written(result, "compare.csv").get(0)).containsEntry("p_text", "");
  }

  @Test
  void theIntervalIsShownByItsEnds() throws IOException {
    ReferenceRule rule = ReferenceRule.of(comparison.request(), contestants);
    ComparisonResult result = result(rule, GoldenOutcomes.of(contestants, 5));

    assertThat(new ComparisonText(result).lines())
        .anyMatch(line -> line.matches("mf-bsl .* \\+15.9% \\(\\+9.1, \\+27.9\\) .*"))
        .contains("p by Holm's correction over 8 tests; ± and brackets are 95% intervals");
  }

  /** One user says nothing of others: no number is left out. */
  @Test
  void withOneUserThereIsNoInterval() throws IOException {
    ReferenceRule rule = ReferenceRule.of(comparison.request(), contestants);
    ComparisonResult result = result(rule, GoldenOutcomes.of(contestants, 5, 1));

    assertThat(written(result, "compare-tests.csv"))
        .hasSize(8)
        .allSatisfy(
            row -> {
              assertThat(row.get("relative_difference")).isNotEmpty();
              assertThat(row)
                  .containsEntry("low", "")
                  .containsEntry("relative_low", "")
                  .containsEntry("relative_high", "");
            });
    assertThat(new ComparisonJson(result).asMap().toString())
        .contains("relative_difference")
        .doesNotContain("interval", "Infinity");
    assertThat(String.join("", new ComparisonText(result).lines())).doesNotContain("Infinity");
  }

  @Test
  void ofOneModelNothingIsTested() throws IOException {
    ReferenceRule rule = ReferenceRule.of(comparison.request(), contestants);
    ComparisonResult result = result(rule, GoldenOutcomes.of(contestants.subList(0, 1), 5));

    written(result, "compare.csv");
    assertThat(Files.readString(folder.resolve("out").resolve("compare.md")))
        .contains("Nothing was tested")
        .doesNotContain("too few seeds");
  }

  private static Map<String, String> byModel(List<Map<String, String>> rows, String model) {
    return rows.stream().filter(r -> r.get("model").equals(model)).findFirst().orElseThrow();
  }

  private static Map<String, String> row(
      List<Map<String, String>> rows, String model, String metric) {
    return rows.stream()
        .filter(r -> r.get("model").equals(model))
        .filter(r -> r.get("metric").equals(MetricTitle.of(metric)))
        .findFirst()
        .orElseThrow();
  }
}
