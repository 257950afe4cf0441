package bsl.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Six decimals, rounded half up, as {@link BigDecimal} rounds the exact value of a float. */
class ScoreTextTest {
  private static String text(float score) {
    ByteText text = new ByteText();
    ScoreText.append(score, text);
    return new String(text.toBytes(), StandardCharsets.US_ASCII);
  }

  private static String exact(float score) {
    BigDecimal rounded = new BigDecimal(score).setScale(6, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0.000000" : rounded.toPlainString();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.000000",
    "-0.0, 0.000000",
    "-1e-9, 0.000000",
    "0.0078125, 0.007813",
    "-0.0078125, -0.007813",
    "1, 1.000000",
    "-12.5, -12.500000",
    "0.9999999, 1.000000",
    "1e9, 1000000000.000000",
    "3.4028235e38, 340282346638528859811704183484516925440.000000"
  })
  void isFixed(float score, String expected) {
    assertThat(text(score)).isEqualTo(expected);
  }

  @Test
  void isTheExactValueRounded() {
    RandomStream random = RandomStream.of(3, Purpose.TEST);
    for (int n = 0; n < 200_000; n++) {
      float score = Float.intBitsToFloat((int) random.nextLong());
      if (Float.isFinite(score)) {
        assertThat(text(score)).isEqualTo(exact(score));
      }
      float cosine = (float) (2 * random.nextDouble() - 1);
      assertThat(text(cosine)).isEqualTo(exact(cosine));
    }
  }
}
