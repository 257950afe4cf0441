package bsl.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ImprintTest {
  @Test
  void theDayIsThatOfTheClockInUtc() {
    Clock clock = Clock.fixed(Instant.parse("2024-02-29T23:59:59Z"), ZoneOffset.ofHours(9));

    assertThat(Imprint.of("quick", "fast", clock).date()).isEqualTo("2024-02-29");
  }

  @Test
  void theLineHasTheBeginningOfTheCommitAndTheMarkOfChanges() {
    String commit = "0123456789abcdef0123456789abcdef01234567";

    assertThat(new Imprint("paper", "fast", commit, "2024-02-29").text())
        .isEqualTo("profile paper, preset fast, commit 0123456789ab, 2024-02-29");
    assertThat(new Imprint("paper", "fast", commit + "-modified", "2024-02-29").text())
        .contains("commit 0123456789ab-modified,");
    assertThat(new Imprint("paper", "fast", "unknown", "2024-02-29").text())
        .contains("commit unknown,");
  }
}
