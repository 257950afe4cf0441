package bsl.compare;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Rows of CSV by column. */
final class Rows {
  private Rows() {}

  static List<Map<String, String>> of(String resource) throws IOException {
    try (InputStream in = Rows.class.getResourceAsStream(resource)) {
      return read(in);
    }
  }

  static List<Map<String, String>> of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  private static List<Map<String, String>> read(InputStream in) throws IOException {
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(in)) {
      return rows.readAll();
    }
  }
}
