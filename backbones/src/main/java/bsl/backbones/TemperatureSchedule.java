package bsl.backbones;

/**
 * Temperature of a softmax loss by epoch, for training that begins with a higher one: it falls
 * linearly from a multiple of the loss's own temperature to that temperature, and stays there.
 *
 * <p>A high temperature gives every negative a say, a low one only the negatives that score
 * highest. So training begins with what all negatives tell and ends with the loss itself.
 *
 * @param own the loss's own temperature, positive
 * @param start temperature of the first epoch, as a multiple of {@code own}, positive; below 1 the
 *     temperature rises
 * @param fraction share of the planned epochs after which the temperature is {@code own}, in [0,
 *     1]; 0 for all of them
 * @param epochs planned epochs, at least 1
 */
public record TemperatureSchedule(double own, double start, double fraction, int epochs) {

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public TemperatureSchedule {
    boolean positive = own > 0 && start > 0;
    boolean finite = own < Double.POSITIVE_INFINITY && start < Double.POSITIVE_INFINITY;
    if (!positive || !finite || !(fraction >= 0 && fraction <= 1) || epochs < 1) {
      throw new IllegalArgumentException(
          "no schedule with temperature "
              + own
              + ", start "
              + start
              + ", fraction "
              + fraction
              + ", epochs "
              + epochs);
    }
  }

  /**
   * Temperature of an epoch.
   *
   * @param epoch number of the epoch, counted from 1
   */
  public double at(int epoch) {
    double length = fraction * epochs;
    double done = epoch - 1.0;
    return done < length ? own * (1 + (start - 1) * (1 - done / length)) : own;
  }
}
