package bsl.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bsl.report.Figure.Series;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** The page in a real browser. Skipped where Chromium and its driver are not installed. */
class ReportPageIT {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  @TempDir static Path folder;

  private static ChromeDriver browser;
  private static Path page;

  @BeforeAll
  static void open() {
    assumeTrue(
        Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
        "skipped: " + BROWSER + " and " + DRIVER + " are not installed");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + folder.resolve("profile"));
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .build(),
            options);
    page =
        new ReportFolder(folder, Rendered.IMPRINT)
            .write(new HtmlPage("A <reproduction>", List.of("Profile `quick`."), reports()));
  }

  private static List<Report> reports() {
    Table wide =
        new Table(
            "",
            "Many columns",
            Column.text("dataset", "data set"),
            Column.number("a", "a column of numbers", "%.5f"),
            Column.number("b", "another column of numbers", "%.5f"),
            Column.number("c", "yet another column of numbers", "%.5f"),
            Column.text("remark", "remark"));
    wide.addOf(List.of("runs/one"), "ml-1m", 0.1, 0.2, 0.3, "first & foremost");
    wide.addOf(List.of("runs/two"), "gowalla", 0.4, null, Double.NaN, "second");
    Figure figure =
        Figure.bars(
            "",
            "Bars",
            "x",
            "y",
            List.of("p", "q"),
            List.of(Series.bars("s", new double[] {1, 2})));
    return List.of(
        new Report(
            "wide",
            "Wide",
            List.of(new Heading("Part"), new Paragraph("Text with `code`."), wide, figure),
            List.of(
                new Claim(
                    "so", 1, "ml-1m", "paper", "It is so", Verdict.HOLDS, "1 > 0", Finding.NONE),
                new Claim(
                    "not-so",
                    2,
                    "gowalla",
                    "paper",
                    "It is not so",
                    Verdict.FAILS,
                    "0 < 1",
                    Finding.NONE)),
            List.of(Check.atLeast("good", 1, 1, 0.02), Check.atLeast("too low", 0.9, 1, 0.02))),
        new Report("plain", "Plain", List.of(new Paragraph("Nothing.")), List.of(), List.of()));
  }

  @BeforeEach
  void load() {
    browser.get(page.toUri().toString());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static List<WebElement> shown(String selector) {
    return browser.findElements(By.cssSelector(selector)).stream()
        .filter(WebElement::isDisplayed)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 800, 1200, 1500})
  void fitsTheWindowAndShowsTheNumbersOfEveryVerdict(int width) {
    resize(width);

    assertThat((Long) browser.executeScript("return innerWidth")).isEqualTo(width);
    assertThat((Boolean) browser.executeScript("return document.body.scrollWidth <= innerWidth"))
        .isTrue();
    assertThat(shown("figure img")).hasSize(1);
    assertThat((Long) browser.executeScript("return document.querySelector('img').naturalWidth"))
        .isEqualTo(720);
    for (WebElement evidence : shown("#claims td:last-child")) {
      assertThat(edges(evidence).get(0)).isNotNegative();
      assertThat(edges(evidence).get(1)).isLessThanOrEqualTo(width);
    }
    assertThat(shown("#claims td:last-child"))
        .extracting(WebElement::getText)
        .containsExactly("1 > 0 (wide)", "0 < 1 (wide)");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 1200, 1500})
  void aTableThatDoesNotFitScrollsUnderItsFirstColumn(int width) {
    resize(width);
    WebElement scroll = browser.findElement(By.cssSelector("#wide .scroll"));
    WebElement last = scroll.findElement(By.cssSelector("tbody tr td:last-child"));
    WebElement first = scroll.findElement(By.cssSelector("tbody tr td:first-child"));

    browser.executeScript("arguments[0].scrollLeft = 10000", scroll);

    assertThat(edges(last).get(1)).isLessThanOrEqualTo(width);
    assertThat(edges(first).get(0)).isNotNegative();
    assertThat(edges(first).get(1)).isPositive();
  }

  /** The inner size: windows of a desktop do not get as narrow as a telephone. */
  private static void resize(int width) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Where an element begins and ends, in pixels from the window's left edge. */
  @SuppressWarnings("unchecked")
  private static List<Double> edges(WebElement element) {
    List<Number> edges =
        (List<Number>)
            browser.executeScript(
                "const box = arguments[0].getBoundingClientRect(); return [box.left, box.right];",
                element);
    return edges.stream().map(Number::doubleValue).toList();
  }

  @Test
  void summaryAndFailuresAreOnTop() {
    assertThat(browser.getTitle()).isEqualTo("A <reproduction>");
    assertThat(browser.findElement(By.id("summary")).getText())
        .contains("1 of 2", "numbers within tolerance");
    assertThat(browser.findElement(By.id("failed")).getText())
        .contains("too low")
        .doesNotContain("good");
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
  }

  @Test
  void wordsFilterRowsAndSections() {
    browser.findElement(By.id("words")).sendKeys("gowalla");

    assertThat(shown("#wide tbody tr")).hasSize(1);
    assertThat(shown("#claims tbody tr"))
        .extracting(WebElement::getText)
        .singleElement()
        .asString()
        .contains("It is not so");
    assertThat(browser.findElement(By.id("shown")).getText()).isEqualTo("2 rows");

    browser.findElement(By.id("words")).sendKeys(" nothing like it");

    assertThat(shown("#wide, #claims")).isEmpty();
  }

  @Test
  void verdictsFilterClaims() {
    browser.findElement(By.xpath("//select[@id='verdict']/option[.='holds']")).click();

    assertThat(shown("#claims tbody tr")).hasSize(1);
    assertThat(shown("#wide tbody tr")).as("rows without a verdict stay").hasSize(2);
  }

  @Test
  void rowsLeadToTheirRunsAndTheCommandThatTrainsThemAgain() {
    WebElement run = browser.findElement(By.cssSelector("#wide tbody tr td:last-child"));

    assertThat(run.findElement(By.tagName("a")).getDomAttribute("href"))
        .isEqualTo("runs/one/provenance.json");
    run.findElement(By.tagName("summary")).click();
    assertThat(run.findElement(By.tagName("code")).getText())
        .isEqualTo("./bsl rerun " + folder.resolve("runs/one/provenance.json"));
  }

  @Test
  void endsWithTheImprint() {
    assertThat(browser.findElement(By.id("imprint")).getText()).isEqualTo(Rendered.IMPRINT.text());
  }

  @Test
  void isLightOrDarkAsTheReaderLikes() {
    assertThat(ground("light")).isEqualTo("rgb(255, 255, 255)");
    assertThat(ground("dark")).isEqualTo("rgb(21, 23, 26)");
  }

  private static String ground(String scheme) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    return (String) browser.executeScript("return getComputedStyle(document.body).backgroundColor");
  }
}
