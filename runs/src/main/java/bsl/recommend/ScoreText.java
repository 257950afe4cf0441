package bsl.recommend;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Scores as text: six decimals, rounded half up, without exponent and without a negative zero. Made
 * for files of millions of scores.
 */
final class ScoreText {
  private static final int DECIMALS = 6;
  private static final long UNIT = 1_000_000;

  /**
   * Below this, a float times {@link #UNIT} is exact in double precision, and so is a half more.
   */
  private static final float LARGEST = 1e9f;

  private ScoreText() {}

  /** Appends a score, which has to be finite. */
  static void append(float score, ByteText to) {
    double scaled = Math.abs((double) score) * UNIT;
    if (!(Math.abs(score) < LARGEST)) {
      String text = new BigDecimal(score).setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString();
      to.add(text.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    long rounded = (long) (scaled + 0.5);
    if (score < 0 && rounded != 0) {
      to.add('-');
    }
    to.addNumber(rounded / UNIT);
    to.addDecimals(rounded % UNIT, UNIT);
  }
}
