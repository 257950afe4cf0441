package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTextTest {
  @Test
  void oneIsSingularAndAllElsePlural() {
    assertThat(CountText.of(1, "train pair")).isEqualTo("1 train pair");
    assertThat(CountText.of(0, "train pair")).isEqualTo("0 train pairs");
    assertThat(CountText.of(1234, "train pair")).isEqualTo("1234 train pairs");
    assertThat(CountText.of(1, "fit of a baseline", "fits of baselines"))
        .isEqualTo("1 fit of a baseline");
    assertThat(CountText.of(21, "line was", "lines were")).isEqualTo("21 lines were");
  }

  @Test
  void manyHaveCommasBetweenThousands() {
    assertThat(CountText.grouped(1, "user")).isEqualTo("1 user");
    assertThat(CountText.grouped(1_234_567, "user")).isEqualTo("1,234,567 users");
    assertThat(CountText.grouped(0, "line was", "lines were")).isEqualTo("0 lines were");
  }
}
