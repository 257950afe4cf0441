package bsl.core.optim;

import bsl.core.EmbeddingTable;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/**
 * Adam (Kingma and Ba, ICLR 2015) over all rows of one embedding table, with beta1 = 0.9, beta2 =
 * 0.999, epsilon = 1e-8. Momentum moves rows that the batch did not touch, as dense Adam must.
 *
 * <p>The bias corrections are folded into step size and epsilon: {@code p = p - a_t m / (sqrt(v) +
 * e_t)} with {@code a_t = lr sqrt(1 - beta2^t) / (1 - beta1^t)}, {@code e_t = epsilon sqrt(1 -
 * beta2^t)}.
 *
 * <p>A {@link Mode} says when and how rows without a gradient are moved. A reader of the table
 * calls {@link #refresh} first for the rows it needs, or {@link #refreshAll}.
 *
 * <ul>
 *   <li>{@link Mode#DENSE} and {@link Mode#LAZY} give the same bits: a row gets the same
 *       operations, at another time. A step costs a square root and a division per parameter of the
 *       table.
 *   <li>{@link Mode#CLOSED_FORM} replaces all steps that a row has missed by their sum. A step
 *       costs a square root and a division per parameter of the rows that are refreshed. It is the
 *       same Adam but for rounding and, relative to a row's movement, {@code epsilon /
 *       sqrt(v-hat)}.
 * </ul>
 *
 * <p>Each refresh rounds, so the bits of the closed form depend on the steps at which a row is
 * refreshed. An evaluation or a checkpoint refreshes all rows. If it is not to change the bits of a
 * training, the training calls {@link #refreshAll} at the same step in any case.
 */
public final class Adam {
  /** When and how rows without a gradient are updated. */
  public enum Mode {
    /** In every step. */
    DENSE,
    /** When they are next read, step by step. */
    LAZY,
    /** When they are next read, all missed steps at once. */
    CLOSED_FORM
  }

  private static final int ROWS_PER_BLOCK = 64;

  /** Rows that are fetched into the cache together. */
  private static final int ROWS_AHEAD = 16;

  private final AdamRows rows;
  private final Mode mode;
  private final WorkPool pool;
  private int steps;

  /**
   * @param parameters the table to update
   * @param mode when and how rows without a gradient are updated
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   */
  public Adam(EmbeddingTable parameters, Mode mode, Kernels kernels, WorkPool pool) {
    this.rows =
        mode == Mode.CLOSED_FORM
            ? new ClosedFormRows(parameters, kernels.adam())
            : new SteppedRows(parameters, kernels.adam());
    this.mode = Objects.requireNonNull(mode, "mode");
    this.pool = pool;
  }

  /**
   * Gives rows a gradient in the steps that bring none of their own, from the next step on. The
   * table is not copied: before its values change, all rows are to be brought up to date ({@link
   * #refreshAll}).
   *
   * @param gradients a table of the shape of the parameters
   * @throws IllegalArgumentException if it has another shape, or the mode is {@link
   *     Mode#CLOSED_FORM}, which knows no steps in between
   */
  public void setIdleGradients(EmbeddingTable gradients) {
    requireShape(gradients);
    if (mode == Mode.CLOSED_FORM) {
      throw new IllegalArgumentException("mode " + mode + " takes no gradients of idle rows");
    }
    refreshAll();
    rows.idleGradients = gradients;
  }

  private void requireShape(EmbeddingTable gradients) {
    if (gradients.rows() != rows.parameters.rows()
        || gradients.dimension() != rows.parameters.dimension()) {
      throw new IllegalArgumentException(
          "shapes differ: gradients " + gradients + ", parameters " + rows.parameters);
    }
  }

  private static void requireRate(double learningRate) {
    if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rate must be finite and at least 0: " + learningRate);
    }
  }

  /** Number of steps so far. */
  public int steps() {
    return steps;
  }

  /**
   * First moments; up to date only after {@link #refreshAll}. In mode {@link Mode#CLOSED_FORM} they
   * are decayed for the next step: beta1 times those after the last step.
   */
  public EmbeddingTable firstMoments() {
    return rows.first;
  }

  /**
   * Second moments; up to date only after {@link #refreshAll}. In mode {@link Mode#CLOSED_FORM}
   * they are decayed for the next step: beta2 times those after the last step.
   */
  public EmbeddingTable secondMoments() {
    return rows.second;
  }

  /**
   * Goes back to where a run was, once the table and the moments hold what they held after {@link
   * #refreshAll} in the same mode.
   *
   * @param steps number of steps then
   * @throws IllegalArgumentException if it is negative
   */
  public void resumeAt(int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must be at least 0: " + steps);
    }
    this.steps = steps;
    rows.resumeAt(steps);
  }

  /** Brings the rows that are the keys of a grouping up to date. */
  public void refresh(Grouping keys) {
    eachFetched(keys.groups(), keys::key, k -> rows.catchUp(keys.key(k), steps));
  }

  /** Works on rows from anywhere in the table, each fetched into the cache before. */
  private void eachFetched(int count, IntUnaryOperator rowOf, IntConsumer work) {
    pool.run(
        count,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          for (int k = begin; k < end; k += ROWS_AHEAD) {
            int next = Math.min(k + ROWS_AHEAD, end);
            rows.fetch(rowOf, k, next);
            for (int i = k; i < next; i++) {
              work.accept(i);
            }
          }
        });
  }

  /** Brings every row up to date. */
  public void refreshAll() {
    pool.run(
        rows.parameters.rows(),
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          for (int row = begin; row < end; row++) {
            rows.catchUp(row, steps);
          }
        });
  }

  /**
   * One step. In mode {@link Mode#CLOSED_FORM} rows with a gradient move when they are next
   * refreshed, too, unless every row has one.
   *
   * <p>That each row comes once is not checked, as that would take a pass over the rows. What
   * becomes of one that comes twice depends on the mode and the threads, and is not what Adam does.
   * Gradients of one row are to be added up before.
   *
   * @param gradients rows with a gradient, of the table's stride; each once, and up to date
   * @param learningRate step size before bias correction, at least 0
   * @throws IllegalArgumentException if the gradients have another stride, or the step size is not
   *     finite or negative
   */
  public void step(RowGradients gradients, double learningRate) {
    gradients.requireRowsOf(rows.parameters);
    requireRate(learningRate);
    int step = steps;
    float[] values = gradients.values();
    rows.begin(step, learningRate);
    if (gradients.count() == rows.parameters.rows()) {
      // The next step reads every row, too, and now they are in the cache.
      pool.run(
          gradients.count(),
          ROWS_PER_BLOCK,
          (begin, end, worker) -> {
            for (int k = begin; k < end; k++) {
              rows.stepAndMove(gradients.row(k), step, values, gradients.offset(k));
            }
          });
    } else {
      eachFetched(
          gradients.count(),
          gradients::row,
          k -> rows.step(gradients.row(k), step, values, gradients.offset(k)));
    }
    rows.end();
    steps++;
    if (mode == Mode.DENSE) {
      refreshAll();
    }
  }

  /**
   * One step in which every row has a gradient. All rows are up to date afterwards.
   *
   * @param gradients a table of the shape of the parameters
   * @param learningRate step size before bias correction, at least 0
   * @throws IllegalArgumentException if it has another shape, or the step size is not finite or
   *     negative
   */
  public void step(EmbeddingTable gradients, double learningRate) {
    requireShape(gradients);
    requireRate(learningRate);
    int step = steps;
    rows.begin(step, learningRate);
    pool.run(
        rows.parameters.rows(),
        ROWS_PER_BLOCK,
        (begin, end, worker) -> rows.step(begin, end, step, gradients));
    rows.end();
    steps++;
  }
}
