package bsl.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes comma-separated values of a table: full precision, the run of each row, and how the table
 * came to be.
 *
 * <p>The imprint stands in columns of its own. A comment line would break readers that know none,
 * and a file beside the table would be lost when the table is copied. In columns it also survives
 * when tables of several reports are put together.
 */
public final class CsvRenderer {
  private static final List<String> IMPRINT =
      List.of("report_profile", "report_preset", "report_commit", "report_date");

  private CsvRenderer() {}

  /**
   * The table with a header. After its own columns comes the run's folder, if any row has one, and
   * then the imprint.
   */
  public static String render(Table table, Imprint imprint) {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(table.columns().stream().map(Column::key).toList());
    if (table.hasRuns()) {
      header.add("run");
    }
    header.addAll(IMPRINT);
    lines.add(header);
    for (Table.Row row : table.rows()) {
      List<String> line = new ArrayList<>(row.cells().stream().map(Column::raw).toList());
      if (table.hasRuns()) {
        line.add(row.run());
      }
      line.addAll(List.of(imprint.profile(), imprint.preset(), imprint.commit(), imprint.date()));
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
