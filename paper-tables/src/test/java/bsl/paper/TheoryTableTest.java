package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.CsvRenderer;
import bsl.report.LatexRenderer;
import bsl.report.MarkdownRenderer;
import bsl.report.Rendered;
import bsl.report.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class TheoryTableTest {
  private final TheoryTable table = new TheoryTable();

  @Test
  void everyStatementHolds() {
    assertThat(table.rows()).hasSizeGreaterThan(20).allMatch(TheoryTable.Row::holds);
    assertThat(table.holds()).isTrue();
  }

  @Test
  void itIsTheSameEachTime() {
    assertThat(CsvRenderer.render(new TheoryTable().table(), Rendered.IMPRINT))
        .isEqualTo(CsvRenderer.render(table.table(), Rendered.IMPRINT));
  }

  @Test
  void theApproximationOfTheTemperatureGetsBetterAsTheRadiusFalls() {
    List<TheoryTable.Row> rows =
        table.rows().stream().filter(row -> row.statement().startsWith("tau*")).toList();

    assertThat(rows).hasSize(7);
    for (int k = 1; k < rows.size(); k++) {
      assertThat(rows.get(k).error() / rows.get(k).right())
          .isGreaterThan(rows.get(k - 1).error() / rows.get(k - 1).right());
    }
  }

  @Test
  void aRowFailsWhenItsSidesAreTooFarApart() {
    assertThat(new TheoryTable.Row("", "", 1, 1.1, 0.2).holds()).isTrue();
    assertThat(new TheoryTable.Row("", "", 1, 1.1, 0.01).holds()).isFalse();
    assertThat(new TheoryTable.Row("", "", 1, Double.NaN, 1).holds()).isFalse();
  }

  @Test
  void isOneTableOfAPageInLatex() {
    Report report = new Report("theory", "", List.of(table.table()), List.of(), List.of());

    assertThat(LatexRenderer.render(report, Rendered.IMPRINT))
        .containsOnlyOnce("\\begin{table}")
        .containsOnlyOnce("\\toprule")
        .containsOnlyOnce("{\\emph{largest weight of the maximiser");
  }

  @Test
  void rendersOneLinePerRow() {
    assertThat(table.table().rows()).hasSize(table.rows().size());
    assertThat(MarkdownRenderer.table(table.table())).contains("| holds |").doesNotContain("FAILS");
  }
}
