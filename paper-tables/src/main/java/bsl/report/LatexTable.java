package bsl.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Makes LaTeX floats of a table that stay within the page.
 *
 * <p>Widths are estimated from the number of characters. Long texts wrap. The type gets smaller if
 * that is needed. A table that is still too wide may fit without its first column of words. Those
 * words then become headings of the rows that begin with them. Any other table that is too wide is
 * split: further columns come below, and each part begins with the table's leading columns of
 * words, or with as many of them as take half of the page. A table that is too high goes on in
 * another float.
 */
final class LatexTable {
  /** Text width of class article at ten points. */
  private static final double PAGE_WIDTH = 345;

  /** Height of the text of class article at ten points, less a caption of two lines. */
  private static final double PAGE_HEIGHT = 500;

  /** Lines of type that rules and their space take in each part. */
  private static final int RULES = 2;

  /** On either side of a column. */
  private static final double COLUMN_SPACE = 3;

  /** Words wider than this are set in a column that wraps. */
  private static final int WRAP = 26;

  /** A title wraps before it makes its column wider than this. */
  private static final int TITLE = 9;

  /** A size of type with the width of a digit and the height of a line, in points. */
  private record Size(String command, double digit, double line) {}

  private static final List<Size> SIZES =
      List.of(
          new Size("", 5, 12),
          new Size("\\small\n", 4.63, 11),
          new Size("\\footnotesize\n", 4.25, 9.5));

  private final Table table;
  private final String label;
  private final List<List<String>> cells;
  private final List<List<String>> titles;
  private final int[] characters;

  /** Whether the words of the first column are headings above the rows that begin with them. */
  private final boolean headings;

  /**
   * @param table what is set
   * @param label for references to it
   */
  LatexTable(Table table, String label) {
    this.table = table;
    this.label = label;
    cells = table.rows().stream().map(row -> MarkdownRenderer.shown(table, row)).toList();
    characters = new int[table.columns().size()];
    titles = new ArrayList<>();
    for (int c = 0; c < characters.length; c++) {
      int column = c;
      int widest = cells.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
      List<String> title = lines(table.columns().get(c).title(), Math.max(TITLE, widest));
      titles.add(title);
      int titleWidth = title.stream().mapToInt(LatexTable::length).max().orElse(0);
      characters[c] = Math.max(Math.min(widest, WRAP), titleWidth);
    }
    Size smallest = SIZES.get(SIZES.size() - 1);
    long groups = IntStream.range(0, cells.size()).filter(this::startsGroup).count();
    headings =
        !table.columns().get(0).numeric()
            && 2 * groups <= cells.size()
            && width(columnsFrom(0), smallest) > PAGE_WIDTH
            && characters.length > 1
            && width(columnsFrom(1), smallest) <= PAGE_WIDTH;
  }

  private int[] columnsFrom(int first) {
    return IntStream.range(first, characters.length).toArray();
  }

  /** Whether a row's first cell is another than that of the row before. */
  private boolean startsGroup(int row) {
    return row == 0 || !cells.get(row).get(0).equals(cells.get(row - 1).get(0));
  }

  private static int length(String text) {
    return text.replace("`", "").length();
  }

  /** A text in lines of at most so many characters, where its words allow it. */
  private static List<String> lines(String text, int characters) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > characters) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  void render(StringBuilder out) {
    int[] all = columnsFrom(headings ? 1 : 0);
    Size size =
        SIZES.stream()
            .filter(candidate -> width(all, candidate) <= PAGE_WIDTH)
            .findFirst()
            .orElse(SIZES.get(SIZES.size() - 1));
    List<int[]> parts = headings ? List.of(all) : parts(size);
    int from = 0;
    do {
      int to = rowsOfAPage(from, parts.size(), size);
      out.append("\\begin{table}\n\\centering\n").append(size.command());
      out.append("\\setlength{\\tabcolsep}{").append((int) COLUMN_SPACE).append("pt}\n\\caption{");
      out.append(LatexText.plain(table.caption())).append(from == 0 ? "" : " (continued)");
      out.append("}\n");
      if (from == 0) {
        out.append("\\label{").append(label).append("}\n");
      }
      for (int p = 0; p < parts.size(); p++) {
        out.append(p == 0 ? "" : "\n\\medskip\n");
        tabular(out, parts.get(p), size, from, to);
      }
      out.append("\\end{table}\n");
      from = to;
    } while (from < cells.size());
  }

  private double width(int[] columns, Size size) {
    return IntStream.of(columns)
        .mapToDouble(c -> characters[c] * size.digit() + 2 * COLUMN_SPACE)
        .sum();
  }

  /** Columns that fit beside each other, each time with what the table begins with. */
  private List<int[]> parts(Size size) {
    int keys = 1;
    while (keys < characters.length
        && !table.columns().get(keys - 1).numeric()
        && !table.columns().get(keys).numeric()) {
      keys++;
    }
    while (keys > 1 && width(IntStream.range(0, keys).toArray(), size) > PAGE_WIDTH / 2) {
      keys--;
    }
    int rest = characters.length - keys;
    List<int[]> parts = parts(size, keys, rest);
    // About as many in each, rather than one that is left over.
    return parts(size, keys, (rest + parts.size() - 1) / parts.size());
  }

  private List<int[]> parts(Size size, int keys, int most) {
    int[] key = IntStream.range(0, keys).toArray();
    List<int[]> parts = new ArrayList<>();
    int[] part = key;
    for (int c = keys; c < characters.length; c++) {
      int[] wider = IntStream.concat(IntStream.of(part), IntStream.of(c)).toArray();
      boolean full = wider.length - keys > most || width(wider, size) > PAGE_WIDTH;
      if (full && part.length > keys) {
        parts.add(part);
        wider = IntStream.concat(IntStream.of(key), IntStream.of(c)).toArray();
      }
      part = wider;
    }
    parts.add(part);
    return parts;
  }

  /** The end of the rows that still fit on a page, at least one. */
  private int rowsOfAPage(int from, int parts, Size size) {
    int titleLines = titles.stream().mapToInt(List::size).max().orElse(1);
    int lines = (titleLines + RULES) * parts;
    int row = from;
    while (row < cells.size()) {
      int height = 1;
      for (int c = headings ? 1 : 0; c < characters.length; c++) {
        // Words do not fill their lines.
        height = Math.max(height, lines(cells.get(row).get(c), characters[c]).size());
      }
      if (headings && (row == from || startsGroup(row))) {
        // One more for the space above it.
        height += 1 + lines(cells.get(row).get(0), (int) (PAGE_WIDTH / size.digit())).size();
      }
      lines += height * parts;
      if (lines * size.line() > PAGE_HEIGHT && row > from) {
        break;
      }
      row++;
    }
    return row;
  }

  private void tabular(StringBuilder out, int[] columns, Size size, int from, int to) {
    out.append("\\begin{tabular}{@{}");
    for (int c : columns) {
      out.append(alignment(c, size));
    }
    out.append("@{}}\n\\toprule\n");
    line(out, IntStream.of(columns).mapToObj(this::title).toList());
    out.append("\\midrule\n");
    for (int r = from; r < to; r++) {
      List<String> row = cells.get(r);
      if (headings && (r == from || startsGroup(r))) {
        out.append(r == from ? "" : "\\addlinespace\n");
        heading(out, row.get(0), columns.length, size);
      }
      line(out, IntStream.of(columns).mapToObj(c -> cell(row.get(c), c)).toList());
    }
    out.append("\\bottomrule\n\\end{tabular}\n");
  }

  private void heading(StringBuilder out, String text, int columns, Size size) {
    out.append("\\multicolumn{").append(columns).append("}{@{}");
    if (length(text) * size.digit() > PAGE_WIDTH) {
      out.append(wrapping(PAGE_WIDTH));
    } else {
      out.append('l');
    }
    out.append("@{}}{\\emph{").append(cell(text, 0)).append("}} \\\\\n");
  }

  private String cell(String text, int column) {
    String escaped =
        table.columns().get(column).statement() ? LatexText.statement(text) : LatexText.plain(text);
    boolean negative = table.columns().get(column).numeric() && escaped.startsWith("-");
    return negative ? "$-$" + escaped.substring(1) : escaped;
  }

  private String alignment(int column, Size size) {
    if (table.columns().get(column).numeric()) {
      return "r";
    }
    boolean wraps = cells.stream().anyMatch(row -> length(row.get(column)) > characters[column]);
    return wraps ? wrapping(characters[column] * size.digit()) : "l";
  }

  private static String wrapping(double points) {
    return String.format(Locale.ROOT, ">{\\raggedright\\arraybackslash}p{%.0fpt}", points);
  }

  private String title(int column) {
    List<String> lines = titles.get(column).stream().map(LatexText::statement).toList();
    char side = table.columns().get(column).numeric() ? 'r' : 'l';
    return lines.size() == 1
        ? lines.get(0)
        : "\\begin{tabular}[b]{@{}" + side + "@{}}" + String.join("\\\\", lines) + "\\end{tabular}";
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append(String.join(" & ", cells)).append(" \\\\\n");
  }
}
