package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.report.Figure;
import bsl.report.Figure.Series;
import bsl.report.FigureRenderer;
import bsl.report.Imprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

  private static Process start() throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                InterruptionTest.class.getName()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
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
