package bsl.core.kernel;

import static bsl.core.kernel.VectorKernels.LANES;
import static bsl.core.kernel.VectorKernels.S;
import static bsl.core.kernel.VectorKernels.all;
import static bsl.core.kernel.VectorKernels.at;
import static bsl.core.kernel.VectorKernels.exp;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Vector API implementation. Sixteen virtual lanes are one, two or four vectors, each with its own
 * accumulator.
 *
 * <p>The compiler stops inlining once a method has grown to some 18,000 nodes, and vectors that
 * cross a call which is not inlined are allocated. Every operation counts, and a broadcast counts
 * as much as an operation. So constants are vectors made once, what is done to one vector is a
 * small method, and accumulators are combined through memory.
 */
final class VectorScoreKernels implements ScoreKernels {
  private static final int STEP = Kernels.VIRTUAL_LANES;

  private static final FloatVector ZERO = all(0f);
  private static final FloatVector ONE = all(1f);
  private static final FloatVector TWO = all(2f);
  private static final FloatVector MINUS_TWO = all(-2f);
  private static final FloatVector LOG_TWO = all(ScalarScoreKernels.LOG_TWO);
  private static final FloatVector SOFTPLUS_4 = all(FloatSigmoid.C4);
  private static final FloatVector SOFTPLUS_3 = all(FloatSigmoid.C3);
  private static final FloatVector SOFTPLUS_2 = all(FloatSigmoid.C2);
  private static final FloatVector SOFTPLUS_1 = all(FloatSigmoid.C1);
  private static final FloatVector LOG_SMALLEST = all(FloatLog.SMALLEST);
  private static final FloatVector LOG_3 = all(FloatLog.C3);
  private static final FloatVector LOG_2 = all(FloatLog.C2);
  private static final FloatVector LOG_1 = all(FloatLog.C1);
  private static final FloatVector LOG_ROUNDER = all(FloatLog.ROUNDER);
  private static final IntVector SQRT_HALF_BITS = VectorKernels.all(FloatLog.SQRT_HALF_BITS);
  private static final IntVector ROUNDER_BITS = VectorKernels.all(FloatLog.ROUNDER_BITS);
  private static final FloatVector LN2_HIGH = all(FloatLog.LN2_HIGH);
  private static final FloatVector LN2_LOW = all(FloatLog.LN2_LOW);
  private static final FloatVector ATAN_8 = all(FloatAtan.C8);
  private static final FloatVector ATAN_7 = all(FloatAtan.C7);
  private static final FloatVector ATAN_6 = all(FloatAtan.C6);
  private static final FloatVector ATAN_5 = all(FloatAtan.C5);
  private static final FloatVector ATAN_4 = all(FloatAtan.C4);
  private static final FloatVector ATAN_3 = all(FloatAtan.C3);
  private static final FloatVector ATAN_2 = all(FloatAtan.C2);
  private static final FloatVector ATAN_1 = all(FloatAtan.C1);
  private static final FloatVector COS_6 = all(FloatAtan.COS6);
  private static final FloatVector COS_5 = all(FloatAtan.COS5);
  private static final FloatVector COS_4 = all(FloatAtan.COS4);
  private static final FloatVector COS_3 = all(FloatAtan.COS3);
  private static final FloatVector COS_2 = all(FloatAtan.COS2);
  private static final FloatVector COS_1 = all(FloatAtan.COS1);
  private static final FloatVector HALF_PI = all(FloatAtan.HALF_PI);

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
    float sum = 0f;
    if (i > 0) {
      FloatVector kept = FloatVector.fromArray(S, a, offset);
      FloatVector lanes = LANES == 16 ? s0 : LANES == 8 ? s0.add(s1) : s0.add(s2).add(s1.add(s3));
      lanes.intoArray(a, offset);
      sum = VectorKernels.combine(a, offset);
      kept.intoArray(a, offset);
    }
    for (; i < n; i++) {
      sum += a[offset + i];
    }
    return sum;
  }

  @Override
  public float softplusSum(float[] a, int offset, int n, float shift) {
    FloatVector minus = all(shift);
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(softplus(a, o, minus));
      if (LANES <= 8) {
        s1 = s1.add(softplus(a, o + LANES, minus));
      }
      if (LANES == 4) {
        s2 = s2.add(softplus(a, o + 8, minus));
        s3 = s3.add(softplus(a, o + 12, minus));
      }
    }
    float sum = 0f;
    if (i > 0) {
      FloatVector kept = FloatVector.fromArray(S, a, offset);
      FloatVector lanes = LANES == 16 ? s0 : LANES == 8 ? s0.add(s1) : s0.add(s2).add(s1.add(s3));
      lanes.intoArray(a, offset);
      sum = VectorKernels.combine(a, offset);
      kept.intoArray(a, offset);
    }
    for (; i < n; i++) {
      sum += ScalarScoreKernels.softplus(a, offset + i, shift);
    }
    return sum;
  }

  @Override
  public float hingeSum(float[] a, int offset, int n, float threshold) {
    FloatVector least = all(threshold);
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(hinge(a, o, least));
      if (LANES <= 8) {
        s1 = s1.add(hinge(a, o + LANES, least));
      }
      if (LANES == 4) {
        s2 = s2.add(hinge(a, o + 8, least));
        s3 = s3.add(hinge(a, o + 12, least));
      }
    }
    float sum = 0f;
    if (i > 0) {
      FloatVector kept = FloatVector.fromArray(S, a, offset);
      FloatVector lanes = LANES == 16 ? s0 : LANES == 8 ? s0.add(s1) : s0.add(s2).add(s1.add(s3));
      lanes.intoArray(a, offset);
      sum = VectorKernels.combine(a, offset);
      kept.intoArray(a, offset);
    }
    for (; i < n; i++) {
      sum += ScalarScoreKernels.hinge(a, offset + i, threshold);
    }
    return sum;
  }

  @Override
  public float reluPowerSum(
      float[] a, int offset, int n, float scale, float shift, float power, float logLargest) {
    FloatVector factor = all(scale);
    FloatVector minus = all(-shift);
    FloatVector times = all(power);
    FloatVector largest = all(logLargest);
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(reluPower(a, o, factor, minus, times, largest));
      if (LANES <= 8) {
        s1 = s1.add(reluPower(a, o + LANES, factor, minus, times, largest));
      }
      if (LANES == 4) {
        s2 = s2.add(reluPower(a, o + 8, factor, minus, times, largest));
        s3 = s3.add(reluPower(a, o + 12, factor, minus, times, largest));
      }
    }
    float sum = 0f;
    if (i > 0) {
      FloatVector kept = FloatVector.fromArray(S, a, offset);
      FloatVector lanes = LANES == 16 ? s0 : LANES == 8 ? s0.add(s1) : s0.add(s2).add(s1.add(s3));
      lanes.intoArray(a, offset);
      sum = VectorKernels.combine(a, offset);
      kept.intoArray(a, offset);
    }
    for (; i < n; i++) {
      sum += ScalarScoreKernels.reluPower(a, offset + i, scale, shift, power, logLargest);
    }
    return sum;
  }

  @Override
  public float tanhPowerSum(
      float[] a, int offset, int n, float scale, float shift, float power, float logLargest) {
    FloatVector factor = all(scale);
    FloatVector minus = all(-shift);
    FloatVector times = all(power);
    FloatVector largest = all(logLargest);
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(tanhPower(a, o, factor, minus, times, largest));
      if (LANES <= 8) {
        s1 = s1.add(tanhPower(a, o + LANES, factor, minus, times, largest));
      }
      if (LANES == 4) {
        s2 = s2.add(tanhPower(a, o + 8, factor, minus, times, largest));
        s3 = s3.add(tanhPower(a, o + 12, factor, minus, times, largest));
      }
    }
    float sum = 0f;
    if (i > 0) {
      FloatVector kept = FloatVector.fromArray(S, a, offset);
      FloatVector lanes = LANES == 16 ? s0 : LANES == 8 ? s0.add(s1) : s0.add(s2).add(s1.add(s3));
      lanes.intoArray(a, offset);
      sum = VectorKernels.combine(a, offset);
      kept.intoArray(a, offset);
    }
    for (; i < n; i++) {
      sum += ScalarScoreKernels.tanhPower(a, offset + i, scale, shift, power, logLargest);
    }
    return sum;
  }

  /**
   * Two vectors at a time, which hides latency and also makes the method too long to be inlined
   * into a caller whose budget {@link #atanPowerSum} needs.
   */
  @Override
  public void arcTangents(float[] a, int offset, int n, float scale, float shift) {
    FloatVector factor = all(scale);
    FloatVector minus = all(-shift);
    int i = 0;
    for (; i + 2 * LANES <= n; i += 2 * LANES) {
      FloatVector x = at(a, offset + i).fma(factor, minus);
      FloatVector y = at(a, offset + i + LANES).fma(factor, minus);
      FloatVector xSize = x.abs();
      FloatVector ySize = y.abs();
      VectorMask<Float> xLarge = xSize.compare(VectorOperators.GT, ONE);
      VectorMask<Float> yLarge = ySize.compare(VectorOperators.GT, ONE);
      FloatVector xz = xSize.blend(ONE.div(xSize), xLarge);
      FloatVector yz = ySize.blend(ONE.div(ySize), yLarge);
      FloatVector xt = xz.mul(xz);
      FloatVector yt = yz.mul(yz);
      FloatVector p = ATAN_8.fma(xt, ATAN_7).fma(xt, ATAN_6).fma(xt, ATAN_5).fma(xt, ATAN_4);
      FloatVector q = ATAN_8.fma(yt, ATAN_7).fma(yt, ATAN_6).fma(yt, ATAN_5).fma(yt, ATAN_4);
      p = p.fma(xt, ATAN_3).fma(xt, ATAN_2).fma(xt, ATAN_1).fma(xt, ONE).mul(xz);
      q = q.fma(yt, ATAN_3).fma(yt, ATAN_2).fma(yt, ATAN_1).fma(yt, ONE).mul(yz);
      p = p.blend(HALF_PI.sub(p), xLarge);
      q = q.blend(HALF_PI.sub(q), yLarge);
      p.blend(p.neg(), x.compare(VectorOperators.LT, ZERO)).intoArray(a, offset + i);
      q.blend(q.neg(), y.compare(VectorOperators.LT, ZERO)).intoArray(a, offset + i + LANES);
    }
    for (; i < n; i++) {
      ScalarScoreKernels.arcTangent(a, offset + i, scale, shift);
    }
  }

  @Override
  public float atanPowerSum(float[] a, int offset, int n, float power, float logLargest) {
    FloatVector times = all(power);
    FloatVector largest = all(logLargest);
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + STEP <= n; i += STEP) {
      int o = offset + i;
      s0 = s0.add(atanPower(a, o, times, largest));
      if (LANES <= 8) {
        s1 = s1.add(atanPower(a, o + LANES, times, largest));
      }
      if (LANES == 4) {
        s2 = s2.add(atanPower(a, o + 8, times, largest));
        s3 = s3.add(atanPower(a, o + 12, times, largest));
      }
    }
    float sum = 0f;
    if (i > 0) {
      FloatVector kept = FloatVector.fromArray(S, a, offset);
      FloatVector lanes = LANES == 16 ? s0 : LANES == 8 ? s0.add(s1) : s0.add(s2).add(s1.add(s3));
      lanes.intoArray(a, offset);
      sum = VectorKernels.combine(a, offset);
      kept.intoArray(a, offset);
    }
    for (; i < n; i++) {
      sum += ScalarScoreKernels.atanPower(a, offset + i, power, logLargest);
    }
    return sum;
  }

  // One vector each: replaces its scores and returns what they add to the sum.

  private static FloatVector softplus(float[] a, int o, FloatVector shift) {
    FloatVector x = at(a, o).sub(shift);
    FloatVector e = exp(x.abs().neg());
    FloatVector upper = ONE.div(ONE.add(e));
    e.mul(upper).blend(upper, x.compare(VectorOperators.GE, ZERO)).intoArray(a, o);
    FloatVector s = e.div(TWO.add(e));
    FloatVector t = s.mul(s);
    FloatVector p = SOFTPLUS_4.fma(t, SOFTPLUS_3);
    p = p.fma(t, SOFTPLUS_2);
    p = p.fma(t, SOFTPLUS_1);
    p = p.fma(t, ONE);
    return s.add(s).fma(p, x.max(ZERO));
  }

  private static FloatVector hinge(float[] a, int o, FloatVector threshold) {
    FloatVector excess = at(a, o).sub(threshold);
    ZERO.blend(ONE, excess.compare(VectorOperators.GT, ZERO)).intoArray(a, o);
    return excess.max(ZERO);
  }

  private static FloatVector reluPower(
      float[] a,
      int o,
      FloatVector scale,
      FloatVector minus,
      FloatVector power,
      FloatVector logLargest) {
    FloatVector act = at(a, o).fma(scale, minus).add(ONE);
    FloatVector weight = exp(log(act).sub(logLargest).mul(power));
    VectorMask<Float> positive = act.compare(VectorOperators.GT, ZERO);
    ZERO.blend(weight.div(act), positive).intoArray(a, o);
    return ZERO.blend(weight, positive);
  }

  private static FloatVector tanhPower(
      float[] a,
      int o,
      FloatVector scale,
      FloatVector minus,
      FloatVector power,
      FloatVector logLargest) {
    FloatVector x = at(a, o).fma(scale, minus).mul(MINUS_TWO);
    FloatVector e = exp(x.abs().neg());
    FloatVector s = e.div(TWO.add(e));
    FloatVector t = s.mul(s);
    FloatVector p = SOFTPLUS_4.fma(t, SOFTPLUS_3);
    p = p.fma(t, SOFTPLUS_2);
    p = p.fma(t, SOFTPLUS_1);
    p = p.fma(t, ONE);
    FloatVector log = LOG_TWO.sub(s.add(s).fma(p, x.max(ZERO)));
    FloatVector weight = exp(log.sub(logLargest).mul(power));
    FloatVector upper = ONE.div(ONE.add(e));
    FloatVector slope = e.mul(upper).blend(upper, x.compare(VectorOperators.GE, ZERO));
    weight.mul(slope.add(slope)).intoArray(a, o);
    return weight;
  }

  private static FloatVector atanPower(
      float[] a, int o, FloatVector power, FloatVector logLargest) {
    FloatVector angle = at(a, o);
    FloatVector act = angle.add(ONE);
    FloatVector weight = exp(log(act).sub(logLargest).mul(power));
    FloatVector t = angle.mul(angle);
    FloatVector p = COS_6.fma(t, COS_5);
    p = p.fma(t, COS_4);
    p = p.fma(t, COS_3);
    p = p.fma(t, COS_2);
    p = p.fma(t, COS_1);
    FloatVector slope = p.fma(t, ONE).max(ZERO);
    VectorMask<Float> positive = act.compare(VectorOperators.GT, ZERO);
    ZERO.blend(weight.div(act).mul(slope), positive).intoArray(a, o);
    return ZERO.blend(weight, positive);
  }

  /** Lane-wise {@link FloatLog#log} of numbers that are neither NaN nor infinite. */
  private static FloatVector log(FloatVector x) {
    IntVector bits = x.max(LOG_SMALLEST).reinterpretAsInts();
    IntVector k = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, FloatLog.MANTISSA_BITS);
    FloatVector m =
        bits.sub(k.lanewise(VectorOperators.LSHL, FloatLog.MANTISSA_BITS)).reinterpretAsFloats();
    FloatVector s = m.sub(ONE).div(m.add(ONE));
    FloatVector t = s.mul(s);
    FloatVector p = LOG_3.fma(t, LOG_2);
    p = p.fma(t, LOG_1);
    p = p.fma(t, ONE);
    FloatVector n = k.add(ROUNDER_BITS).reinterpretAsFloats().sub(LOG_ROUNDER);
    return n.fma(LN2_HIGH, n.fma(LN2_LOW, s.add(s).mul(p)));
  }
}
