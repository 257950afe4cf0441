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
  public float softplusSum(
      float[] a, int offset, int n, float[] weights, float shift, float[] lanes) {
    return sum(
        a, offset, n, lanes, (x, at) -> softplus(x, at, weight(weights, at - offset), shift));
  }

  @Override
  public float hingeSum(
      float[] a, int offset, int n, float[] weights, float threshold, float[] lanes) {
    return sum(
        a, offset, n, lanes, (x, at) -> hinge(x, at, weight(weights, at - offset), threshold));
  }

  private static float weight(float[] weights, int i) {
    return weights == null ? 1f : weights[i];
  }

  @Override
  public float reluPowerSum(
      float[] a,
      int offset,
      int n,
      float[] weights,
      float scale,
      float shift,
      float origin,
      float power,
      float largest,
      float[] lanes) {
    float inverse = 1f / largest;
    return sum(
        a,
        offset,
        n,
        lanes,
        (x, at) ->
            reluPower(x, at, weight(weights, at - offset), scale, shift, origin, power, inverse));
  }

  @Override
  public float tanhPowerSum(
      float[] a,
      int offset,
      int n,
      float[] weights,
      float scale,
      float shift,
      float power,
      float largest,
      float[] lanes) {
    return sum(
        a,
        offset,
        n,
        lanes,
        (x, at) -> tanhPower(x, at, weight(weights, at - offset), scale, shift, power, largest));
  }

  @Override
  public float atanPowerSum(
      float[] a,
      int offset,
      int n,
      float[] weights,
      float scale,
      float shift,
      float power,
      float largest,
      float[] lanes) {
    float inverse = 1f / largest;
    return sum(
        a,
        offset,
        n,
        lanes,
        (x, at) -> atanPower(x, at, weight(weights, at - offset), scale, shift, power, inverse));
  }

  // One score each, with its weight; the vector kernels end their rows with these.

  static float softplus(float[] a, int at, float weight, float shift) {
    float x = a[at] - shift;
    a[at] = FloatSigmoid.sigmoid(x) * weight;
    return FloatSigmoid.softplus(x) * weight;
  }

  static float hinge(float[] a, int at, float weight, float threshold) {
    float excess = a[at] - threshold;
    a[at] = excess > 0f ? weight : 0f;
    return Math.max(excess, 0f) * weight;
  }

  static float reluPower(
      float[] a,
      int at,
      float weight,
      float scale,
      float shift,
      float origin,
      float power,
      float inverse) {
    float ratio = Math.fma(a[at] - shift, scale, origin) * inverse;
    boolean counts = ratio >= FloatLog.SMALLEST;
    float term = counts ? FloatExp.exp(FloatLog.log(ratio) * power) * weight : 0f;
    a[at] = counts ? term / ratio : 0f;
    return term;
  }

  static float tanhPower(
      float[] a, int at, float weight, float scale, float shift, float power, float largest) {
    float x = (a[at] - shift) * (scale * -2f);
    float term = FloatExp.exp((largest - FloatSigmoid.softplus(x)) * power) * weight;
    float slope = FloatSigmoid.sigmoid(x);
    a[at] = term * (slope + slope);
    return term;
  }

  static float atanPower(
      float[] a, int at, float weight, float scale, float shift, float power, float inverse) {
    float d = (a[at] - shift) * scale;
    float ratio = FloatAtan.onePlusAtan(d) * inverse;
    boolean counts = ratio >= FloatLog.SMALLEST;
    float term = counts ? FloatExp.exp(FloatLog.log(ratio) * power) * weight : 0f;
    a[at] = counts ? term / (Math.fma(d, d, 1f) * ratio) : 0f;
    return term;
  }
}
