package bsl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.ingest.Logs.Event;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeScaleTest {
  /** 2000-12-31T22:12:40Z. */
  private static final double SECOND = 978_300_760;

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e3, 1e6, 1e9})
  void unitIsToldBySize(double perSecond) {
    TimeScale scale = TimeScale.of(SECOND * perSecond);
    assertThat(scale.show(SECOND * perSecond)).isEqualTo("2000-12-31T22:12:40Z");
    assertThat(scale.fromSeconds(2)).isEqualTo(2 * perSecond);
  }

  @Test
  void smallNumbersAreShownAsTheyAre() {
    assertThat(TimeScale.of(12).show(7)).isEqualTo("7");
    assertThat(TimeScale.of(12).show(7.5)).isEqualTo("7.5");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Long.MIN_VALUE, Long.MAX_VALUE, -1e300, 1e300, -62_167_219_201.0})
  void timesOutsideTheCalendarAreShownAsNumbers(double time) {
    assertThat(Double.parseDouble(TimeScale.SECONDS.show(time))).isEqualTo(time);
  }

  @Test
  void marksForMissingTimesDoNotChangeTheUnit() {
    double endOfDays = 253_402_214_400.0; // 9999-12-31 in seconds, which would be 1978 in millis
    assertThat(log(Long.MIN_VALUE, SECOND, SECOND + 1, SECOND + 2, endOfDays).timeScale())
        .isEqualTo(TimeScale.SECONDS);
    assertThat(log(0, 0, 0, -1, 1000 * SECOND).timeScale()).isEqualTo(TimeScale.MILLISECONDS);
    assertThat(log(1, 2, 3, 4, endOfDays).timeScale()).isEqualTo(TimeScale.NUMBERS);
    assertThat(log(0, -1).timeScale()).isEqualTo(TimeScale.NUMBERS);
  }

  @Test
  void namesAreThoseOfRecords() {
    for (TimeScale scale : TimeScale.values()) {
      assertThat(TimeScale.find(scale.key())).contains(scale);
    }
    assertThat(TimeScale.find("weeks")).isEmpty();
  }

  private static InteractionLog log(double... times) {
    List<Event> events =
        DoubleStream.of(times).mapToObj(time -> new Event(0, 0, time, null)).toList();
    return Logs.log(events, 1, 1, true);
  }
}
