package bsl.paper;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the published numbers that come with the suite. */
final class PublishedFiles {
  private PublishedFiles() {}

  /** The lines of a file with a header; lines that begin with # are left out. */
  static <T> List<T> read(Class<T> type, String name) {
    CsvSchema schema = CsvSchema.emptySchema().withHeader().withComments();
    try (InputStream in = PublishedFiles.class.getResourceAsStream("published/" + name);
        MappingIterator<T> rows = new CsvMapper().readerFor(type).with(schema).readValues(in)) {
      return List.copyOf(rows.readAll());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
