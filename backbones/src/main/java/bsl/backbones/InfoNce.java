package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.core.optim.RowGradients;
import bsl.losses.PositiveSide;
import bsl.losses.ScoreTile;
import bsl.losses.SoftmaxLoss;
import java.util.Arrays;
import java.util.Objects;

/**
 * InfoNCE, the loss that contrastive backbones add: it makes an anchor more similar to its own
 * candidate than to all others. Anchors and candidates are embeddings, mostly two views of the same
 * nodes. With R anchors a_r, candidates c_j, a temperature t, and p(r) the candidate that is r's
 * own:
 *
 * <pre>
 *   value = weight / R * sum_r [ -cos(a_r, c_p(r)) / t + log sum_j exp(cos(a_r, c_j) / t) ]
 * </pre>
 *
 * <p>Source: van den Oord, Li and Vinyals, <i>Representation Learning with Contrastive Predictive
 * Coding</i>, 2018. As there, the own candidate is one of those in the denominator, so the value is
 * at least 0, but for rounding. This is a {@link SoftmaxLoss} whose negatives are all candidates.
 * Several anchors may have the same candidate, such as the prototype of a cluster.
 *
 * <p>In place of cosines there may be inner products. The own score outside the denominator is then
 * limited to {@value #LARGEST_OWN_SCORE} temperatures in magnitude, as in the code of LightGCL:
 * unlike a cosine, it would grow without end.
 *
 * <p>A zero embedding has cosine 0 with every other. Its gradient is a huge one: the slope there is
 * one over {@link RowKernels#SMALLEST_NORM}.
 *
 * <p>Anchors are taken in chunks, so that scores take about 64 MB at most, up to half a million
 * candidates. Chunks, tiles and threads change no bit: a candidate's gradient adds up anchors in
 * ascending order. An object keeps its memory from step to step and serves one caller at a time.
 */
final class InfoNce {
  /** In temperatures, for inner products. */
  static final double LARGEST_OWN_SCORE = 5;

  /** Elements of a chunk of the score matrix. */
  private static final int MOST_SCORES = 1 << 24;

  /** Anchors of a chunk at least. */
  private static final int LEAST_ANCHORS = 32;

  private static final int ROWS_PER_BLOCK = 128;

  /** Infinite for cosines. */
  private final float largestOwnScore;

  private final SoftmaxLoss loss;
  private final RowKernels rowKernels;
  private final WorkPool pool;
  private final int stride;
  private final int mostScores;
  private final ScoreMatrix matrix;
  private final PositiveSide positiveSide = new PositiveSide();
  private final ScoreTile[] tiles;
  private int[] groups = {};
  private double[] values = {};

  /** Of cosines. */
  InfoNce(double temperature, int dimension, Kernels kernels, WorkPool pool) {
    this(temperature, dimension, ScoreFunction.COSINE, kernels, pool);
  }

  /**
   * @param temperature t, from 1e-18 to 1e30; mostly 0.05 to 1
   * @param dimension floats per embedding
   * @param score what says how similar two embeddings are
   * @throws IllegalArgumentException if the temperature is out of range
   */
  InfoNce(double temperature, int dimension, ScoreFunction score, Kernels kernels, WorkPool pool) {
    this(temperature, dimension, score, kernels, pool, MOST_SCORES);
  }

  /** Of cosines, with another limit of the number of scores of a chunk. */
  InfoNce(double temperature, int dimension, Kernels kernels, WorkPool pool, int mostScores) {
    this(temperature, dimension, ScoreFunction.COSINE, kernels, pool, mostScores);
  }

  private InfoNce(
      double temperature,
      int dimension,
      ScoreFunction score,
      Kernels kernels,
      WorkPool pool,
      int mostScores) {
    this.largestOwnScore =
        score == ScoreFunction.COSINE
            ? Float.POSITIVE_INFINITY
            : (float) (LARGEST_OWN_SCORE * temperature);
    this.loss = new SoftmaxLoss(temperature, kernels);
    this.rowKernels = kernels.rows();
    this.pool = pool;
    this.stride = EmbeddingTable.paddedTo(EmbeddingTable.PADDING, dimension);
    this.mostScores = mostScores;
    this.matrix = new ScoreMatrix(score, stride, kernels);
    this.tiles = new ScoreTile[pool.threads()];
    Arrays.setAll(tiles, t -> new ScoreTile());
  }

  /**
   * Computes value and gradients. Gradients are overwritten: the k-th one belongs to the k-th row
   * and has occurrences 0. A row that is both an anchor and a candidate has a gradient as each.
   *
   * @param weight factor of value and gradients, finite and at least 0; with 0 no embedding is read
   * @param anchors the anchors, at least one
   * @param candidates the candidates, at least one; may be of the anchors' table
   * @param positives position among the candidates of each anchor's own one
   * @param ofAnchors receives the gradient with respect to anchors
   * @param ofCandidates receives the gradient with respect to candidates; null if they are
   *     constants
   * @return the value, its weight included
   * @throws IllegalArgumentException if there are no anchors or no candidates, a table has another
   *     dimension, the weight is out of range, or both gradients are the same object
   * @throws IndexOutOfBoundsException if an anchor has no candidate of its own
   * @throws bsl.losses.NonFiniteScoreException if an embedding is not finite; it names an anchor as
   *     pair
   */
  double evaluate(
      double weight,
      TableRows anchors,
      TableRows candidates,
      int[] positives,
      RowGradients ofAnchors,
      RowGradients ofCandidates) {
    check(weight, anchors, candidates, positives);
    if (ofAnchors == ofCandidates) {
      throw new IllegalArgumentException("anchors and candidates need gradients of their own");
    }
    clear(anchors, ofAnchors);
    if (ofCandidates != null) {
      clear(candidates, ofCandidates);
    }
    if (weight == 0) {
      return 0;
    }
    makeRoom(anchors.count());
    int chunk = chunk(anchors.count(), candidates.count());
    matrix.resetColumns(candidates.count(), candidates.count());
    gatherCandidates(candidates);
    for (int first = 0; first < anchors.count(); first += chunk) {
      int rows = Math.min(chunk, anchors.count() - first);
      matrix.resetRows(rows);
      gatherAnchors(anchors, first, rows);
      evaluateAnchors(first, rows, candidates.count(), positives, ofAnchors, (float) weight);
      if (ofCandidates != null) {
        addCandidates(ofCandidates);
      }
    }
    if (ofCandidates != null) {
      finishCandidates(ofCandidates, (float) weight);
    }
    double sum = 0;
    for (int r = 0; r < anchors.count(); r++) {
      sum += values[r];
    }
    return weight * sum;
  }

  private void check(double weight, TableRows anchors, TableRows candidates, int[] positives) {
    if (!(weight >= 0) || weight > Float.MAX_VALUE) {
      throw new IllegalArgumentException("weight must be finite and at least 0: " + weight);
    }
    for (TableRows rows : new TableRows[] {anchors, candidates}) {
      if (rows.count() == 0 || rows.table().stride() != stride) {
        throw new IllegalArgumentException(
            rows.count() + " rows of " + rows.table() + ", for a stride of " + stride);
      }
    }
    for (int r = 0; r < anchors.count(); r++) {
      Objects.checkIndex(positives[r], candidates.count());
    }
  }

  private void clear(TableRows rows, RowGradients gradients) {
    gradients.reset(rows.count());
    pool.run(
        rows.count(),
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          Arrays.fill(gradients.values(), gradients.offset(begin), gradients.offset(end), 0f);
          for (int k = begin; k < end; k++) {
            gradients.setRow(k, rows.rows()[k]);
            gradients.setOccurrences(k, 0);
          }
        });
  }

  /** Each anchor is a pair with its own candidate and a group of its own. */
  private void makeRoom(int anchors) {
    if (groups.length < anchors) {
      groups = new int[anchors];
      Arrays.setAll(groups, r -> r);
      values = new double[anchors];
    }
    positiveSide.reset(groups, anchors);
  }

  private int chunk(int anchors, int candidates) {
    int fitting = mostScores / candidates / LEAST_ANCHORS * LEAST_ANCHORS;
    return Math.min(anchors, Math.max(LEAST_ANCHORS, fitting));
  }

  private void gatherCandidates(TableRows candidates) {
    pool.run(
        candidates.count(),
        ScoreMatrix.GATHERED_PER_BLOCK,
        (begin, end, worker) ->
            matrix.gatherColumns(candidates.table(), candidates.rows(), begin, end));
  }

  private void gatherAnchors(TableRows anchors, int first, int rows) {
    pool.run(
        rows,
        ScoreMatrix.GATHERED_PER_BLOCK,
        (begin, end, worker) -> {
          for (int r = begin; r < end; r++) {
            matrix.rows().gather(anchors.table(), anchors.rows()[first + r], r);
          }
        });
  }

  /** Scores a chunk's anchors, evaluates the loss, and sends its gradient back to the anchors. */
  private void evaluateAnchors(
      int first, int rows, int candidates, int[] positives, RowGradients ofAnchors, float weight) {
    pool.run(
        rows,
        matrix.tileRows(pool.threads()),
        (begin, end, worker) -> {
          matrix.score(begin, end);
          for (int r = begin; r < end; r++) {
            values[first + r] = evaluateAnchor(first + r, r, candidates, positives, tiles[worker]);
          }
          float[] gradient = ofAnchors.values();
          matrix.addRowGradients(begin, end, gradient, ofAnchors.offset(first + begin));
          for (int r = begin; r < end; r++) {
            matrix.rows().sendBack(r, gradient, ofAnchors.offset(first + r));
          }
          int floats = (end - begin) * stride;
          rowKernels.scale(gradient, ofAnchors.offset(first + begin), floats, weight);
        });
  }

  private double evaluateAnchor(
      int anchor, int row, int candidates, int[] positives, ScoreTile tile) {
    float[] scores = matrix.scores();
    int offset = matrix.offset(row);
    float own = scores[offset + positives[anchor]];
    boolean limited = Math.abs(own) >= largestOwnScore;
    positiveSide.setScore(anchor, limited ? Math.copySign(largestOwnScore, own) : own);
    tile.viewUser(scores, offset, candidates, anchor, 1, null);
    double value = loss.evaluate(tile, positiveSide);
    if (!limited) {
      scores[offset + positives[anchor]] += positiveSide.gradient(anchor);
    }
    return value;
  }

  /** Adds what a chunk's anchors contribute to the candidates. */
  private void addCandidates(RowGradients ofCandidates) {
    pool.run(
        ofCandidates.count(),
        ScoreMatrix.COLUMNS_PER_BLOCK,
        (begin, end, worker) ->
            matrix.addColumnGradients(
                begin, end, ofCandidates.values(), ofCandidates.offset(begin)));
  }

  private void finishCandidates(RowGradients ofCandidates, float weight) {
    pool.run(
        ofCandidates.count(),
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          float[] gradient = ofCandidates.values();
          for (int c = begin; c < end; c++) {
            matrix.columns().sendBack(c, gradient, ofCandidates.offset(c));
          }
          int floats = (end - begin) * stride;
          rowKernels.scale(gradient, ofCandidates.offset(begin), floats, weight);
        });
  }
}
