package bsl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Vector and scalar steps of Adam, bit for bit. */
class AdamKernelsTest {
  private static final AdamKernels SCALAR = Kernels.scalar().adam();
  private static final AdamKernels BEST = Kernels.best().adam();

  @Test
  void adamStepsAgreeBitForBit() {
    int n = 96;
    float[] gradient = Twins.random(n + 3, 10);
    float[] alpha = Twins.random(60, 11);
    float[] epsilon = new float[60];
    java.util.Arrays.fill(epsilon, 1e-8f);
    for (boolean idle : new boolean[] {false, true}) {
      float[][][] states = new float[2][3][];
      for (int k = 0; k < 2; k++) {
        for (int t = 0; t < 3; t++) {
          states[k][t] = Twins.random(n + 32, 12 + t);
        }
        for (int i = 0; i < n + 32; i++) {
          states[k][2][i] = Math.abs(states[k][2][i]);
        }
        AdamKernels kernels = k == 0 ? SCALAR : BEST;
        float[][] s = states[k];
        if (idle) {
          kernels.idle(s[0], s[1], s[2], 32, n, 0.9f, 0.999f, alpha, epsilon, 3, 57);
        } else {
          kernels.step(s[0], s[1], s[2], 32, gradient, 3, n, 0.9f, 0.999f, 1e-3f, 1e-8f);
        }
      }
      for (int t = 0; t < 3; t++) {
        assertThat(Twins.bits(states[1][t])).isEqualTo(Twins.bits(states[0][t]));
      }
    }
  }
}
