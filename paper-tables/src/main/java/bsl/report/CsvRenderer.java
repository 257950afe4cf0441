package bsl.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes comma-separated values of a table: full precision, the runs of each row, and how the table
 * came to be.
 *
 * <p>A column of numbers over seeds has their mean. The column after it, with {@code _half_width}
 * at the end of its name, has half of the width of the 95% interval. It is blank for a single seed.
 * Column {@code seeds} has the number of seeds of the first such number.
 *
 * <p>The imprint stands in columns of its own. A comment line would break readers that know none,
 * and a file beside the table would be lost when the table is copied. In columns it also survives
 * when tables of several reports are put together.
 */
public final class CsvRenderer {
  private static final String HALF_WIDTH = "_half_width";

  private static final List<String> IMPRINT =
      List.of("report_profile", "report_preset", "report_commit", "report_date");

  private CsvRenderer() {}

  /**
   * The table with a header. After its own columns come the runs' folders with spaces between, if
   * any row has some, and then the imprint.
   */
  public static String render(Table table, Imprint imprint) {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>();
    boolean estimates = false;
    for (int c = 0; c < table.columns().size(); c++) {
      header.add(table.columns().get(c).key());
      if (table.hasEstimates(c)) {
        header.add(table.columns().get(c).key() + HALF_WIDTH);
        estimates = true;
      }
    }
    if (estimates) {
      header.add("seeds");
    }
    if (table.hasRuns()) {
      header.add("run");
    }
    header.addAll(IMPRINT);
    lines.add(header);
    for (Table.Row row : table.rows()) {
      List<String> line = new ArrayList<>();
      String seeds = "";
      for (int c = 0; c < table.columns().size(); c++) {
        Object cell = row.cells().get(c);
        line.add(Column.raw(cell));
        if (table.hasEstimates(c)) {
          boolean interval = cell instanceof Estimate estimate && estimate.hasInterval();
          line.add(interval ? Column.raw(((Estimate) cell).halfWidth()) : "");
          if (seeds.isEmpty() && cell instanceof Estimate of) {
            seeds = Integer.toString(of.seeds());
          }
        }
      }
      if (estimates) {
        line.add(seeds);
      }
      if (table.hasRuns()) {
        line.add(String.join(" ", row.runs()));
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
