package bsl.cli;

import bsl.core.CountText;
import bsl.core.Interactions;
import bsl.core.Split;
import bsl.data.DegreeQuantiles;
import bsl.data.LoadedDataset;
import bsl.data.PartDigests;
import bsl.data.PartOverlap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a data set is like.
 *
 * @param split its pairs
 * @param duplicates pairs that its files have more than once
 * @param users pairs per user in train
 * @param items pairs per item in train
 * @param overlaps later parts against earlier ones, by title
 * @param dataImport what it was imported from, or empty
 * @param noise how its false positives were drawn, or empty
 * @param changed parts that are not what was imported, or what {@code noise} wrote
 */
record DatasetDescription(
    Split split,
    int duplicates,
    DegreeQuantiles users,
    DegreeQuantiles items,
    Map<String, PartOverlap> overlaps,
    Map<String, Object> dataImport,
    Map<String, Object> noise,
    List<String> changed) {
  private static final String AGAINST_TRAIN = " against train";

  /**
   * Describes a data set.
   *
   * @param dataImport what it was imported from, or empty
   * @param noise how its false positives were drawn, or empty
   */
  static DatasetDescription of(
      LoadedDataset loaded, Map<String, Object> dataImport, Map<String, Object> noise) {
    Split split = loaded.split();
    Map<String, PartOverlap> overlaps = new LinkedHashMap<>();
    split
        .validation()
        .ifPresent(
            valid ->
                overlaps.put("validation" + AGAINST_TRAIN, PartOverlap.of(split.train(), valid)));
    overlaps.put("test" + AGAINST_TRAIN, PartOverlap.of(split.train(), split.test()));
    split
        .validation()
        .ifPresent(
            valid -> overlaps.put("test against validation", PartOverlap.of(valid, split.test())));
    return new DatasetDescription(
        split,
        loaded.statistics().duplicatePairs(),
        DegreeQuantiles.ofRows(split.train()),
        DegreeQuantiles.ofRows(split.train().transpose()),
        overlaps,
        dataImport,
        noise,
        PartDigests.changed(split, dataImport.isEmpty() ? noise : dataImport));
  }

  /** The value of a key, or null if there is none. */
  static Object at(Object map, String key) {
    return map instanceof Map<?, ?> known ? known.get(key) : null;
  }

  /** Times of the import, or empty if they are not known or the pairs are not the imported ones. */
  Optional<Map<?, ?>> times() {
    return changed.isEmpty() && at(dataImport, "times") instanceof Map<?, ?> times
        ? Optional.of(times)
        : Optional.empty();
  }

  /** Share of all pairs of a user and an item that are there, in whatever parts. */
  double density() {
    long pairs = split.train().size() + (long) newIn(split.test(), split.validation());
    pairs += split.validation().map(valid -> newIn(valid, Optional.empty())).orElse(0);
    return (double) pairs / split.users() / split.items();
  }

  /** Pairs that are neither train pairs nor in another part. */
  private int newIn(Interactions part, Optional<Interactions> other) {
    int count = 0;
    for (int user = 0; user < part.users(); user++) {
      for (int item : part.itemsOf(user)) {
        boolean known =
            split.train().contains(user, item)
                || other.isPresent() && other.get().contains(user, item);
        count += known ? 0 : 1;
      }
    }
    return count;
  }

  /** What is probably a mistake, but for what loading the data set has warned of. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!changed.isEmpty()) {
      warnings.add(
          split.name()
              + ": "
              + String.join(" and ", changed)
              + " pairs are not those that were "
              + (dataImport.isEmpty() ? "written by 'bsl noise'" : "imported")
              + "; they were changed since");
    }
    overlaps.forEach(
        (title, overlap) -> {
          boolean warnedOf = title.endsWith(AGAINST_TRAIN) && overlap.overlapsLargely();
          if (overlap.pairsInEarlier() > 0 && !warnedOf) {
            warnings.add(
                split.name()
                    + ": "
                    + title
                    + ": "
                    + CountText.of(overlap.pairsInEarlier(), "pair is", "pairs are")
                    + " in both parts");
          }
        });
    return warnings;
  }
}
