package bsl.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Calls commands as {@link Main} does, catches what they print, and reads commands in that. */
final class CommandLines {
  /** Between single quotes, after a backslash, as it stands, or the end of a word. */
  private static final Pattern PIECE =
      Pattern.compile("'([^']*)'|\\\\(.)|([A-Za-z0-9_@%+=:,./-]+)|( +)");

  private CommandLines() {}

  /** The words of a command as a POSIX shell takes them; what else a shell knows is refused. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>(List.of(""));
    Matcher piece = PIECE.matcher(command);
    int end = 0;
    while (piece.find() && piece.start() == end) {
      end = piece.end();
      if (piece.group(4) != null) {
        words.add("");
      }
      for (int group = 1; group <= 3; group++) {
        if (piece.group(group) != null) {
          words.set(words.size() - 1, words.get(words.size() - 1) + piece.group(group));
        }
      }
    }
    if (end < command.length()) {
      throw new AssertionError("not a plain command from character " + end + " on: " + command);
    }
    return words;
  }

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
