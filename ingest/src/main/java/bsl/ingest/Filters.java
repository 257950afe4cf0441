package bsl.ingest;

import java.util.Arrays;
import java.util.BitSet;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Drops what is not wanted, splits what is left, and counts after each step. */
final class Filters {
  private static final String UNKNOWNS = "unknowns";

  private final ImportOptions options;
  private final List<StepCount> steps;

  /**
   * @param steps where to add a count after each step
   */
  Filters(ImportOptions options, List<StepCount> steps) {
    this.options = options;
    this.steps = steps;
  }

  /**
   * Applies all filters and the split.
   *
   * @param read what was read, without low ratings
   * @param malformed for the message if nothing is left
   * @throws ImportException if no train or no test pairs are left
   */
  InteractionLog apply(InteractionLog read, MalformedLines malformed) throws ImportException {
    FilterOptions filters = options.filters();
    if (filters.ratingThreshold().isPresent()) {
      steps.add(read.count("rating threshold"));
    }
    InteractionLog log = filters.duplicates().dropFrom(ChronologicalOrder.of(read));
    steps.add(log.count("duplicates"));
    if (filters.minUserFreq() > 1 || filters.minItemFreq() > 1) {
      log = KCore.of(log, filters.minUserFreq(), filters.minItemFreq());
      steps.add(log.count("k-core"));
    }
    requirePairs(log, malformed);
    log = Splitter.split(log, options.split());
    requireParts(log, "", malformed);
    if (filters.excludeUnknowns()) {
      log = withoutUnknowns(log);
      steps.add(log.count(UNKNOWNS));
      requireParts(
          log, " once those of users and items that are not in train are dropped", malformed);
    }
    return log;
  }

  private void requirePairs(InteractionLog log, MalformedLines malformed) throws ImportException {
    if (log.size() > 0) {
      return;
    }
    String message =
        "no pairs are left; "
            + steps.stream()
                .map(step -> "after step '" + step.step() + "' " + step.pairs())
                .collect(Collectors.joining(", "));
    throw new ImportException(message + malformed.afterwards());
  }

  private void requireParts(InteractionLog log, String when, MalformedLines malformed)
      throws ImportException {
    long[] sizes = new long[Part.values().length];
    for (int p = 0; p < log.size(); p++) {
      sizes[log.part(p)]++;
    }
    for (Part part : Part.values()) {
      if (sizes[part.ordinal()] == 0 && isNeeded(part)) {
        throw new ImportException(
            "the split leaves no "
                + (part == Part.VALID ? "validation" : part.key())
                + " pairs of "
                + beforeSplit()
                + when
                + " ("
                + options.split()
                + times(log)
                + ")"
                + malformed.afterwards());
      }
    }
  }

  /** Validation pairs are needed where somebody has said which they are. */
  private boolean isNeeded(Part part) {
    return part != Part.VALID
        || options.split().validFrom().isPresent()
        || options.files().stream().anyMatch(file -> file.part().equals(Optional.of(Part.VALID)));
  }

  /** The range of times, where a point in time was given that may lie beyond them. */
  private String times(InteractionLog log) {
    if (options.split().testFrom().isEmpty() || log.size() == 0) {
      return "";
    }
    DoubleSummaryStatistics range = Arrays.stream(log.times()).summaryStatistics();
    return "; times are from "
        + log.timeScale().show(range.getMin())
        + " to "
        + log.timeScale().show(range.getMax());
  }

  private long beforeSplit() {
    return steps.stream()
        .filter(step -> !step.step().equals(UNKNOWNS))
        .reduce((first, second) -> second)
        .map(StepCount::pairs)
        .orElse(0L);
  }

  /** Drops validation and test pairs whose user or item has no train pair. */
  private static InteractionLog withoutUnknowns(InteractionLog log) {
    BitSet users = new BitSet(log.users());
    BitSet items = new BitSet(log.items());
    for (int u = 0; u < log.users(); u++) {
      for (int p = log.begin(u); p < log.end(u); p++) {
        if (log.part(p) == Part.TRAIN.code()) {
          users.set(u);
          items.set(log.item(p));
        }
      }
    }
    BitSet known = new BitSet(log.size());
    for (int u = users.nextSetBit(0); u >= 0; u = users.nextSetBit(u + 1)) {
      for (int p = log.begin(u); p < log.end(u); p++) {
        known.set(p, items.get(log.item(p)));
      }
    }
    return log.where(known::get);
  }
}
