package bsl.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckTest {
  @Test
  void aFailureIsNotRoundedToWhatIsAllowed() {
    assertThat(Check.atLeast("a number", 0.97961, 1, 0.02).describe())
        .isEqualTo("a number: 0.97961, expected 1.0000 less at most 2.0%, is -2.04%: FAIL");
    assertThat(Check.near("a number", 1.0300004, 1, 0.03).describe()).endsWith("+3.00004%: FAIL");
    assertThat(Check.atLeast("a number", 0.95, 1, 0.02).describe()).endsWith("-5.0%: FAIL");
    assertThat(Check.atLeast("a number", Double.NaN, 1, 0.02).describe()).endsWith("FAIL");
  }

  @Test
  void whatPassesIsRounded() {
    assertThat(Check.atLeast("a number", 0.98004, 1, 0.02).describe()).endsWith("-2.0%: pass");
  }
}
