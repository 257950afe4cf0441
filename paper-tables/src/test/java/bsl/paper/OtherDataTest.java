package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Block;
import bsl.report.Claim;
import bsl.report.Figure;
import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.Table;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs whose data have a name of the catalogue and are not the catalogue's. */
class OtherDataTest {
  private static final Scope SCOPE =
      new Scope(Profile.PAPER, "fast", List.of("yelp2018"), List.of("mf", "lightgcn"), 1);

  private static final FakeRuns SAME = FakeRuns.allAlike();

  static Stream<Artifact> artifacts() {
    return Artifact.all().stream()
        .filter(artifact -> !artifact.runs(SCOPE).isEmpty() && !artifact.readsModels());
  }

  static Stream<Artifact> compared() {
    return artifacts().filter(artifact -> artifact.expectsChecks(SCOPE));
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void everyRowAndClaimIsMarked(Artifact artifact) {
    Report report = artifact.report(SCOPE, SAME.onOtherData());

    assertThat(tables(report)).isNotEmpty();
    for (Table table : tables(report)) {
      assertThat(table.rows())
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.cells().get(0)).isEqualTo("yelp2018 (other data)"));
    }
    assertThat(report.claims())
        .extracting(Claim::dataset)
        .allMatch("yelp2018 (other data)"::equals);
    assertThat(Rendered.markdown(artifact.report(SCOPE, SAME))).doesNotContain("(other data)");
  }

  @ParameterizedTest
  @MethodSource("compared")
  void noPublishedNumberStandsBesideThem(Artifact artifact) {
    assertThat(artifact.report(SCOPE, SAME).checks()).isNotEmpty();

    Report report = artifact.report(SCOPE, SAME.onOtherData());

    assertThat(report.checks()).isEmpty();
    assertThat(Expectations.applied(SCOPE, report).holds()).isFalse();
    for (Table table : tables(report)) {
      for (int c = 0; c < table.columns().size(); c++) {
        if (table.columns().get(c).key().matches("published.*|.*deviation|gpu_seconds")) {
          int column = c;
          assertThat(table.rows()).allSatisfy(row -> assertThat(row.cells().get(column)).isNull());
        }
      }
    }
    assertThat(report.blocks())
        .filteredOn(Figure.class::isInstance)
        .flatExtracting(block -> ((Figure) block).series())
        .extracting(Figure.Series::name)
        .noneMatch(name -> name.contains("published") || name.contains("authors"));
  }

  private static List<Table> tables(Report report) {
    return report.blocks().stream().filter(OtherDataTest::isTable).map(b -> (Table) b).toList();
  }

  private static boolean isTable(Block block) {
    return block instanceof Table;
  }
}
