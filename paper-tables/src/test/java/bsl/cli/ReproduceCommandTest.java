package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.paper.Scope;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static boolean isFinished(Path run) {
    return new RunFolder(run).result().filter(RunResult::complete).isPresent();
  }

  @Test
  void aRunThatDivergesDoesNotKeepTheOthers() throws IOException {
    Path data = folder.resolve("data");
    Path preset =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            epochs: 2
            losses:
              sl: {learning_rate: 1.0e+25, tau: 0.001, train_score: inner-product}
              bsl: {}
            """);
    Path runs = folder.resolve("runs");

    int code =
        CommandLines.call(
            out,
            err,
            "reproduce",
            "overall",
            "--dataset=" + Scope.SYNTHETIC,
            "--backbone=mf",
            "--preset=" + preset,
            "--data=" + data,
            "--runs=" + runs,
            "--out=" + folder.resolve("report"));

    assertThat(code).as(err.toString()).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> line.startsWith("bsl: ")).toList())
        .hasSize(2)
        .satisfies(
            lines ->
                assertThat(lines.get(0))
                    .startsWith("bsl: small-mf-sl (")
                    .contains("learning_rate 1.0E25", "): training diverged in epoch "))
        .last()
        .isEqualTo("bsl: 1 of 2 runs are finished, 1 failed");
    List<Path> finished;
    try (Stream<Path> folders = Files.list(runs)) {
      finished = folders.filter(ReproduceCommandTest::isFinished).toList();
    }
    assertThat(finished).hasSize(1).noneMatch(run -> run.toString().contains("small-mf-sl"));
  }
}
