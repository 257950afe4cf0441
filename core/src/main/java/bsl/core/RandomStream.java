package bsl.core;

/**
 * A seeded stream of random numbers that is the same on every Java version: SplitMix64 (Steele, Lea
 * and Flood, OOPSLA 2014) with Lemire's multiply-shift for bounded integers.
 *
 * <p>Streams are addressed, not shared: a stream is fixed by the run's seed, what it is for, and
 * indices such as the epoch and the block of work. So a result never depends on which thread drew
 * first. Not thread-safe; make one per block of work.
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /** What a stream is for; keeps streams with the same indices apart. */
  public enum Purpose {
    INITIALISATION,
    SHUFFLE,
    NEGATIVES,
    DROPOUT,
    HOLD_OUT,
    SYNTHESIS,
    NOISE,
    TEST,
    MESSAGE_DROPOUT,
    RESAMPLING,
    AUGMENTATION,
    GROUPING,
    DECOMPOSITION,
    CLUSTERING,
    CONTRAST,
    VISITS,
    SEARCH
  }

  private long state;

  private RandomStream(long state) {
    this.state = state;
  }

  /**
   * The stream with this address.
   *
   * @param seed the run's seed
   * @param purpose what the numbers are for
   * @param indices epoch, step, block, user, ... as many as it takes
   */
  public static RandomStream of(long seed, Purpose purpose, long... indices) {
    long h = mix(seed + GOLDEN_GAMMA);
    h = mix(h ^ (purpose.ordinal() + 1) * GOLDEN_GAMMA);
    for (long index : indices) {
      h = mix(h + GOLDEN_GAMMA ^ mix(index + GOLDEN_GAMMA));
    }
    return new RandomStream(h);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** The next 64 random bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * Uniform in {@code [0, bound)}.
   *
   * @param bound at least 1; the bias is below {@code bound / 2^32}, and 0 after rejection
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive: " + bound);
    }
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xffffffffL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xffffffffL;
      }
    }
    return (int) (product >>> 32);
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Standard normal, by the polar method of Marsaglia; StrictMath, so equal everywhere. */
  public double nextGaussian() {
    while (true) {
      double x = 2 * nextDouble() - 1;
      double y = 2 * nextDouble() - 1;
      double s = x * x + y * y;
      if (s > 0 && s < 1) {
        return x * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }

  /** Puts the elements into a uniformly random order (Fisher and Yates). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
