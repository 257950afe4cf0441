package bsl.ingest;

import bsl.core.Split;
import bsl.data.Checksum;
import bsl.data.DatasetCatalog;
import bsl.data.DatasetWriter;
import bsl.data.IdFile;
import bsl.data.StagedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Makes a data set of files of ratings or events.
 *
 * <p>The files are read, low ratings and repeated interactions are dropped, users and items with
 * too few of them as well, and what is left is split. Users and items are numbered in the order in
 * which they come in the files. The data set has its pairs, the ids ({@link IdFile}) and the record
 * {@link DatasetCatalog#IMPORT_RECORD}. It is there whole or not at all. The same files and options
 * give the same data set.
 */
public final class DatasetImport {
  private final ImportOptions options;

  /**
   * @param options what to import and how
   * @throws ImportException if files and options do not go together
   */
  public DatasetImport(ImportOptions options) throws ImportException {
    this.options = options;
    if (!options.name().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new ImportException(
          "'"
              + options.name()
              + "' is no name for a data set; letters, digits, dots, hyphens and underscores are");
    }
    TimeCut.requireTimes(options.split());
    boolean given = options.split().kind() == SplitOptions.Kind.GIVEN;
    FilterOptions filters = options.filters();
    if (given && (filters.minUserFreq() > 1 || filters.minItemFreq() > 1)) {
      throw new ImportException(
          "parts that are given stay as they are; users and items with few interactions are dropped"
              + " before a split only");
    }
    if (given != options.files().stream().allMatch(file -> file.part().isPresent())) {
      throw new ImportException("either all files are parts of the data set, or none of them is");
    }
    if (given) {
      for (Part part : List.of(Part.TRAIN, Part.TEST)) {
        if (options.files().stream().noneMatch(file -> file.part().equals(Optional.of(part)))) {
          throw new ImportException("there is no file of " + part.key() + " pairs");
        }
      }
    }
  }

  /**
   * Reads the first lines and says what is going to be read.
   *
   * @throws ImportException if layout or columns cannot be told, or if a file is named twice
   */
  public ImportPlan plan() throws IOException {
    requireDifferentFiles();
    ReadOptions read = options.read();
    Sample sample = Sample.of(options.files().get(0).path(), read.encoding(), read.skipLines());
    Layout layout = new LayoutGuess(sample, read).layout();
    ColumnGuess guess = new ColumnGuess(sample, layout, read);
    Columns columns = guess.columns();
    if (options.filters().ratingThreshold().isPresent() && columns.rating().isEmpty()) {
      throw guess.missing("a rating threshold needs a column of ratings", "--rating-column");
    }
    if (options.split().kind() == SplitOptions.Kind.TIME && columns.time().isEmpty()) {
      throw guess.missing("a split by time needs a column of times", "--time-column");
    }
    if (options.split().kind() == SplitOptions.Kind.LEAVE_LAST && guess.timesUnread()) {
      throw guess.missing(
          "the last interactions are those of the latest times, which cannot be read",
          "--time-column, or 'none' to go by the order of the file");
    }
    List<String> notes = new ArrayList<>(guess.unread());
    if (read.header().isEmpty()) {
      guess.possibleHeader(columns).ifPresent(notes::add);
    }
    return ImportPlan.of(options.files(), layout, columns, guess.rows(), notes);
  }

  /** Pairs of train that are test pairs as well could never be hit. */
  private void requireDifferentFiles() throws IOException {
    // What is not there has a message of its own.
    List<SourceFile> files =
        options.files().stream().filter(file -> Files.exists(file.path())).toList();
    for (int i = 1; i < files.size(); i++) {
      for (SourceFile other : files.subList(0, i)) {
        if (Files.isSameFile(files.get(i).path(), other.path())) {
          throw new ImportException(twice(files.get(i), other));
        }
      }
    }
  }

  private static String twice(SourceFile file, SourceFile other) {
    String parts =
        file.part().equals(other.part())
            ? ""
            : ", as "
                + other.part().map(Part::key).orElseThrow()
                + " and as "
                + file.part().map(Part::key).orElseThrow();
    return file.path()
        + ": is named twice"
        + (file.path().equals(other.path()) ? "" : ", also by " + other.path())
        + parts;
  }

  /**
   * A plan as a record: name, layout, columns and options, as {@code import.json} has them.
   *
   * @param plan what {@link #plan} has said
   */
  public Map<String, Object> record(ImportPlan plan) {
    return ImportRecord.planned(options, plan);
  }

  /**
   * Says where the data set is going to be.
   *
   * @param directory the data directory
   * @throws ImportException if there is something already
   */
  public Path requireFree(Path directory) throws ImportException {
    Path folder = directory.resolve(options.name());
    if (StagedFolder.isTaken(folder)) {
      throw new ImportException(folder + ": is there already; delete it or choose another --name");
    }
    return folder;
  }

  private static void requireRecords(ImportPlan plan, StepCount read, MalformedLines malformed)
      throws ImportException {
    if (read.pairs() > 0 || malformed.count() > 0) {
      return;
    }
    String files =
        plan.files().stream().map(file -> file.path().toString()).collect(Collectors.joining(", "));
    throw new ImportException(files + ": nothing follows the header");
  }

  /**
   * Reads everything and writes the data set.
   *
   * @param plan what {@link #plan} has said
   * @param directory the data directory; made if need be
   * @throws ImportException if a line is malformed and malformed lines are not skipped, or if no
   *     pairs are left
   * @throws IOException if something cannot be read or written; nothing is left behind
   * @throws CancellationException if the listener says so before the data set is being written;
   *     nothing is left behind
   */
  public ImportResult run(ImportPlan plan, Path directory, ImportListener listener)
      throws IOException {
    Path folder = requireFree(directory);
    MalformedLines malformed = new MalformedLines(options.read().skipMalformed());
    List<StepCount> steps = new ArrayList<>();
    PairLoader loader =
        new PairLoader(
            plan.layout(),
            plan.columns(),
            options.read(),
            options.filters().ratingThreshold(),
            options.split().kind() == SplitOptions.Kind.GIVEN,
            malformed,
            listener);
    for (SourceFile file : options.files()) {
      loader.load(file);
    }
    requireRecords(plan, loader.read(), malformed);
    steps.add(loader.read());
    requireGoingOn(listener);
    listener.begins("filtering and splitting");
    InteractionLog log = new Filters(options, steps).apply(loader.log(), malformed);
    Numbering numbering = new Numbering(log);
    Split split = numbering.split(options.name());
    Optional<TimeSummary> times =
        log.isTimed() ? Optional.of(TimeSummary.of(log)) : Optional.empty();
    ImportResult result =
        new ImportResult(
            folder,
            split,
            loader.summaries(),
            List.copyOf(steps),
            times,
            malformed.count(),
            malformed.examples(),
            loader.notes());
    requireGoingOn(listener);
    listener.begins("writing");
    DatasetWriter.write(split, directory, () -> notes(plan, loader, numbering, result));
    return result;
  }

  static void requireGoingOn(ImportListener listener) {
    if (listener.cancelled()) {
      throw new CancellationException("the import was stopped");
    }
  }

  /** The files beside the pairs. */
  private Map<String, byte[]> notes(
      ImportPlan plan, PairLoader loader, Numbering numbering, ImportResult result) {
    Split split = result.split();
    Map<String, byte[]> notes = new LinkedHashMap<>();
    notes.put(
        IdFile.USERS,
        IdFile.bytes(split.users(), u -> loader.users().id(numbering.originalUser(u))));
    notes.put(
        IdFile.ITEMS,
        IdFile.bytes(split.items(), i -> loader.items().id(numbering.originalItem(i))));
    Map<String, String> ids = new LinkedHashMap<>();
    notes.forEach((file, bytes) -> ids.put(file, Checksum.sha256Of(bytes)));
    notes.put(DatasetCatalog.IMPORT_RECORD, ImportRecord.bytes(options, plan, result, ids));
    return notes;
  }
}
