package bsl.run;

import bsl.core.CountText;
import bsl.core.Embeddings;
import bsl.core.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run that has been trained, read from its folder: its records and its model. Everything is
 * checked once, when it is opened: the records are whole and of one run, and the model is the one
 * they describe. {@link #data} checks that the data set is the one it was trained on.
 */
public final class TrainedRun {
  private final Path folder;
  private final Provenance provenance;
  private final RunResult result;
  private final RunSpec spec;
  private final Embeddings model;

  private TrainedRun(
      Path folder, Provenance provenance, RunResult result, RunSpec spec, Embeddings model) {
    this.folder = folder;
    this.provenance = provenance;
    this.result = result;
    this.spec = spec;
    this.model = model;
  }

  /**
   * Opens a run.
   *
   * @param folder the run's folder; the run may have been interrupted, if it has left a model
   * @throws InputException if something is missing, malformed or damaged, if the records are of
   *     different runs, or if the model is another one
   */
  public static TrainedRun open(Path folder) {
    requireRecord(folder);
    RunFolder run = new RunFolder(folder);
    Path file = run.provenanceFile();
    Provenance provenance = Provenance.read(file);
    RunResult result =
        run.result()
            .orElseThrow(
                () ->
                    new InputException(
                        folder
                            + ": has no result.json"
                            + atWork(run)
                            + "; resume the training to complete it"));
    requireOneRun(folder, provenance, result);
    if (!run.hasModel()) {
      throw new InputException(
          folder
              + ": is a record without its model, users.npy and items.npy; 'bsl rerun "
              + folder
              + "' trains it again");
    }
    RunSpec spec = provenance.spec(file);
    return new TrainedRun(
        folder, provenance, result, spec, ModelFiles.read(folder, provenance.modelSha256()));
  }

  /**
   * Checks that a folder has the record of a run that was trained.
   *
   * @throws InputException if there is no such folder or it has none; the message says what it has
   */
  public static void requireRecord(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + (Files.exists(folder) ? ": is not a folder" : ": no such folder"));
    }
    RunFolder run = new RunFolder(folder);
    if (Files.exists(run.provenanceFile())) {
      return;
    }
    int epochs = run.curveSoFar().size();
    throw new InputException(
        epochs > 0
            ? folder
                + ": is of an unfinished run or of a search, "
                + CountText.of(epochs, "epoch")
                + " done"
                + atWork(run)
                + "; it has no model"
            : folder + ": is not the folder of a trained run" + atWork(run));
  }

  private static String atWork(RunFolder run) {
    return run.holder().map(holder -> " and is being trained by " + holder).orElse("");
  }

  /**
   * Checks that two records are of one run.
   *
   * @throws InputException if not
   */
  static void requireOneRun(Path folder, Provenance provenance, RunResult result) {
    boolean same =
        provenance.modelSha256().equals(result.modelSha256())
            && provenance.dataDigests().equals(result.digests())
            && provenance.bestEpoch() == result.bestEpoch()
            && provenance.metrics().equals(result.metrics());
    if (!same) {
      throw new InputException(
          folder + ": result.json and provenance.json are of different runs; train it again");
    }
  }

  /** The run's folder. */
  public Path folder() {
    return folder;
  }

  /** What it takes to train the run again. */
  public Provenance provenance() {
    return provenance;
  }

  /** What came out of the run. */
  public RunResult result() {
    return result;
  }

  /** The run's settings. */
  public RunSpec spec() {
    return spec;
  }

  /** Embeddings of the selected epoch. */
  public Embeddings model() {
    return model;
  }

  /**
   * The run's data, cut as they were for the training.
   *
   * @param split the data set that the run was trained on
   * @throws InputException if it is another one, though its name may be the same
   */
  public RunData data(Split split) {
    RunData data = RunData.of(split, spec);
    data.requireSame(folder, split.name(), provenance.dataDigests());
    return data;
  }

  /**
   * A data set that the run need not have been trained on, cut in the same way.
   *
   * @param split a data set with the same numbers of users and items
   * @throws InputException if the numbers differ
   */
  public RunData anyData(Split split) {
    if (model.users().rows() != split.users() || model.items().rows() != split.items()) {
      throw new InputException(
          folder
              + ": has "
              + CountText.of(model.users().rows(), "user")
              + " and "
              + CountText.of(model.items().rows(), "item")
              + ", but data set "
              + split.name()
              + " has "
              + split.users()
              + " and "
              + split.items());
    }
    return RunData.of(split, spec);
  }

  /**
   * How data differ from those the run was trained on, for example {@code test pairs differ}; empty
   * if they are the same.
   */
  public Optional<String> difference(RunData data) {
    return data.differenceFrom(provenance.dataDigests());
  }
}
