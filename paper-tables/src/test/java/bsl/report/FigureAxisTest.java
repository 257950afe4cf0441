package bsl.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.jfree.data.Range;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers alone; nothing is drawn, and no font is needed. */
class FigureAxisTest {
  @ParameterizedTest
  @CsvSource({
    "0.01, 1, '0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1'",
    "0.21, 0.45, '0.3, 0.4'",
    "1e-9, 2e-3, '1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 0.001'",
    "1e-4, 9e-4, '1e-4, 2e-4, 5e-4'",
    "2e6, 6e7, '2000000, 5000000, 1e7, 2e7, 5e7'",
    "0.11, 0.14, '0.11, 0.12, 0.13, 0.14'",
    "0.2999, 0.3001, '0.2999, 0.3000, 0.3001'"
  })
  void aLogarithmicAxisHasAtLeastTwoNumbers(double from, double to, String expected) {
    assertThat(
            FigureAxis.ticks(new Range(from, to)).stream()
                .map(FigureAxis::text)
                .collect(Collectors.joining(", ")))
        .isEqualTo(expected);
  }
}
