package bsl.ingest;

import java.util.OptionalDouble;

/**
 * Says which interactions are kept.
 *
 * @param ratingThreshold lowest rating that counts as liking
 * @param minUserFreq interactions that a user has to have, at least 1
 * @param minItemFreq interactions that an item has to have, at least 1
 * @param duplicates which one is kept of several of a user with an item
 * @param excludeUnknowns whether validation and test pairs go whose user or item is not in train
 */
public record FilterOptions(
    OptionalDouble ratingThreshold,
    int minUserFreq,
    int minItemFreq,
    Duplicates duplicates,
    boolean excludeUnknowns) {
  /**
   * @throws IllegalArgumentException if a number of interactions is below 1
   */
  public FilterOptions {
    if (minUserFreq < 1 || minItemFreq < 1) {
      throw new IllegalArgumentException(
          "users and items need 1 interaction at least: " + minUserFreq + ", " + minItemFreq);
    }
  }

  /** Everything but duplicates and pairs of the unknown. */
  public static final FilterOptions DEFAULT =
      new FilterOptions(OptionalDouble.empty(), 1, 1, Duplicates.FIRST, true);
}
