package bsl.cli;

import bsl.core.Split;
import bsl.data.Checksum;
import bsl.data.IdFile;
import bsl.run.InputException;
import bsl.run.TrainedRun;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Makes sure that the numbers of a data set mean the users and items that a model was trained on.
 * Pairs of numbers can be the same where ids are others.
 */
final class TrainedIds {
  private final DataOptions data;
  private final TrainedRun run;

  /**
   * @param data where data sets are
   * @param run has the model, and the record of the ids that it was trained on
   */
  TrainedIds(DataOptions data, TrainedRun run) {
    this.data = data;
    this.run = run;
  }

  /**
   * Compares ids.
   *
   * @param split a data set, the run's own or another one
   * @throws InputException if its numbers have other ids
   */
  void require(Split split) throws IOException {
    String trainedOn = run.spec().dataset();
    if (differ(IdFile.USERS, split.users(), data.userIds(split))
        || differ(IdFile.ITEMS, split.items(), data.itemIds(split))) {
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
  }

  /** Whether ids differ, by the run's record, or else by what lies where it was trained. */
  private boolean differ(String file, int count, Optional<IdFile> other) throws IOException {
    if (other.isEmpty()) {
      return false;
    }
    if (run.provenance().dataImport().get("ids") instanceof Map<?, ?> digests
        && digests.containsKey(file)) {
      return !digests.get(file).equals(Checksum.sha256Of(IdFile.bytes(count, other.get()::id)));
    }
    Optional<IdFile> trained = data.ids(run.spec().dataset(), file, count);
    return trained.isPresent() && !trained.get().ids().equals(other.get().ids());
  }
}
