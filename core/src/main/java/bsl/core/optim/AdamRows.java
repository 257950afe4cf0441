package bsl.core.optim;

import bsl.core.EmbeddingTable;
import bsl.core.kernel.AdamKernels;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Takes the steps of {@link Adam} on single rows: what a row's state is, and how missed steps are
 * made up for. Different rows may be worked on by different threads at a time.
 */
abstract class AdamRows {
  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** Of a cache line of 64 bytes. */
  private static final int FLOATS_PER_LINE = 16;

  private static final float UNLIKELY = 0x1.234568p77f;

  final EmbeddingTable parameters;
  final EmbeddingTable first;
  final EmbeddingTable second;
  final AdamKernels kernels;

  /** By row: the number of steps that it has behind it. */
  final int[] done;

  /** Gradients of rows in steps that give them none; null for zeros. */
  EmbeddingTable idleGradients;

  private volatile float fetched;

  AdamRows(EmbeddingTable parameters, AdamKernels kernels) {
    this.parameters = parameters;
    this.first = new EmbeddingTable(parameters.rows(), parameters.dimension());
    this.second = new EmbeddingTable(parameters.rows(), parameters.dimension());
    this.kernels = kernels;
    this.done = new int[parameters.rows()];
  }

  /** Declares that every row has the first {@code steps} steps behind it. */
  void resumeAt(int steps) {
    Arrays.fill(done, steps);
  }

  /**
   * Begins a step, before it is taken on any row.
   *
   * @param step index of the step, counted from 0; steps come one by one
   * @param learningRate step size before bias correction
   */
  abstract void begin(int step, double learningRate);

  /** Ends the step that was begun last. */
  abstract void end();

  /**
   * Reads something of every cache line of some rows, without using it. Rows lie far apart in
   * tables that exceed the cache; loads that do not depend on each other are waited for together,
   * where the update of a row would wait for each of its own. {@link #idleGradients} are not among
   * them: one pass over a row reads them for all the steps that it missed.
   *
   * @param rows the rows
   * @param begin index of the first row
   * @param end one past the index of the last row
   */
  void fetch(IntUnaryOperator rows, int begin, int end) {
    float sum = 0;
    for (int k = begin; k < end; k++) {
      int row = rows.applyAsInt(k);
      int offset = parameters.offset(row);
      int last = offset + parameters.stride();
      for (int d = offset; d < last; d += FLOATS_PER_LINE) {
        sum += parameters.values()[d] + first.values()[d] + second.values()[d];
      }
    }
    if (sum == UNLIKELY) {
      fetched = sum; // Keeps the loads from being optimised away.
    }
  }

  /** Brings a row to where it is after {@code steps} steps, all of them ended. */
  abstract void catchUp(int row, int steps);

  /**
   * Takes a step on a row with a gradient.
   *
   * @param step index of the step, which has begun
   */
  abstract void step(int row, int step, float[] gradients, int offset);

  /**
   * Takes a step on a row with a gradient, which is up to date afterwards. Bits are those of {@link
   * #step(int, int, float[], int)} and a {@link #catchUp} after the step.
   *
   * @param step index of the step, which has begun
   */
  abstract void stepAndMove(int row, int step, float[] gradients, int offset);

  /**
   * Takes a step on rows that follow each other; they are up to date afterwards.
   *
   * @param begin the first row
   * @param end one past the last row
   * @param step index of the step, which has begun
   * @param gradients a table of the shape of the parameters
   */
  abstract void step(int begin, int end, int step, EmbeddingTable gradients);

  /** Step size of a step with bias correction. */
  static double alpha(int step, double learningRate) {
    return learningRate * correction(step) / (1 - StrictMath.pow(BETA1, step + 1.0));
  }

  /** Epsilon of a step with bias correction. */
  static double epsilon(int step) {
    return EPSILON * correction(step);
  }

  private static double correction(int step) {
    return Math.sqrt(1 - StrictMath.pow(BETA2, step + 1.0));
  }
}
