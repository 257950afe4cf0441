package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The whole reproduction with the published numbers asserted: {@code mvn verify -Ppaper}. Takes
 * hours, goes on where it was broken off, and leaves its report in {@code target/paper}.
 */
class PaperProfileIT {
  @Test
  void everyNumberIsWithinTolerance() {
    assumeTrue(
        System.getProperty("bsl.paper") != null, "skipped: runs with mvn verify -Ppaper only");
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(System.out, true)).setErr(new PrintWriter(System.err, true));

    String folder = System.getProperty("bsl.paper");

    assertThat(
            line.execute("reproduce", "--resume", "--out=" + folder, "--runs=" + folder + "/runs"))
        .isEqualTo(ExitCode.DONE);
  }
}
