package bsl.core.kernel;

import java.util.Arrays;

/** Plain Java twin of {@link VectorScoreKernels}: slow, short, and equal to it bit for bit. */
final class ScalarScoreKernels implements ScoreKernels {
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
      float origin,
      float power,
      float largest,
      float[] lanes) {
    float inverse = 1f / largest;
    return sum(
        a, offset, n, lanes, (x, at) -> reluPower(x, at, scale, shift, origin, power, inverse));
  }

  @Override
  public float tanhPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float largest,
      float[] lanes) {
    return sum(a, offset, n, lanes, (x, at) -> tanhPower(x, at, scale, shift, power, largest));
  }

  @Override
  public float atanPowerSum(
      float[] a,
      int offset,
      int n,
      float scale,
      float shift,
      float power,
      float largest,
      float[] lanes) {
    float inverse = 1f / largest;
    return sum(a, offset, n, lanes, (x, at) -> atanPower(x, at, scale, shift, power, inverse));
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
      float[] a, int at, float scale, float shift, float origin, float power, float inverse) {
    float ratio = Math.fma(a[at] - shift, scale, origin) * inverse;
    boolean counts = ratio >= FloatLog.SMALLEST;
    float weight = counts ? FloatExp.exp(FloatLog.log(ratio) * power) : 0f;
    a[at] = counts ? weight / ratio : 0f;
    return weight;
  }

  static float tanhPower(float[] a, int at, float scale, float shift, float power, float largest) {
    float x = (a[at] - shift) * scale * -2f;
    float weight = FloatExp.exp((largest - FloatSigmoid.softplus(x)) * power);
    float slope = FloatSigmoid.sigmoid(x);
    a[at] = weight * (slope + slope);
    return weight;
  }

  static float atanPower(float[] a, int at, float scale, float shift, float power, float inverse) {
    float d = (a[at] - shift) * scale;
    float ratio = FloatAtan.onePlusAtan(d) * inverse;
    boolean counts = ratio >= FloatLog.SMALLEST;
    float weight = counts ? FloatExp.exp(FloatLog.log(ratio) * power) : 0f;
    a[at] = counts ? weight / (Math.fma(d, d, 1f) * ratio) : 0f;
    return weight;
  }
}
