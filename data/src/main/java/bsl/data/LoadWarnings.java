package bsl.data;

import bsl.core.Interactions;
import bsl.core.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What about a data set is allowed and probably a mistake, each in one line for a person. Where a
 * mistake is certain, because no machine could train on it, it is an error.
 */
final class LoadWarnings {
  /** Up to so many users or items, gaps in the numbering cost nothing worth a word. */
  private static final int SMALL = 1000;

  private static final int ROWS_PER_USED_ROW = 10;

  /** From so many rows on, and so many per pair, numbers are not taken for row numbers. */
  private static final int ROWS_OF_A_MISTAKE = 1 << 20;

  private static final int ROWS_PER_PAIR_OF_A_MISTAKE = 100;

  /** Parameters and two moments of Adam, as floats, at the usual 64 dimensions. */
  private static final long BYTES_PER_ROW = 3 * Float.BYTES * 64L;

  private static final long MEGABYTE = 1_000_000;

  private LoadWarnings() {}

  /**
   * Refuses ids so high that the pairs cannot be what they are numbered for.
   *
   * @throws DataFormatException with file, line and value of the highest id
   */
  static void requirePlausible(List<PairFile> files) throws DataFormatException {
    long pairs = files.stream().mapToLong(f -> f.pairs().size()).sum();
    for (PairFile file : files) {
      PairList read = file.pairs();
      requirePlausible(file.path(), "user", read.users(), read.highestUserLine(), pairs);
      requirePlausible(file.path(), "item", read.items(), read.highestItemLine(), pairs);
    }
  }

  private static void requirePlausible(Path file, String what, int rows, long line, long pairs)
      throws DataFormatException {
    if (rows > ROWS_OF_A_MISTAKE && rows > ROWS_PER_PAIR_OF_A_MISTAKE * pairs) {
      throw new DataFormatException(
          file,
          line,
          String.format(
              Locale.ROOT,
              "%s '%d' makes %d %ss for %d pairs in all, about %d MB to train; number %ss from 0"
                  + " without gaps",
              what,
              rows - 1,
              rows,
              what,
              pairs,
              rows * BYTES_PER_ROW / MEGABYTE,
              what));
    }
  }

  /**
   * The warnings about a data set, most important first.
   *
   * @param users number of users with pairs
   * @param items number of items with pairs
   */
  static List<String> of(Split split, List<PairFile> files, int users, int items) {
    List<String> warnings = new ArrayList<>();
    for (PairFile file : files) {
      if (file.pairs().looksLikeRatings()) {
        warnings.add(
            file.path()
                + ": looks like 'user item rating', a line per pair, and is read as 'user item"
                + " item ...', which makes every rating an item; take the ratings out");
      }
    }
    for (PairFile file : files) {
      if (file.part().equals(DatasetFolder.TEST)) {
        inTrain(warnings, file, split.train(), split.test());
      } else if (file.part().equals(DatasetFolder.VALID)) {
        split.validation().ifPresent(valid -> inTrain(warnings, file, split.train(), valid));
      }
    }
    Path folder = files.get(0).path().toAbsolutePath().getParent();
    gaps(warnings, folder, "user", split.users(), users);
    gaps(warnings, folder, "item", split.items(), items);
    return List.copyOf(warnings);
  }

  private static void inTrain(
      List<String> warnings, PairFile file, Interactions train, Interactions held) {
    int inTrain = 0;
    int users = 0;
    int cold = 0;
    for (int u = 0; u < held.users(); u++) {
      for (int p = held.begin(u); p < held.end(u); p++) {
        inTrain += train.contains(u, held.itemAt(p)) ? 1 : 0;
      }
      users += held.degree(u) > 0 ? 1 : 0;
      cold += held.degree(u) > 0 && train.degree(u) == 0 ? 1 : 0;
    }
    if (inTrain == held.size()) {
      warnings.add(
          file.path()
              + ": every one of its pairs is a train pair, too; train pairs are not recommended, so"
              + " nothing can be hit and every metric is 0");
    } else if (PartOverlap.overlapsLargely(inTrain, held.size())) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s: %d of its %d pairs are train pairs, too; train pairs are not recommended, so"
                  + " these cannot be hit",
              file.path(),
              inTrain,
              held.size()));
    }
    if (cold == users) {
      warnings.add(
          file.path()
              + ": none of its users has train pairs; are users numbered alike in both files?");
    }
  }

  private static void gaps(List<String> warnings, Path folder, String what, int rows, int used) {
    if (rows > SMALL && rows > (long) ROWS_PER_USED_ROW * used) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%s: %ss are numbered up to %d and only %d occur; each number has an embedding%s, so"
                  + " number them from 0 without gaps",
              folder,
              what,
              rows - 1,
              used,
              what.equals("item") ? " and is drawn as a negative" : ""));
    }
  }
}
