package bsl.core.kernel;

import static bsl.core.kernel.FloatExp.MANTISSA_BITS;
import static bsl.core.kernel.VectorKernels.LANES;
import static bsl.core.kernel.VectorKernels.S;
import static bsl.core.kernel.VectorKernels.all;
import static bsl.core.kernel.VectorKernels.at;
import static bsl.core.kernel.VectorKernels.exp;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Vector API implementation. The sixteen virtual lanes of a sum are one, two or four vectors; the
 * row is gone through once for each of them, so that what is done to a vector stands there once.
 *
 * <p>The compiler stops inlining methods of ours once one has grown to some 18,000 nodes, and
 * vectors that cross a call which is not inlined are allocated. A broadcast counts as much as an
 * operation, taking lanes out of a vector costs more still. So constants are vectors made once,
 * sums are combined in memory, and a kernel may call one vector method of ours at the beginning of
 * its loop, none later.
 */
final class VectorScoreKernels implements ScoreKernels {
  /** Weights of a row that has none; they are read over and over. */
  private static final float[] ONES = ones();

  private static final FloatVector ZERO = all(0f);
  private static final FloatVector ONE = all(1f);
  private static final FloatVector TWO = all(2f);
  private static final FloatVector EXP_LOWEST = all(FloatExp.LOWEST);
  private static final FloatVector EXP_HIGHEST = all(FloatExp.HIGHEST);
  private static final FloatVector EXP_ROUNDER = all(FloatExp.ROUNDER);
  private static final FloatVector LOG2_E = all(FloatExp.LOG2_E);
  private static final FloatVector MINUS_LN2_HIGH = all(-FloatExp.LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = all(-FloatExp.LN2_LOW);
  private static final IntVector EXP_BIAS = all(FloatExp.EXPONENT_BIAS);
  private static final FloatVector EXP_6 = all(FloatExp.C6);
  private static final FloatVector EXP_5 = all(FloatExp.C5);
  private static final FloatVector EXP_4 = all(FloatExp.C4);
  private static final FloatVector EXP_3 = all(FloatExp.C3);
  private static final FloatVector EXP_2 = all(FloatExp.C2);
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
  private static final FloatVector ATAN_LOW = all(FloatAtan.LOW);
  private static final FloatVector ATAN_ROOT = all(FloatAtan.ROOT);
  private static final FloatVector ATAN_ROOT_REST = all(FloatAtan.ROOT_REST);
  private static final FloatVector MINUS_ONE = all(-1f);
  private static final FloatVector ONE_AND_HALF_PI = all(FloatAtan.ONE_AND_HALF_PI);

  private static float[] ones() {
    float[] ones = new float[Kernels.VIRTUAL_LANES];
    Arrays.fill(ones, 1f);
    return ones;
  }

  @Override
  public float sum(float[] a, int offset, int n, float[] lanes) {
    int whole = n - n % Kernels.VIRTUAL_LANES;
    for (int lane = 0; lane < Kernels.VIRTUAL_LANES; lane += LANES) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = offset + lane; i < offset + whole; i += Kernels.VIRTUAL_LANES) {
        sum = sum.add(at(a, i));
      }
      sum.intoArray(lanes, lane);
    }
    float total = ScalarKernels.combine(lanes);
    for (int i = offset + whole; i < offset + n; i++) {
      total += a[i];
    }
    return total;
  }

  @Override
  public float softplusSum(
      float[] a, int offset, int n, float[] weights, float shift, float[] lanes) {
    float[] w = weights == null ? ONES : weights;
    int mask = weights == null ? Kernels.VIRTUAL_LANES - 1 : -1;
    FloatVector minus = all(shift);
    int whole = n - n % Kernels.VIRTUAL_LANES;
    for (int lane = 0; lane < Kernels.VIRTUAL_LANES; lane += LANES) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = offset + lane; i < offset + whole; i += Kernels.VIRTUAL_LANES) {
        FloatVector each = at(w, (i - offset) & mask);
        FloatVector x = at(a, i).sub(minus);
        // FloatSigmoid.softplus and sigmoid
        FloatVector e = exp(x.abs().neg());
        FloatVector s = e.div(TWO.add(e));
        FloatVector t = s.mul(s);
        FloatVector p = SOFTPLUS_4.fma(t, SOFTPLUS_3).fma(t, SOFTPLUS_2).fma(t, SOFTPLUS_1);
        FloatVector softplus = s.add(s).fma(p.fma(t, ONE), x.max(ZERO));
        FloatVector upper = ONE.div(ONE.add(e));
        FloatVector sigmoid = e.mul(upper).blend(upper, x.compare(VectorOperators.GE, ZERO));
        sigmoid.mul(each).intoArray(a, i);
        sum = sum.add(softplus.mul(each));
      }
      sum.intoArray(lanes, lane);
    }
    float total = ScalarKernels.combine(lanes);
    for (int i = offset + whole; i < offset + n; i++) {
      total += ScalarScoreKernels.softplus(a, i, w[(i - offset) & mask], shift);
    }
    return total;
  }

  @Override
  public float hingeSum(
      float[] a, int offset, int n, float[] weights, float threshold, float[] lanes) {
    float[] w = weights == null ? ONES : weights;
    int mask = weights == null ? Kernels.VIRTUAL_LANES - 1 : -1;
    FloatVector least = all(threshold);
    int whole = n - n % Kernels.VIRTUAL_LANES;
    for (int lane = 0; lane < Kernels.VIRTUAL_LANES; lane += LANES) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = offset + lane; i < offset + whole; i += Kernels.VIRTUAL_LANES) {
        FloatVector each = at(w, (i - offset) & mask);
        FloatVector excess = at(a, i).sub(least);
        ZERO.blend(each, excess.compare(VectorOperators.GT, ZERO)).intoArray(a, i);
        sum = sum.add(excess.max(ZERO).mul(each));
      }
      sum.intoArray(lanes, lane);
    }
    float total = ScalarKernels.combine(lanes);
    for (int i = offset + whole; i < offset + n; i++) {
      total += ScalarScoreKernels.hinge(a, i, w[(i - offset) & mask], threshold);
    }
    return total;
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
    float[] w = weights == null ? ONES : weights;
    int mask = weights == null ? Kernels.VIRTUAL_LANES - 1 : -1;
    float inverse = 1f / largest;
    FloatVector factor = all(scale);
    FloatVector minus = all(shift);
    FloatVector plus = all(origin);
    FloatVector times = all(power);
    FloatVector over = all(inverse);
    int whole = n - n % Kernels.VIRTUAL_LANES;
    for (int lane = 0; lane < Kernels.VIRTUAL_LANES; lane += LANES) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = offset + lane; i < offset + whole; i += Kernels.VIRTUAL_LANES) {
        FloatVector each = at(w, (i - offset) & mask);
        FloatVector ratio = at(a, i).sub(minus).fma(factor, plus).mul(over);
        // FloatLog.log(ratio)
        VectorMask<Float> counts = ratio.compare(VectorOperators.GE, LOG_SMALLEST);
        IntVector raw = ratio.max(LOG_SMALLEST).reinterpretAsInts();
        IntVector exponent = raw.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
        IntVector mantissa = raw.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS));
        FloatVector f = mantissa.reinterpretAsFloats();
        FloatVector s = f.sub(ONE).div(f.add(ONE));
        FloatVector u = s.mul(s);
        FloatVector v = LOG_3.fma(u, LOG_2).fma(u, LOG_1).fma(u, ONE);
        FloatVector n2 = exponent.add(ROUNDER_BITS).reinterpretAsFloats().sub(LOG_ROUNDER);
        FloatVector log = n2.fma(LN2_HIGH, n2.fma(LN2_LOW, s.add(s).mul(v)));
        FloatVector x = log.mul(times);
        // FloatExp.exp
        FloatVector y = x.max(EXP_LOWEST).min(EXP_HIGHEST);
        FloatVector k = y.fma(LOG2_E, EXP_ROUNDER);
        FloatVector m = k.sub(EXP_ROUNDER);
        FloatVector r = m.fma(MINUS_LN2_LOW, m.fma(MINUS_LN2_HIGH, y));
        FloatVector q = EXP_6.fma(r, EXP_5).fma(r, EXP_4).fma(r, EXP_3).fma(r, EXP_2);
        q = q.fma(r, ONE).fma(r, ONE);
        IntVector bits =
            k.reinterpretAsInts().add(EXP_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
        FloatVector term = q.mul(bits.reinterpretAsFloats()).mul(each);
        ZERO.blend(term.div(ratio), counts).intoArray(a, i);
        sum = sum.add(ZERO.blend(term, counts));
      }
      sum.intoArray(lanes, lane);
    }
    float total = ScalarKernels.combine(lanes);
    for (int i = offset + whole; i < offset + n; i++) {
      total +=
          ScalarScoreKernels.reluPower(
              a, i, w[(i - offset) & mask], scale, shift, origin, power, inverse);
    }
    return total;
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
    float[] w = weights == null ? ONES : weights;
    int mask = weights == null ? Kernels.VIRTUAL_LANES - 1 : -1;
    FloatVector factor = all(scale * -2f);
    FloatVector minus = all(shift);
    FloatVector times = all(power);
    FloatVector top = all(largest);
    int whole = n - n % Kernels.VIRTUAL_LANES;
    for (int lane = 0; lane < Kernels.VIRTUAL_LANES; lane += LANES) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = offset + lane; i < offset + whole; i += Kernels.VIRTUAL_LANES) {
        FloatVector each = at(w, (i - offset) & mask);
        FloatVector x = at(a, i).sub(minus).mul(factor);
        // FloatSigmoid.softplus and sigmoid
        FloatVector e = exp(x.abs().neg());
        FloatVector s = e.div(TWO.add(e));
        FloatVector t = s.mul(s);
        FloatVector p = SOFTPLUS_4.fma(t, SOFTPLUS_3).fma(t, SOFTPLUS_2).fma(t, SOFTPLUS_1);
        FloatVector softplus = s.add(s).fma(p.fma(t, ONE), x.max(ZERO));
        FloatVector upper = ONE.div(ONE.add(e));
        FloatVector sigmoid = e.mul(upper).blend(upper, x.compare(VectorOperators.GE, ZERO));
        FloatVector z = top.sub(softplus).mul(times);
        // FloatExp.exp
        FloatVector y = z.max(EXP_LOWEST).min(EXP_HIGHEST);
        FloatVector k = y.fma(LOG2_E, EXP_ROUNDER);
        FloatVector m = k.sub(EXP_ROUNDER);
        FloatVector r = m.fma(MINUS_LN2_LOW, m.fma(MINUS_LN2_HIGH, y));
        FloatVector q = EXP_6.fma(r, EXP_5).fma(r, EXP_4).fma(r, EXP_3).fma(r, EXP_2);
        q = q.fma(r, ONE).fma(r, ONE);
        IntVector bits =
            k.reinterpretAsInts().add(EXP_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
        FloatVector term = q.mul(bits.reinterpretAsFloats()).mul(each);
        term.mul(sigmoid.add(sigmoid)).intoArray(a, i);
        sum = sum.add(term);
      }
      sum.intoArray(lanes, lane);
    }
    float total = ScalarKernels.combine(lanes);
    for (int i = offset + whole; i < offset + n; i++) {
      total +=
          ScalarScoreKernels.tanhPower(a, i, w[(i - offset) & mask], scale, shift, power, largest);
    }
    return total;
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
    float[] w = weights == null ? ONES : weights;
    int mask = weights == null ? Kernels.VIRTUAL_LANES - 1 : -1;
    float inverse = 1f / largest;
    FloatVector factor = all(scale);
    FloatVector minus = all(shift);
    FloatVector times = all(power);
    FloatVector over = all(inverse);
    int whole = n - n % Kernels.VIRTUAL_LANES;
    for (int lane = 0; lane < Kernels.VIRTUAL_LANES; lane += LANES) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = offset + lane; i < offset + whole; i += Kernels.VIRTUAL_LANES) {
        FloatVector each = at(w, (i - offset) & mask);
        FloatVector d = at(a, i).sub(minus).mul(factor);
        // FloatAtan.onePlusAtan(d)
        VectorMask<Float> low = d.compare(VectorOperators.LT, ATAN_LOW);
        VectorMask<Float> high = d.compare(VectorOperators.GT, ONE);
        FloatVector above = d.sub(ATAN_ROOT).sub(ATAN_ROOT_REST);
        FloatVector numerator = d.blend(above, low).blend(MINUS_ONE, high);
        FloatVector denominator = ONE.blend(d.fma(ATAN_ROOT, ONE), low).blend(d, high);
        FloatVector base = ONE.blend(ZERO, low).blend(ONE_AND_HALF_PI, high);
        FloatVector z = numerator.div(denominator);
        FloatVector t = z.mul(z);
        FloatVector p = ATAN_8.fma(t, ATAN_7).fma(t, ATAN_6).fma(t, ATAN_5).fma(t, ATAN_4);
        p = p.fma(t, ATAN_3).fma(t, ATAN_2).fma(t, ATAN_1).fma(t, ONE);
        FloatVector ratio = p.fma(z, base).mul(over);
        // FloatLog.log(ratio)
        VectorMask<Float> counts = ratio.compare(VectorOperators.GE, LOG_SMALLEST);
        IntVector raw = ratio.max(LOG_SMALLEST).reinterpretAsInts();
        IntVector exponent = raw.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, MANTISSA_BITS);
        IntVector mantissa = raw.sub(exponent.lanewise(VectorOperators.LSHL, MANTISSA_BITS));
        FloatVector f = mantissa.reinterpretAsFloats();
        FloatVector s = f.sub(ONE).div(f.add(ONE));
        FloatVector u = s.mul(s);
        FloatVector v = LOG_3.fma(u, LOG_2).fma(u, LOG_1).fma(u, ONE);
        FloatVector n2 = exponent.add(ROUNDER_BITS).reinterpretAsFloats().sub(LOG_ROUNDER);
        FloatVector log = n2.fma(LN2_HIGH, n2.fma(LN2_LOW, s.add(s).mul(v)));
        FloatVector x = log.mul(times);
        // FloatExp.exp
        FloatVector y = x.max(EXP_LOWEST).min(EXP_HIGHEST);
        FloatVector k = y.fma(LOG2_E, EXP_ROUNDER);
        FloatVector m = k.sub(EXP_ROUNDER);
        FloatVector r = m.fma(MINUS_LN2_LOW, m.fma(MINUS_LN2_HIGH, y));
        FloatVector q = EXP_6.fma(r, EXP_5).fma(r, EXP_4).fma(r, EXP_3).fma(r, EXP_2);
        q = q.fma(r, ONE).fma(r, ONE);
        IntVector bits =
            k.reinterpretAsInts().add(EXP_BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
        FloatVector term = q.mul(bits.reinterpretAsFloats()).mul(each);
        ZERO.blend(term.div(d.fma(d, ONE).mul(ratio)), counts).intoArray(a, i);
        sum = sum.add(ZERO.blend(term, counts));
      }
      sum.intoArray(lanes, lane);
    }
    float total = ScalarKernels.combine(lanes);
    for (int i = offset + whole; i < offset + n; i++) {
      total +=
          ScalarScoreKernels.atanPower(a, i, w[(i - offset) & mask], scale, shift, power, inverse);
    }
    return total;
  }
}
