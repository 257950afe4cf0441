package bsl.cli;

import bsl.core.CountText;
import bsl.core.NameSuggestion;
import bsl.core.Split;
import bsl.data.DatasetCatalog;
import bsl.data.DatasetEntry;
import bsl.data.DatasetFetcher;
import bsl.data.DatasetWriter;
import bsl.data.LoadStatistics;
import bsl.data.LoadedDataset;
import bsl.data.PartDigests;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bsl data}: the data sets on this machine. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    subcommands = {ImportCommand.class, DescribeCommand.class},
    description = "List, fetch, import, describe, verify and synthesize data sets.")
final class DataCommand implements Runnable {
  private static final long REPORT_BYTES = 1 << 22;

  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(
        command.commandLine(),
        "data needs one of list, fetch, import, describe, verify, synthesize");
  }

  private static List<String> catalogue() {
    return DatasetCatalog.entries().stream().map(DatasetEntry::name).toList();
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the catalogue and what is in the data directory.")
  int list(@Mixin DataOptions data) throws IOException {
    Path directory = data.directory();
    out().println("data directory " + directory);
    List<String> present = DatasetCatalog.present(directory);
    List<String> closed = DatasetCatalog.closed(directory);
    TreeSet<String> names = new TreeSet<>(present);
    names.addAll(closed);
    DatasetCatalog.entries().forEach(e -> names.add(e.name()));
    for (String name : names) {
      String size =
          DatasetCatalog.entry(name)
              .map(
                  e ->
                      CountText.grouped(e.users(), "user")
                          + ", "
                          + CountText.grouped(e.items(), "item"))
              .orElseGet(() -> closed.contains(name) ? "permission denied" : data.origin(name));
      out()
          .printf(
              Locale.ROOT,
              "%-16s %-8s %s%n",
              name,
              closed.contains(name) ? "closed" : present.contains(name) ? "present" : "absent",
              size);
    }
    out().println("synthetic presets: " + String.join(", ", SyntheticPreset.names()));
    out().flush();
    return ExitCode.DONE;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Load a data set, describe it and compare it with the catalogue.")
  int verify(
      @Parameters(paramLabel = "NAME", description = "data set") String name,
      @Mixin DataOptions data)
      throws IOException {
    long start = System.nanoTime();
    LoadedDataset loaded = DatasetCatalog.load(name, data.directory());
    double seconds = (System.nanoTime() - start) / 1e9;
    for (String warning : loaded.statistics().warnings()) {
      Failures.complain(command.commandLine(), "warning: " + warning);
    }
    describe(loaded, seconds);
    List<String> differences = DatasetCatalog.differences(loaded);
    if (!differences.isEmpty()) {
      throw new InputException(
          name + " is not as the catalogue knows it: " + String.join("; ", differences));
    }
    Map<String, Object> dataImport = data.importOf(name);
    Map<String, Object> noise = data.noiseOf(name);
    requireUnchanged(loaded.split(), dataImport, "its import");
    requireUnchanged(loaded.split(), noise, "'bsl noise'");
    data.userIds(loaded.split());
    data.itemIds(loaded.split());
    Optional<DatasetEntry> known = DatasetCatalog.entry(name);
    out()
        .println(
            !dataImport.isEmpty()
                ? "agrees with its import"
                : !noise.isEmpty()
                    ? "agrees with what 'bsl noise' wrote"
                    : known
                        .map(entry -> "agrees with the catalogue" + entry.reservation())
                        .orElse("no digests known to compare with"));
    out().flush();
    return ExitCode.DONE;
  }

  private static void requireUnchanged(Split split, Map<String, Object> record, String writing) {
    List<String> changed = PartDigests.changed(split, record);
    if (!changed.isEmpty()) {
      throw new InputException(
          split.name() + " was changed after " + writing + ": " + String.join(", ", changed));
    }
  }

  private void describe(LoadedDataset loaded, double seconds) {
    Split split = loaded.split();
    LoadStatistics odd = loaded.statistics();
    out().printf(Locale.ROOT, "%s, loaded in %.2f s%n", split.name(), seconds);
    out().printf(Locale.ROOT, "users                 %,d%n", split.users());
    out().printf(Locale.ROOT, "items                 %,d%n", split.items());
    out().printf(Locale.ROOT, "train pairs           %,d%n", split.train().size());
    split
        .validation()
        .ifPresent(v -> out().printf(Locale.ROOT, "validation pairs      %,d%n", v.size()));
    out().printf(Locale.ROOT, "test pairs            %,d%n", split.test().size());
    out().printf(Locale.ROOT, "duplicate pairs       %,d%n", odd.duplicatePairs());
    out().printf(Locale.ROOT, "test pairs in train   %,d%n", odd.testPairsInTrain());
    out().printf(Locale.ROOT, "untrained test users  %,d%n", odd.usersWithoutTrain());
    out().printf(Locale.ROOT, "items without train   %,d%n", odd.itemsWithoutTrain());
    out().printf(Locale.ROOT, "unused user numbers   %,d%n", odd.unusedUsers());
    out().printf(Locale.ROOT, "unused item numbers   %,d%n", odd.unusedItems());
    out().println("train digest          " + split.train().digest());
    split.validation().ifPresent(v -> out().println("validation digest     " + v.digest()));
    out().println("test digest           " + split.test().digest());
  }

  @Command(
      name = "fetch",
      mixinStandardHelpOptions = true,
      description = "Download a data set of the catalogue and check it.")
  int fetch(
      @Parameters(paramLabel = "NAME", description = "data set of the catalogue") String name,
      @Mixin DataOptions data)
      throws IOException {
    DatasetEntry entry =
        DatasetCatalog.entry(name)
            .orElseThrow(
                () ->
                    new InputException(
                        "data set '"
                            + name
                            + "' is not in the catalogue; it has "
                            + String.join(", ", catalogue())
                            + NameSuggestion.hint(name, catalogue())));
    PrintWriter err = command.commandLine().getErr();
    long[] reported = {0};
    boolean fetched =
        new DatasetFetcher(data.directory())
            .fetch(
                entry,
                (url, done, total) -> {
                  if (done < reported[0] || done - reported[0] >= REPORT_BYTES || done == total) {
                    reported[0] = done;
                    err.println(url + ": " + done + (total < 0 ? "" : " of " + total) + " bytes");
                    err.flush();
                  }
                });
    out()
        .println(
            name
                + (fetched ? " fetched into " : " is there already, and right, in ")
                + data.directory());
    out().flush();
    return ExitCode.DONE;
  }

  @Command(
      name = "synthesize",
      mixinStandardHelpOptions = true,
      description = "Make a synthetic data set.")
  int synthesize(
      @Parameters(paramLabel = "PRESET", description = "name of the preset; see 'data list'")
          String name,
      @Mixin DataOptions data,
      @Option(
              names = "--out",
              paramLabel = "DIR",
              description = "another directory to put it into; default the data directory")
          Path other,
      @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "default 1")
          long seed)
      throws IOException {
    if (other != null && data.isNamed()) {
      throw new InputException("--data and --out both say where to put it; give one of them");
    }
    Path directory = other == null ? data.directory() : other;
    SyntheticPreset preset =
        SyntheticPreset.named(name)
            .orElseThrow(
                () ->
                    new InputException(
                        "no synthetic preset '"
                            + name
                            + "'; there are "
                            + String.join(", ", SyntheticPreset.names())
                            + NameSuggestion.hint(name, SyntheticPreset.names())));
    Split split = SyntheticDatasets.make(preset, seed);
    Path folder = DatasetWriter.write(split, directory);
    out()
        .println(
            folder
                + ": "
                + CountText.grouped(split.train().users(), "user")
                + ", "
                + CountText.grouped(split.train().items(), "item")
                + ", "
                + CountText.grouped(split.train().size(), "train pair")
                + ", "
                + CountText.grouped(split.test().size(), "test pair"));
    out().flush();
    return ExitCode.DONE;
  }
}
