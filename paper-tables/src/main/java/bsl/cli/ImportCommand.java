package bsl.cli;

import bsl.data.DatasetCatalog;
import bsl.ingest.DatasetImport;
import bsl.ingest.ImportOptions;
import bsl.ingest.ImportPlan;
import bsl.ingest.ImportResult;
import bsl.ingest.Part;
import bsl.ingest.SourceFile;
import bsl.ingest.SplitOptions;
import bsl.paper.Scope;
import bsl.run.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bsl data import}: makes a data set of files that somebody has. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Make a data set of files of ratings or events, a line each.",
      "Delimited text (CSV, TSV, MovieLens' ::, RecBole's .inter and others) and",
      "JSON lines are read, plain or compressed with gzip. Separator, header and",
      "columns are guessed from the first lines and shown. Users and items keep",
      "their ids, which recommend reads and prints."
    })
final class ImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "files to import, all of one layout; their pairs are split")
  private List<Path> files = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "name of the new data set")
  private String name;

  @Mixin private DataOptions data;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description = "file of train pairs, instead of FILE; repeatable, like --valid and --test")
  private List<Path> train = List.of();

  @Option(names = "--valid", paramLabel = "FILE", description = "file of validation pairs")
  private List<Path> valid = List.of();

  @Option(names = "--test", paramLabel = "FILE", description = "file of test pairs")
  private List<Path> test = List.of();

  @Mixin private ImportReadOptions read;

  @Mixin private ImportFilterOptions filters;

  @Mixin private ImportSplitOptions split;

  @Option(
      names = "--dry-run",
      description = "show what would be read, from the first lines, and write nothing")
  private boolean dryRun;

  @Mixin private JsonOption json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    boolean given = files.isEmpty();
    refuseKnownName();
    ImportOptions options =
        new ImportOptions(
            name, sources(), read.options(), filters.options(given), split.options(given));
    DatasetImport work = new DatasetImport(options);
    if (!dryRun) {
      work.requireFree(data.directory());
    }
    ImportPlan plan = work.plan();
    PrintWriter to = json.text();
    ImportText.plan(plan, options).forEach(to::println);
    to.flush();
    if (dryRun) {
      if (json.isWanted()) {
        json.write(work.record(plan));
      }
      return ExitCode.DONE;
    }
    ImportResult result = carryOut(work, plan);
    for (String example : result.examples()) {
      Failures.complain(command.commandLine(), "left out: " + example);
    }
    if (wantsValidation(options.split()) && result.split().validation().isEmpty()) {
      Failures.complain(
          command.commandLine(),
          "warning: no validation pairs are left; 'bsl train' selects the epoch on the test set,"
              + " unless told --protocol held-out");
    }
    ImportText.result(result).forEach(to::println);
    List<String> train =
        new ArrayList<>(List.of("train", "--dataset", name, "--backbone", "mf", "--loss", "bsl"));
    train.addAll(Invocation.repeated(command, "--data"));
    to.println("train on it with: " + Invocation.of(train));
    to.flush();
    if (json.isWanted()) {
      json.write(data.importOf(name));
    }
    return ExitCode.DONE;
  }

  private ImportResult carryOut(DatasetImport work, ImportPlan plan) throws IOException {
    PrintWriter err = command.commandLine().getErr();
    // The JVM outlives Ctrl-C until the import has ended. What is being written then is written.
    try (Interruption interruption = new Interruption(err, "stopping");
        ImportProgress progress = new ImportProgress(err, interruption)) {
      return work.run(plan, data.directory(), progress);
    } catch (CancellationException e) {
      throw new StoppedWork(data.directory().resolve(name) + ": was not written", e);
    }
  }

  /** A point in time for the test set has none for validation beside it unless it is given. */
  private static boolean wantsValidation(SplitOptions split) {
    return split.testFrom().isEmpty() && split.valid().value() > 0;
  }

  /** Presets and published numbers of a known data set would be taken for other data. */
  private void refuseKnownName() {
    if (DatasetCatalog.entry(name).isPresent()) {
      throw new InputException(
          "--name '"
              + name
              + "' is a data set of the paper, with presets and published numbers of its own;"
              + " choose another name");
    }
    if (name.equals(Scope.SYNTHETIC)) {
      throw new InputException(
          "--name '" + name + "' is the synthetic data set of reproduce; choose another name");
    }
  }

  private List<SourceFile> sources() {
    boolean parts = !(train.isEmpty() && valid.isEmpty() && test.isEmpty());
    if (!files.isEmpty() && parts) {
      throw new InputException(
          "'"
              + files.get(0)
              + "' has no part; files are either split, or all given with --train, --valid and"
              + " --test");
    }
    if (files.isEmpty() && (train.isEmpty() || test.isEmpty())) {
      throw new InputException(
          parts
              ? "parts that are given need both --train and --test"
              : "which files? name them, or give parts with --train and --test");
    }
    List<SourceFile> sources = new ArrayList<>();
    files.forEach(file -> sources.add(SourceFile.toSplit(file)));
    train.forEach(file -> sources.add(SourceFile.of(Part.TRAIN, file)));
    valid.forEach(file -> sources.add(SourceFile.of(Part.VALID, file)));
    test.forEach(file -> sources.add(SourceFile.of(Part.TEST, file)));
    return sources;
  }
}
