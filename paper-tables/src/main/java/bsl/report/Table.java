package bsl.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Holds a table: columns, and rows of words and numbers. A row may belong to a run. */
public final class Table implements Block {
  /**
   * A row.
   *
   * @param cells one per column: a {@link Number} where the column holds numbers; {@code null} is
   *     shown as nothing
   * @param run folder of the run it reports on, relative to the report; empty if there is none
   */
  public record Row(List<Object> cells, String run) {}

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
   * Adds a row that belongs to no run.
   *
   * @throws IllegalArgumentException if there are not as many cells as columns, or one is not of
   *     its column's kind
   */
  public Table add(Object... cells) {
    return addOf("", cells);
  }

  /**
   * Adds a row.
   *
   * @param run folder of its run, relative to the report
   * @param cells as for {@link #add}
   */
  public Table addOf(String run, Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns of " + caption);
    }
    for (int c = 0; c < cells.length; c++) {
      if (cells[c] != null && columns.get(c).numeric() && !(cells[c] instanceof Number)) {
        throw new IllegalArgumentException(
            "'" + cells[c] + "' is no number, in column " + columns.get(c).key());
      }
    }
    // Unlike List.of, this allows for blank cells.
    rows.add(new Row(Collections.unmodifiableList(Arrays.asList(cells.clone())), run));
    return this;
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

  /** Whether any row belongs to a run. */
  boolean hasRuns() {
    return rows.stream().anyMatch(row -> !row.run().isEmpty());
  }
}
