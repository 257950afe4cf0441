package bsl.benchmarks.track;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A table in Markdown; its first column is text, the others are numbers. */
final class MarkdownTable {
  private final StringBuilder out = new StringBuilder();

  MarkdownTable(String... titles) {
    add(titles);
    List<String> lines = new ArrayList<>(Collections.nCopies(titles.length, "---:"));
    lines.set(0, "---");
    add(lines.toArray(String[]::new));
  }

  void add(String... cells) {
    Arrays.stream(cells).forEach(c -> out.append("| ").append(c.replace("|", "\\|")).append(' '));
    out.append("|\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
