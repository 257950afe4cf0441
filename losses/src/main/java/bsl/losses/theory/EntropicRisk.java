package bsl.losses.theory;

import java.util.Arrays;

/**
 * What softmax loss minimises on its negatives, for finitely many outcomes and in double precision:
 * the entropic risk tau log E_P[exp(f / tau)] of a random variable f.
 *
 * <p>It is the worst mean of f when distributions Q other than P are allowed but pay for their
 * distance from P,
 *
 * <pre>  tau log E_P[exp(f / tau)] = max over Q of E_Q[f] - tau KL(Q || P)</pre>
 *
 * The maximiser is q_j proportional to p_j exp(f_j / tau).
 *
 * <p><b>Negatives.</b> Let f be the scores of a user's N negatives and P their sampling
 * distribution. Then {@link bsl.losses.SoftmaxLoss} of a pair is (value(tau) - s_ui) / tau + log N,
 * and its gradient with respect to the negatives is worstCase(tau) / tau. So softmax loss trains
 * against the worst case (Wu et al., <i>BSL</i>, ICDE 2024).
 *
 * <p><b>Positives.</b> On the positive side of BSL the same form has the opposite sign,
 *
 * <pre>  -tau log E_P[exp(s / tau)] = min over Q of tau KL(Q || P) - E_Q[s]</pre>
 *
 * Its weights are the worstCase(tau) of the positives' scores. There they are a best case:
 * positives that the model finds implausible, which are likely noise, weigh less.
 *
 * <p><b>Ranges.</b> Values are at most {@value #LARGEST_VALUE} in magnitude. Every positive finite
 * double is a temperature. Value, worst case and divergence are then finite. Moments, and what is
 * made of the variance, are infinite where they exceed the range of a double. Immutable.
 */
public final class EntropicRisk {
  /** The largest magnitude of an outcome's value. */
  public static final double LARGEST_VALUE = 1e290;

  private static final double PROBABILITY_TOLERANCE = 1e-9;

  /**
   * Where all deviations are less than this many temperatures, two cumulants are exact to 1e-11,
   * and closer than a sum of exponentials, whose first order terms cancel.
   */
  private static final double FEW_CUMULANTS = 1e-5;

  /** What adding up probabilities may lose per outcome. */
  private static final double ROUNDING = 0x1p-52;

  private final double[] values;
  private final double[] probabilities;
  private final double[] centred;
  private final double mean;

  /** The largest outcome's deviation from the mean. */
  private final double top;

  /** The largest deviation from the mean, above or below. */
  private final double deviation;

  private EntropicRisk(double[] values, double[] probabilities) {
    this.values = values;
    this.probabilities = probabilities;
    double sum = 0;
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < values.length; j++) {
      sum += probabilities[j] * values[j];
      smallest = Math.min(smallest, values[j]);
      largest = Math.max(largest, values[j]);
    }
    // Rounding may lead out of the outcomes' range, or give a constant a variance.
    this.mean = Math.max(smallest, Math.min(largest, sum));
    this.centred = new double[values.length];
    double highest = Double.NEGATIVE_INFINITY;
    double furthest = 0;
    for (int j = 0; j < values.length; j++) {
      centred[j] = values[j] - mean;
      highest = Math.max(highest, centred[j]);
      furthest = Math.max(furthest, Math.abs(centred[j]));
    }
    this.top = highest;
    this.deviation = furthest;
  }

  /**
   * A variable whose outcomes are equally likely.
   *
   * @param values f of each outcome, at least one, of magnitude up to {@value #LARGEST_VALUE}
   * @throws IllegalArgumentException if there is none or one is out of range
   */
  public static EntropicRisk uniform(double... values) {
    double[] probabilities = new double[values.length];
    Arrays.fill(probabilities, 1.0 / values.length);
    return of(values, probabilities);
  }

  /**
   * A variable.
   *
   * @param values f of each outcome, at least one, of magnitude up to {@value #LARGEST_VALUE}
   * @param probabilities of the outcomes, positive, adding up to 1 within 1e-9; they are divided by
   *     their sum
   * @throws IllegalArgumentException if the arguments are not like that
   */
  public static EntropicRisk of(double[] values, double[] probabilities) {
    if (values.length == 0 || values.length != probabilities.length) {
      throw new IllegalArgumentException(
          values.length + " values with " + probabilities.length + " probabilities");
    }
    double sum = 0;
    for (int j = 0; j < values.length; j++) {
      if (!(Math.abs(values[j]) <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException("value " + j + " is not finite: " + values[j]);
      }
      if (Math.abs(values[j]) > LARGEST_VALUE) {
        throw new IllegalArgumentException(
            "value " + j + " exceeds " + LARGEST_VALUE + " in magnitude: " + values[j]);
      }
      if (!(probabilities[j] > 0)) {
        throw new IllegalArgumentException(
            "probability " + j + " is not positive: " + probabilities[j]);
      }
      sum += probabilities[j];
    }
    if (!(Math.abs(sum - 1) <= PROBABILITY_TOLERANCE)) {
      throw new IllegalArgumentException("probabilities add up to " + sum);
    }
    double whole = Math.abs(sum - 1) <= ROUNDING * values.length ? 1 : sum;
    double[] shares = new double[probabilities.length];
    for (int j = 0; j < shares.length; j++) {
      shares[j] = probabilities[j] / whole;
    }
    return new EntropicRisk(values.clone(), shares);
  }

  /** Number of outcomes. */
  public int outcomes() {
    return values.length;
  }

  /** E_P[f]. */
  public double mean() {
    return mean;
  }

  /** Var_P(f); infinite beyond the range of a double. */
  public double variance() {
    return centralMoment(2);
  }

  /** The square root of the variance, which neither overflows nor underflows on the way. */
  public double standardDeviation() {
    return deviation * Math.sqrt(scaledMoment(2));
  }

  /**
   * A central moment in units of the largest deviation, so that it neither over- nor underflows.
   */
  private double scaledMoment(int order) {
    double sum = 0;
    for (int j = 0; j < centred.length && deviation > 0; j++) {
      sum += probabilities[j] * Math.pow(centred[j] / deviation, order);
    }
    return sum;
  }

  /** E_P[(f - E_P[f])^order]. */
  public double centralMoment(int order) {
    double sum = 0;
    for (int j = 0; j < centred.length; j++) {
      sum += probabilities[j] * Math.pow(centred[j], order);
    }
    return sum;
  }

  /** The largest outcome. */
  public double largest() {
    return Arrays.stream(values).max().orElseThrow();
  }

  /** P(f = its largest outcome). */
  public double probabilityOfLargest() {
    double largest = largest();
    double sum = 0;
    for (int j = 0; j < values.length; j++) {
      sum += values[j] == largest ? probabilities[j] : 0;
    }
    return sum;
  }

  /**
   * tau log E_P[exp(f / tau)]: falls from the largest outcome to the mean as tau goes from 0 to
   * infinity.
   *
   * @param tau temperature, positive and finite
   */
  public double value(double tau) {
    return mean + excess(requireTemperature(tau));
  }

  /** tau log E_P[exp((f - mean) / tau)], accurate also where it is tiny. */
  private double excess(double tau) {
    double t = deviation / tau;
    if (t < FEW_CUMULANTS) {
      return deviation * (t / 2 * scaledMoment(2) + t * t / 6 * scaledMoment(3));
    }
    if (top <= tau) {
      double sum = 0;
      for (int j = 0; j < centred.length; j++) {
        sum += probabilities[j] * Math.expm1(centred[j] / tau);
      }
      return tau * Math.log1p(sum);
    }
    return top + tau * logMeanExp(tau);
  }

  /**
   * log E_P[exp((f - largest) / tau)]: between the logarithm of the largest outcome's probability
   * and 0, however small tau is.
   */
  private double logMeanExp(double tau) {
    double sum = 0;
    for (int j = 0; j < centred.length; j++) {
      sum += probabilities[j] * Math.exp((centred[j] - top) / tau);
    }
    return Math.log(sum);
  }

  /**
   * The distribution that the risk is the mean under: q_j proportional to p_j exp(f_j / tau).
   *
   * @param tau temperature, positive and finite
   */
  public double[] worstCase(double tau) {
    requireTemperature(tau);
    double[] q = new double[values.length];
    double sum = 0;
    for (int j = 0; j < q.length; j++) {
      q[j] = probabilities[j] * Math.exp((centred[j] - top) / tau);
      sum += q[j];
    }
    for (int j = 0; j < q.length; j++) {
      q[j] /= sum;
    }
    return q;
  }

  /**
   * KL(worst case || P): the radius of the ball that the temperature stands for. It falls as tau
   * grows.
   *
   * @param tau temperature, positive and finite
   */
  public double divergence(double tau) {
    double[] q = worstCase(tau);
    double t = deviation / tau;
    if (t < FEW_CUMULANTS) {
      return t * t * (scaledMoment(2) / 2 + t / 3 * scaledMoment(3));
    }
    double sum = 0;
    if (top <= tau) {
      for (int j = 0; j < q.length; j++) {
        sum += q[j] * (centred[j] / tau);
      }
      return Math.max(0, sum - excess(tau) / tau);
    }
    for (int j = 0; j < q.length; j++) {
      // An outcome without weight may be infinitely many temperatures below the largest one.
      sum += q[j] > 0 ? q[j] * ((centred[j] - top) / tau) : 0;
    }
    return Math.max(0, sum - logMeanExp(tau));
  }

  /**
   * What the risk maximises: E_Q[f] - tau KL(Q || P).
   *
   * @param q a distribution over the outcomes
   * @param tau temperature, positive and finite
   * @throws IllegalArgumentException if q is no distribution over the outcomes
   */
  public double objective(double[] q, double tau) {
    requireTemperature(tau);
    return mean(q) - tau * divergence(q);
  }

  /**
   * E_Q[f] under another distribution.
   *
   * @param q a distribution over the outcomes
   * @throws IllegalArgumentException if q is no distribution over the outcomes
   */
  public double mean(double[] q) {
    requireOutcomes(q);
    double sum = 0;
    for (int j = 0; j < q.length; j++) {
      sum += q[j] * values[j];
    }
    return sum;
  }

  /**
   * KL(Q || P) of another distribution.
   *
   * @param q a distribution over the outcomes
   * @throws IllegalArgumentException if q is no distribution over the outcomes
   */
  public double divergence(double[] q) {
    requireOutcomes(q);
    double sum = 0;
    for (int j = 0; j < q.length; j++) {
      sum += q[j] > 0 ? q[j] * Math.log(q[j] / probabilities[j]) : 0;
    }
    return sum;
  }

  /**
   * The expansion E_P[f] + Var_P(f) / (2 tau): a mean with a penalty on the variance, which is the
   * heavier the lower the temperature.
   *
   * @param tau temperature, positive and finite
   */
  public double meanVariance(double tau) {
    return mean + halfVarianceOver(requireTemperature(tau));
  }

  /**
   * value - meanVariance. Times tau^2 it tends to a sixth of the third central moment as tau grows.
   *
   * @param tau temperature, positive and finite
   */
  public double remainder(double tau) {
    return excess(requireTemperature(tau)) - halfVarianceOver(tau);
  }

  /** Var_P(f) / (2 tau), with the square last, so that only the result can overflow. */
  private double halfVarianceOver(double tau) {
    double variance = variance();
    if (variance >= Double.MIN_NORMAL && variance <= Double.MAX_VALUE) {
      return variance / 2 / tau;
    }
    double root = standardDeviation();
    return root / tau * (root / 2);
  }

  private void requireOutcomes(double[] q) {
    if (q.length != values.length) {
      throw new IllegalArgumentException(
          "a distribution over " + q.length + " outcomes, not " + values.length);
    }
    double sum = 0;
    for (int j = 0; j < q.length; j++) {
      if (!(q[j] >= 0)) {
        throw new IllegalArgumentException("probability " + j + " is below 0: " + q[j]);
      }
      sum += q[j];
    }
    if (!(Math.abs(sum - 1) <= PROBABILITY_TOLERANCE)) {
      throw new IllegalArgumentException("probabilities add up to " + sum);
    }
  }

  private static double requireTemperature(double tau) {
    if (!(tau > 0 && tau <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("tau must be positive and finite: " + tau);
    }
    return tau;
  }
}
