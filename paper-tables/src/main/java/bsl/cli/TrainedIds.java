package bsl.cli;

import bsl.core.Split;
import bsl.data.Checksum;
import bsl.data.IdFile;
import bsl.run.InputException;
import bsl.run.TrainedRun;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Makes sure that the numbers of a data set mean the users and items that a model was trained on.
 * Pairs of numbers can be the same where ids are others.
 */
final class TrainedIds {
  private final DataOptions data;
  private final TrainedRun run;
  private final CommandLine command;

  /**
   * @param data where data sets are
   * @param run has the model, and the record of the ids that it was trained on
   * @param command says where that record has no ids
   */
  TrainedIds(DataOptions data, TrainedRun run, CommandLine command) {
    this.data = data;
    this.run = run;
    this.command = command;
  }

  /**
   * Compares ids. Where the run's record has none, a note says that they were not compared with
   * those of the training.
   *
   * @param split a data set, the run's own or another one
   * @throws InputException if its numbers have other ids
   */
  void require(Split split) throws IOException {
    String trainedOn = run.spec().dataset();
    Optional<IdFile> users = data.userIds(split);
    Optional<IdFile> items = data.itemIds(split);
    if (differ(IdFile.USERS, split.users(), users) || differ(IdFile.ITEMS, split.items(), items)) {
      throw new InputException(
          split.name().equals(trainedOn)
              ? "data set "
                  + trainedOn
                  + ": its numbers are not those that the model was trained on: the same numbers"
                  + " have other ids; for a model of this data set delete "
                  + run.folder()
                  + " and train again"
              : "--dataset "
                  + split.name()
                  + ": its numbers are not those of "
                  + trainedOn
                  + ", which the model was trained on: the same numbers have other ids");
    }
    if (isUnrecorded(IdFile.USERS, users) || isUnrecorded(IdFile.ITEMS, items)) {
      Failures.complain(
          command,
          "note: "
              + run.folder()
              + " has no record of the ids that it was trained on; those that data set "
              + trainedOn
              + " has now are taken for them");
    }
  }

  /** Whether there are ids, and none in the run's record to compare them with. */
  private boolean isUnrecorded(String file, Optional<IdFile> ids) {
    return ids.isPresent() && recorded(file).isEmpty();
  }

  /** The digest of the ids that the run was trained on; runs of earlier versions may have none. */
  private Optional<String> recorded(String file) {
    return run.provenance().dataImport().get("ids") instanceof Map<?, ?> digests
        ? Optional.ofNullable(digests.get(file)).map(Object::toString)
        : Optional.empty();
  }

  /** Whether ids differ, by the run's record, or else by what lies where it was trained. */
  private boolean differ(String file, int count, Optional<IdFile> other) throws IOException {
    if (other.isEmpty()) {
      return false;
    }
    Optional<String> recorded = recorded(file);
    if (recorded.isPresent()) {
      return !recorded.get().equals(Checksum.sha256Of(IdFile.bytes(count, other.get()::id)));
    }
    Optional<IdFile> trained = data.ids(run.spec().dataset(), file, count);
    return trained.isPresent() && !trained.get().ids().equals(other.get().ids());
  }
}
