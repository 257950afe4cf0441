package bsl.benchmarks.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything but the measuring, by its arguments, output and exit code. */
final class TrackTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path folder;

  private int run(String... arguments) {
    PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Track(toOut, toErr, Clock.systemUTC(), TrackedSet.calls()).run(arguments);
  }

  private int compare(String... points) {
    String[] arguments = new String[points.length + 3];
    arguments[0] = "--compare-only";
    arguments[1] = "--history";
    arguments[2] = folder.toString();
    System.arraycopy(points, 0, arguments, 3, points.length);
    return run(arguments);
  }

  private void store(HistoryPoint... points) {
    for (HistoryPoint point : points) {
      PointFile.write(point, folder);
    }
  }

  @Test
  void aFallMakesTheExitCodeOne() {
    store(
        Points.point(1, 0.01, Map.of("a", 10.0, "b", 3.0)),
        Points.point(2, 0.01, Map.of("a", 8.0, "b", 3.0)),
        Points.point(3, 0.01, Map.of("a", 6.0, "b", 3.0)));

    assertThat(compare()).isEqualTo(Track.FELL);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("# Benchmarks at 3333333333, measured on 2024-06-03")
        .contains("Some CPU @ 2.5GHz, 2 cores, 256-bit vectors, Linux amd64, Java 17, full")
        .contains("Compared with 2222222222, measured on 2024-06-02.")
        // -25% by hand; quantile of t with 4 degrees 2.776, standard error sqrt(2/3) 1%: 2.27%.
        .contains(
            "| a | plain loop | 6.00 | 5.85 to 6.15 | 8.00 | -25.0% | -26.7% to -23.3% | -40.0% |"
                + " fell |")
        .contains(
            "| b | plain loop | 3.00 | 2.93 to 3.08 | 3.00 | +0.0% | -2.2% to +2.3% | +0.0% |  |")
        .contains("Fell by more than its noise and a tenth: a, over plain loop.");
    assertThat(Files.exists(folder.resolve("some-cpu-2-5ghz-2-256-linux-amd64-java17-full.svg")))
        .isEqualTo(TrackPlot.available());
  }

  @Test
  void otherwiseItIsZero() {
    store(
        Points.point(1, 0.01, Map.of("a", 10.0)),
        Points.point(2, 0.01, Map.of("a", 9.5)),
        Points.point(3, 0.01, Map.of("a", 6.0)));

    assertThat(compare("1111", "2222")).isEqualTo(Track.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Nothing fell by more than its noise and a tenth.");
  }

  @Test
  void theOlderPointComesFirst() {
    store(Points.point(1, 0.01, Map.of("a", 10.0)), Points.point(2, 0.01, Map.of("a", 5.0)));

    assertThat(compare("1111", "2222")).isEqualTo(Track.FELL);
    assertThat(compare("2222", "1111")).isEqualTo(Track.OK);
    // Twice as fast as the later one, and the first of all itself.
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("+104.6% |  | rose |");
  }

  @Test
  void aQuickLookIsComparedWithQuickOnes() {
    assertThat(TrackOptions.parse("--compare-only", "--quick", "--home", "" + folder).history())
        .isEqualTo(folder.resolve("target/track/quick"));
    assertThat(TrackOptions.parse("--compare-only", "--home", "" + folder).history())
        .isEqualTo(folder.resolve("history"));
  }

  @Test
  void badInputIsOneLineAndExitCodeTwo() throws IOException {
    assertBad("wants two points", "--compare-only", "one");
    assertBad("unknown option --fast", "--fast");
    assertBad("--history wants a value", "--history");
    assertBad("--history wants a value, and not '--quick'", "--history", "--quick");
    assertBad("--history wants a value, and not ''", "--history", "");
    assertBad("nothing is known of fast", "fast");
    assertBad("40 hexadecimal digits: main", "--commit", "main");
    assertBad("a time such as", "--committed", "today");
    assertBad("there are no points to compare", "--compare-only", "--history", folder.toString());
    assertBad(
        "no such jar", "--jar", folder.resolve("none.jar").toString(), "--history", "" + folder);
    store(Points.point(1, 0.01, Map.of("a", 10.0)));
    assertBad("only one point of", "--compare-only", "--history", folder.toString());
    assertBad("--load wants a number", "--load", "much");
    Files.writeString(folder.resolve("broken.json"), "{\"format\": 1");
    assertBad("broken.json:1: no JSON", "--compare-only", "--history", folder.toString());
    String none = folder.resolve("none").toString();
    assertBad(none + ": cannot be read: no such file", "--floors", none);
    String file = folder.resolve("broken.json").toString();
    assertBad(file + ": cannot be read: is not a folder", "--compare-only", "--history", file);
    assertBad(file + ": cannot be read: is not a folder", "--history", file);
  }

  private void assertBad(String message, String... arguments) {
    err.reset();

    assertThat(run(arguments)).isEqualTo(Track.BAD_INPUT);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("track: ")
        .contains(message);
    assertThat(out.size()).isZero();
  }

  /** JMH ends with 0 when a benchmark fails, and when one says that it cannot be measured here. */
  @Test
  void aBenchmarkThatFailsIsNoneThatSkips() {
    String skips = "# Fork: 1 of 1\n<failure>\n\nbsl.benchmarks.SkippedException: no BLAS\n";
    String fails = "# Fork: 1 of 1\n<failure>\n\njava.lang.IllegalStateException: no\n\tat x\n";

    assertThat(JmhRunner.hasFailed("# Run complete. Total time: 00:00:01\n")).isFalse();
    assertThat(JmhRunner.hasFailed(skips + skips)).isFalse();
    assertThat(JmhRunner.hasFailed(fails + skips)).isTrue();
    assertThat(JmhRunner.hasFailed(skips + fails)).isTrue();
  }

  /** JMH ends with 0 then, too, and leaves the benchmark out. */
  @Test
  void aBenchmarkWhoseJvmCrashesHasFailed() {
    String crash =
        "# Fork: 1 of 2\n<forked VM failed with exit code 134>\n<stdout last='20 lines'>\n";

    assertThat(JmhRunner.hasFailed(crash)).isTrue();
  }

  @Test
  void floorsStandBesideWhatWasMeasured() {
    assertThat(run("--floors", JmhResultsTest.fixture().toString())).isEqualTo(Track.OK);

    // 2,100 us for 0.04 GFLOP and 5 MB; products take 1,000 us, Adam 250 us.
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "| step: adamMode CLOSED_FORM, batchUsers 32, dimension 64, negatives 0, preset ML_1M,"
                + " threads 2 | 2.10 | 0.0400 | 5.00 | 19.0 | 2.38 | 2.10 | 8.40 | 1.68 |")
        .contains("| products: ")
        .contains(" | 1.00 | 0.0375 | 1.60 | 37.5 | 1.60 |  |  |  |")
        .doesNotContain("PLAIN_LOOP");
  }
}
