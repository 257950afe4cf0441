package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.run.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailuresTest {
  private static final String DEFECT =
      "bsl: internal error, please report it: java.lang.StackOverflowError";

  private final StringWriter err = new StringWriter();

  private int report(Throwable failure) {
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err, true));
    return Failures.report(failure, command);
  }

  @Test
  void whatTheUserCanChangeIsOneLineAndExitCodeTwo() {
    assertThat(report(new InputException("a.txt:3: 'x'\n  is not a number"))).isEqualTo(2);
    assertThat(report(new NoSuchFileException("a.txt"))).isEqualTo(2);
    assertThat(report(new UncheckedIOException(new AccessDeniedException("b.txt")))).isEqualTo(2);
    assertThat(report(new UncheckedIOException("c.txt: full", new IOException("full"))))
        .isEqualTo(2);

    assertThat(err.toString().lines())
        .containsExactly(
            "bsl: a.txt:3: 'x' is not a number",
            "bsl: a.txt: no such file",
            "bsl: b.txt: permission denied",
            "bsl: c.txt: full");
  }

  @Test
  void memoryShortageNamesTheOption() {
    assertThat(report(new IllegalStateException(new OutOfMemoryError("Java heap space"))))
        .isEqualTo(2);
    assertThat(err.toString()).contains("out of memory").contains("BSL_JAVA_OPTS=-Xmx");
    assertThat(err.toString()).hasLineCount(1);

    err.getBuffer().setLength(0);
    long much = 100L << 30;
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    assertThat(report(new MemoryShortage("training a-mf-bsl", much, error))).isEqualTo(2);
    assertThat(err.toString())
        .contains("training a-mf-bsl needs about 100 GiB")
        .contains("BSL_JAVA_OPTS=-Xmx100g");
  }

  @Test
  void aDefectIsOneLineThatNamesTheFileWithTheTrace() throws IOException {
    int code = report(new StackOverflowError());
    Path file = details();
    try {
      assertThat(code).isEqualTo(ExitCode.INTERNAL_ERROR);
      assertThat(err.toString()).hasLineCount(1).startsWith(DEFECT);
      assertThat(file).content().contains("StackOverflowError").contains("\tat ").contains("java ");
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The file with the trace of a defect, which is in the folder of temporary files. */
  private Path details() {
    String line = err.toString();
    String before = "; details are in ";
    assertThat(line).contains(before);
    return Path.of(line.substring(line.indexOf(before) + before.length()).strip());
  }

  @Test
  void anErrorThatACommandThrowsIsReportedToo() throws IOException {
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(err, true));
    command.setOut(
        new PrintWriter(
            new OutputStream() {
              @Override
              public void write(int value) {
                throw new StackOverflowError();
              }
            },
            true));

    int code = command.execute("data", "list");
    Path file = details();
    try {
      assertThat(code).isEqualTo(ExitCode.INTERNAL_ERROR);
      assertThat(err.toString()).hasLineCount(1).startsWith(DEFECT);
      assertThat(file).content().contains("data list");
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Standard output on which nothing can be written. */
  private static CommandLine withOutput(String message, StringWriter err) {
    CommandLine command = Main.commandLine();
    OutputStream refusing =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException(message);
          }
        };
    command.setOut(new PrintWriter(new StandardOutput(refusing, false), true));
    command.setErr(new PrintWriter(err, true));
    return command;
  }

  @Test
  void aResultThatCannotBeWrittenIsAnError() {
    for (String[] arguments : new String[][] {{"data", "list"}, {"--help"}, {"help"}}) {
      err.getBuffer().setLength(0);
      assertThat(withOutput("No space left on device", err).execute(arguments)).isEqualTo(2);
      assertThat(err.toString().strip())
          .isEqualTo("bsl: standard output cannot be written: No space left on device");
    }
  }

  @Test
  void aReaderThatHasSeenEnoughIsNone() {
    for (String[] arguments : new String[][] {{"data", "list"}, {"--help"}, {"help"}}) {
      assertThat(withOutput("Broken pipe", err).execute(arguments))
          .isEqualTo(ExitCode.OUTPUT_CLOSED);
    }
    assertThat(err.toString()).isEmpty();
  }
}
