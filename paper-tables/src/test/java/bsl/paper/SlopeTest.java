package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

class SlopeTest {
  private static final double[] LEVELS = {1, 5, 10};

  @Test
  void isThatOfLeastSquares() {
    double[] y = {0.17, 0.226, 0.26};
    SimpleRegression line = new SimpleRegression();
    for (int i = 0; i < y.length; i++) {
      line.addData(LEVELS[i], y[i]);
    }

    assertThat(Slope.of(LEVELS, y)).isCloseTo(line.getSlope(), within(1e-16));
  }

  /** A slope of 1e-18 with every seed would be a difference without any chance in it. */
  @Test
  void ofValuesThatAreAllTheSameIsZero() {
    for (double tau : new double[] {0.11, 0.14, 0.17, 0.21, 0.26, 0.31}) {
      assertThat(Slope.of(LEVELS, new double[] {tau, tau, tau})).isZero();
    }
  }
}
