package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Value and gradient of a loss for a {@link Batch}, row by row as a trainer asks for them. */
final class Evaluation {
  /** Stands around each row; a loss must leave it alone. */
  private static final float GUARD = -77.25f;

  private static final int MARGIN = 5;

  private final Batch batch;
  private final PositiveSide positives = new PositiveSide();
  private final float[][] negatives;
  private final NegativeWeights weights;
  private final double value;

  Evaluation(Batch batch, RankingLoss loss) {
    this.batch = batch;
    positives.reset(batch.groups(), batch.pairs());
    negatives = new float[batch.rows()][batch.columns() + 2 * MARGIN];
    weights = batch.weights() == null ? null : new NegativeWeights(floats(batch.weights()));
    int pair = 0;
    for (int r = 0; r < batch.rows(); r++) {
      for (double positive : batch.positives()[r]) {
        positives.setScore(pair++, (float) positive);
      }
      Arrays.fill(negatives[r], GUARD);
      System.arraycopy(floats(batch.negatives()[r]), 0, negatives[r], MARGIN, batch.columns());
    }
    value = evaluate(loss);
  }

  /** In parts and from the back, as threads might. */
  private double evaluate(RankingLoss loss) {
    int groups = positives.groups().groups();
    loss.preparePositives(positives, groups / 2, groups);
    loss.preparePositives(positives, 0, groups / 2);
    ScoreTile tile = new ScoreTile();
    double sum = 0;
    for (int r = batch.rows() - 1; r >= 0; r--) {
      int pairs = batch.positives()[r].length;
      tile.viewUser(negatives[r], MARGIN, batch.columns(), batch.firstPair(r), pairs, weights);
      sum += loss.evaluate(tile, positives);
      for (int j = 0; j < MARGIN; j++) {
        assertThat(negatives[r][j]).isEqualTo(GUARD);
        assertThat(negatives[r][negatives[r].length - 1 - j]).isEqualTo(GUARD);
      }
    }
    return sum;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int j = 0; j < values.length; j++) {
      floats[j] = (float) values[j];
    }
    return floats;
  }

  double value() {
    return value;
  }

  /** Derivative of the mean loss with respect to a pair's positive score. */
  float positive(int pair) {
    return positives.gradient(pair);
  }

  /** Derivative of the mean loss with respect to the j-th negative score of a row. */
  float negative(int row, int j) {
    return negatives[row][MARGIN + j];
  }

  /** Derivative of the mean loss with respect to a score, by row and column of the batch. */
  float gradient(int row, int column) {
    int pairs = batch.positives()[row].length;
    return column < pairs ? positive(batch.firstPair(row) + column) : negative(row, column - pairs);
  }

  /** All derivatives, by row and column of the batch. */
  float[][] gradient() {
    float[][] gradient = new float[batch.rows()][];
    for (int r = 0; r < batch.rows(); r++) {
      gradient[r] = new float[batch.positives()[r].length + batch.columns()];
      for (int c = 0; c < gradient[r].length; c++) {
        gradient[r][c] = gradient(r, c);
      }
    }
    return gradient;
  }
}
