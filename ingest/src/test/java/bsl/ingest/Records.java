package bsl.ingest;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a reader makes of a text: the fields of each record, or what is wrong with it. */
record Records(List<List<String>> good, List<String> problems) {
  static Records of(String text, Function<LineReader, RecordReader> maker) {
    RecordReader reader = maker.apply(new LineReader(Path.of("text"), new StringReader(text)));
    Records records = new Records(new ArrayList<>(), new ArrayList<>());
    try {
      RecordReader.Found found = reader.next();
      while (found != RecordReader.Found.END) {
        if (found == RecordReader.Found.RECORD) {
          List<String> fields = new ArrayList<>();
          for (int f = 0; f < reader.fields().count(); f++) {
            fields.add(reader.fields().isAbsent(f) ? null : reader.fields().string(f));
          }
          records.good.add(fields);
        } else {
          records.problems.add(reader.line() + ": " + reader.problem());
        }
        found = reader.next();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }
}
