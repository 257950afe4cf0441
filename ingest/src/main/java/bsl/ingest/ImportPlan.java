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
 */
public record ImportPlan(
    List<SourceFile> files, Layout layout, Columns columns, List<List<String>> examples) {
  private static final int EXAMPLES = 3;

  static ImportPlan of(
      List<SourceFile> files, Layout layout, Columns columns, List<List<String>> rows) {
    List<List<String>> examples =
        rows.stream()
            .limit(EXAMPLES)
            .map(row -> columns.all().stream().map(Column::index).map(row::get).toList())
            .toList();
    return new ImportPlan(List.copyOf(files), layout, columns, examples);
  }
}
