package bsl.run;

import bsl.core.Embeddings;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A run on disk: {@code result.json}, {@code provenance.json}, {@code curve.csv}, the selected
 * epoch's embeddings {@code users.npy} and {@code items.npy}, and, until the run is complete, its
 * last checkpoint.
 */
public final class RunFolder {
  private static final String RESULT = "result.json";
  private static final String PROVENANCE = "provenance.json";
  private static final String CURVE = "curve.csv";

  private final Path folder;

  /**
   * @param folder where the run is or will be; need not exist
   */
  public RunFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  CheckpointFolder checkpoints() {
    return new CheckpointFolder(folder);
  }

  /**
   * What the run in this folder came to, if it has come to anything.
   *
   * @throws InputException if the file is malformed
   */
  public Optional<RunResult> result() {
    Path file = folder.resolve(RESULT);
    return Files.exists(file)
        ? Optional.of(JsonFiles.read(file, RunResult.class))
        : Optional.empty();
  }

  /** Whether the selected epoch's embeddings are here. */
  boolean hasModel() {
    return ModelFiles.areIn(folder);
  }

  /**
   * The settings of the run in this folder.
   *
   * @throws InputException if there is no run or its record is malformed
   */
  public RunSpec spec() {
    Path file = folder.resolve(PROVENANCE);
    return Provenance.read(file).spec(file);
  }

  /**
   * The learning curve of the run in this folder.
   *
   * @throws InputException if there is none or it is malformed
   */
  public List<EpochRecord> curve() {
    Path file = folder.resolve(CURVE);
    List<EpochRecord> curve = new ArrayList<>();
    CsvSchema schema = CsvSchema.emptySchema().withHeader();
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper().readerForMapOf(String.class).with(schema).readValues(file.toFile())) {
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
        curve.add(new EpochRecord(epoch, loss, seconds, metrics));
      }
    } catch (IOException | NumberFormatException e) {
      throw new InputException(
          file + ": is not the learning curve of a run, line " + (curve.size() + 2), e);
    }
    return curve;
  }

  /** Settings of the run in this folder, if one has been written. */
  Optional<RunSpec> specIfPresent() {
    return Files.exists(folder.resolve(PROVENANCE)) ? Optional.of(spec()) : Optional.empty();
  }

  void write(RunSpec spec, RunResult result, RunProgress progress, Embeddings best) {
    ModelFiles.write(folder, best);
    writeCurve(progress);
    JsonFiles.write(folder.resolve(PROVENANCE), Provenance.of(spec, result));
    JsonFiles.write(folder.resolve(RESULT), result);
    if (result.complete()) {
      checkpoints().clear();
    }
  }

  private void writeCurve(RunProgress progress) {
    Set<String> metrics = new TreeSet<>();
    progress.curve.forEach(record -> metrics.addAll(record.metrics().keySet()));
    List<String> lines = new ArrayList<>();
    lines.add("epoch,loss,train_seconds," + String.join(",", metrics));
    for (EpochRecord record : progress.curve) {
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
    AtomicFiles.replaceFile(folder.resolve(CURVE), path -> Files.write(path, lines));
  }

  /**
   * Makes the folder ready for a new run of these settings.
   *
   * @throws InputException if it holds a run of other settings, or something else than a run
   */
  void claim(RunSpec spec) {
    Optional<RunSpec> there = specIfPresent();
    if (there.isPresent() && !there.get().equals(spec)) {
      throw new InputException(
          folder + ": holds a run of other settings; choose another --out or delete it");
    }
    Optional<RunProgress> begun = checkpoints().progress();
    if (begun.isPresent() && !begun.get().specDigest.equals(spec.digest())) {
      throw new InputException(
          folder
              + ": holds an unfinished run of other settings; choose another --out or delete it");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be made: " + e.getMessage(), e);
    }
  }
}
