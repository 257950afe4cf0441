package bsl.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PValueTextTest {
  @ParameterizedTest
  @CsvSource({
    "NaN, ''",
    "0, < 0.0001",
    "9.9e-5, < 0.0001",
    "1e-4, 0.00010",
    "3.4e-4, 0.00034",
    "1e-3, 0.0010",
    "0.0123, 0.0123",
    "0.1, 0.10",
    "0.456, 0.46",
    "1, 1.00",
  })
  void hasTwoDigits(double pValue, String text) {
    assertThat(PValueText.of(pValue)).isEqualTo(text);
  }
}
