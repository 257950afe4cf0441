package bsl.losses;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The losses' formulas, written down once more in double precision. Sums of exponentials are in the
 * log domain, so that nothing overflows; there is no other cleverness.
 */
final class ReferenceLosses {
  private ReferenceLosses() {}

  static double softmax(Batch batch, double tau) {
    return batch.mean((p, negatives) -> negatives.logSumExp(s -> s / tau) - p / tau);
  }

  static double codeForm(Batch batch, double tau, double rho, boolean multi) {
    double positive = multi ? -logMeanExpOfGroups(batch, tau) : -meanPositive(batch) / tau;
    return positive
        + rho
            * batch.mean(
                (p, negatives) ->
                    negatives.logSumExp(s -> s / tau) - (multi ? Math.log(negatives.total()) : 0));
  }

  static double paperForm(Batch batch, double tau1, double tau2, boolean multi) {
    double positive = multi ? -tau1 * logMeanExpOfGroups(batch, tau1) : -meanPositive(batch);
    return positive
        + tau2
            * batch.mean(
                (p, negatives) -> negatives.logSumExp(s -> s / tau2) - Math.log(negatives.total()));
  }

  static double powerForm(Batch batch, double tau1, double tau2, boolean multi) {
    double positive = multi ? -logMeanExpOfGroups(batch, tau1) : -meanPositive(batch) / tau1;
    return positive
        + tau2 / tau1 * batch.mean((p, negatives) -> negatives.logSumExp(s -> s / tau2));
  }

  /** log(exp p + exp n) - p = log(1 + exp(n - p)), which does not cancel. */
  static double softmaxWithPositive(Batch batch, double tau) {
    return batch.mean((p, negatives) -> softplus(negatives.logSumExp(s -> s / tau) - p / tau));
  }

  static double bpr(Batch batch) {
    return batch.mean((p, negatives) -> negatives.sum(s -> softplus(s - p)) / negatives.total());
  }

  static double binaryCrossEntropy(Batch batch, double weight) {
    return batch.mean(
        (p, negatives) -> softplus(-p) + weight * negatives.sum(ReferenceLosses::softplus));
  }

  static double meanSquaredError(Batch batch, double weight) {
    return batch.mean(
        (p, negatives) -> (p - 1) * (p - 1) / 2 + weight * negatives.sum(s -> s * s / 2));
  }

  static double cosineContrastive(Batch batch, double weight, double margin) {
    return batch.mean(
        (p, negatives) ->
            Math.max(0, 1 - p)
                + weight * negatives.sum(s -> Math.max(0, s - margin)) / negatives.total());
  }

  static double meanVariance(Batch batch, double tau, double weight) {
    return batch.mean(
        (p, negatives) -> {
          double mean = negatives.sum(s -> s) / negatives.total();
          double variance = negatives.sum(s -> (s - mean) * (s - mean)) / negatives.total();
          return (mean - p) / tau + weight * variance / (2 * tau * tau);
        });
  }

  /**
   * @param logActivation logarithm of the activation; minus infinity where it is not positive
   */
  static double pairwiseSoftmax(
      Batch batch, DoubleUnaryOperator logActivation, double tau, double spread) {
    return batch.mean(
        (p, negatives) -> {
          double value =
              negatives.logSumExp(s -> logActivation.applyAsDouble((s - p) / spread) / tau);
          return value > Double.NEGATIVE_INFINITY ? value : -126 * Math.log(2) / tau;
        });
  }

  /** log(1 + tanh d) = log 2 - log(1 + exp(-2 d)). */
  static double logTanhActivation(double d) {
    return Math.log(2) - softplus(-2 * d);
  }

  static double logAtanActivation(double d) {
    return Math.log(Math.max(0, 1 + Math.atan(d)));
  }

  static double logReluActivation(double d) {
    return Math.log(Math.max(0, 1 + d));
  }

  static double renyi(Batch batch, double order, double margin, double weight) {
    double exponent = order / (order - 1);
    return batch.mean(
        (p, negatives) -> {
          double logPowers = negatives.logSumExp(s -> exponent * Math.log(Math.max(0, s - margin)));
          double norm = Math.exp((logPowers - Math.log(negatives.total())) / exponent);
          return margin - p + weight * norm;
        });
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double meanPositive(Batch batch) {
    return batch.mean((p, negatives) -> p);
  }

  /** Mean over the pairs of the logarithm of the mean of exp over the pair's group. */
  private static double logMeanExpOfGroups(Batch batch, double tau) {
    double[] positives = Arrays.stream(batch.positives()).flatMapToDouble(Arrays::stream).toArray();
    double total = 0;
    for (int pair = 0; pair < positives.length; pair++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int b = 0; b < positives.length; b++) {
        if (batch.groups()[b] == batch.groups()[pair]) {
          max = Math.max(max, positives[b]);
        }
      }
      double sum = 0;
      int count = 0;
      for (int b = 0; b < positives.length; b++) {
        if (batch.groups()[b] == batch.groups()[pair]) {
          sum += Math.exp((positives[b] - max) / tau);
          count++;
        }
      }
      total += max / tau + Math.log(sum / count);
    }
    return total / positives.length;
  }

  /** Central difference with a step that balances truncation and rounding in double precision. */
  static double slope(Batch batch, int row, int column, ToDoubleFunction<Batch> loss) {
    double at = batch.scores()[row][column];
    double step = 1e-5;
    return (loss.applyAsDouble(batch.with(row, column, at + step))
            - loss.applyAsDouble(batch.with(row, column, at - step)))
        / (2 * step);
  }
}
