package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Mini-batches of raw scores up to 50 in magnitude, and what a loss may be off on them. */
public final class RawScores {
  /** The largest magnitude of a score. */
  public static final double LARGEST = 50;

  /** Half a unit of the last digit of single precision, relative to the number. */
  public static final double UNIT = 0x1p-24;

  /**
   * What a chain of single precision operations of fixed length may lose: polynomials (up to 8
   * units each), sums over sixteen lanes of a few additions each, a division, a scaling.
   */
  private static final double OPERATIONS = 32;

  /**
   * Roundings of an exponent: of 1 / tau, of the score difference, of their product, of a shift.
   */
  private static final double ROUNDINGS = 4;

  /** Step of finite differences. */
  private static final double STEP = 1e-4;

  /**
   * A loss with chosen parameters, beside the same in double precision.
   *
   * @param name the parameters
   * @param loss makes the loss
   * @param reference the loss in double precision; must neither overflow nor cancel
   * @param largestTerm magnitude of the largest term that a pair's value is made of, at scores of
   *     magnitude 50; single precision knows it to 2^-24
   * @param exponent magnitude of the largest exponent whose rounding goes into a derivative, at the
   *     same scores; for example 50 / tau. A relative 2^-24 of it is a relative error of the
   *     derivative: at a score of 50 and tau = 0.01, 5000 * 2^-24 = 3e-4
   */
  public record Setting(
      String name,
      Function<Kernels, RankingLoss> loss,
      ToDoubleFunction<Batch> reference,
      double largestTerm,
      double exponent) {
    /** What the value may be off. */
    double valueTolerance(double expected) {
      return UNIT * (OPERATIONS * Math.max(1, Math.abs(expected)) + ROUNDINGS * largestTerm);
    }

    /** What a derivative may be off, relative to the largest one of its row. */
    double slopeTolerance() {
      return UNIT * (OPERATIONS + ROUNDINGS * exponent);
    }

    /** Compares value and gradient of a batch: each derivative with the largest of its row. */
    public void verify(Batch batch) {
      Evaluation actual = new Evaluation(batch, loss.apply(Kernels.best()));
      double expected = reference.applyAsDouble(batch);

      assertThat(actual.value())
          .as("%s on %s", name, Arrays.deepToString(batch.scores()))
          .isCloseTo(expected, within(valueTolerance(expected)));
      for (int r = 0; r < batch.rows(); r++) {
        verifyRow(batch, r, actual, noise(expected));
      }
    }

    private void verifyRow(Batch batch, int row, Evaluation actual, double noise) {
      double[] expected = new double[batch.scores()[row].length];
      double largest = 0;
      for (int c = 0; c < expected.length; c++) {
        expected[c] = slope(batch, row, c, reference);
        largest = Math.max(largest, Math.abs(expected[c]));
      }
      for (int c = 0; c < expected.length; c++) {
        assertThat((double) actual.gradient(row, c))
            .as("%s, column %d of %s", name, c, Arrays.toString(batch.scores()[row]))
            .isCloseTo(expected[c], within(slopeTolerance() * largest + noise));
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** How a row's scores lie, seen from its positive. */
  public enum Shape {
    /** Anywhere. */
    ANYWHERE {
      @Override
      double positive(RandomStream random) {
        return LARGEST * (2 * random.nextDouble() - 1);
      }

      @Override
      double negative(double positive, RandomStream random) {
        return LARGEST * (2 * random.nextDouble() - 1);
      }
    },
    /** Negatives far below the positive. */
    WELL_RANKED {
      @Override
      double positive(RandomStream random) {
        return LARGEST - random.nextDouble();
      }

      @Override
      double negative(double positive, RandomStream random) {
        return -LARGEST + 8 * random.nextDouble();
      }
    },
    /** Negatives far above the positive. */
    BADLY_RANKED {
      @Override
      double positive(RandomStream random) {
        return -LARGEST + random.nextDouble();
      }

      @Override
      double negative(double positive, RandomStream random) {
        return LARGEST - 8 * random.nextDouble();
      }
    },
    /** All within a cosine's range of the positive, which is itself far out. */
    CLOSE {
      @Override
      double positive(RandomStream random) {
        return LARGEST - 1 - random.nextDouble();
      }

      @Override
      double negative(double positive, RandomStream random) {
        return positive + 2 * random.nextDouble() - 1;
      }
    };

    abstract double positive(RandomStream random);

    abstract double negative(double positive, RandomStream random);

    /** A mini-batch of pairs, some of which share a group. Scores are exact in float. */
    public Batch batch(int pairs, int negatives, long seed) {
      RandomStream random = RandomStream.of(seed, Purpose.TEST, ordinal(), pairs, negatives);
      int[] groups = new int[pairs];
      double[][] scores = new double[pairs][negatives + 1];
      for (int b = 0; b < pairs; b++) {
        groups[b] = random.nextInt(Math.max(1, pairs / 2));
        scores[b][0] = (float) positive(random);
        for (int j = 1; j <= negatives; j++) {
          scores[b][j] = (float) negative(scores[b][0], random);
        }
      }
      return new Batch(groups, scores);
    }

    /** A mini-batch of rows of up to four positives. Negatives lie so around the first of them. */
    public Batch rows(int rows, int negatives, long seed) {
      RandomStream random = RandomStream.of(seed, Purpose.TEST, ordinal(), rows, negatives, 1);
      Batch batch = Batch.random(rows, 4, negatives, random);
      double[][] all = batch.scores();
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < all[r].length; c++) {
          boolean own = c < batch.positives()[r].length;
          all[r][c] = (float) (own ? positive(random) : negative(all[r][0], random));
          batch = batch.with(r, c, all[r][c]);
        }
      }
      return batch;
    }
  }

  private RawScores() {}

  /** Temperatures from 0.01 to 10. */
  public static DoubleStream temperatures() {
    return DoubleStream.of(0.01, 0.03, 0.1, 0.3, 1, 3, 10);
  }

  /** One setting per temperature. */
  public static List<Setting> atTemperatures(DoubleFunction<Setting> setting) {
    return temperatures().mapToObj(setting).toList();
  }

  /**
   * The exponent of a softmax over negatives: differences up to 100, over tau. Beyond 87 a weight
   * is nothing in single precision, so that larger exponents round nothing that counts.
   */
  public static double softmaxExponent(double tau) {
    return Math.min(2 * LARGEST / tau, 87);
  }

  /**
   * Batches of all shapes and several sizes: pairs, and rows of several positives, with weights and
   * without.
   */
  static List<Batch> batches(long seed) {
    List<Batch> batches = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      batches.add(shape.batch(1, 1, seed));
      batches.add(shape.batch(6, 18, seed));
      batches.add(shape.batch(6, 40, seed));
      batches.add(shape.rows(3, 21, seed));
      RandomStream random = RandomStream.of(seed, Purpose.TEST, shape.ordinal());
      batches.add(shape.rows(3, 35, seed).weighted(random));
    }
    return batches;
  }

  /**
   * Derivative of a function of a batch by one of its scores: the five-point difference, whose
   * error is of the fourth order.
   */
  static double slope(Batch batch, int row, int column, ToDoubleFunction<Batch> loss) {
    double at = batch.scores()[row][column];
    double near =
        loss.applyAsDouble(batch.with(row, column, at + STEP))
            - loss.applyAsDouble(batch.with(row, column, at - STEP));
    double far =
        loss.applyAsDouble(batch.with(row, column, at + 2 * STEP))
            - loss.applyAsDouble(batch.with(row, column, at - 2 * STEP));
    return (8 * near - far) / (12 * STEP);
  }

  /**
   * What the reference's derivative may be off: double precision's rounding of values of this size.
   * Besides, the exponential of single precision ends at exp(-87) = 1.6e-38.
   */
  static double noise(double value) {
    return 8 * Math.ulp(value) / STEP + 1e-34;
  }
}
