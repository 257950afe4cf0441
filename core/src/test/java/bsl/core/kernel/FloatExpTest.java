package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The exponential against that of the platform in double precision. */
class FloatExpTest {
  @Test
  void expIsAccurateToTwoUnitsInTheSeventhDigitOverItsRange() {
    double worst = 0;
    for (float x = -87f; x <= 88f; x += 1f / 1024 + 1f / 65536) {
      double exact = Math.exp(x);
      worst = Math.max(worst, Math.abs(FloatExp.exp(x) - exact) / exact);
    }

    assertThat(worst).isLessThan(1.5e-7);
    assertThat(FloatExp.exp(0f)).isEqualTo(1f);
    assertThat(FloatExp.exp(-1000f)).isEqualTo(FloatExp.exp(-87f)).isPositive();
    assertThat(FloatExp.exp(Float.NEGATIVE_INFINITY)).isEqualTo(FloatExp.exp(-87f));
    assertThat(FloatExp.exp(1000f)).isEqualTo(FloatExp.exp(88f)).isFinite();
    assertThat(FloatExp.exp(Float.NaN)).isNaN();
  }
}
