package bsl.cli;

import bsl.core.CountText;
import bsl.data.DatasetCatalog;
import bsl.data.DatasetEntry;
import bsl.data.FileFailure;
import bsl.data.IdFile;
import bsl.data.LoadedDataset;
import bsl.run.DataImport;
import bsl.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks the data sets: those of the catalogue, and all others in the data directory. */
final class DataHealth {
  private DataHealth() {}

  static List<HealthCheck> checks(Path directory) {
    List<HealthCheck> found = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    DatasetCatalog.entries().stream().map(DatasetEntry::name).forEach(names::add);
    if (Files.exists(directory)) {
      try (Stream<Path> folders = Files.list(directory)) {
        folders
            .filter(Files::isDirectory)
            .map(folder -> folder.getFileName().toString())
            .filter(DatasetCatalog::isName)
            .forEach(names::add);
      } catch (IOException e) {
        found.add(
            HealthCheck.problem(
                "data directory",
                directory + " cannot be read: " + FileFailure.reason(directory, e),
                "name another one with --data or BSL_DATA"));
        return found;
      }
    } else {
      found.add(
          HealthCheck.warning(
              "data directory",
              directory + " is not there yet",
              "'bsl data fetch' or 'bsl data import' makes it; --data or BSL_DATA names another"));
    }
    for (String name : names) {
      String about = "data set " + name;
      found.add(HealthCheck.of(about, () -> dataset(about, name, directory)));
    }
    return found;
  }

  private static HealthCheck dataset(String about, String name, Path directory) {
    Optional<DatasetEntry> entry = DatasetCatalog.entry(name);
    boolean known = entry.isPresent();
    if (known && !Files.exists(directory.resolve(name))) {
      return HealthCheck.ok(about, "not here; 'bsl data fetch " + name + "' brings it");
    }
    LoadedDataset loaded;
    try {
      loaded = DatasetCatalog.load(name, directory);
      DataImport.ids(name, directory, IdFile.USERS, loaded.split().users());
      DataImport.ids(name, directory, IdFile.ITEMS, loaded.split().items());
    } catch (IOException | InputException e) {
      return HealthCheck.problem(
          about,
          e.getMessage() == null ? e.toString() : e.getMessage(),
          known
              ? "move the folder away, then 'bsl data fetch " + name + "'"
              : "import it again, or write it again with 'bsl noise', or move the folder away");
    }
    List<String> differences = new ArrayList<>(DatasetCatalog.differences(loaded));
    if (known && !differences.isEmpty()) {
      return HealthCheck.problem(
          about,
          "is not what the catalogue knows: " + String.join("; ", differences),
          "move the folder away, then 'bsl data fetch " + name + "'");
    }
    Map<String, Object> noise = DataImport.noiseOf(name, directory);
    Map<String, Object> dataImport = DataImport.of(name, directory);
    if (!DatasetDescription.of(loaded, dataImport, noise).changed().isEmpty()) {
      return dataImport.isEmpty()
          ? HealthCheck.problem(
              about, "was changed after 'bsl noise'", "move the folder away, and write it again")
          : HealthCheck.problem(
              about, "was changed after its import", "import it again, or delete its import.json");
    }
    String state =
        String.format(
            Locale.ROOT,
            "%s, %s, %s; %s",
            CountText.grouped(loaded.split().users(), "user"),
            CountText.grouped(loaded.split().items(), "item"),
            CountText.grouped(loaded.split().train().size(), "train pair"),
            entry.map(e -> "as published" + e.reservation()).orElse("readable"));
    List<String> warnings = known ? List.of() : loaded.statistics().warnings();
    return warnings.isEmpty()
        ? HealthCheck.ok(about, state)
        : HealthCheck.warning(
            about, state + "; " + warnings.get(0), "'bsl data describe " + name + "'");
  }
}
