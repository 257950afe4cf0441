package bsl.cli;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * One line of progress on a terminal. What matters most stands first, so that a narrow terminal
 * cuts off what matters least.
 */
final class TerminalLine {
  /** Writes the line anew. */
  interface Text {
    /**
     * @param width columns there are
     */
    String of(int width);
  }

  private static final int UPDATE_MILLIS = 500;
  private static final int LONGEST_BAR = 40;
  private static final int SHORTEST_BAR = 5;

  private TerminalLine() {}

  /** Whether standard error is a terminal, which the launcher says. */
  static boolean available() {
    return Boolean.getBoolean("bsl.terminal");
  }

  /** Shows a line, until it is closed. */
  static ProgressBar show(Text text) {
    return new ProgressBarBuilder()
        .setTaskName("")
        .setInitialMax(1)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .continuousUpdate()
        .setRenderer((state, width) -> padded(cut(text.of(width), width), width))
        .build();
  }

  /**
   * A line with a bar in the middle, which takes what the texts leave of the width.
   *
   * @param left stands before the bar and is never cut
   * @param share done, 0 to 1
   * @param right stands after the bar and is cut at the end
   */
  static String bar(int width, String left, double share, String right) {
    String first = Interruption.isStopping() ? "stopping, writing what is done" : left;
    String percent = String.format(Locale.ROOT, "%s %3.0f%% ", first, 100 * share);
    int room = width - percent.length() - right.length() - 4;
    int length = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, room));
    int done = (int) Math.round(length * Math.max(0, Math.min(1, share)));
    String bar = "[" + "=".repeat(done) + " ".repeat(length - done) + "]";
    return cut(percent + bar + " " + right, width);
  }

  /** What an earlier, longer text has left is written over. */
  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width));
  }
}
