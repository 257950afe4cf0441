package bsl.benchmarks.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrackReportTest {
  @ParameterizedTest
  @CsvSource({
    "2, 2.00",
    "9.9999, 10.0",
    "0.99999, 1.00",
    "0.0099999, 0.0100",
    "0.0004567, 0.000457",
    "123.4, 123",
    "45678.9, 45700",
    "0.04, 0.0400",
  })
  void numbersHaveThreeDigits(double number, String shown) {
    assertThat(TrackReport.number(number)).isEqualTo(shown);
  }
}
