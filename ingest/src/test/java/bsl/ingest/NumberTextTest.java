package bsl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
  private static double parse(String text) {
    String inside = "9" + text + "9";
    return NumberText.parse(inside.toCharArray(), 1, 1 + text.length());
  }

  @Test
  void isWhatJavaParses() {
    Seeds.check(
        2000,
        random -> {
          double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(18));
          String plain = String.format(Locale.ROOT, "%." + random.nextInt(8) + "f", value);
          for (String text : new String[] {plain, Double.toString(value)}) {
            assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
          }
        });
    assertThat(parse("1112486027123456789")).isEqualTo(1112486027123456789.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "4.0", "-1", ".5", "3.", "+2", "1e3", "0"})
  void numbersAreRead(String text) {
    assertThat(parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "abc",
        "5d",
        "0x10",
        "NaN",
        "Infinity",
        "1e999",
        "1,5",
        "1 2",
        "1.2.3"
      })
  void otherTextIsNoNumber(String text) {
    assertThat(parse(text)).isNaN();
  }
}
