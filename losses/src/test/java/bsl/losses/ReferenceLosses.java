package bsl.losses;

import java.util.function.ToDoubleFunction;

/** The losses' formulas, written down once more in double precision and without any cleverness. */
final class ReferenceLosses {
  /**
   * A mini-batch of scores.
   *
   * @param users user of each pair
   * @param scores {@code scores[b][0]} is the positive, the rest the negatives
   */
  record Batch(int[] users, double[][] scores) {
    Batch with(int pair, int column, double score) {
      double[][] changed = new double[scores.length][];
      for (int b = 0; b < scores.length; b++) {
        changed[b] = scores[b].clone();
      }
      changed[pair][column] = score;
      return new Batch(users, changed);
    }

    int negatives() {
      return scores[0].length - 1;
    }
  }

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

  private static double logSumExp(double[] row, double tau) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 1; j < row.length; j++) {
      max = Math.max(max, row[j]);
    }
    double sum = 0;
    for (int j = 1; j < row.length; j++) {
      sum += Math.exp((row[j] - max) / tau);
    }
    return max / tau + Math.log(sum);
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
