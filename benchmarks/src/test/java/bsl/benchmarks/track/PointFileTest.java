package bsl.benchmarks.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PointFileTest {
  @TempDir Path folder;

  private final HistoryPoint point = Points.point(3, 0.02, Map.of("a", 8.0, "b", 0.123456789));

  @Test
  void whatIsWrittenIsRead() {
    HistoryPoint read = PointFile.read(PointFile.write(point, folder));

    assertThat(read).usingRecursiveComparison().ignoringFields("results").isEqualTo(point);
    assertThat(read.results())
        .extracting(TrackedResult::key)
        .containsExactly("a, over plain loop", "b, over plain loop");
    for (int r = 0; r < 2; r++) {
      Estimate ratio = read.results().get(r).ratio();
      Estimate original = point.results().get(r).ratio();
      // Five digits are stored.
      assertThat(ratio.log()).isCloseTo(original.log(), within(1e-5));
      assertThat(ratio.variance()).isCloseTo(original.variance(), within(1e-6));
      assertThat(ratio.degrees()).isCloseTo(original.degrees(), within(1e-3));
    }
  }

  @Test
  void theFileHasRatiosForItsReaders() throws IOException {
    String text = Files.readString(PointFile.write(point, folder));

    assertThat(text)
        .contains("\"commit\" : \"" + "3".repeat(40) + "\"")
        .contains("\"cpu\" : \"Some CPU @ 2.5GHz\"")
        .contains("\"vector_bits\" : 256")
        .contains("\"ratio\" : 8.0")
        .endsWith("}\n");
  }

  @Test
  void itsNameIsTimeAndCommit() {
    assertThat(PointFile.write(point, folder).getFileName())
        .hasToString("20240603T120140Z-3333333333.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "\"format\" : 1 ! \"format\" : 2 ! \"format\" is not 1: 2",
        "3333333333333333333333333333333333333333 ! 33G ! 40 hexadecimal digits",
        "\"cores\" : 2 ! \"cores\" : 2.5 ! \"cores\" is no whole number: 2.5",
        "\"length\" : \"full\" ! \"length\" : \"long\" ! neither full nor quick: long",
        "2024-06-03T12:00:00Z ! yesterday ! \"committed\" is no time such as"
            + " 2024-05-31T12:00:00Z: yesterday",
        "\"changed\" : false ! \"changed\" : \"yes\" ! neither true nor false: \"yes\"",
        "\"changed\" ! \"altered\" ! there is no \"changed\"",
        "\"load_before\" : 0.25 ! \"load_before\" : \"low\" ! no number from 0 on: \"low\"",
        "\"load_before\" : 0.25 ! \"load_before\" : -1 ! no number from 0 on: -1",
        "\"format\" : 1 ! \"format\" : 1, \"format\" : 1 ! no JSON",
        "Some CPU @ ! Some CPU\\n@ ! \"cpu\" is no text: \"Some CPU\\n@",
        "\"id\" : \"b\" ! \"id\" : \"a\" ! result 2: there are two of a, over plain loop",
        "\"work\" : 1.0 ! \"work\" : \"1.0\" ! \"work\" is no positive number: \"1.0\"",
        "\"work\" : 1.0 ! \"work\" : 1e300 ! result 1: a number beyond all measurements: 1.0E300",
        "\"params\" : { ! \"params\" : 7, \"more\" : { ! \"params\" has no names: 7",
        "\"threads\" : \"1\" ! \"threads\" : {} ! \"threads\" is no text: {}",
        "\"mode\" : \"avgt\" ! \"mode\" : \"mean\" ! unknown mode 'mean' of a",
        "\"unit\" : \"ms/op\" ! \"unit\" : \"ops/ms\" ! unknown unit 'ops/ms' of a in mode avgt",
        "\"forks\" : [ ! \"forks\" : 7, \"more\" : [ ! \"forks\" is no list: 7",
        "\"forks\" : [ ! \"forks\" : [ 7, ! result 1: \"forks\" has no list for each JVM: 7",
        "\"results\" ! \"result\" ! there is no \"results\"",
        "\"yardstick_name\" ! \"name\" ! there is no \"yardstick_name\"",
        "\"work\" : 1.0 ! \"work\" : 0.0 ! \"work\" is no positive number: 0.0",
        "\"mode\" ! \"how\" ! there is no \"mode\"",
        "1.0 ! -1.0 ! result 1: \"work\" is no positive number: -1.0",
        "\"jdk\" : ! \"jdk\" ! no JSON",
      })
  void whatIsWrongIsSaidInOneLineWithTheFile(String original, String wrong, String message)
      throws IOException {
    Path file = PointFile.write(point, folder);
    String text = Files.readString(file);
    assertThat(text).contains(original);
    Files.writeString(file, text.replace(original, wrong));

    assertThatThrownBy(() -> PointFile.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  /** Read as one without results, such a file would say that nothing fell. */
  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "\"none\"", "7"})
  void aPointHasResults(String results) throws IOException {
    Path file = PointFile.write(point, folder);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("(?s)\"results\" : .*", "\"results\" : " + results + "}"));

    assertThatThrownBy(() -> PointFile.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file + ": no point of the history: \"results\" is ");
  }

  @Test
  void twoPointsInOneFileAreNone() throws IOException {
    Path file = PointFile.write(point, folder);
    Files.writeString(file, Files.readString(file) + "{}");

    assertThatThrownBy(() -> PointFile.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageContaining("no JSON")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }
}
