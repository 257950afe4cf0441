package bsl.losses;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The losses' formulas, written down once more in double precision. Sums of exponentials are in the
 * log domain, so that nothing overflows; there is no other cleverness.
 */
final class ReferenceLosses {
  private ReferenceLosses() {}

  static double softmax(Batch batch, double tau) {
    double sum = 0;
    for (double[] row : batch.scores()) {
      sum += -row[0] / tau + logSumExp(row, tau);
    }
    return sum / batch.users().length;
  }

  static double codeForm(Batch batch, double tau, double rho, boolean multi) {
    double sum = 0;
    for (int b = 0; b < batch.users().length; b++) {
      double positive = multi ? -logMeanExpOfUser(batch, b, tau) : -batch.scores()[b][0] / tau;
      double negative = logSumExp(batch.scores()[b], tau);
      sum += positive + rho * (multi ? negative - Math.log(batch.negatives()) : negative);
    }
    return sum / batch.users().length;
  }

  static double paperForm(Batch batch, double tau1, double tau2, boolean multi) {
    double sum = 0;
    for (int b = 0; b < batch.users().length; b++) {
      double positive = multi ? -tau1 * logMeanExpOfUser(batch, b, tau1) : -batch.scores()[b][0];
      double negative = logSumExp(batch.scores()[b], tau2) - Math.log(batch.negatives());
      sum += positive + tau2 * negative;
    }
    return sum / batch.users().length;
  }

  static double powerForm(Batch batch, double tau1, double tau2, boolean multi) {
    double sum = 0;
    for (int b = 0; b < batch.users().length; b++) {
      double positive = multi ? -logMeanExpOfUser(batch, b, tau1) : -batch.scores()[b][0] / tau1;
      sum += positive + tau2 / tau1 * logSumExp(batch.scores()[b], tau2);
    }
    return sum / batch.users().length;
  }

  /** log(exp p + exp n) - p = log(1 + exp(n - p)), which does not cancel. */
  static double softmaxWithPositive(Batch batch, double tau) {
    return mean(batch, row -> softplus(logSumExp(row, tau) - row[0] / tau));
  }

  static double bpr(Batch batch) {
    return mean(batch, row -> negatives(row, s -> softplus(s - row[0])) / (row.length - 1));
  }

  static double binaryCrossEntropy(Batch batch, double weight) {
    return mean(
        batch, row -> softplus(-row[0]) + weight * negatives(row, ReferenceLosses::softplus));
  }

  static double meanSquaredError(Batch batch, double weight) {
    return mean(
        batch, row -> (row[0] - 1) * (row[0] - 1) / 2 + weight * negatives(row, s -> s * s / 2));
  }

  static double cosineContrastive(Batch batch, double weight, double margin) {
    return mean(
        batch,
        row ->
            Math.max(0, 1 - row[0])
                + weight * negatives(row, s -> Math.max(0, s - margin)) / (row.length - 1));
  }

  static double meanVariance(Batch batch, double tau, double weight) {
    return mean(
        batch,
        row -> {
          double mean = negatives(row, s -> s) / (row.length - 1);
          double variance = negatives(row, s -> (s - mean) * (s - mean)) / (row.length - 1);
          return (mean - row[0]) / tau + weight * variance / (2 * tau * tau);
        });
  }

  /**
   * @param logActivation logarithm of the activation; minus infinity where it is not positive
   */
  static double pairwiseSoftmax(
      Batch batch, DoubleUnaryOperator logActivation, double tau, double spread) {
    return mean(
        batch,
        row -> {
          double value =
              logSumExp(row, s -> logActivation.applyAsDouble((s - row[0]) / spread) / tau);
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
    return mean(
        batch,
        row -> {
          double logPowers = logSumExp(row, s -> exponent * Math.log(Math.max(0, s - margin)));
          double norm = Math.exp((logPowers - Math.log(row.length - 1)) / exponent);
          return margin - row[0] + weight * norm;
        });
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** log sum exp of a function of the negatives; minus infinity if all are that. */
  private static double logSumExp(double[] row, DoubleUnaryOperator exponent) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 1; j < row.length; j++) {
      max = Math.max(max, exponent.applyAsDouble(row[j]));
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (int j = 1; j < row.length; j++) {
      sum += Math.exp(exponent.applyAsDouble(row[j]) - max);
    }
    return max + Math.log(sum);
  }

  private static double mean(Batch batch, ToDoubleFunction<double[]> loss) {
    double sum = 0;
    for (double[] row : batch.scores()) {
      sum += loss.applyAsDouble(row);
    }
    return sum / batch.scores().length;
  }

  private static double negatives(double[] row, DoubleUnaryOperator term) {
    double sum = 0;
    for (int j = 1; j < row.length; j++) {
      sum += term.applyAsDouble(row[j]);
    }
    return sum;
  }

  private static double logSumExp(double[] row, double tau) {
    return logSumExp(row, s -> s / tau);
  }

  private static double logMeanExpOfUser(Batch batch, int pair, double tau) {
    double max = Double.NEGATIVE_INFINITY;
    for (int b = 0; b < batch.users().length; b++) {
      if (batch.users()[b] == batch.users()[pair]) {
        max = Math.max(max, batch.scores()[b][0]);
      }
    }
    double sum = 0;
    int count = 0;
    for (int b = 0; b < batch.users().length; b++) {
      if (batch.users()[b] == batch.users()[pair]) {
        sum += Math.exp((batch.scores()[b][0] - max) / tau);
        count++;
      }
    }
    return max / tau + Math.log(sum / count);
  }

  /** Central difference with a step that balances truncation and rounding in double precision. */
  static double slope(Batch batch, int pair, int column, ToDoubleFunction<Batch> loss) {
    double at = batch.scores()[pair][column];
    double step = 1e-5;
    return (loss.applyAsDouble(batch.with(pair, column, at + step))
            - loss.applyAsDouble(batch.with(pair, column, at - step)))
        / (2 * step);
  }
}
