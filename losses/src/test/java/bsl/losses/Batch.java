package bsl.losses;

import bsl.core.RandomStream;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A mini-batch of scores in double precision, for references: rows of some positives that share
 * their negatives. Pairs are counted through the rows. A row's columns are its positives, then its
 * negatives.
 *
 * @param groups group of each pair, for expectations over positives
 * @param positives {@code positives[r]} are the positive scores of row r, at least one
 * @param negatives {@code negatives[r]} are the negative scores of row r, as many in each row
 * @param weights how often each negative counts, in all rows; null if once
 */
public record Batch(int[] groups, double[][] positives, double[][] negatives, double[] weights) {
  /** What one pair costs. */
  public interface PairLoss {
    /** The loss of a positive with its negatives. */
    double of(double positive, Negatives negatives);
  }

  /**
   * The negatives of a row with their weights.
   *
   * @param scores the scores
   * @param weights their weights, or null
   */
  public record Negatives(double[] scores, double[] weights) {
    private double weight(int j) {
      return weights == null ? 1 : weights[j];
    }

    /** How many negatives there are: the sum of the weights. */
    public double total() {
      return weights == null ? scores.length : Arrays.stream(weights).sum();
    }

    /** The weighted sum of a function of the scores. */
    public double sum(DoubleUnaryOperator term) {
      double sum = 0;
      for (int j = 0; j < scores.length; j++) {
        sum += weight(j) * term.applyAsDouble(scores[j]);
      }
      return sum;
    }

    /** Logarithm of the weighted sum of exp of a function; minus infinity if all are that. */
    public double logSumExp(DoubleUnaryOperator exponent) {
      double max = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < scores.length; j++) {
        max = weight(j) > 0 ? Math.max(max, exponent.applyAsDouble(scores[j])) : max;
      }
      if (max == Double.NEGATIVE_INFINITY) {
        return max;
      }
      double sum = 0;
      for (int j = 0; j < scores.length; j++) {
        sum += weight(j) > 0 ? weight(j) * Math.exp(exponent.applyAsDouble(scores[j]) - max) : 0;
      }
      return max + Math.log(sum);
    }
  }

  /**
   * Rows of one pair each, without weights.
   *
   * @param groups group of each pair
   * @param scores {@code scores[b][0]} is the positive of pair b, the rest are its negatives
   */
  public Batch(int[] groups, double[][] scores) {
    this(
        groups,
        Arrays.stream(scores).map(row -> new double[] {row[0]}).toArray(double[][]::new),
        Arrays.stream(scores)
            .map(row -> Arrays.copyOfRange(row, 1, row.length))
            .toArray(double[][]::new),
        null);
  }

  /** Number of rows. */
  public int rows() {
    return positives.length;
  }

  /** Number of pairs B. */
  public int pairs() {
    return groups.length;
  }

  /** Number of negatives N of each row. */
  public int columns() {
    return negatives[0].length;
  }

  /** Index of a row's first pair. */
  public int firstPair(int row) {
    return Arrays.stream(positives, 0, row).mapToInt(p -> p.length).sum();
  }

  /** The negatives of a row. */
  public Negatives negativesOf(int row) {
    return new Negatives(negatives[row], weights);
  }

  /** All scores, by row and column. */
  public double[][] scores() {
    double[][] scores = new double[rows()][];
    for (int r = 0; r < rows(); r++) {
      scores[r] = Arrays.copyOf(positives[r], positives[r].length + columns());
      System.arraycopy(negatives[r], 0, scores[r], positives[r].length, columns());
    }
    return scores;
  }

  /** The mean over the pairs. */
  public double mean(PairLoss loss) {
    double sum = 0;
    for (int r = 0; r < rows(); r++) {
      for (double positive : positives[r]) {
        sum += loss.of(positive, negativesOf(r));
      }
    }
    return sum / pairs();
  }

  /** The batch with one score changed. */
  public Batch with(int row, int column, double score) {
    int pairs = positives[row].length;
    return column < pairs
        ? withScores(changed(positives, row, column, score), negatives)
        : withScores(positives, changed(negatives, row, column - pairs, score));
  }

  private static double[][] changed(double[][] scores, int row, int at, double score) {
    double[][] changed = scores.clone();
    changed[row] = scores[row].clone();
    changed[row][at] = score;
    return changed;
  }

  /** The batch with all scores replaced. */
  public Batch withScores(double[][] newPositives, double[][] newNegatives) {
    return new Batch(groups, newPositives, newNegatives, weights);
  }

  /** The batch with every score multiplied, rounded to single precision. */
  public Batch times(double factor) {
    return withScores(times(positives, factor), times(negatives, factor));
  }

  private static double[][] times(double[][] scores, double factor) {
    return Arrays.stream(scores)
        .map(row -> Arrays.stream(row).map(s -> (float) (factor * s)).toArray())
        .toArray(double[][]::new);
  }

  /** The batch with other weights. */
  public Batch weighted(double... newWeights) {
    return new Batch(groups, positives, negatives, newWeights);
  }

  /** The same pairs as rows of one each. */
  public Batch split() {
    double[][] ones = new double[pairs()][];
    double[][] shared = new double[pairs()][];
    int pair = 0;
    for (int r = 0; r < rows(); r++) {
      for (double positive : positives[r]) {
        ones[pair] = new double[] {positive};
        shared[pair++] = negatives[r];
      }
    }
    return new Batch(groups, ones, shared, weights);
  }

  /**
   * Rows of up to {@code most} positives. Pairs of a row are in one group, in some, or share groups
   * with other rows.
   */
  public static Batch random(int rows, int most, int columns, RandomStream random) {
    double[][] positives = new double[rows][];
    double[][] negatives = new double[rows][];
    int pairs = 0;
    for (int r = 0; r < rows; r++) {
      positives[r] = cosines(1 + random.nextInt(most), random);
      negatives[r] = cosines(columns, random);
      pairs += positives[r].length;
    }
    int[] groups = new int[pairs];
    int kinds = 1 + random.nextInt(pairs);
    for (int pair = 0; pair < pairs; pair++) {
      groups[pair] = 3 * random.nextInt(kinds);
    }
    return new Batch(groups, positives, negatives, null);
  }

  /** Weights for its columns, one in four of them 0, the others from 1e-3 to 3. */
  public Batch weighted(RandomStream random) {
    double[] some = new double[columns()];
    for (int j = 0; j < some.length; j++) {
      boolean out = random.nextInt(4) == 0 && j > 0;
      some[j] = out ? 0 : (float) (3 * Math.pow(random.nextDouble(), 2) + 1e-3);
    }
    return weighted(some);
  }

  /**
   * Scores in [-1, 1] that are multiples of 2^-12. Single precision has them, so that both
   * precisions see the same; and differences of them keep away from margins of a few decimals,
   * where hinges have no derivative.
   */
  private static double[] cosines(int n, RandomStream random) {
    double[] scores = new double[n];
    for (int j = 0; j < n; j++) {
      scores[j] = (random.nextInt(8193) - 4096) / 4096.0;
    }
    return scores;
  }

  /** Rows of one pair in single precision, ready to be evaluated. */
  public ScoreBatch toScoreBatch() {
    ScoreBatch batch = new ScoreBatch(groups, columns());
    for (int b = 0; b < pairs(); b++) {
      batch.setPositive(b, (float) positives[b][0]);
      for (int j = 0; j < columns(); j++) {
        batch.setNegative(b, j, (float) negatives[b][j]);
      }
    }
    return batch;
  }
}
