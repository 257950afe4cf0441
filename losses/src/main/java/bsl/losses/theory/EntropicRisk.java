package bsl.losses.theory;

import java.util.Arrays;

/**
 * The entropic risk tau log E_P[exp(f / tau)] of a random variable f with finitely many outcomes.
 *
 * <p>It is the worst case of a mean under a penalty on the distance from P,
 *
 * <pre>  tau log E_P[exp(f / tau)] = max over Q of E_Q[f] - tau KL(Q || P)</pre>
 *
 * with the maximiser q_j proportional to p_j exp(f_j / tau). With f the scores of a user's
 * negatives and P their sampling distribution, {@link bsl.losses.SoftmaxLoss} of a pair is
 * (value(tau) - s_ui) / tau + log N, and its gradient with respect to the negatives is
 * worstCase(tau) / tau: softmax loss trains against the worst case (Wu et al., <i>BSL</i>, ICDE
 * 2024).
 *
 * <p>On BSL's positive side the same form has the opposite sign,
 *
 * <pre>  -tau log E_P[exp(s / tau)] = min over Q of tau KL(Q || P) - E_Q[s]</pre>
 *
 * so its weights, the same worstCase(tau) of the positives' scores, are a best case: it trusts the
 * positives that the model finds plausible, and those it finds implausible, likely noise, weigh
 * less.
 *
 * <p>Immutable. Nothing overflows at any temperature above 0.
 */
public final class EntropicRisk {
  private static final double PROBABILITY_TOLERANCE = 1e-9;

  private final double[] values;
  private final double[] probabilities;
  private final double[] centred;
  private final double mean;

  private EntropicRisk(double[] values, double[] probabilities) {
    this.values = values;
    this.probabilities = probabilities;
    double sum = 0;
    for (int j = 0; j < values.length; j++) {
      sum += probabilities[j] * values[j];
    }
    this.mean = sum;
    this.centred = Arrays.stream(values).map(f -> f - mean).toArray();
  }

  /**
   * A variable whose outcomes are equally likely.
   *
   * @param values f of each outcome, at least one, finite
   * @throws IllegalArgumentException if there is none or one is not finite
   */
  public static EntropicRisk uniform(double... values) {
    double[] probabilities = new double[values.length];
    Arrays.fill(probabilities, 1.0 / values.length);
    return of(values, probabilities);
  }

  /**
   * A variable.
   *
   * @param values f of each outcome, at least one, finite
   * @param probabilities of the outcomes, positive, adding up to 1 within 1e-9
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
      if (!(probabilities[j] > 0)) {
        throw new IllegalArgumentException(
            "probability " + j + " is not positive: " + probabilities[j]);
      }
      sum += probabilities[j];
    }
    if (!(Math.abs(sum - 1) <= PROBABILITY_TOLERANCE)) {
      throw new IllegalArgumentException("probabilities add up to " + sum);
    }
    return new EntropicRisk(values.clone(), probabilities.clone());
  }

  /** Number of outcomes. */
  public int outcomes() {
    return values.length;
  }

  /** E_P[f]. */
  public double mean() {
    return mean;
  }

  /** Var_P(f). */
  public double variance() {
    return centralMoment(2);
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
   * tau log E_P[exp(f / tau)]; from the largest outcome to the mean as tau goes from 0 to infinity.
   *
   * @param tau temperature, positive
   */
  public double value(double tau) {
    return mean + tau * logMeanExp(requireTemperature(tau));
  }

  /** log E_P[exp((f - mean) / tau)], accurate also where it is tiny. */
  private double logMeanExp(double tau) {
    double top = Arrays.stream(centred).max().orElseThrow() / tau;
    double shift = top > 1 ? top : 0;
    double sum = 0;
    for (int j = 0; j < centred.length; j++) {
      sum += probabilities[j] * Math.expm1(centred[j] / tau - shift);
    }
    return shift + Math.log1p(sum);
  }

  /**
   * The distribution that the risk is the mean under: q_j proportional to p_j exp(f_j / tau).
   *
   * @param tau temperature, positive
   */
  public double[] worstCase(double tau) {
    requireTemperature(tau);
    double top = Arrays.stream(centred).max().orElseThrow();
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
   * KL(worst case || P), the radius of the ball that the temperature stands for; falls as tau
   * grows.
   *
   * @param tau temperature, positive
   */
  public double divergence(double tau) {
    double[] q = worstCase(tau);
    double sum = 0;
    for (int j = 0; j < q.length; j++) {
      sum += q[j] * centred[j];
    }
    return Math.max(0, sum / tau - logMeanExp(tau));
  }

  /**
   * What the risk maximises: E_Q[f] - tau KL(Q || P).
   *
   * @param q a distribution over the outcomes
   * @param tau temperature, positive
   * @throws IllegalArgumentException if q has another number of outcomes
   */
  public double objective(double[] q, double tau) {
    requireTemperature(tau);
    return mean(q) - tau * divergence(q);
  }

  /** E_Q[f] under another distribution. */
  public double mean(double[] q) {
    requireOutcomes(q);
    double sum = 0;
    for (int j = 0; j < q.length; j++) {
      sum += q[j] * values[j];
    }
    return sum;
  }

  /** KL(Q || P) of another distribution. */
  public double divergence(double[] q) {
    requireOutcomes(q);
    double sum = 0;
    for (int j = 0; j < q.length; j++) {
      sum += q[j] > 0 ? q[j] * Math.log(q[j] / probabilities[j]) : 0;
    }
    return sum;
  }

  /**
   * The expansion E_P[f] + Var_P(f) / (2 tau): a mean with a penalty on the variance, the heavier
   * the lower the temperature.
   *
   * @param tau temperature, positive
   */
  public double meanVariance(double tau) {
    return mean + variance() / (2 * requireTemperature(tau));
  }

  /**
   * value - meanVariance. Times tau^2 it tends to a sixth of the third central moment as tau grows.
   *
   * @param tau temperature, positive
   */
  public double remainder(double tau) {
    return tau * logMeanExp(requireTemperature(tau)) - variance() / (2 * tau);
  }

  private void requireOutcomes(double[] q) {
    if (q.length != values.length) {
      throw new IllegalArgumentException(
          "a distribution over " + q.length + " outcomes, not " + values.length);
    }
  }

  private static double requireTemperature(double tau) {
    if (!(tau > 0 && tau <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("tau must be positive and finite: " + tau);
    }
    return tau;
  }
}
