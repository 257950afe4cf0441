package bsl.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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
    table.addOf(List.of("runs/x"), "a|b_c", 0.123456789, 1234567, 0.0149);
    table.add("blank", null, null, Double.NaN);
    return table;
  }

  private static final Report REPORT =
      new Report(
          "id",
          "Title",
          List.of(new Heading("Part"), new Paragraph("Text."), table()),
          List.of(
              new Claim(
                  "better",
                  4,
                  "ml-1m",
                  "held-out",
                  "Better",
                  Verdict.UNDECIDED,
                  "0.1 to 0.3",
                  new Finding(5, 0.02, -0.01, 0.05, 0, 0.25, 12, Leaning.FOR))),
          List.of(Check.atLeast("number", 0.97, 1, 0.02)));

  @Test
  void markdownRoundsAndEscapes() {
    assertThat(Rendered.markdown(REPORT))
        .contains("# Title\n")
        .contains("## Part\n")
        .contains("| name | value | count | deviation |\n| --- | ---: | ---: | ---: |\n")
        .contains("| a\\|b_c | 0.123 | 1,234,567 | +1.5% |")
        .contains("| blank |  |  |  |")
        .contains("| 4 | ml-1m | held-out | Better | undecided | 0.1 to 0.3 |")
        .contains("- number: 0.97000, expected 1.0000 less at most 2.0%, is -3.0%: FAIL");
  }

  @Test
  void markdownTellsTablesApartByTheirCaptions() {
    Report two =
        new Report(
            "id",
            "",
            List.of(table(), new Table("b", "B", Column.text("x", "x"))),
            List.of(),
            List.of());

    assertThat(Rendered.markdown(two))
        .contains("\n\n**A & B**\n\n| name |")
        .contains("\n\n**B**\n\n| x |");
    assertThat(Rendered.markdown(REPORT)).doesNotContain("**");
  }

  @Test
  void statementsAreSaidToHoldOrNot() {
    Check holds = Check.holds("SL is a bound", true);
    Check fails = Check.holds("SL is a bound", false);
    Check number = Check.atLeast("number", 1, 1, 0.02);

    assertThat(holds.passes()).isTrue();
    assertThat(holds.describe()).isEqualTo("SL is a bound: holds, as expected");
    assertThat(fails.passes()).isFalse();
    assertThat(fails.describe()).isEqualTo("SL is a bound: does not hold, although expected to");
    assertThat(asserted(number)).contains("<summary>1 number asserted, 0 failed<");
    assertThat(asserted(number, number)).contains("<summary>2 numbers asserted, 0 failed<");
    assertThat(asserted(fails)).contains("<summary>1 statement asserted, 1 failed<");
    assertThat(asserted(holds, number, fails))
        .contains("<summary>1 number and 2 statements asserted, 1 failed<");
  }

  private static String asserted(Check... checks) {
    Report report = new Report("id", "", List.of(), List.of(), List.of(checks));
    return Rendered.html(new HtmlPage("", List.of(), List.of(report)), "work");
  }

  @Test
  void aStatementThatDoesNotHoldIsNotCalledOutOfTolerance() {
    assertThat(asserted(Check.holds("the sum is 1", false)))
        .contains("<h2>Failed checks</h2>", "the sum is 1: does not hold, although expected to")
        .doesNotContainIgnoringCase("tolerance<");
    assertThat(asserted(Check.holds("the sum is 1", true))).doesNotContain("Failed checks");
  }

  @Test
  void figuresThatAreNotDrawnAreNotReferredTo() {
    Figure.Series line = Figure.Series.of("a", new double[] {1, 2}, new double[] {3, 4});
    Figure figure = Figure.of("f", "Rising & falling", "x", "y", Figure.Kind.LINES, List.of(line));
    Report report = new Report("id", "", List.of(figure, table()), List.of(), List.of());

    assertThat(Rendered.markdown(report)).contains("](id-f.svg)");
    assertThat(Rendered.markdown(report.withoutFigures()))
        .contains("\nNot drawn, Java finds no fonts: Rising & falling.\n", "| name |")
        .doesNotContain("id-f");
    assertThat(LatexRenderer.render(report.withoutFigures(), Rendered.IMPRINT))
        .contains("tabular")
        .doesNotContain("id-f");
  }

  @Test
  void csvHasFullPrecisionAndTheRun() {
    String imprint = "quick,fast,0123456789abcdef,2024-05-31\n";

    assertThat(CsvRenderer.render(table(), Rendered.IMPRINT))
        .isEqualTo(
            "name,value,count,deviation,run,report_profile,report_preset,report_commit,report_date\n"
                + "a|b_c,0.123456789,1234567,0.0149,runs/x,"
                + imprint
                + "blank,,,,,"
                + imprint);
  }

  private static Table overSeeds() {
    Table table =
        new Table(
            "",
            "",
            Column.text("name", "name"),
            Column.number("value", "value", "%.3f"),
            Column.deviation("gain", "gain"),
            Column.number("epoch", "epoch", "%d"));
    table.addOf(List.of("runs/one", "runs/two"), "a", new Estimate(0.25, 0.0625, 2), 0.5, 7.5);
    table.addOf(List.of("runs/x"), "b", Estimate.of(0.125), new Estimate(-0.5, 0.25, 2), 3);
    return table.add("c", null, null, null);
  }

  @Test
  void numbersOverSeedsAreShownWithTheirIntervals() {
    Report report = new Report("id", "", List.of(overSeeds()), List.of(), List.of());

    assertThat(Rendered.markdown(report))
        .contains("| a | 0.250 ± 0.063 | +50.0% | 8 |")
        .contains("| b | 0.125 | -50.0% ± 25.0% | 3 |")
        .contains("| c |  |  |  |");
    assertThat(LatexRenderer.render(report, Rendered.IMPRINT))
        .contains("a & 0.250 $\\pm$ 0.063 & +50.0\\% & 8")
        .contains("& $-$50.0\\% $\\pm$ 25.0\\% &");
    assertThat(Rendered.html(new HtmlPage("", List.of(), List.of(report)), "work"))
        .contains(
            "<a href=\"runs/one/provenance.json\">provenance</a> <a"
                + " href=\"runs/two/provenance.json\">2</a>")
        .contains("<code>./bsl rerun work/runs/two/provenance.json</code>");
  }

  @Test
  void numbersOverSeedsHaveColumnsOfTheirOwnForPrograms() {
    String imprint = "quick,fast,0123456789abcdef,2024-05-31\n";

    assertThat(CsvRenderer.render(overSeeds(), Rendered.IMPRINT))
        .isEqualTo(
            "name,value,value_half_width,gain,gain_half_width,epoch,seeds,run,report_profile,"
                + "report_preset,report_commit,report_date\n"
                + "a,0.25,0.0625,0.5,,7.5,2,\"runs/one runs/two\","
                + imprint
                + "b,0.125,,-0.5,0.25,3,1,runs/x,"
                + imprint
                + "c,,,,,,,,"
                + imprint);
  }

  @Test
  void latexUsesBooktabsAndEscapes() {
    assertThat(LatexRenderer.render(REPORT, Rendered.IMPRINT))
        .startsWith("% Title\n% profile quick, preset fast, commit 0123456789ab, 2024-05-31\n")
        .contains("\\caption{A \\& B}\n\\label{tab:id-part}\n")
        .contains("\\begin{tabular}{@{}lrrr@{}}\n\\toprule\n")
        .contains("a|b\\_c & 0.123 & 1,234,567 & +1.5\\% \\\\\n")
        .contains("\\bottomrule");
    assertThat(LatexText.statement("1 < 2 ~ \\x^{y} `code`"))
        .isEqualTo("1 $<$ 2 \\textasciitilde{} \\textbackslash{}x\\textasciicircum{}\\{y\\} code");
  }

  @Test
  void latexSetsRepeatedWordsAsHeadingsWhereColumnsDoNotFit() {
    String first = "a statement that is about as long as any";
    String second = "another statement of the same length as it";
    Table table =
        new Table(
            "",
            "",
            Column.text("statement", "statement"),
            Column.text("setting", "setting"),
            Column.number("left", "left", "%.9f"),
            Column.number("right", "right", "%.9f"),
            Column.number("error", "error", "%.9f"));
    for (String statement : List.of(first, second)) {
      for (int row = 0; row < 2; row++) {
        table.add(statement, "setting with many words", 0.5, 0.25, 0.25);
      }
    }
    String cells = "setting with many words & 0.500000000 & 0.250000000 & 0.250000000 \\\\\n";

    assertThat(
            LatexRenderer.render(
                new Report("id", "", List.of(table), List.of(), List.of()), Rendered.IMPRINT))
        .containsOnlyOnce("\\begin{tabular}{@{}lrrr@{}}")
        .contains(
            "\\midrule\n\\multicolumn{4}{@{}l@{}}{\\emph{" + first + "}} \\\\\n" + cells + cells)
        .contains(
            "\\addlinespace\n\\multicolumn{4}{@{}l@{}}{\\emph{"
                + second
                + "}} \\\\\n"
                + cells
                + cells)
        .doesNotContain("statement & setting");
  }

  /** Six columns of 19 characters are 520 points wide at 4.25 a character, and the page has 345. */
  @Test
  void latexSplitsTablesOfWords() {
    Table table =
        new Table(
            "",
            "Words",
            IntStream.range(0, 6)
                .mapToObj(c -> Column.text("c" + c, "c" + c))
                .toArray(Column[]::new));
    for (int row = 0; row < 2; row++) {
      int r = row;
      table.add(IntStream.range(0, 6).mapToObj(c -> "words in it, " + r + " and " + c).toArray());
    }

    assertThat(
            LatexRenderer.render(
                new Report("id", "", List.of(table), List.of(), List.of()), Rendered.IMPRINT))
        .contains("c0 & c1 & c2 \\\\", "c0 & c3 & c4 \\\\", "c0 & c5 \\\\");
  }

  @Test
  void latexHasGreekLettersAndRelationsAsSymbols() {
    assertThat(LatexText.statement("tau log E exp(f/tau) = max_Q E_Q[f] - tau KL"))
        .isEqualTo("$\\tau$ log E exp(f/$\\tau$) = max$_{Q}$ E$_{Q}$[f] - $\\tau$ KL");
    assertThat(LatexText.statement("tau* = sqrt(Var / 2 eta), tau1/tau2, eta <= 0.5, tau^2"))
        .isEqualTo(
            "$\\tau^{*}$ = sqrt(Var / 2 $\\eta$), $\\tau_{1}$/$\\tau_{2}$, $\\eta$ $\\leq$ 0.5,"
                + " $\\tau$$^{2}$");
    assertThat(LatexText.statement("min_tau tau")).isEqualTo("min$_{\\tau}$ $\\tau$");
    assertThat(LatexText.statement("beta status held_out 2eta"))
        .isEqualTo("beta status held\\_out 2$\\eta$");
    assertThat(LatexText.statement("tau_ratio of beta_tau")).isEqualTo("tau\\_ratio of beta\\_tau");
  }

  @Test
  void latexLeavesNamesAsTheyAre() {
    Table table = new Table("", "On shop_A", Column.text("a", "a"), Column.statement("b", "tau"));
    table.add("mf-sl@grid_B, low-tau, eta^2 < 1", "tau_Q of held_out");
    Report report = new Report("id", "", List.of(table), List.of(), List.of());

    assertThat(LatexRenderer.render(report, Rendered.IMPRINT))
        .contains(
            "mf-sl@grid\\_B, low-tau, eta\\textasciicircum{}2 $<$ 1"
                + " & $\\tau$$_{Q}$ of held\\_out")
        .contains("\\caption{On shop\\_A}", "a & $\\tau$ \\\\");
  }

  /** A test between one run and many has an interval, and yet the row is of one run. */
  @Test
  void seedsAreThoseOfARowsFirstNumber() {
    Table table = new Table("", "", Column.number("a", "a", "%.1f"), Column.deviation("b", "b"));
    table.add(Estimate.of(1), new Estimate(0.5, 0.25, 1));
    table.add(new Estimate(2, 0.5, 3), new Estimate(0.5, 0.25, 1));

    assertThat(CsvRenderer.render(table, Rendered.IMPRINT))
        .contains("\n1.0,,0.5,0.25,1,", "\n2.0,0.5,0.5,0.25,3,");
  }

  @Test
  void linksLeadToFoldersOfAnyName() {
    Table table = new Table("", "", Column.text("a", "a"));
    table.addOf(List.of("my runs#2/100%/a&b"), "x");
    table.addOf(List.of("c:d/e"), "x");
    Report report = new Report("id", "", List.of(table), List.of(), List.of());

    assertThat(Rendered.html(new HtmlPage("", List.of(), List.of(report)), "work"))
        .contains("<a href=\"my%20runs%232/100%25/a&amp;b/provenance.json\">")
        .contains("<a href=\"./c:d/e/provenance.json\">");
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

    assertThat(Rendered.html(page, "work/reports"))
        .contains("<title>&lt;script&gt;</title>")
        .contains("<p><code>a&lt;b</code></p>")
        .contains("data-verdict=\"undecided\"")
        .contains("0 of 1</b>numbers within tolerance");
  }

  @Test
  void theImprintStandsInEveryFormOfAReport() {
    String imprint = Rendered.IMPRINT.text();

    assertThat(Rendered.markdown(REPORT)).endsWith("\n---\nReport: " + imprint + ".\n");
    assertThat(LatexRenderer.render(REPORT, Rendered.IMPRINT)).contains("% " + imprint + "\n");
    assertThat(Rendered.html(new HtmlPage("", List.of(), List.of(REPORT)), "work"))
        .contains("<p id=\"imprint\">" + imprint + "</p>");
  }

  @Test
  void claimsForProgramsHaveTheirIds() {
    assertThat(CsvRenderer.render(ClaimTable.ofReports(List.of(REPORT)), Rendered.IMPRINT))
        .startsWith(
            "report,dataset,id,claim,statement,verdict,evidence,protocol,seeds,leaning,effect,low,high,"
                + "threshold,p,tests,report_profile")
        .contains(
            "\nid,ml-1m,better,4,Better,undecided,\"0.1 to 0.3\",held-out,5,for,0.02,-0.01,0.05,0.0,0.25,12,quick,");
  }

  @Test
  void aClaimNeedsAnIdOfItsOwn() {
    Claim claim = REPORT.claims().get(0);

    assertThatThrownBy(
            () -> new Claim("Not so", 1, "", "paper", "", Verdict.HOLDS, "", Finding.NONE))
        .hasMessage("'Not so' is no id of a claim");
    assertThatThrownBy(() -> new Report("r", "", List.of(), List.of(claim, claim), List.of()))
        .hasMessage("two claims better on ml-1m under protocol held-out in r");
  }

  @Test
  void commandsLeadFromTheCurrentFolderToTheRun() {
    HtmlPage page = new HtmlPage("", List.of(), List.of(REPORT));

    assertThat(Rendered.html(page, "work/reports/paper"))
        .contains("<a href=\"runs/x/provenance.json\">")
        .contains("<code>./bsl rerun work/reports/paper/runs/x/provenance.json</code>");
    assertThat(Rendered.html(page.with(List.of("--data", "my data", "--runs", "/r")), "work"))
        .contains(
            "<code>./bsl rerun work/runs/x/provenance.json --data 'my data' --runs /r</code>");
    assertThat(ShellCommand.rerun(Path.of("work/reports/paper/../../runs/x"), List.of()))
        .isEqualTo("./bsl rerun work/runs/x/provenance.json");
    assertThat(ShellCommand.rerun(Path.of("/my data/it's"), List.of()))
        .isEqualTo("./bsl rerun '/my data/it'\\''s/provenance.json'");
  }
}
