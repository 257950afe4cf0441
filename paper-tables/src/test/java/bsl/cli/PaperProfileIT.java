package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The whole reproduction with the published numbers asserted: {@code mvn verify -Ppaper}. Takes
 * hours, goes on where it was broken off, and shares the repository's store of runs, {@code
 * work/runs}, with the command line. The report is in {@code work/reports/paper}.
 */
class PaperProfileIT {
  @Test
  void everyNumberIsWithinTolerance() {
    assumeTrue(
        System.getProperty("bsl.paper") != null, "skipped: runs with mvn verify -Ppaper only");
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(System.out, true)).setErr(new PrintWriter(System.err, true));

    Path work = Path.of("..", "work");
    String data = System.getenv().getOrDefault("BSL_DATA", work.resolve("data").toString());

    assertThat(
            line.execute(
                "reproduce",
                "--resume",
                "--data=" + data,
                "--out=" + work.resolve("reports/paper"),
                "--runs=" + work.resolve("runs")))
        .isEqualTo(ExitCode.DONE);
  }
}
