package bsl.core.optim;

import bsl.core.EmbeddingTable;
import bsl.core.Grouping;
import bsl.core.WorkPool;
import bsl.core.kernel.AdamKernels;
import bsl.core.kernel.Kernels;
import java.util.Arrays;

/**
 * Adam (Kingma and Ba, ICLR 2015) over all rows of one embedding table, with beta1 = 0.9, beta2 =
 * 0.999, epsilon = 1e-8. Momentum moves rows that the batch did not touch, as dense Adam must.
 *
 * <p>Untouched rows can be left behind and be brought up to date when they are next read ({@link
 * Mode#LAZY}): the missed steps are then carried out one by one with exactly the operations of the
 * dense update, so both modes give the same bits. A reader of the table calls {@link #refresh}
 * first for the rows it needs, or {@link #refreshAll}.
 *
 * <p>The bias corrections are folded into step size and epsilon: {@code p = p - a_t m / (sqrt(v) +
 * e_t)} with {@code a_t = lr sqrt(1 - beta2^t) / (1 - beta1^t)}, {@code e_t = epsilon sqrt(1 -
 * beta2^t)}.
 */
public final class Adam {
  /** When rows without a gradient are updated. */
  public enum Mode {
    /** In every step. */
    DENSE,
    /** When they are next read. */
    LAZY
  }

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final double EPSILON = 1e-8;
  private static final int ROWS_PER_BLOCK = 256;

  private final EmbeddingTable parameters;
  private final EmbeddingTable first;
  private final EmbeddingTable second;
  private final int[] doneSteps;
  private final Mode mode;
  private final AdamKernels kernels;
  private final WorkPool pool;
  private float[] alphas = new float[1024];
  private float[] epsilons = new float[1024];
  private int steps;

  /**
   * @param parameters the table to update
   * @param mode when rows without a gradient are updated
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   */
  public Adam(EmbeddingTable parameters, Mode mode, Kernels kernels, WorkPool pool) {
    this.parameters = parameters;
    this.first = new EmbeddingTable(parameters.rows(), parameters.dimension());
    this.second = new EmbeddingTable(parameters.rows(), parameters.dimension());
    this.doneSteps = new int[parameters.rows()];
    this.mode = mode;
    this.kernels = kernels.adam();
    this.pool = pool;
  }

  /** Number of steps so far. */
  public int steps() {
    return steps;
  }

  /** First moments; up to date only after {@link #refreshAll}. */
  public EmbeddingTable firstMoments() {
    return first;
  }

  /** Second moments; up to date only after {@link #refreshAll}. */
  public EmbeddingTable secondMoments() {
    return second;
  }

  /**
   * Goes back to where a run was, once the table and the moments hold what they held after {@link
   * #refreshAll}.
   *
   * @param steps number of steps then
   */
  public void resumeAt(int steps) {
    this.steps = steps;
    Arrays.fill(doneSteps, steps);
  }

  /** Brings the rows that are the keys of a grouping up to date. */
  public void refresh(Grouping rows) {
    int count = rows.groups();
    pool.run(
        count,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          for (int k = begin; k < end; k++) {
            catchUp(rows.key(k), steps);
          }
        });
  }

  /** Brings every row up to date. */
  public void refreshAll() {
    int rows = parameters.rows();
    pool.run(
        rows,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          for (int row = begin; row < end; row++) {
            catchUp(row, steps);
          }
        });
  }

  /**
   * One step.
   *
   * @param gradients rows with a gradient; each must be up to date
   * @param learningRate step size before bias correction, at least 0
   */
  public void step(RowGradients gradients, double learningRate) {
    schedule(learningRate);
    int step = steps;
    int count = gradients.count();
    pool.run(
        count,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          for (int k = begin; k < end; k++) {
            int row = gradients.row(k);
            catchUp(row, step);
            kernels.step(
                parameters.values(),
                first.values(),
                second.values(),
                parameters.offset(row),
                gradients.values(),
                gradients.offset(k),
                parameters.stride(),
                BETA1,
                BETA2,
                alphas[step],
                epsilons[step]);
            doneSteps[row] = step + 1;
          }
        });
    steps++;
    if (mode == Mode.DENSE) {
      refreshAll();
    }
  }

  /**
   * One step in which every row has a gradient.
   *
   * @param gradients a table of the shape of the parameters
   * @param learningRate step size before bias correction, at least 0
   */
  public void step(EmbeddingTable gradients, double learningRate) {
    schedule(learningRate);
    int step = steps;
    int rows = parameters.rows();
    pool.run(
        rows,
        ROWS_PER_BLOCK,
        (begin, end, worker) -> {
          for (int row = begin; row < end; row++) {
            catchUp(row, step);
            doneSteps[row] = step + 1;
          }
          kernels.step(
              parameters.values(),
              first.values(),
              second.values(),
              parameters.offset(begin),
              gradients.values(),
              gradients.offset(begin),
              (end - begin) * parameters.stride(),
              BETA1,
              BETA2,
              alphas[step],
              epsilons[step]);
        });
    steps++;
  }

  private void catchUp(int row, int step) {
    int done = doneSteps[row];
    if (done < step) {
      kernels.idle(
          parameters.values(),
          first.values(),
          second.values(),
          parameters.offset(row),
          parameters.stride(),
          BETA1,
          BETA2,
          alphas,
          epsilons,
          done,
          step);
      doneSteps[row] = step;
    }
  }

  private void schedule(double learningRate) {
    if (steps >= alphas.length) {
      int length = steps + steps / 2;
      alphas = Arrays.copyOf(alphas, length);
      epsilons = Arrays.copyOf(epsilons, length);
    }
    double t = steps + 1.0;
    double correction = Math.sqrt(1 - StrictMath.pow(0.999, t));
    alphas[steps] = (float) (learningRate * correction / (1 - StrictMath.pow(0.9, t)));
    epsilons[steps] = (float) (EPSILON * correction);
  }
}
