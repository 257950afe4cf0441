package bsl.cli;

import bsl.core.Split;
import bsl.data.DataDirectory;
import bsl.data.DatasetCatalog;
import bsl.data.IdFile;
import bsl.data.LoadedDataset;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.paper.Scope;
import bsl.run.DataImport;
import bsl.run.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the data sets are. */
final class DataOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "data directory; default $BSL_DATA, else ./work/data")
  private Path data;

  /** Whether the option names the directory, and not the environment or nothing. */
  boolean isNamed() {
    return data != null;
  }

  /**
   * The data directory. It need not exist.
   *
   * @throws InputException if it can be none, since a file is in its place
   */
  Path directory() {
    Path directory = named();
    Path there = OutputFolder.nearest(directory);
    if (!Files.isDirectory(there)) {
      throw new InputException(
          directory
              + ": cannot be the data directory: "
              + there
              + " is not a folder; name another one with --data or BSL_DATA");
    }
    return directory;
  }

  /** As {@link #directory}, but whatever is in its place. */
  Path named() {
    return DataDirectory.resolve(data);
  }

  /**
   * As {@link #load}, but the synthetic data set that stands in where none of the paper's is at
   * hand is made on the fly.
   */
  Split loadOrMake(String dataset) throws IOException {
    boolean synthetic =
        dataset.equals(Scope.SYNTHETIC) && !DatasetCatalog.isPresent(dataset, directory());
    return synthetic ? SyntheticDatasets.make(SyntheticPreset.SMALL, 1) : load(dataset);
  }

  /**
   * As {@link #loadOrMake}, but other data that have the name of the synthetic data set are not
   * taken for it.
   *
   * @throws InputException if they are other data
   */
  Split loadOrStandIn(String dataset) throws IOException {
    Split split = loadOrMake(dataset);
    if (dataset.equals(Scope.SYNTHETIC) && DatasetCatalog.isPresent(dataset, directory())) {
      Split made = SyntheticDatasets.make(SyntheticPreset.SMALL, 1);
      if (!split.train().equals(made.train())
          || !split.test().equals(made.test())
          || split.validation().isPresent()) {
        throw new InputException(
            directory().resolve(dataset)
                + ": is not the synthetic data set with seed 1, which stands in for the paper's;"
                + " move it away");
      }
    }
    return split;
  }

  /** As {@link #load}, for a store of runs, which takes no checked exceptions. */
  Split source(String dataset) {
    try {
      return load(dataset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a data set comes from that the catalogue does not list, in words. */
  String origin(String dataset) {
    Path folder = directory().resolve(dataset);
    return Files.exists(folder.resolve(DatasetCatalog.IMPORT_RECORD))
        ? "imported"
        : Files.exists(folder.resolve(DatasetCatalog.NOISE_RECORD))
            ? "with false positives"
            : "not in the catalogue";
  }

  /** What a data set was imported from; empty if it was not. */
  Map<String, Object> importOf(String dataset) {
    return DataImport.of(dataset, directory());
  }

  /** What a run on a data set keeps of where that comes from; empty if it has no record. */
  Map<String, Object> recordOf(String dataset) {
    return DataImport.recordOf(dataset, directory());
  }

  /** How the false positives of a data set were drawn; empty if {@code noise} did not make it. */
  Map<String, Object> noiseOf(String dataset) {
    return DataImport.noiseOf(dataset, directory());
  }

  /** The ids that a data set's users had before they were numbered, if it keeps them. */
  Optional<IdFile> userIds(Split split) throws IOException {
    return ids(split.name(), IdFile.USERS, split.users());
  }

  /** The ids that a data set's items had before they were numbered, if it keeps them. */
  Optional<IdFile> itemIds(Split split) throws IOException {
    return ids(split.name(), IdFile.ITEMS, split.items());
  }

  /** Likewise by the file of ids, of a data set with that many users or items. */
  Optional<IdFile> ids(String dataset, String file, int count) throws IOException {
    return DataImport.ids(dataset, directory(), file, count);
  }

  /** Loads a data set and says what looks like a mistake in it. */
  Split load(String dataset) throws IOException {
    LoadedDataset loaded = DatasetCatalog.load(dataset, directory());
    for (String warning : loaded.statistics().warnings()) {
      Failures.complain(command.commandLine(), "warning: " + warning);
    }
    return loaded.split();
  }
}
