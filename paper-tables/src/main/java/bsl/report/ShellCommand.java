package bsl.report;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Commands that can be pasted into the shell, and into the folder, from which this program was
 * called.
 */
final class ShellCommand {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellCommand() {}

  /**
   * The command that trains a recorded run again.
   *
   * @param run the run's folder, absolute or relative to the current folder
   */
  static String rerun(Path run) {
    String file = run.normalize().resolve("provenance.json").toString();
    return quoted(System.getProperty("bsl.command", "./bsl")) + " rerun " + quoted(file);
  }

  /** A word as POSIX shells take it as it stands. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
