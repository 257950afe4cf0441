package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Block;
import bsl.report.Check;
import bsl.report.Column;
import bsl.report.Figure;
import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Presets of the user's own with something that no published run had. */
class PublishedSettingsTest {
  @TempDir Path folder;

  private static final FakeRuns RUNS = FakeRuns.allAlike();

  private Scope withPreset(String setting) throws IOException {
    String losses = "losses:\n  sl: {" + setting + "}\n  bsl: {" + setting + "}\n";
    Path preset = Files.writeString(folder.resolve("mine.yaml"), "base: fast\n" + losses);
    return new Scope(Profile.PAPER, preset.toString(), List.of("yelp2018"), List.of("mf"), 1);
  }

  /**
   * Keys of columns with published numbers or deviations from them that rows of SL and BSL have.
   */
  private static List<String> published(Report report) {
    List<String> filled = new ArrayList<>();
    for (Block block : report.blocks()) {
      if (block instanceof Table table) {
        List<String> keys = table.columns().stream().map(Column::key).toList();
        for (Table.Row row : table.rows()) {
          int loss = keys.indexOf("loss");
          if (loss < 0 || List.of("sl", "bsl").contains(row.cells().get(loss))) {
            keys.stream()
                .filter(key -> key.matches("published.*|.*deviation|gpu_seconds"))
                .filter(key -> row.cells().get(keys.indexOf(key)) != null)
                .forEach(filled::add);
          }
        }
      }
    }
    return filled;
  }

  @ParameterizedTest
  @CsvSource({
    "overall, dimension: 32, dimension 32",
    "cutoffs, dimension: 32, dimension 32",
    "tau-ratio, dimension: 32, dimension 32",
    "loss-comparison, dimension: 32, dimension 32",
    "overall, positive_noise: 0.1, positive_noise 0.1"
  })
  void noPublishedNumberStandsBesideThem(String id, String setting, String said)
      throws IOException {
    Artifact artifact = Artifact.of(id).orElseThrow();

    assertThat(published(artifact.report(withPreset("tau: 0.2"), RUNS))).isNotEmpty();
    assertThat(Rendered.markdown(artifact.report(withPreset("tau: 0.2"), RUNS)))
        .doesNotContain("left out");

    Report report = artifact.report(withPreset(setting), RUNS);

    assertThat(published(report)).isEmpty();
    assertThat(report.checks())
        .extracting(Check::what)
        .noneMatch(what -> what.matches(".* b?sl .*|.* rho .*"));
    assertThat(Rendered.markdown(report))
        .contains("which are left out: yelp2018-mf-")
        .contains(" (" + said + ")")
        .doesNotContain("published best rho");
    assertThat(report.blocks())
        .filteredOn(Figure.class::isInstance)
        .flatExtracting(block -> ((Figure) block).series())
        .extracting(Figure.Series::name)
        .noneMatch(name -> name.matches("b?sl, published|published"));
  }

  @Test
  void whereNothingCanBeComparedNothingIsExpected() throws IOException {
    Scope scope = withPreset("dimension: 32");

    for (String id : List.of("overall", "cutoffs", "tau-ratio")) {
      assertThat(Artifact.of(id).orElseThrow().expectsChecks(scope)).as(id).isFalse();
    }
    assertThat(new TimeToAccuracyArtifact().cells(scope)).isEmpty();
  }

  @Test
  void sizesHavePublishedNumbersOfTheirOwnUnlessThereIsNoise() throws IOException {
    EmbeddingSizeArtifact sizes = new EmbeddingSizeArtifact();

    assertThat(published(sizes.report(withPreset("dimension: 32"), RUNS))).isNotEmpty();
    assertThat(published(sizes.report(withPreset("positive_noise: 0.1"), RUNS))).isEmpty();
  }
}
