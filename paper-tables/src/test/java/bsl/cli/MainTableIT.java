package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bsl.data.DatasetCatalog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The cells of the main table on ml-1m that have published numbers, trained at full strength and
 * held to these numbers. Runs where {@code BSL_DATA} names a directory with ml-1m, and is skipped
 * elsewhere.
 */
class MainTableIT {
  @TempDir Path folder;

  @Test
  void everyCellOfMl1mReachesThePublishedNumbers() throws Exception {
    String data = System.getenv("BSL_DATA");
    assumeTrue(
        data != null && DatasetCatalog.isPresent("ml-1m", Path.of(data)),
        "skipped: BSL_DATA names no directory with ml-1m");
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));

    int code =
        line.execute(
            "reproduce",
            "overall",
            "cutoffs",
            "--dataset=ml-1m",
            "--backbone=mf",
            "--backbone=lightgcn",
            "--data=" + data,
            "--out=" + folder,
            "--runs=" + folder.resolve("runs"));

    assertThat(code).as(out.toString()).isZero();
    List<String> cells =
        Files.readAllLines(folder.resolve("overall.csv")).stream()
            .filter(row -> row.startsWith("ml-1m,"))
            .toList();
    for (String cell : List.of("mf,sl", "mf,bsl", "lightgcn,sl", "lightgcn,bsl")) {
      assertThat(cells).anyMatch(row -> row.startsWith("ml-1m," + cell + ","));
    }
  }
}
