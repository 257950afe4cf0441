package bsl.eval;

import java.util.Optional;

/**
 * What runs of several seeds say about an effect, for example about the lead of one model over
 * another. It tells how large the effect is, within which bounds, and how probable it would be if
 * there were none.
 *
 * <p>An effect that was seen with one or two seeds may be owed to the seeds. So it takes {@link
 * #ENOUGH_SEEDS} to decide anything.
 */
public sealed interface Evidence permits CrossedSample, RelativeLead, SeedSample {
  /** With fewer seeds nothing is decided. */
  int ENOUGH_SEEDS = 3;

  /** Number of seeds. */
  int seeds();

  /** The effect, in the units of the values. */
  double effect();

  /**
   * Tests the hypothesis that the true effect is a given number.
   *
   * @return p-value, two-sided; 1 for a single seed
   */
  double pValue(double number);

  /**
   * Interval of the true effect. It contains a number if and only if {@link #pValue} of that number
   * is at least {@code 1 - confidence}, unless it is the whole line.
   *
   * @param confidence in (0, 1)
   * @return the whole line for a single seed, and where the values bound nothing
   */
  Interval interval(double confidence);

  /**
   * Interval that takes the seeds as they are and leaves the users to chance. Where seeds are too
   * few to decide anything, it is all that there is to say.
   *
   * @param confidence in (0, 1)
   * @return the whole line for evidence that is not by user, and where the values bound nothing
   */
  Interval ofTheseSeeds(double confidence);

  /** Whether there are enough seeds to decide by. */
  default boolean decides() {
    return seeds() >= ENOUGH_SEEDS;
  }

  /**
   * The interval to show: that of the true effect, or, where seeds are too few, the one over users.
   *
   * @param confidence in (0, 1)
   * @return empty where it has no two ends, as with one user
   */
  default Optional<Interval> bounds(double confidence) {
    return Optional.of(decides() ? interval(confidence) : ofTheseSeeds(confidence))
        .filter(it -> Double.isFinite(it.low()) && Double.isFinite(it.high()));
  }
}
