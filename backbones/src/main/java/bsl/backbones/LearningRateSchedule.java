package bsl.backbones;

/**
 * Learning rate by step: linear warm-up from zero, a plateau, and a linear decay to zero at the end
 * of the planned epochs.
 *
 * @param peak learning rate of the plateau, positive
 * @param warmUpEpochs length of the warm-up in epochs, at least 0
 * @param decayFraction share of the planned epochs over which the rate decays, in [0, 1]; 0 for
 *     none
 * @param epochs planned epochs, at least 1
 */
public record LearningRateSchedule(
    double peak, double warmUpEpochs, double decayFraction, int epochs) {

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public LearningRateSchedule {
    if (!(peak > 0 && peak < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("learning rate must be positive: " + peak);
    }
    if (!(warmUpEpochs >= 0 && warmUpEpochs < Double.POSITIVE_INFINITY)
        || !(decayFraction >= 0 && decayFraction <= 1)
        || epochs < 1) {
      throw new IllegalArgumentException(
          "no schedule with warm-up "
              + warmUpEpochs
              + ", decay "
              + decayFraction
              + ", epochs "
              + epochs);
    }
  }

  /**
   * Learning rate of a step.
   *
   * @param step steps taken so far over all epochs
   * @param stepsPerEpoch steps of one epoch
   */
  public double at(long step, int stepsPerEpoch) {
    double done = (step + 1.0) / stepsPerEpoch;
    double rate = peak;
    if (done < warmUpEpochs) {
      rate *= done / warmUpEpochs;
    }
    double left = (epochs - (double) step / stepsPerEpoch) / epochs;
    if (left < decayFraction) {
      rate *= Math.max(0, left / decayFraction);
    }
    return rate;
  }
}
