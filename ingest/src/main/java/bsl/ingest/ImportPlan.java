package bsl.ingest;

import bsl.ingest.Columns.Column;
import java.util.List;

/**
 * What an import is going to read, before it reads more than the first lines.
 *
 * @param files the files
 * @param layout how they have their records
 * @param columns which columns are read
 * @param examples the first records, with the values of those columns in the order of {@link
 *     Columns#all}
 * @param notes what may be meant otherwise, each in a line for people: columns that have the name
 *     of one that is read, and values that do not fit it, and a first line that may be a header
 */
public record ImportPlan(
    List<SourceFile> files,
    Layout layout,
    Columns columns,
    List<List<String>> examples,
    List<String> notes) {
  private static final int EXAMPLES = 3;

  static ImportPlan of(
      List<SourceFile> files,
      Layout layout,
      Columns columns,
      List<List<String>> rows,
      List<String> notes) {
    List<List<String>> examples =
        rows.stream()
            .limit(EXAMPLES)
            .map(row -> columns.all().stream().map(Column::index).map(row::get).toList())
            .toList();
    return new ImportPlan(List.copyOf(files), layout, columns, examples, List.copyOf(notes));
  }
}
