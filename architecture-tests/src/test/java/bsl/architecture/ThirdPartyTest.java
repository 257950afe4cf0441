package bsl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The list of libraries in the repository is what the build finds the modules to need. */
class ThirdPartyTest {
  @Test
  void theListIsTrue() throws IOException {
    Path found = Path.of("target", "THIRD-PARTY.md");

    assertThat(Project.ROOT.resolve("THIRD-PARTY.md"))
        .as("cp architecture-tests/target/THIRD-PARTY.md . renews it")
        .content()
        .isEqualToNormalizingNewlines(Files.readString(found));
  }
}
