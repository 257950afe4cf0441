package bsl.run;

import bsl.data.FileFailure;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A learning curve as {@code curve.csv}: a line per epoch, with metrics where it was evaluated. */
final class CurveFile {
  private CurveFile() {}

  static void write(Path file, List<EpochRecord> curve) {
    Set<String> metrics = new TreeSet<>();
    curve.forEach(record -> metrics.addAll(record.metrics().keySet()));
    List<String> lines = new ArrayList<>();
    lines.add("epoch,loss,train_seconds," + String.join(",", metrics));
    for (EpochRecord record : curve) {
      StringBuilder line = new StringBuilder();
      line.append(
          String.format(
              Locale.ROOT, "%d,%.6f,%.3f", record.epoch(), record.loss(), record.trainSeconds()));
      for (String metric : metrics) {
        Double value = record.metrics().get(metric);
        line.append(',').append(value == null ? "" : value);
      }
      lines.add(line.toString());
    }
    AtomicFiles.replaceFile(file, path -> Files.write(path, lines));
  }

  /**
   * Reads a learning curve.
   *
   * @throws InputException if there is none or it is malformed
   */
  static List<EpochRecord> read(Path file) {
    try (Reader in = Files.newBufferedReader(file)) {
      return read(file, in);
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + FileFailure.reason(file, e), e);
    }
  }

  private static List<EpochRecord> read(Path file, Reader in) {
    List<EpochRecord> curve = new ArrayList<>();
    CsvSchema schema = CsvSchema.emptySchema().withHeader();
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper().readerForMapOf(String.class).with(schema).readValues(in)) {
      while (rows.hasNext()) {
        Map<String, String> row = rows.next();
        int epoch = Integer.parseInt(row.remove("epoch"));
        double loss = Double.parseDouble(String.valueOf(row.remove("loss")));
        double seconds = Double.parseDouble(String.valueOf(row.remove("train_seconds")));
        Map<String, Double> metrics = new LinkedHashMap<>();
        row.forEach(
            (key, value) -> {
              if (!value.isEmpty()) {
                metrics.put(key, Double.parseDouble(value));
              }
            });
        if (!metrics.isEmpty() && !metrics.containsKey(RunProgress.SELECTED_BY)) {
          throw new IllegalArgumentException("no " + RunProgress.SELECTED_BY);
        }
        curve.add(new EpochRecord(epoch, loss, seconds, metrics));
      }
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          file + ":" + (curve.size() + 2) + ": is not a line of a run's learning curve", e);
    }
    return curve;
  }
}
