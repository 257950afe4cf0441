package bsl.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {
  private static final Path ASKED = Path.of("asked");

  @Test
  void whatIsAskedForGoesFirst() {
    assertThat(DataDirectory.resolve(ASKED, "/elsewhere")).isEqualTo(ASKED);
    assertThat(DataDirectory.resolve(ASKED)).isEqualTo(ASKED);
  }

  @Test
  void theEnvironmentGoesBeforeTheDefault() {
    assertThat(DataDirectory.resolve(null, "/elsewhere")).isEqualTo(Path.of("/elsewhere"));
  }

  @Test
  void anEmptyEnvironmentCountsAsNone() {
    Path own = Path.of("work", "data");

    assertThat(DataDirectory.resolve(null, null)).isEqualTo(own);
    assertThat(DataDirectory.resolve(null, " ")).isEqualTo(own);
  }
}
