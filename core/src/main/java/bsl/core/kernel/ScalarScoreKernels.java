package bsl.core.kernel;

import java.util.Arrays;

/** Plain Java twin of {@link VectorScoreKernels}: slow, short, and equal to it bit for bit. */
final class ScalarScoreKernels implements ScoreKernels {
  static final float LOG_TWO = 0x1.62e43p-1f;

  /** Replaces a score and says what it adds to the sum. */
  interface Step {
    float apply(float[] a, int at);
  }

  static float sum(float[] a, int offset, int n, float[] lanes, Step step) {
    Arrays.fill(lanes, 0, Kernels.VIRTUAL_LANES, 0f);
    int whole = n - n % Kernels.VIRTUAL_LANES;
    for (int i = 0; i < whole; i++) {
      lanes[i % Kernels.VIRTUAL_LANES] += step.apply(a, offset + i);
    }
    float sum = ScalarKernels.combine(lanes);
    for (int i = whole; i < n; i++) {
      sum += step.apply(a, offset + i);
    }
    return sum;
  }

  @Override
  public float sum(float[] a, int offset, int n, float[] lanes) {
    return sum(a, offset, n, lanes, (x, at) -> x[at]);
  }

  @Override
  public float softplusSum(float[] a, int offset, int n, float shift, float[] lanes) {
    return sum(a, offset, n, lanes, (x, at) -> softplus(x, at, shift));
  }

  @Override
  public float hingeSum(float[] a, int offset, int n, float threshold, float[] lanes) {
    return sum(a, offset, n, lanes, (x, at) -> hinge(x, at, threshold));
  }

  @Override
  public float reluPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float logLargest,
      float[] lanes) {
    return sum(a, offset, n, lanes, (x, at) -> reluPower(x, at, scale, shift, power, logLargest));
  }

  @Override
  public float tanhPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float logLargest,
      float[] lanes) {
    return sum(a, offset, n, lanes, (x, at) -> tanhPower(x, at, scale, shift, power, logLargest));
  }

  @Override
  public float atanPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float logLargest,
      float[] lanes) {
    return sum(a, offset, n, lanes, (x, at) -> atanPower(x, at, scale, shift, power, logLargest));
  }

  // One score each; the vector kernels end their rows with these.

  static float softplus(float[] a, int at, float shift) {
    float x = a[at] - shift;
    a[at] = FloatSigmoid.sigmoid(x);
    return FloatSigmoid.softplus(x);
  }

  static float hinge(float[] a, int at, float threshold) {
    float excess = a[at] - threshold;
    a[at] = excess > 0f ? 1f : 0f;
    return Math.max(excess, 0f);
  }

  static float reluPower(
      float[] a, int at, float scale, float shift, float power, float logLargest) {
    float act = Math.fma(a[at], scale, -shift) + 1f;
    float weight = weight(act, power, logLargest);
    a[at] = act > 0f ? weight / act : 0f;
    return act > 0f ? weight : 0f;
  }

  /** 1 + tanh d = 2 sigmoid(2 d), whose logarithm is log 2 - softplus(-2 d). */
  static float tanhPower(
      float[] a, int at, float scale, float shift, float power, float logLargest) {
    float x = -2f * Math.fma(a[at], scale, -shift);
    float log = LOG_TWO - FloatSigmoid.softplus(x);
    float weight = FloatExp.exp((log - logLargest) * power);
    float slope = FloatSigmoid.sigmoid(x);
    a[at] = weight * (slope + slope);
    return weight;
  }

  static float atanPower(
      float[] a, int at, float scale, float shift, float power, float logLargest) {
    float d = Math.fma(a[at], scale, -shift);
    float act = FloatAtan.atan(d) + 1f;
    float weight = weight(act, power, logLargest);
    a[at] = act > 0f ? weight / (Math.fma(d, d, 1f) * act) : 0f;
    return act > 0f ? weight : 0f;
  }

  private static float weight(float act, float power, float logLargest) {
    return FloatExp.exp((FloatLog.log(act) - logLargest) * power);
  }
}
