package bsl.tune;

import java.util.function.LongSupplier;

/** The time that a search may take, over all sessions in which it was gone on with. */
final class TimeBudget {
  private final double seconds;
  private final double before;
  private final LongSupplier nanoTime;
  private final long start;

  /**
   * @param seconds how much there is; infinite if there is no limit
   * @param before what earlier sessions have spent
   * @param nanoTime the clock
   */
  TimeBudget(double seconds, double before, LongSupplier nanoTime) {
    this.seconds = seconds;
    this.before = before;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Seconds spent, by earlier sessions, too. */
  double spent() {
    return before + (nanoTime.getAsLong() - start) / 1e9;
  }

  /**
   * Seconds left.
   *
   * @param reserved what is kept for later
   */
  double left(double reserved) {
    return seconds - reserved - spent();
  }

  double seconds() {
    return seconds;
  }
}
