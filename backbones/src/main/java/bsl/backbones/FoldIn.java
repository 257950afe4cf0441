package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.losses.NegativeWeights;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;
import java.util.Arrays;

/**
 * Folds users in: finds embeddings for users who were not in train, from the items that they have.
 * It works for every backbone, since it reads nothing but final item embeddings.
 *
 * <p>Item embeddings stay as they are. A user's embedding is the one with the least loss, the loss
 * being that of the training, with the user's items as positives and all items as negatives. It is
 * looked for among embeddings of one given norm, beginning at the mean of the user's items. With
 * the norm fixed there is always a minimum: inner products of separable items could grow without
 * end. Cosines are the same for every norm.
 *
 * <p>The search goes down the gradient along the sphere with the step sizes of Barzilai and Borwein
 * (IMA Journal of Numerical Analysis 8, 1988). A step that makes the loss larger is taken back and
 * tried with a quarter of its size. It ends after {@value #EVALUATIONS} evaluations of the loss, or
 * when steps are too small to matter. It takes no random numbers. Results are the same bits for
 * every number of threads and every {@link Kernels}.
 *
 * <p>An object holds the items in the form in which scores need them. It uses the pool, so there
 * may be one call at a time.
 */
public final class FoldIn {
  static final int EVALUATIONS = 60;

  /** Length of the first step, in radians. */
  private static final double FIRST_STEP = 0.1;

  private static final double LONGEST_STEP = 0.5;
  private static final double SHORTEST_STEP = 1e-6;
  private static final double BACKTRACKING = 0.25;

  /** Losses that differ by less, relatively, are equal for single-precision scores. */
  private static final double ROUNDING = 1e-7;

  /** Single precision has no squares of embeddings that are longer. */
  private static final double LARGEST_NORM_OF_COSINES = 1e19;

  /** Scores that are held at a time, at most: 64 MB. */
  private static final int MOST_SCORES = 1 << 24;

  private final EmbeddingTable items;
  private final RankingLoss loss;
  private final ScoreFunction score;
  private final double norm;
  private final int groups;
  private final NegativeWeights weights;
  private final double ownWeight;
  private final ScoreMatrix matrix;
  private final WorkPool pool;

  /**
   * @param items final embeddings of the items; copied
   * @param loss what the items were trained with
   * @param score how embeddings make a score in that loss
   * @param norm norm of the embeddings to be found, above 0 and finite, for cosines from 1e-12 to
   *     1e19; for example the mean of trained users
   * @param groups groups that a user's items are dealt out to, at least 1. A loss that takes an
   *     expectation over positives takes it over each group. One group is the formula as it stands.
   *     Mini-batches of pairs are as many groups as there are mini-batches
   * @param weights how often each item counts as negative; null if each counts once. A loss that is
   *     a sum over negatives wants weights that add up to the number of negatives in training
   * @param ownWeight what a user's own items are multiplied by as negatives, 0 or from 1e-12 to
   *     1e12, and so must its products with the weights be; 1 leaves them as they are
   * @param kernels implementation of the inner loops, usually {@link Kernels#best}
   * @param pool threads that do the work
   * @throws IllegalArgumentException if there is no item, or another argument is not as described
   */
  public FoldIn(
      EmbeddingTable items,
      RankingLoss loss,
      ScoreFunction score,
      double norm,
      int groups,
      float[] weights,
      double ownWeight,
      Kernels kernels,
      WorkPool pool) {
    if (items.rows() == 0 || !(norm > 0 && norm < Double.POSITIVE_INFINITY) || groups < 1) {
      throw new IllegalArgumentException(
          "no folding in with " + items + ", norm " + norm + " and " + groups + " groups");
    }
    if (score == ScoreFunction.COSINE
        && !(norm >= RowKernels.SMALLEST_NORM && norm <= LARGEST_NORM_OF_COSINES)) {
      throw new IllegalArgumentException(
          "single precision has no cosines of embeddings of norm "
              + norm
              + ", only from "
              + RowKernels.SMALLEST_NORM
              + " to "
              + LARGEST_NORM_OF_COSINES);
    }
    RowWeights.requireWeight(ownWeight);
    if (weights != null && weights.length != items.rows()) {
      throw new IllegalArgumentException(weights.length + " weights for " + items);
    }
    this.items = items.copy();
    this.loss = loss;
    this.score = score;
    this.norm = norm;
    this.groups = groups;
    this.ownWeight = ownWeight;
    this.pool = pool;
    if (weights != null) {
      this.weights = new NegativeWeights(weights);
      for (int item = 0; item < weights.length; item++) {
        RowWeights.requireProduct(item, weights[item], ownWeight);
      }
    } else {
      this.weights = ownWeight == 1 ? null : NegativeWeights.ones(items.rows());
    }
    this.matrix = new ScoreMatrix(score, items.stride(), kernels);
    int[] all = new int[items.rows()];
    Arrays.setAll(all, i -> i);
    matrix.resetColumns(all.length, all.length);
    pool.run(
        all.length,
        ScoreMatrix.GATHERED_PER_BLOCK,
        (begin, end, worker) -> matrix.gatherColumns(items, all, begin, end));
  }

  /**
   * Finds the embeddings of some users.
   *
   * @param histories the items that each of them has
   * @return a row per user; zeros for a user without items, or whose items are zeros
   * @throws IllegalArgumentException if the histories are of another number of items
   * @throws bsl.losses.NonFiniteScoreException if scores are so large that the loss refuses them
   */
  public EmbeddingTable embeddings(Interactions histories) {
    if (histories.items() != items.rows()) {
      throw new IllegalArgumentException(histories + " do not fit " + items);
    }
    EmbeddingTable found = new EmbeddingTable(histories.users(), items.dimension());
    int chunk = Math.max(1, Math.min(histories.users(), MOST_SCORES / items.rows()));
    Search[] searches = new Search[pool.threads()];
    for (int first = 0; first < histories.users(); first += chunk) {
      int from = first;
      int count = Math.min(chunk, histories.users() - first);
      matrix.resetRows(count);
      pool.run(
          count,
          matrix.tileRows(pool.threads()),
          (begin, end, worker) -> {
            if (searches[worker] == null) {
              searches[worker] = new Search(histories, found);
            }
            searches[worker].run(from, begin, end);
          });
    }
    return found;
  }

  /** One thread's work. */
  private final class Search {
    private final Interactions histories;
    private final EmbeddingTable found;
    private final int stride = items.stride();
    private final PositiveSide positives = new PositiveSide();
    private final ScoreTile tile = new ScoreTile();
    private final NegativeWeights negatives = weights == null ? null : weights.copy();
    private float[] gradient = {};
    private double[] direction = {};
    private double[] accepted = {};
    private double[] slope = {};
    private double[] value = {};
    private double[] rate = {};

    Search(Interactions histories, EmbeddingTable found) {
      this.histories = histories;
      this.found = found;
    }

    /** Finds the embeddings of users {@code from + begin} to {@code from + end - 1}. */
    void run(int from, int begin, int end) {
      int count = end - begin;
      gradient = new float[count * stride];
      direction = new double[count * stride];
      accepted = new double[count * stride];
      slope = new double[count * stride];
      value = new double[count];
      rate = new double[count];
      boolean[] active = new boolean[count];
      int searching = 0;
      for (int r = 0; r < count; r++) {
        active[r] = start(from + begin + r, r * stride);
        searching += active[r] ? 1 : 0;
      }
      for (int n = 0; n < EVALUATIONS && searching > 0; n++) {
        double[] values = evaluate(from, begin, end, active);
        for (int r = 0; r < count; r++) {
          if (active[r]) {
            active[r] = !Double.isNaN(values[r]) && move(r, values[r], n == 0);
            store(from + begin + r, r * stride);
            searching -= active[r] ? 0 : 1;
          }
        }
      }
      for (int r = 0; r < count; r++) {
        if (active[r]) {
          System.arraycopy(accepted, r * stride, direction, r * stride, stride);
          store(from + begin + r, r * stride);
        }
      }
    }

    /** Losses of some users, and their gradients; NaN for one without negatives. */
    private double[] evaluate(int from, int begin, int end, boolean[] active) {
      double[] values = new double[end - begin];
      for (int row = begin; row < end; row++) {
        matrix.rows().gather(found, from + row, row);
      }
      matrix.score(begin, end);
      for (int row = begin; row < end; row++) {
        values[row - begin] = active[row - begin] ? evaluate(from + row, row) : Double.NaN;
        if (Double.isNaN(values[row - begin])) {
          int offset = matrix.offset(row);
          Arrays.fill(matrix.scores(), offset, offset + items.rows(), 0f);
        }
      }
      Arrays.fill(gradient, 0f);
      matrix.addRowGradients(begin, end, gradient, 0);
      return values;
    }

    /** Begins at the mean of the user's items; at the first that is not zero if they cancel out. */
    private boolean start(int user, int at) {
      for (int p = histories.begin(user); p < histories.end(user); p++) {
        addItem(histories.itemAt(p), at);
      }
      boolean some = normalise(at);
      for (int p = histories.begin(user); p < histories.end(user) && !some; p++) {
        addItem(histories.itemAt(p), at);
        some = normalise(at);
      }
      store(user, at);
      return some;
    }

    private void addItem(int item, int at) {
      double scale = 1;
      if (score == ScoreFunction.COSINE) {
        double square = items.squaredNorm(item);
        scale = 1 / Math.max(Math.sqrt(square), RowKernels.SMALLEST_NORM);
      }
      for (int d = 0; d < items.dimension(); d++) {
        direction[at + d] += scale * items.values()[items.offset(item) + d];
      }
    }

    private double length(double[] vectors, int at) {
      double square = 0;
      for (int d = at; d < at + stride; d++) {
        square += vectors[d] * vectors[d];
      }
      return Math.sqrt(square);
    }

    /** Gives a direction length 1, or 0 if it has none to speak of. */
    private boolean normalise(int at) {
      double length = length(direction, at);
      boolean some = length > RowKernels.SMALLEST_NORM;
      for (int d = at; d < at + stride; d++) {
        direction[d] = some ? direction[d] / length : 0;
      }
      return some;
    }

    private void store(int user, int at) {
      for (int d = 0; d < items.dimension(); d++) {
        found.values()[found.offset(user) + d] = (float) (norm * direction[at + d]);
      }
    }

    /**
     * Turns a user's scores into their gradient.
     *
     * @return the loss; NaN if there is no negative that counts
     */
    private double evaluate(int user, int row) {
      float[] scores = matrix.scores();
      int offset = matrix.offset(row);
      int begin = histories.begin(user);
      int degree = histories.degree(user);
      int[] groupOfPair = new int[degree];
      Arrays.setAll(groupOfPair, k -> k % groups);
      positives.reset(groupOfPair, degree);
      for (int k = 0; k < degree; k++) {
        positives.setScore(k, scores[offset + histories.itemAt(begin + k)]);
      }
      loss.preparePositives(positives, 0, positives.groups().groups());
      int[] own = ownWeight == 1 ? null : histories.itemsOf(user);
      if (own != null) {
        for (int item : own) {
          negatives.multiply(item, ownWeight);
        }
      }
      double result = Double.NaN;
      if (negatives == null || negatives.total() > 0) {
        tile.viewUser(scores, offset, items.rows(), 0, degree, negatives);
        result = loss.evaluate(tile, positives);
        for (int k = 0; k < degree; k++) {
          scores[offset + histories.itemAt(begin + k)] += positives.gradient(k);
        }
      }
      if (own != null) {
        negatives.restore(own, 0, own.length);
      }
      return result;
    }

    /**
     * Takes the last step or takes it back, and makes the next one.
     *
     * @param now the loss after the last step
     * @return whether there is another step
     */
    private boolean move(int r, double now, boolean first) {
      int at = r * stride;
      if (first || now <= value[r] + ROUNDING * Math.abs(value[r])) {
        accept(r, first);
        value[r] = now;
      } else {
        rate[r] = BACKTRACKING * Math.min(rate[r], LONGEST_STEP / length(slope, at));
      }
      double step = rate[r] * length(slope, at);
      double factor = step > LONGEST_STEP ? rate[r] * LONGEST_STEP / step : rate[r];
      boolean goesOn = step > SHORTEST_STEP;
      for (int d = at; d < at + stride; d++) {
        direction[d] = goesOn ? accepted[d] - factor * slope[d] : accepted[d];
      }
      normalise(at);
      return goesOn;
    }

    /** Stays where the last step has led, and chooses the size of the next one. */
    private void accept(int r, boolean first) {
      int at = r * stride;
      double along = 0;
      for (int d = at; d < at + stride; d++) {
        along += gradient[d] * direction[d];
      }
      double moved = 0;
      double curved = 0;
      for (int d = at; d < at + stride; d++) {
        double tangent = gradient[d] - along * direction[d];
        double step = direction[d] - accepted[d];
        moved += step * step;
        curved += step * (tangent - slope[d]);
        slope[d] = tangent;
        accepted[d] = direction[d];
      }
      double length = length(slope, at);
      if (first) {
        rate[r] = length > 0 ? FIRST_STEP / length : 0;
      } else {
        rate[r] = curved > 0 ? moved / curved : 2 * rate[r];
      }
    }
  }
}
