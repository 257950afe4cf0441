package bsl.benchmarks.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads a file that JMH 1.37 wrote, with round numbers put in. */
final class JmhResultsTest {
  @TempDir Path folder;

  static Path fixture() {
    try {
      return Path.of(JmhResultsTest.class.getResource("jmh.json").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void measurementsAreWhatTheFileSays() {
    List<Measurement> measurements = JmhResults.read(fixture());

    assertThat(measurements)
        .extracting(Measurement::benchmark)
        .containsExactly(
            "UserStepBenchmark.step",
            "UserStepBenchmark.products",
            "UserStepBenchmark.adam",
            "ScoringProductBenchmark.score");
    Measurement step = measurements.get(0);
    assertThat(step.params()).containsEntry("preset", "ML_1M").containsEntry("threads", "2");
    assertThat(step.unit()).isEqualTo("us/op");
    assertThat(step.forks()).hasSize(2);
    assertThat(step.forks().get(0)).containsExactly(1900, 2100);
    assertThat(step.forks().get(1)).containsExactly(2150, 2250);
    assertThat(step.mean()).isEqualTo(2100);
    // 2,100 microseconds for 0.04 GFLOP
    assertThat(step.counters().get("gigaflops")).isCloseTo(52_500, within(1e-6));
    assertThat(step.throughput()).isFalse();
    assertThat(measurements.get(3).throughput()).isTrue();
    assertThat(measurements.get(3).counters()).isEmpty();
  }

  @Test
  void aRatioPicksItsTwoMeasurements() {
    TrackedRatio ratio =
        new TrackedRatio(
            "step",
            new TrackedRatio.Selector("UserStepBenchmark.step", Map.of("preset", "ML_1M")),
            new TrackedRatio.Selector("UserStepBenchmark.products", Map.of()),
            "products",
            1);

    TrackedResult result = ratio.in(JmhResults.read(fixture())).orElseThrow();

    assertThat(result.ratio().value()).isCloseTo(1000.0 / 2100, within(1e-12));
  }

  @Test
  void aRatioOfWhatWasNotMeasuredIsNone() {
    TrackedRatio ratio =
        new TrackedRatio(
            "step",
            new TrackedRatio.Selector("UserStepBenchmark.step", Map.of("preset", "GOWALLA")),
            new TrackedRatio.Selector("UserStepBenchmark.products", Map.of()),
            "products",
            1);

    assertThat(ratio.in(JmhResults.read(fixture()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "1900.0 ! 0 ! result 1: no positive number: 0",
        "1900.0 ! \"NaN\" ! result 1: no positive number: \"NaN\"",
        "\"rawData\" ! \"raw\" ! result 1: there is no \"rawData\"",
        "\"mode\": \"avgt\" ! \"mode\": 7 ! result 1: \"mode\" is no text: 7",
        "\"jmhVersion\": ! \"jmhVersion\" ! no JSON",
      })
  void whatIsWrongIsSaidWithTheFile(String original, String wrong, String message)
      throws IOException {
    Path file = folder.resolve("wrong.json");
    String text = Files.readString(fixture());
    assertThat(text).contains(original);
    Files.writeString(file, text.replace(original, wrong));

    assertThatThrownBy(() -> JmhResults.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void otherJsonIsNoResult() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "{}");

    assertThatThrownBy(() -> JmhResults.read(file)).hasMessageContaining("no list of results");
    assertThatThrownBy(() -> JmhResults.read(folder.resolve("none.json")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cannot be read");
  }
}
