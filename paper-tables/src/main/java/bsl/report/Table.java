package bsl.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Holds a table: columns, and rows of words and numbers. A row may belong to runs. */
public final class Table implements Block {
  /**
   * A row.
   *
   * @param cells one per column: a {@link Number} or an {@link Estimate} where the column holds
   *     numbers; {@code null} is shown as nothing
   * @param runs folders of the runs it reports on, relative to the report, one per seed; empty if
   *     there are none
   * @param commands what makes the row again, for a shell; if empty, its runs are trained again one
   *     by one
   */
  public record Row(List<Object> cells, List<String> runs, List<String> commands) {}

  private final String name;
  private final String caption;
  private final List<Column> columns;
  private final List<Row> rows = new ArrayList<>();

  /**
   * @param name sets its files apart from those of other tables of the same report; may be empty
   * @param caption one line on what it shows
   * @param columns its columns
   */
  public Table(String name, String caption, Column... columns) {
    this.name = name;
    this.caption = caption;
    this.columns = List.of(columns);
  }

  /**
   * Adds a row that belongs to no runs.
   *
   * @throws IllegalArgumentException if there are not as many cells as columns, or one is not of
   *     its column's kind
   */
  public Table add(Object... cells) {
    return addOf(List.of(), cells);
  }

  /**
   * Adds a row.
   *
   * @param runs folders of its runs, relative to the report
   * @param cells as for {@link #add}
   */
  public Table addOf(List<String> runs, Object... cells) {
    return addWith(runs, List.of(), cells);
  }

  /**
   * Adds a row that takes commands of its own to be made again.
   *
   * @param runs folders with its provenance, relative to the report
   * @param commands see {@link Row#commands}
   * @param cells as for {@link #add}
   */
  public Table addWith(List<String> runs, List<String> commands, Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns of " + caption);
    }
    for (int c = 0; c < cells.length; c++) {
      if (cells[c] != null && columns.get(c).numeric() && !isNumber(cells[c])) {
        throw new IllegalArgumentException(
            "'" + cells[c] + "' is no number, in column " + columns.get(c).key());
      }
    }
    // Unlike List.of, this allows for blank cells.
    rows.add(
        new Row(
            Collections.unmodifiableList(Arrays.asList(cells.clone())),
            List.copyOf(runs),
            List.copyOf(commands)));
    return this;
  }

  private static boolean isNumber(Object cell) {
    return cell instanceof Number || cell instanceof Estimate;
  }

  /** Whether any cell of a column is a number over seeds. */
  boolean hasEstimates(int column) {
    return rows.stream().anyMatch(row -> row.cells().get(column) instanceof Estimate);
  }

  /** The same rows under another name and caption. */
  public Table renamed(String otherName, String otherCaption) {
    Table table = new Table(otherName, otherCaption, columns.toArray(Column[]::new));
    table.rows.addAll(rows);
    return table;
  }

  /** Sets its files apart from those of other tables of the same report; may be empty. */
  public String name() {
    return name;
  }

  /** One line on what it shows. */
  public String caption() {
    return caption;
  }

  /** Its columns. */
  public List<Column> columns() {
    return columns;
  }

  /** Its rows. */
  public List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** Whether any row belongs to runs. */
  boolean hasRuns() {
    return rows.stream().anyMatch(row -> !row.runs().isEmpty());
  }
}
