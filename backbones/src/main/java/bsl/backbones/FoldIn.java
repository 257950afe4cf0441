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
 * end. For cosines the norm does not matter.
 *
 * <p>The search is {@value #STEPS} steps of Adam on the sphere, with one step size for all elements
 * of an embedding, which falls to zero. It takes no random numbers. Results are the same bits for
 * every number of threads and every {@link Kernels}.
 *
 * <p>An object holds the items in the form in which scores need them. It uses the pool, so there
 * may be one call at a time.
 */
public final class FoldIn {
  static final int STEPS = 100;

  private static final double RATE = 0.1;
  private static final double FIRST_DECAY = 0.9;
  private static final double SECOND_DECAY = 0.999;

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
   * @param items final embeddings of the items
   * @param loss what the items were trained with
   * @param score how embeddings make a score in that loss
   * @param norm norm of the embeddings to be found, above 0; for example the mean of trained users
   * @param groups groups that a user's items are dealt out to, at least 1. A loss that takes an
   *     expectation over positives takes it over each group. One group is the formula as it stands.
   *     Mini-batches of pairs are as many groups as there are mini-batches
   * @param weights how often each item counts as negative; null if each counts once
   * @param ownWeight what a user's own items are multiplied by as negatives, at least 0; 1 leaves
   *     them as they are
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
    if (items.rows() == 0 || !(norm > 0) || groups < 1 || !(ownWeight >= 0)) {
      throw new IllegalArgumentException(
          "no folding in with "
              + items
              + ", norm "
              + norm
              + ", "
              + groups
              + " groups and own weight "
              + ownWeight);
    }
    if (weights != null && weights.length != items.rows()) {
      throw new IllegalArgumentException(weights.length + " weights for " + items);
    }
    this.items = items;
    this.loss = loss;
    this.score = score;
    this.norm = norm;
    this.groups = groups;
    this.ownWeight = ownWeight;
    this.pool = pool;
    if (weights != null) {
      this.weights = new NegativeWeights(weights);
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
    private double[] first = {};
    private double[] second = {};
    private double[] direction = {};

    Search(Interactions histories, EmbeddingTable found) {
      this.histories = histories;
      this.found = found;
    }

    /** Finds the embeddings of users {@code from + begin} to {@code from + end - 1}. */
    void run(int from, int begin, int end) {
      int count = end - begin;
      gradient = new float[count * stride];
      first = new double[count * stride];
      second = new double[count];
      direction = new double[count * stride];
      boolean[] active = new boolean[count];
      for (int r = 0; r < count; r++) {
        active[r] = start(from + begin + r, r * stride);
      }
      for (int step = 1; step <= STEPS; step++) {
        for (int r = 0; r < count; r++) {
          matrix.rows().gather(found, from + begin + r, begin + r);
        }
        matrix.score(begin, end);
        for (int r = 0; r < count; r++) {
          active[r] = active[r] && evaluate(from + begin + r, begin + r);
          if (!active[r]) {
            int offset = matrix.offset(begin + r);
            Arrays.fill(matrix.scores(), offset, offset + items.rows(), 0f);
          }
        }
        Arrays.fill(gradient, 0f);
        matrix.addRowGradients(begin, end, gradient, 0);
        for (int r = 0; r < count; r++) {
          if (active[r]) {
            move(r, step);
            store(from + begin + r, r * stride);
          }
        }
      }
    }

    /** Begins at the mean of the user's items; at the first one if they cancel out. */
    private boolean start(int user, int at) {
      for (int p = histories.begin(user); p < histories.end(user); p++) {
        addItem(histories.itemAt(p), at);
      }
      if (!normalise(at) && histories.degree(user) > 0) {
        addItem(histories.itemAt(histories.begin(user)), at);
        normalise(at);
      }
      store(user, at);
      return length(at) > 0;
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

    private double length(int at) {
      double square = 0;
      for (int d = at; d < at + stride; d++) {
        square += direction[d] * direction[d];
      }
      return Math.sqrt(square);
    }

    /** Gives a direction length 1, or 0 if it has none to speak of. */
    private boolean normalise(int at) {
      double length = length(at);
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
     * @return whether there is any negative that counts
     */
    private boolean evaluate(int user, int row) {
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
      boolean any = negatives == null || negatives.total() > 0;
      if (any) {
        tile.viewUser(scores, offset, items.rows(), 0, degree, negatives);
        loss.evaluate(tile, positives);
        for (int k = 0; k < degree; k++) {
          scores[offset + histories.itemAt(begin + k)] += positives.gradient(k);
        }
      }
      if (own != null) {
        negatives.restore(own, 0, own.length);
      }
      return any;
    }

    /** A step against the part of the gradient that is along the sphere. */
    private void move(int r, int step) {
      int at = r * stride;
      double along = 0;
      for (int d = at; d < at + stride; d++) {
        along += gradient[d] * direction[d];
      }
      double square = 0;
      for (int d = at; d < at + stride; d++) {
        double tangent = gradient[d] - along * direction[d];
        first[d] = FIRST_DECAY * first[d] + (1 - FIRST_DECAY) * tangent;
        square += tangent * tangent;
      }
      second[r] = SECOND_DECAY * second[r] + (1 - SECOND_DECAY) * square;
      double size = Math.sqrt(second[r] / (1 - Math.pow(SECOND_DECAY, step)));
      if (size > 0) {
        double rate = RATE * (STEPS + 1 - step) / STEPS;
        double factor = rate / ((1 - Math.pow(FIRST_DECAY, step)) * size);
        for (int d = at; d < at + stride; d++) {
          direction[d] -= factor * first[d];
        }
        normalise(at);
      }
    }
  }
}
