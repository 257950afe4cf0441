package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Figure;
import bsl.report.Figure.Series;
import bsl.report.FigureRenderer;
import bsl.report.Imprint;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command can still do once it is told to stop, in a JVM of its own. */
class InterruptionTest {
  private Process process;

  @AfterEach
  void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** Reading what the other prints cannot be interrupted; so it has a thread of its own. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aCommandThatIsStoppedFinishesAndSaysHowItEnded() throws Exception {
    process = start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int terminated = 128 + 15;

    assertThat(process.waitFor()).isEqualTo(terminated);
    assertThat(out.lines()).containsExactly("drawn", "reported");
  }

  private static ProcessBuilder java(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static Process start() throws IOException {
    return java(InterruptionTest.class).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anImportThatIsStoppedSaysThatNothingWasWritten(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("long.csv.gz");
    byte[] lines = compressed("no pair\n".repeat(1 << 20));
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(compressed("user,item\na,x\na,y\n"));
      // Takes minutes to read, and members of a gzip file stand for their texts one after another.
      for (int k = 0; k < 3000; k++) {
        out.write(lines);
      }
    }
    Path data = folder.resolve("data");
    process =
        java(
                Main.class,
                "data",
                "import",
                file.toString(),
                "--name=mine",
                "--skip-malformed",
                "--data=" + data)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader err = process.errorReader()) {
      String line = err.readLine();
      while (!line.endsWith("lines read")) {
        line = err.readLine();
      }
      // Of a process itself this would close its streams.
      process.toHandle().destroy();

      assertThat(err.lines().filter(it -> !it.endsWith("lines read")))
          .containsExactly("bsl: stopping", "bsl: " + data.resolve("mine") + ": was not written");
    }
    assertThat(process.waitFor()).isEqualTo(128 + 15);
    assertThat(data).doesNotExist();
  }

  private static byte[] compressed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  /** The command: is interrupted, draws a figure if it can, fails, and reports that. */
  public static void main(String[] arguments) {
    System.exit(
        Interruption.command(
            () -> {
              try {
                drawOnceInterrupted();
              } catch (IllegalArgumentException e) {
                System.out.println(e.getMessage());
              }
              return ExitCode.BAD_INPUT;
            }));
  }

  private static void drawOnceInterrupted() {
    try (Interruption interruption = new Interruption()) {
      interrupt();
      while (!interruption.getAsBoolean()) {
        Thread.onSpinWait();
      }
      // Without fonts nothing can be drawn; the rest is the same.
      System.out.println(!FigureRenderer.available() || draw().length > 0 ? "drawn" : "empty");
      throw new IllegalArgumentException("reported");
    }
  }

  private static byte[] draw() {
    Figure figure =
        Figure.bars("", "t", "x", "y", List.of("a"), List.of(Series.bars("s", new double[] {1})));
    return FigureRenderer.png(figure, Imprint.ofToday("test", "none"));
  }

  private static void interrupt() {
    try {
      new ProcessBuilder("kill", "-TERM", Long.toString(ProcessHandle.current().pid())).start();
    } catch (IOException e) {
      throw new IllegalStateException("there is no command kill", e);
    }
  }
}
