package bsl.losses;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.function.Consumer;

/**
 * Checks a law on random cases, each of which has a seed. A failure names the seed, and {@code
 * -Dbsl.test.seed=SEED} runs that case alone.
 */
public final class Seeds {
  /** System property: the only seed to run. */
  public static final String SEED = "bsl.test.seed";

  /** System property: how many seeds to run at most. */
  public static final String TRIES = "bsl.test.tries";

  private Seeds() {}

  /**
   * Runs a check with the seeds 0 to {@code tries} - 1.
   *
   * @param check draws its case from the stream and fails if the law does not hold
   */
  public static void check(int tries, Consumer<RandomStream> check) {
    Long only = Long.getLong(SEED);
    if (only != null) {
      run(only, check);
      return;
    }
    int most = Math.min(tries, Integer.getInteger(TRIES, tries));
    for (long seed = 0; seed < most; seed++) {
      run(seed, check);
    }
  }

  private static void run(long seed, Consumer<RandomStream> check) {
    try {
      check.accept(RandomStream.of(seed, Purpose.TEST));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed " + seed + " (-D" + SEED + "=" + seed + " runs it alone): " + e.getMessage(), e);
    }
  }
}
