package bsl.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Makes comma-separated values of a table: full precision, and the run of each row. */
public final class CsvRenderer {
  private CsvRenderer() {}

  /** The table with a header; the last column is the run's folder, if any row has one. */
  public static String render(Table table) {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(table.columns().stream().map(Column::key).toList());
    if (table.hasRuns()) {
      header.add("run");
    }
    lines.add(header);
    for (Table.Row row : table.rows()) {
      List<String> line = new ArrayList<>(row.cells().stream().map(Column::raw).toList());
      if (table.hasRuns()) {
        line.add(row.run());
      }
      lines.add(line);
    }
    try {
      return new CsvMapper()
          .writer(CsvSchema.emptySchema().withLineSeparator("\n"))
          .writeValueAsString(lines);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
