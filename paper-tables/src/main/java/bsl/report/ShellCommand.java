package bsl.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Commands that can be pasted into the shell, and into the folder, from which this program was
 * called.
 */
public final class ShellCommand {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private ShellCommand() {}

  /**
   * The command that trains a recorded run again.
   *
   * @param run the run's folder, absolute or relative to the current folder
   * @param places options that say where data and runs are, with their values
   */
  static String rerun(Path run, List<String> places) {
    List<String> words = new ArrayList<>();
    words.add(System.getProperty("bsl.command", "./bsl"));
    words.add("rerun");
    words.add(run.normalize().resolve("provenance.json").toString());
    words.addAll(places);
    return quoted(words);
  }

  /** A command of these words, which POSIX shells take as they stand. */
  public static String quoted(List<String> words) {
    return words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
