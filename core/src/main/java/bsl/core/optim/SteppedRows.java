package bsl.core.optim;

import bsl.core.EmbeddingTable;
import bsl.core.kernel.AdamKernels;
import java.util.Arrays;

/**
 * Takes missed steps one by one, with exactly the operations of a step that is not missed. Moments
 * are those after a row's last step.
 */
final class SteppedRows extends AdamRows {
  private static final float DECAY1 = (float) BETA1;
  private static final float DECAY2 = (float) BETA2;

  private float[] alphas = new float[1024];
  private float[] epsilons = new float[1024];

  SteppedRows(EmbeddingTable parameters, AdamKernels kernels) {
    super(parameters, kernels);
  }

  @Override
  void begin(int step, double learningRate) {
    if (step >= alphas.length) {
      int length = step + step / 2;
      alphas = Arrays.copyOf(alphas, length);
      epsilons = Arrays.copyOf(epsilons, length);
    }
    alphas[step] = (float) alpha(step, learningRate);
    epsilons[step] = (float) epsilon(step);
  }

  @Override
  void end() {
    // What later steps need is stored when a step begins.
  }

  @Override
  void catchUp(int row, int steps) {
    if (done[row] >= steps) {
      return;
    }
    if (idleGradients == null) {
      kernels.idle(
          parameters.values(),
          first.values(),
          second.values(),
          parameters.offset(row),
          parameters.stride(),
          DECAY1,
          DECAY2,
          alphas,
          epsilons,
          done[row],
          steps);
    } else {
      kernels.repeat(
          parameters.values(),
          first.values(),
          second.values(),
          parameters.offset(row),
          idleGradients.values(),
          idleGradients.offset(row),
          parameters.stride(),
          DECAY1,
          DECAY2,
          alphas,
          epsilons,
          done[row],
          steps);
    }
    done[row] = steps;
  }

  @Override
  void step(int row, int step, float[] gradients, int offset) {
    catchUp(row, step);
    step(parameters.offset(row), parameters.stride(), step, gradients, offset);
    done[row] = step + 1;
  }

  @Override
  void stepAndMove(int row, int step, float[] gradients, int offset) {
    step(row, step, gradients, offset);
  }

  @Override
  void step(int begin, int end, int step, EmbeddingTable gradients) {
    for (int row = begin; row < end; row++) {
      catchUp(row, step);
      done[row] = step + 1;
    }
    int length = (end - begin) * parameters.stride();
    step(parameters.offset(begin), length, step, gradients.values(), gradients.offset(begin));
  }

  private void step(int offset, int length, int step, float[] gradients, int gradientOffset) {
    kernels.step(
        parameters.values(),
        first.values(),
        second.values(),
        offset,
        gradients,
        gradientOffset,
        length,
        DECAY1,
        DECAY2,
        alphas[step],
        epsilons[step]);
  }
}
