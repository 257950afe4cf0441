package bsl.core.optim;

import bsl.core.EmbeddingTable;
import bsl.core.kernel.AdamKernels;

/**
 * Takes a step with a gradient and all steps that a row misses after it in one operation, when the
 * row is next brought up to date.
 *
 * <p>A row that has {@code t} steps behind it keeps its moments decayed for step {@code t}: {@code
 * beta1 m} and {@code beta2 v} of the moments after step {@code t - 1}. If step {@code t} brings a
 * gradient, it is added to them, and that is all for now. After {@code T} steps, steps {@code t} to
 * {@code T - 1} have the moments {@code beta1^k m} and {@code beta2^k v}, so their sum is one
 * factor times {@code m / (sqrt(v) + epsilon)} ({@link StepSums}).
 */
final class ClosedFormRows extends AdamRows {
  private static final float RATE1 = (float) (1 - BETA1);
  private static final float RATE2 = (float) (1 - BETA2);

  private static final float DECAY1 = (float) BETA1;
  private static final float DECAY2 = (float) BETA2;

  private final StepSums sums = new StepSums();
  private double alpha;
  private double epsilon;

  ClosedFormRows(EmbeddingTable parameters, AdamKernels kernels) {
    super(parameters, kernels);
  }

  @Override
  void resumeAt(int steps) {
    super.resumeAt(steps);
    sums.startAt(steps);
  }

  @Override
  void begin(int step, double learningRate) {
    alpha = alpha(step, learningRate);
    epsilon = epsilon(step);
  }

  @Override
  void end() {
    sums.add(alpha, epsilon);
  }

  @Override
  void catchUp(int row, int steps) {
    int from = done[row];
    if (from < steps) {
      int missed = steps - from;
      settle(row, sums.weight(from), sums.epsilon(from), sums.decay1(missed), sums.decay2(missed));
      done[row] = steps;
    }
  }

  @Override
  void step(int row, int step, float[] gradients, int offset) {
    catchUp(row, step);
    kernels.accumulate(
        first.values(),
        second.values(),
        first.offset(row),
        gradients,
        offset,
        first.stride(),
        RATE1,
        RATE2);
  }

  @Override
  void stepAndMove(int row, int step, float[] gradients, int offset) {
    step(row, step, gradients, offset);
    settle(row, (float) alpha, (float) epsilon, DECAY1, DECAY2);
    done[row] = step + 1;
  }

  @Override
  void step(int begin, int end, int step, EmbeddingTable gradients) {
    for (int row = begin; row < end; row++) {
      stepAndMove(row, step, gradients.values(), gradients.offset(row));
    }
  }

  private void settle(int row, float weight, float epsilonOfFirst, float decay1, float decay2) {
    kernels.settle(
        parameters.values(),
        first.values(),
        second.values(),
        parameters.offset(row),
        parameters.stride(),
        weight,
        epsilonOfFirst,
        decay1,
        decay2);
  }
}
