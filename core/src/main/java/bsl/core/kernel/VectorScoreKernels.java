package bsl.core.kernel;

import static bsl.core.kernel.VectorKernels.LANES;
import static bsl.core.kernel.VectorKernels.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Vector API implementation. Sixteen virtual lanes are one, two or four vectors; each has its own
 * accumulator. What is done to one vector is a small method, because one that is too large to be
 * inlined would have its vectors allocated.
 */
final class VectorScoreKernels implements ScoreKernels {
  private static final int STEP = Kernels.VIRTUAL_LANES;

  @Override
  public float sum(float[] a, int offset, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(at(a, o));
      if (LANES <= 8) {
        s1 = s1.add(at(a, o + LANES));
      }
      if (LANES == 4) {
        s2 = s2.add(at(a, o + 8));
        s3 = s3.add(at(a, o + 12));
      }
    }
    float sum = VectorKernels.combine(s0, s1, s2, s3);
    for (; i < n; i++) {
      sum += a[offset + i];
    }
    return sum;
  }

  @Override
  public float softplusSum(float[] a, int offset, int n, float shift) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(softplus(a, o, shift));
      if (LANES <= 8) {
        s1 = s1.add(softplus(a, o + LANES, shift));
      }
      if (LANES == 4) {
        s2 = s2.add(softplus(a, o + 8, shift));
        s3 = s3.add(softplus(a, o + 12, shift));
      }
    }
    float sum = VectorKernels.combine(s0, s1, s2, s3);
    for (; i < n; i++) {
      sum += ScalarScoreKernels.softplus(a, offset + i, shift);
    }
    return sum;
  }

  @Override
  public float hingeSum(float[] a, int offset, int n, float threshold) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(hinge(a, o, threshold));
      if (LANES <= 8) {
        s1 = s1.add(hinge(a, o + LANES, threshold));
      }
      if (LANES == 4) {
        s2 = s2.add(hinge(a, o + 8, threshold));
        s3 = s3.add(hinge(a, o + 12, threshold));
      }
    }
    float sum = VectorKernels.combine(s0, s1, s2, s3);
    for (; i < n; i++) {
      sum += ScalarScoreKernels.hinge(a, offset + i, threshold);
    }
    return sum;
  }

  @Override
  public float reluPowerSum(
      float[] a, int offset, int n, float scale, float shift, float power, float logLargest) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(reluPower(a, o, scale, shift, power, logLargest));
      if (LANES <= 8) {
        s1 = s1.add(reluPower(a, o + LANES, scale, shift, power, logLargest));
      }
      if (LANES == 4) {
        s2 = s2.add(reluPower(a, o + 8, scale, shift, power, logLargest));
        s3 = s3.add(reluPower(a, o + 12, scale, shift, power, logLargest));
      }
    }
    float sum = VectorKernels.combine(s0, s1, s2, s3);
    for (; i < n; i++) {
      sum += ScalarScoreKernels.reluPower(a, offset + i, scale, shift, power, logLargest);
    }
    return sum;
  }

  @Override
  public float tanhPowerSum(
      float[] a, int offset, int n, float scale, float shift, float power, float logLargest) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(tanhPower(a, o, scale, shift, power, logLargest));
      if (LANES <= 8) {
        s1 = s1.add(tanhPower(a, o + LANES, scale, shift, power, logLargest));
      }
      if (LANES == 4) {
        s2 = s2.add(tanhPower(a, o + 8, scale, shift, power, logLargest));
        s3 = s3.add(tanhPower(a, o + 12, scale, shift, power, logLargest));
      }
    }
    float sum = VectorKernels.combine(s0, s1, s2, s3);
    for (; i < n; i++) {
      sum += ScalarScoreKernels.tanhPower(a, offset + i, scale, shift, power, logLargest);
    }
    return sum;
  }

  @Override
  public float atanPowerSum(
      float[] a, int offset, int n, float scale, float shift, float power, float logLargest) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(atanPower(a, o, scale, shift, power, logLargest));
      if (LANES <= 8) {
        s1 = s1.add(atanPower(a, o + LANES, scale, shift, power, logLargest));
      }
      if (LANES == 4) {
        s2 = s2.add(atanPower(a, o + 8, scale, shift, power, logLargest));
        s3 = s3.add(atanPower(a, o + 12, scale, shift, power, logLargest));
      }
    }
    float sum = VectorKernels.combine(s0, s1, s2, s3);
    for (; i < n; i++) {
      sum += ScalarScoreKernels.atanPower(a, offset + i, scale, shift, power, logLargest);
    }
    return sum;
  }

  private static FloatVector at(float[] a, int offset) {
    return FloatVector.fromArray(S, a, offset);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(S, value);
  }

  // One vector each: replaces its scores and returns what they add to the sum.

  private static FloatVector softplus(float[] a, int o, float shift) {
    FloatVector x = at(a, o).sub(shift);
    FloatVector e = VectorKernels.exp(x.abs().neg());
    sigmoid(x, e).intoArray(a, o);
    return softplus(x, e);
  }

  private static FloatVector hinge(float[] a, int o, float threshold) {
    FloatVector excess = at(a, o).sub(threshold);
    FloatVector zero = FloatVector.zero(S);
    zero.blend(1f, excess.compare(VectorOperators.GT, 0f)).intoArray(a, o);
    return excess.max(zero);
  }

  private static FloatVector reluPower(
      float[] a, int o, float scale, float shift, float power, float logLargest) {
    FloatVector act = at(a, o).fma(all(scale), all(-shift)).add(1f);
    FloatVector weight = VectorKernels.exp(log(act).sub(logLargest).mul(power));
    FloatVector zero = FloatVector.zero(S);
    var positive = act.compare(VectorOperators.GT, 0f);
    zero.blend(weight.div(act), positive).intoArray(a, o);
    return zero.blend(weight, positive);
  }

  private static FloatVector tanhPower(
      float[] a, int o, float scale, float shift, float power, float logLargest) {
    FloatVector x = at(a, o).fma(all(scale), all(-shift)).mul(-2f);
    FloatVector e = VectorKernels.exp(x.abs().neg());
    FloatVector log = all(ScalarScoreKernels.LOG_TWO).sub(softplus(x, e));
    FloatVector weight = VectorKernels.exp(log.sub(logLargest).mul(power));
    weight.mul(sigmoid(x, e).mul(2f)).intoArray(a, o);
    return weight;
  }

  private static FloatVector atanPower(
      float[] a, int o, float scale, float shift, float power, float logLargest) {
    FloatVector d = at(a, o).fma(all(scale), all(-shift));
    FloatVector act = atan(d).add(1f);
    FloatVector weight = VectorKernels.exp(log(act).sub(logLargest).mul(power));
    FloatVector zero = FloatVector.zero(S);
    var positive = act.compare(VectorOperators.GT, 0f);
    FloatVector slope = weight.div(d.fma(d, all(1f)).mul(act));
    zero.blend(slope, positive).intoArray(a, o);
    return zero.blend(weight, positive);
  }

  /** Lane-wise {@link FloatSigmoid#sigmoid}, given exp(-|x|). */
  private static FloatVector sigmoid(FloatVector x, FloatVector e) {
    FloatVector upper = all(1f).div(e.add(1f));
    return e.mul(upper).blend(upper, x.compare(VectorOperators.GE, 0f));
  }

  /** Lane-wise {@link FloatSigmoid#softplus}, given exp(-|x|). */
  private static FloatVector softplus(FloatVector x, FloatVector e) {
    FloatVector s = e.div(e.add(2f));
    FloatVector t = s.mul(s);
    FloatVector p = all(FloatSigmoid.C4).fma(t, all(FloatSigmoid.C3));
    p = p.fma(t, all(FloatSigmoid.C2));
    p = p.fma(t, all(FloatSigmoid.C1));
    p = p.fma(t, all(1f));
    return s.add(s).fma(p, x.max(0f));
  }

  /** Lane-wise {@link FloatLog#log}. */
  private static FloatVector log(FloatVector x) {
    IntVector bits = x.max(FloatLog.SMALLEST).reinterpretAsInts();
    IntVector k =
        bits.sub(FloatLog.SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, FloatLog.MANTISSA_BITS);
    FloatVector m =
        bits.sub(k.lanewise(VectorOperators.LSHL, FloatLog.MANTISSA_BITS)).reinterpretAsFloats();
    FloatVector s = m.sub(1f).div(m.add(1f));
    FloatVector t = s.mul(s);
    FloatVector p = all(FloatLog.C3).fma(t, all(FloatLog.C2));
    p = p.fma(t, all(FloatLog.C1));
    p = p.fma(t, all(1f));
    FloatVector n = k.add(FloatLog.ROUNDER_BITS).reinterpretAsFloats().sub(FloatLog.ROUNDER);
    FloatVector low = n.fma(all(FloatLog.LN2_LOW), s.add(s).mul(p));
    return x.fma(all(0f), n.fma(all(FloatLog.LN2_HIGH), low));
  }

  /** Lane-wise {@link FloatAtan#atan}. */
  private static FloatVector atan(FloatVector x) {
    FloatVector size = x.abs();
    var large = size.compare(VectorOperators.GT, 1f);
    FloatVector z = size.blend(all(1f).div(size), large);
    FloatVector t = z.mul(z);
    FloatVector p = all(FloatAtan.C8).fma(t, all(FloatAtan.C7));
    p = p.fma(t, all(FloatAtan.C6));
    p = p.fma(t, all(FloatAtan.C5));
    p = p.fma(t, all(FloatAtan.C4));
    p = p.fma(t, all(FloatAtan.C3));
    p = p.fma(t, all(FloatAtan.C2));
    p = p.fma(t, all(FloatAtan.C1));
    p = p.fma(t, all(1f));
    FloatVector angle = z.mul(p);
    FloatVector folded = angle.blend(all(FloatAtan.HALF_PI).sub(angle), large);
    return folded.blend(folded.neg(), x.compare(VectorOperators.LT, 0f));
  }
}
