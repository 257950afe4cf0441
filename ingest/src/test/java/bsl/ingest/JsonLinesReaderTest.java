package bsl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesReaderTest {
  private static Records read(String text, String... keys) {
    return Records.of(text, lines -> new JsonLinesReader(lines, List.of(keys)));
  }

  @Test
  void valuesComeInTheOrderOfTheKeys() {
    String text =
        """
        {"reviewerID": "A2SUAM1J3GNN3B", "asin": "0000013714", "helpful": [0, {"a": 1}], "overall": 5.0}

        {"overall": 4, "asin": "B\\u00e9 \\"q\\"", "reviewerID": 17, "verified": true, "x": {"asin": "no"}}
        """;
    Records records = read(text, "asin", "reviewerID", "overall", "verified");

    assertThat(records.problems()).isEmpty();
    assertThat(records.good())
        .containsExactly(
            Arrays.asList("0000013714", "A2SUAM1J3GNN3B", "5", null),
            List.of("Bé \"q\"", "17", "4", "true"));
  }

  /**
   * One program writes an id as 17, and another one, which has it in a column of doubles, as 17.0.
   */
  @ParameterizedTest
  @CsvSource({
    "17.0, 17",
    "17.000, 17",
    "0.0, 0",
    "-3.0, -3",
    "1.7e1, 17",
    "17E+0, 17",
    "170e-1, 17",
    "1e20, 100000000000000000000",
    "9007199254740993, 9007199254740993",
    "9007199254740993.0, 9007199254740993",
    "12345678901234567890123456789.0, 12345678901234567890123456789",
    "9.007199254740993e15, 9007199254740993",
    "1.5, 1.5",
    "17.01, 17.01",
    "15e-1, 15e-1",
    "1e400, 1e400",
    "1e99999999999, 1e99999999999",
    "\"17.0\", 17.0",
    "\"1e1\", 1e1",
  })
  void numbersWithoutAFractionAreIntegers(String number, String text) {
    Records records = read("{\"a\": " + number + ", \"b\": " + number + "}\n", "a", "b");

    assertThat(records.problems()).isEmpty();
    assertThat(records.good()).containsExactly(List.of(text, text));
  }

  @Test
  void whatIsMissingOrNullIsAbsent() {
    assertThat(read("{\"a\": null}\n{\"b\": \"\"}\n", "a", "b").good())
        .containsExactly(Arrays.asList(null, null), Arrays.asList(null, ""));
  }

  @Test
  void malformedLinesAreNamedAndPassed() {
    Records records =
        read(
            "{\"a\": 1}\n{'a': 2}\n[3]\n{\"a\": 4\n{\"a\": 5} {\"a\": 6}\n{\"a\": [7]}\n{\"a\": 8}",
            "a");

    assertThat(records.good()).containsExactly(List.of("1"), List.of("8"));
    assertThat(records.problems())
        .containsExactly(
            "2: is not JSON: '{'a': 2}'",
            "3: is not a JSON object: '[3]'",
            "4: is not JSON: '{\"a\": 4'",
            "5: has more than one JSON object: '{\"a\": 5} {\"a\": 6}'",
            "6: the value of 'a' is not a string or a number: '{\"a\": [7]}'");
  }

  @Test
  void ofTwoValuesOfOneKeyNoneIsTaken() {
    Records records =
        read(
            "{\"a\": 1, \"b\": 2, \"a\": 3}\n{\"a\": null, \"a\": 1}\n{\"a\": [], \"a\": 1}\n"
                + "{\"a\": 4, \"b\": 5, \"b\": 6}\n",
            "a");

    assertThat(records.good()).containsExactly(List.of("4"));
    assertThat(records.problems())
        .containsExactly(
            "1: has the key 'a' twice: '{\"a\": 1, \"b\": 2, \"a\": 3}'",
            "2: has the key 'a' twice: '{\"a\": null, \"a\": 1}'",
            "3: the value of 'a' is not a string or a number: '{\"a\": [], \"a\": 1}'");
  }

  @Test
  void keysOfScalarsAreFound() {
    assertThat(
            JsonLinesReader.scalarKeys("{\"u\": 1, \"l\": [1], \"o\": {\"k\": 2}, \"t\": \"x\"}"))
        .containsExactly("u", "t");
    assertThat(JsonLinesReader.scalarKeys("no object")).isEmpty();
  }
}
