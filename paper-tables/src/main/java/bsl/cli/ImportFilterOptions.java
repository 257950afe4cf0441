package bsl.cli;

import bsl.ingest.Duplicates;
import bsl.ingest.FilterOptions;
import bsl.run.InputException;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** Which interactions of imported files are kept. */
final class ImportFilterOptions {
  @Option(
      names = "--rating-threshold",
      paramLabel = "R",
      description = "keep ratings of at least R; default all")
  private Double ratingThreshold;

  @Option(
      names = "--k-core",
      paramLabel = "K",
      description = "drop users and items with fewer than K interactions until none is left")
  private Integer core;

  @Option(
      names = "--min-user-freq",
      paramLabel = "N",
      description = "as --k-core, for users only; default 1")
  private Integer minUserFreq;

  @Option(
      names = "--min-item-freq",
      paramLabel = "N",
      description = "as --k-core, for items only; default 1")
  private Integer minItemFreq;

  @Option(
      names = "--duplicates",
      paramLabel = "WHICH",
      defaultValue = "first",
      description = "first (default) or last: which interaction of a user with an item is kept")
  private String duplicates;

  @Option(
      names = "--exclude-unknowns",
      negatable = true,
      description = {
        "drop validation and test pairs of users or items that are not in train;",
        "default yes, but no for parts that are given"
      })
  private Boolean excludeUnknowns;

  /**
   * The options.
   *
   * @param given whether the files are parts, which stay as they are
   * @throws InputException if one has a value that is not allowed
   */
  FilterOptions options(boolean given) {
    if (ratingThreshold != null && !Double.isFinite(ratingThreshold)) {
      throw new InputException("--rating-threshold '" + ratingThreshold + "' is not a number");
    }
    return new FilterOptions(
        ratingThreshold == null ? OptionalDouble.empty() : OptionalDouble.of(ratingThreshold),
        least("--min-user-freq", minUserFreq),
        least("--min-item-freq", minItemFreq),
        which(),
        excludeUnknowns == null ? !given : excludeUnknowns);
  }

  private int least(String option, Integer own) {
    Integer least = own == null ? core : own;
    if (least != null && least < 1) {
      throw new InputException(
          (own == null ? "--k-core" : option) + " '" + least + "' is not at least 1");
    }
    return least == null ? 1 : least;
  }

  private Duplicates which() {
    for (Duplicates which : Duplicates.values()) {
      if (which.key().equals(duplicates)) {
        return which;
      }
    }
    throw new InputException("--duplicates '" + duplicates + "' is neither first nor last");
  }
}
