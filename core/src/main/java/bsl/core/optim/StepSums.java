package bsl.core.optim;

import java.util.Arrays;

/**
 * What {@link ClosedFormRows} needs to take several steps at once, by the first of them: the factor
 * of {@code m / (sqrt(v) + epsilon)}, that epsilon, and powers of beta1 and beta2.
 *
 * <p>A step's size counts {@code r^k} times, {@code k} steps after the first, {@code r = beta1 /
 * sqrt(beta2) = 0.90045}: that is how {@code m / sqrt(v)} decays without a gradient. From {@code k
 * =} {@value #WINDOW} on, {@code r^k} is below 1e-9 and {@code beta1^k} too, less than a rounding
 * of single precision; both count as zero. So a step changes only the sums of the last {@value
 * #WINDOW} steps, whatever the schedule of learning rates is.
 */
final class StepSums {
  /** Steps after which a gradient has no effect any more. */
  static final int WINDOW = 200;

  /** Element {@code j} is {@code r^(WINDOW - 1 - j)}. */
  private static final double[] RATIOS = new double[WINDOW];

  /** Element {@code k} is {@code beta1^k}. */
  private static final float[] DECAYS1 = new float[WINDOW];

  static {
    double ratio = AdamRows.BETA1 / Math.sqrt(AdamRows.BETA2);
    for (int k = 0; k < WINDOW; k++) {
      RATIOS[WINDOW - 1 - k] = StrictMath.pow(ratio, k);
      DECAYS1[k] = (float) StrictMath.pow(AdamRows.BETA1, k);
    }
  }

  private double[] weights = new double[1024];
  private float[] epsilons = new float[1024];
  private float[] decays2 = new float[1024];
  private int start;
  private int count;

  /** Forgets all steps; the next one that is added has the index {@code step}. */
  void startAt(int step) {
    start = step;
    count = 0;
  }

  /**
   * Adds a step.
   *
   * @param alpha its size, with bias correction
   * @param epsilon its epsilon, with bias correction
   */
  void add(double alpha, double epsilon) {
    if (count == weights.length) {
      int length = Math.addExact(count, count / 2);
      weights = Arrays.copyOf(weights, length);
      epsilons = Arrays.copyOf(epsilons, length);
      decays2 = Arrays.copyOf(decays2, length);
    }
    weights[count] = 0;
    epsilons[count] = (float) epsilon;
    double power = StrictMath.pow(AdamRows.BETA2, count + 1.0);
    decays2[count] = power < Float.MIN_NORMAL ? 0f : (float) power;
    count++;
    int ahead = WINDOW - count;
    for (int i = Math.max(0, -ahead); i < count; i++) {
      weights[i] += alpha * RATIOS[ahead + i];
    }
  }

  /** The factor of all steps from {@code step} to the last one. */
  float weight(int step) {
    return (float) weights[step - start];
  }

  /** Epsilon of {@code step}. */
  float epsilon(int step) {
    return epsilons[step - start];
  }

  /** The {@code k}-th power of beta1, or 0 if it has no effect any more. */
  float decay1(int k) {
    return k < WINDOW ? DECAYS1[k] : 0f;
  }

  /** The {@code k}-th power of beta2, at most as many as steps were added; at least 1. */
  float decay2(int k) {
    return decays2[k - 1];
  }
}
