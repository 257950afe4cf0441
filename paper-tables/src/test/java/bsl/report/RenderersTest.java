package bsl.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RenderersTest {
  private static Table table() {
    Table table =
        new Table(
            "part",
            "A & B",
            Column.text("name", "name"),
            Column.number("value", "value", "%.3f"),
            Column.number("count", "count", "%,d"),
            Column.deviation("deviation", "deviation"));
    table.addOf("runs/x", "a|b_c", 0.123456789, 1234567, 0.0149);
    table.add("blank", null, null, Double.NaN);
    return table;
  }

  private static final Report REPORT =
      new Report(
          "id",
          "Title",
          List.of(new Heading("Part"), new Paragraph("Text."), table()),
          List.of(new Claim("better", 4, "ml-1m", "Better", Verdict.UNDECIDED, "0.1 to 0.3")),
          List.of(Check.atLeast("number", 0.97, 1, 0.02)));

  @Test
  void markdownRoundsAndEscapes() {
    assertThat(MarkdownRenderer.render(REPORT))
        .contains("# Title\n")
        .contains("## Part\n")
        .contains("| name | value | count | deviation |\n| --- | ---: | ---: | ---: |\n")
        .contains("| a\\|b_c | 0.123 | 1,234,567 | +1.5% |")
        .contains("| blank |  |  |  |")
        .contains("| 4 | ml-1m | Better | undecided | 0.1 to 0.3 |")
        .contains("- number: 0.97000, expected 1.0000 less at most 2.0%, is -3.0%: FAIL");
  }

  @Test
  void csvHasFullPrecisionAndTheRun() {
    assertThat(CsvRenderer.render(table()))
        .isEqualTo(
            "name,value,count,deviation,run\na|b_c,0.123456789,1234567,0.0149,runs/x\nblank,,,,\n");
  }

  @Test
  void latexUsesBooktabsAndEscapes() {
    assertThat(LatexRenderer.render(REPORT))
        .contains("\\caption{A \\& B}\n\\begin{tabular}{lrrr}\n\\toprule\n")
        .contains("a|b\\_c & 0.123 & 1,234,567 & +1.5\\% \\\\\n")
        .contains("\\bottomrule");
    assertThat(LatexRenderer.escaped("1 < 2 ~ \\x^{y} `code`"))
        .isEqualTo("1 $<$ 2 \\textasciitilde{} \\textbackslash{}x\\textasciicircum{}\\{y\\} code");
  }

  @Test
  void aRowHasToFitItsTable() {
    assertThatThrownBy(() -> table().add("too", 1)).hasMessageContaining("2 cells for 4 columns");
    assertThatThrownBy(() -> table().add("a", "b", 1, 1))
        .hasMessageContaining("'b' is no number, in column value");
  }

  @Test
  void checksLookOneWayOrBoth() {
    assertThat(Check.atLeast("", 0.981, 1, 0.02).passes()).isTrue();
    assertThat(Check.atLeast("", 5, 1, 0.02).passes()).isTrue();
    assertThat(Check.near("", 1.03, 1, 0.02).passes()).isFalse();
    assertThat(Check.near("", 1.01, 1, 0.02).passes()).isTrue();
    assertThat(Check.atLeast("", Double.NaN, 1, 0.02).passes()).isFalse();
    assertThat(REPORT.holds()).isFalse();
  }

  @Test
  void thePageEscapesWhatItIsGiven() {
    HtmlPage page = new HtmlPage("<script>", List.of("`a<b`"), List.of(REPORT));

    assertThat(page.render())
        .contains("<title>&lt;script&gt;</title>")
        .contains("<p><code>a&lt;b</code></p>")
        .contains("data-verdict=\"undecided\"")
        .contains("0 of 1</b>numbers within tolerance");
  }
}
