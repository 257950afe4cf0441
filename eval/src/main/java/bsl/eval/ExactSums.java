package bsl.eval;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Sums of values in [0, 1] that do not depend on the order of the terms, nor on who adds them:
 * fixed-point numbers with as many binary places as the number of terms leaves room for (47 for
 * 30,000 terms).
 */
final class ExactSums {
  private final AtomicLongArray sums;
  private final double scale;
  private final long most;

  /**
   * @param count number of sums
   * @param most largest number of terms of a sum
   */
  ExactSums(int count, long most) {
    this.sums = new AtomicLongArray(count);
    this.scale = Math.scalb(1.0, Long.numberOfLeadingZeros(Math.max(1, most)) - 2);
    this.most = most;
  }

  void add(int sum, double value) {
    sums.addAndGet(sum, Math.round(value * scale));
  }

  /** The sum over the number of terms given to the constructor; 0 if that is 0. */
  double mean(int sum) {
    return most == 0 ? 0 : sums.get(sum) / scale / most;
  }
}
