package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.paper.Artifact;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The whole reproduction in profile quick, on a synthetic data set. Real data is trained at full
 * strength by {@link MainTableIT}.
 */
class QuickProfileIT {
  @TempDir static Path folder;

  private static String output;

  private static String bsl(int expected, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    assertThat(line.execute(arguments)).as(out + "\n" + err).isEqualTo(expected);
    return out.toString();
  }

  private static String data() {
    return folder.resolve("none").toString();
  }

  private static String[] command() {
    return new String[] {
      "reproduce",
      "--profile=quick",
      "--data=" + data(),
      "--out=" + folder,
      "--runs=" + folder.resolve("runs")
    };
  }

  @BeforeAll
  static void reproduce() {
    output = bsl(0, command());
  }

  @Test
  void everyArtifactIsThereInEveryForm() {
    for (Artifact artifact : Artifact.all()) {
      String id = artifact.id();
      assertThat(folder.resolve(id + ".md")).isNotEmptyFile();
      assertThat(folder.resolve(id + ".tex")).isNotEmptyFile();
      assertThat(folder.resolve(id + ".csv")).isNotEmptyFile();
    }
    assertThat(folder.resolve("claims.csv")).content().contains("leans to it", ",undecided,");
    assertThat(folder.resolve("report.html")).content().contains("</html>");
  }

  @Test
  void endsWithVerdictsOnTheTerminal() {
    assertThat(output)
        .contains("SL > BPR > BCE > MSE, mf")
        .containsPattern("(\\d+) of \\1 statements as expected");
  }

  @Test
  void onceMoreTrainsNothingAndGivesTheSameBytes() throws IOException {
    Map<String, String> before = files();

    assertThat(bsl(0, command())).containsPattern("(\\d+) runs, \\1 of them finished before");

    assertThat(files()).isEqualTo(before);
  }

  /** All files but the page, which has the time on it. */
  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(file -> file.toString().matches(".*\\.(md|csv|tex|svg)"))
          .forEach(file -> files.put(file.getFileName().toString(), read(file)));
    }
    return files;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aCellIsTrainedAgainFromItsProvenance() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      Path run =
          runs.filter(path -> path.toString().contains("-mf-mean-variance-"))
              .findFirst()
              .orElseThrow();
      assertThat(
              bsl(
                  0,
                  "rerun",
                  run.resolve("provenance.json").toString(),
                  "--data=" + data(),
                  "--out=" + folder.resolve("rerun")))
          .contains("the bits agree");
    }
  }
}
