package bsl.data;

import bsl.core.Interactions;
import bsl.core.Split;
import java.util.BitSet;
import java.util.List;

/**
 * Says what was odd about a data set as its files have it. None of it is an error.
 *
 * @param duplicatePairs pairs that stand in a file more than once; one of each was kept
 * @param testPairsInTrain test pairs that are also train pairs; they stay in the test set, where
 *     they cannot be hit, because train pairs are not ranked
 * @param usersWithoutTrain users with test pairs but without train pairs; they are evaluated all
 *     the same
 * @param itemsWithoutTrain items in [0, items) without train pairs
 * @param unusedUsers users in [0, users) without any pair: gaps in the numbering
 * @param unusedItems items in [0, items) without any pair
 * @param warnings what is probably a mistake, each as one line that names the file or folder
 */
public record LoadStatistics(
    int duplicatePairs,
    int testPairsInTrain,
    int usersWithoutTrain,
    int itemsWithoutTrain,
    int unusedUsers,
    int unusedItems,
    List<String> warnings) {

  /** Copies the list of warnings. */
  public LoadStatistics {
    warnings = List.copyOf(warnings);
  }

  static LoadStatistics of(Split split, List<PairFile> files) {
    int pairsInFiles = files.stream().mapToInt(f -> f.pairs().size()).sum();
    Interactions train = split.train();
    Interactions test = split.test();
    int kept = train.size() + test.size() + split.validation().map(Interactions::size).orElse(0);
    int inTrain = 0;
    int cold = 0;
    for (int u = 0; u < split.users(); u++) {
      for (int p = test.begin(u); p < test.end(u); p++) {
        inTrain += train.contains(u, test.itemAt(p)) ? 1 : 0;
      }
      cold += test.degree(u) > 0 && train.degree(u) == 0 ? 1 : 0;
    }
    boolean[] seen = new boolean[split.items()];
    int unseen = split.items();
    for (int p = 0; p < train.size(); p++) {
      if (!seen[train.itemAt(p)]) {
        seen[train.itemAt(p)] = true;
        unseen--;
      }
    }
    BitSet users = new BitSet();
    BitSet items = new BitSet();
    for (PairFile file : files) {
      file.pairs().markUsed(users, items);
    }
    return new LoadStatistics(
        pairsInFiles - kept,
        inTrain,
        cold,
        unseen,
        split.users() - users.cardinality(),
        split.items() - items.cardinality(),
        LoadWarnings.of(split, files, users.cardinality(), items.cardinality()));
  }
}
