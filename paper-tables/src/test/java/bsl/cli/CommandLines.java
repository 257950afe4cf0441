package bsl.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Calls commands as {@link Main} does, and catches what they print. */
final class CommandLines {
  private CommandLines() {}

  /**
   * Calls a command.
   *
   * @param out has what goes to standard output, and nothing of before
   * @param err the same for standard error
   * @return the exit code
   */
  static int call(StringWriter out, StringWriter err, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
