package bsl.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  @Test
  void datesAreSecondsSince1970() {
    DateTimeFormatter blank = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    Seeds.check(
        500,
        random -> {
          long second = (long) (random.nextDouble() * 4e9) - 1_000_000_000L;
          LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
          assertThat(TimeText.parse(blank.format(time))).isEqualTo(second);
          assertThat(TimeText.parse(blank.format(time).replace(' ', 'T') + "Z")).isEqualTo(second);
          assertThat(TimeText.parse(blank.format(time) + ".250")).isEqualTo(second + 0.25);
          assertThat(TimeText.parse(time.toLocalDate().toString()))
              .isEqualTo(time.toLocalDate().atStartOfDay().toEpochSecond(ZoneOffset.UTC));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "978300760, 978300760",
    "978300760.5, 978300760.5",
    "1970-01-01T01:00:00+01:00, 0",
    "1970-01-01 02:00:00+00, 7200",
    "1970-01-01 02:00:00+02, 0",
    "1970-01-01T02:00:00+0200, 0",
    "1970-01-01 00:00:00-0130, 5400",
    "1970-01-01 05:30:00.25+05:30, 0.25",
    "1970-01-01 01:00:00.5+01, 0.5",
    "1970-01-02, 86400",
    "-5, -5",
  })
  void numbersStayAsTheyAre(String text, double expected) {
    assertThat(TimeText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2015-13-01",
        "2015-02-30",
        "2015-02-03x10:00:00",
        "2015-02-03 25:00:00",
        "05 15, 2015",
        "2015/05/15",
        "2015-02-03T",
        "2015-02-03 10:00:00+2",
        "2015-02-03 10:00:00+020",
        "2015-02-03 10:00:00+25",
        "2015-02-03 24:00:00+02",
        "2015-ab-01"
      })
  void otherTextIsNoTime(String text) {
    assertThat(TimeText.parse(text)).isNaN();
  }
}
