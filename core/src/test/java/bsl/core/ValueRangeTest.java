package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueRangeTest {
  @ParameterizedTest
  @ValueSource(strings = {"1", "+1", "1.", ".5", "1e3", "1.5E-3", "3.4028234663852886E38"})
  void numbersAreAllowed(String value) {
    assertThat(ValueRange.positive().allows(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1", "1f", "1d", "0x1p3", "NaN", "Infinity", "1,5", "١", "1e39", "0", "e3"})
  void whatIsNotAPositiveNumberIsRefused(String value) {
    assertThat(ValueRange.positive().allows(value)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.0", "١٢", "11", "-1", "99999999999999999999", "0x5", "5 "})
  void whatIsNotAWholeNumberInRangeIsRefused(String value) {
    assertThat(ValueRange.whole(0, 10).allows(value)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, true, true, false",
    "1e-9, true, true, true",
    "0.5, true, true, true",
    "1, true, false, false",
    "1.5, false, false, false",
    "-0.5, false, false, false",
  })
  void theBoundsAreAsTheNamesSay(String value, boolean share, boolean belowOne, boolean proper) {
    assertThat(ValueRange.share().allows(value)).isEqualTo(share);
    assertThat(ValueRange.shareBelowOne().allows(value)).isEqualTo(belowOne);
    assertThat(ValueRange.properShare().allows(value)).isEqualTo(proper);
  }

  @ParameterizedTest
  @CsvSource({"1, 1.0", "1e-3, 0.001", "-0, 0.0", "-0.0, 0.0", ".50, 0.5", "-2, -2.0"})
  void equalNumbersAreWrittenInOneWay(String value, String canonical) {
    assertThat(ValueRange.real().canonical(value)).isEqualTo(canonical);
  }

  @Test
  void wholeNumbersAreWrittenInOneWay() {
    assertThat(ValueRange.whole(0, 100).canonical("+007")).isEqualTo("7");
    assertThat(ValueRange.whole(Long.MIN_VALUE, Long.MAX_VALUE).allows("-9223372036854775808"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1e308, is too large: numbers go up to 3.4028234e38",
    "3.5e38, is too large: numbers go up to 3.4028234e38",
    "1e999, is too large: numbers go up to 3.4028234e38",
    "-1, is not a number of at least 0",
    "much, is not a number of at least 0"
  })
  void aRefusalNamesTheBoundThatTheWordsLeaveOut(String value, String refusal) {
    assertThat(ValueRange.atLeastZero().allows(value)).isFalse();
    assertThat(ValueRange.atLeastZero().refusal(value)).isEqualTo(refusal);
  }

  /** The smallest float is 1.4e-45; what is nearer to 0 would be 0 in single precision. */
  @Test
  void aPositiveNumberIsPositiveInSinglePrecision() {
    assertThat(ValueRange.positive().allows("1.5e-45")).isTrue();
    for (String small : new String[] {"1e-46", "1e-300"}) {
      assertThat(ValueRange.positive().allows(small)).isFalse();
      assertThat(ValueRange.positive().refusal(small))
          .isEqualTo("is too small: positive numbers begin at 1.5e-45");
    }
    assertThat(ValueRange.positive().refusal("0")).isEqualTo("is not a positive number");
  }

  @Test
  void aRefusalSaysWhatIsAllowed() {
    assertThat(ValueRange.real().refusal("-1e39"))
        .isEqualTo("is too large: numbers go up to 3.4028234e38");
    assertThat(ValueRange.share().refusal("1e39")).isEqualTo("is not a number from 0 to 1");
    assertThat(ValueRange.choice("a", "b").refusal("c")).isEqualTo("is not one of a, b");
  }

  @Test
  void boundsAreWrittenShortly() {
    assertThat(ValueRange.between(1e-18, 1e30).allowed()).isEqualTo("a number from 1e-18 to 1e30");
    assertThat(ValueRange.between(-1e15f, 1e15f).allowed())
        .isEqualTo("a number from -1e15 to 1e15");
    assertThat(ValueRange.between(0.1, 16777217).allowed())
        .isEqualTo("a number from 0.1 to 1.6777217e7");
    assertThat(ValueRange.between(-2, 1.5).allowed()).isEqualTo("a number from -2 to 1.5");
    assertThat(ValueRange.between(-2, 1.5).allows("-2")).isTrue();
    assertThat(ValueRange.between(-2, 1.5).allows("1.5000001")).isFalse();
  }

  @Test
  void choicesAreTakenLiterally() {
    ValueRange range = ValueRange.choice("multi", "reweight");

    assertThat(range.allows("multi")).isTrue();
    assertThat(range.allows("Multi")).isFalse();
    assertThat(range.allowed()).isEqualTo("one of multi, reweight");
  }
}
