package bsl.core.kernel;

import static bsl.core.kernel.Kernels.VIRTUAL_LANES;
import static bsl.core.kernel.VectorKernels.LANES;
import static bsl.core.kernel.VectorKernels.S;
import static bsl.core.kernel.VectorKernels.all;
import static bsl.core.kernel.VectorKernels.at;
import static bsl.core.kernel.VectorKernels.exp;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Vector API implementation; the virtual lanes of a sum are one, two or four vectors. */
final class VectorRowKernels implements RowKernels {
  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i + VIRTUAL_LANES <= n; i += VIRTUAL_LANES) {
      s0 = at(a, aOffset + i).fma(at(b, bOffset + i), s0);
      if (LANES <= 8) {
        s1 = at(a, aOffset + i + LANES).fma(at(b, bOffset + i + LANES), s1);
      }
      if (LANES == 4) {
        s2 = at(a, aOffset + i + 8).fma(at(b, bOffset + i + 8), s2);
        s3 = at(a, aOffset + i + 12).fma(at(b, bOffset + i + 12), s3);
      }
    }
    float sum = combine(s0, s1, s2, s3);
    for (; i < n; i++) {
      sum = Math.fma(a[aOffset + i], b[bOffset + i], sum);
    }
    return sum;
  }

  /** Combines the virtual lanes, held in 1, 2 or 4 vectors, in the order the contract names. */
  private static float combine(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    if (LANES == 16) {
      return combineOne(s0);
    }
    return LANES == 8 ? combineTwo(s0.add(s1)) : combineFour(s0.add(s2).add(s1.add(s3)));
  }

  // Small methods, because one that is too large to be inlined would have its vectors allocated.

  private static float combineOne(FloatVector s) {
    float evens =
        ((s.lane(0) + s.lane(8)) + (s.lane(4) + s.lane(12)))
            + ((s.lane(2) + s.lane(10)) + (s.lane(6) + s.lane(14)));
    float odds =
        ((s.lane(1) + s.lane(9)) + (s.lane(5) + s.lane(13)))
            + ((s.lane(3) + s.lane(11)) + (s.lane(7) + s.lane(15)));
    return evens + odds;
  }

  private static float combineTwo(FloatVector s) {
    return ((s.lane(0) + s.lane(4)) + (s.lane(2) + s.lane(6)))
        + ((s.lane(1) + s.lane(5)) + (s.lane(3) + s.lane(7)));
  }

  private static float combineFour(FloatVector s) {
    return (s.lane(0) + s.lane(2)) + (s.lane(1) + s.lane(3));
  }

  @Override
  public float max(float[] a, int offset, int n) {
    FloatVector most = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector more = most;
    FloatVector most2 = most;
    FloatVector more2 = most;
    int i = 0;
    // Four chains, since one alone would wait for its own latency; the maximum has no order.
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
      most = most.max(at(a, offset + i));
      more = more.max(at(a, offset + i + LANES));
      most2 = most2.max(at(a, offset + i + 2 * LANES));
      more2 = more2.max(at(a, offset + i + 3 * LANES));
    }
    float max = most.max(more).max(most2.max(more2)).reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      max = Math.max(max, a[offset + i]);
    }
    return max;
  }

  @Override
  public float expSum(float[] a, int offset, int n, float scale, float shift, float[] lanes) {
    FloatVector factor = all(scale);
    FloatVector minus = all(-shift);
    int whole = n - n % VIRTUAL_LANES;
    for (int lane = 0; lane < VIRTUAL_LANES; lane += LANES) {
      FloatVector sum = FloatVector.zero(S);
      for (int i = offset + lane; i < offset + whole; i += VIRTUAL_LANES) {
        FloatVector e = exp(at(a, i).fma(factor, minus));
        e.intoArray(a, i);
        sum = sum.add(e);
      }
      sum.intoArray(lanes, lane);
    }
    float sum = ScalarKernels.combine(lanes);
    for (int i = offset + whole; i < offset + n; i++) {
      a[i] = FloatExp.exp(Math.fma(a[i], scale, -shift));
      sum += a[i];
    }
    return sum;
  }

  @Override
  public void scale(float[] a, int offset, int n, float factor) {
    int whole = S.loopBound(n);
    int i = 0;
    for (; i < whole; i += LANES) {
      at(a, offset + i).mul(factor).intoArray(a, offset + i);
    }
    for (; i < n; i++) {
      a[offset + i] *= factor;
    }
  }

  /** By hand, because the compiler cannot know that the two do not overlap. */
  @Override
  public void addScaled(
      float factor, float[] from, int fromOffset, float[] to, int toOffset, int n) {
    FloatVector factors = all(factor);
    int whole = S.loopBound(n);
    int i = 0;
    for (; i < whole; i += LANES) {
      at(from, fromOffset + i).fma(factors, at(to, toOffset + i)).intoArray(to, toOffset + i);
    }
    for (; i < n; i++) {
      to[toOffset + i] = Math.fma(factor, from[fromOffset + i], to[toOffset + i]);
    }
  }

  private static boolean anyAtLeast(float[] a, int from, float threshold) {
    VectorMask<Float> first = at(a, from).compare(VectorOperators.GE, threshold);
    VectorMask<Float> second = at(a, from + LANES).compare(VectorOperators.GE, threshold);
    VectorMask<Float> third = at(a, from + 2 * LANES).compare(VectorOperators.GE, threshold);
    VectorMask<Float> fourth = at(a, from + 3 * LANES).compare(VectorOperators.GE, threshold);
    return first.or(second).or(third.or(fourth)).anyTrue();
  }

  @Override
  public int firstAtLeast(float[] a, int from, int to, float threshold) {
    int i = from;
    // Nearly all stretches are without a hit, and four vectors cost one branch.
    while (i <= to - 4 * LANES && !anyAtLeast(a, i, threshold)) {
      i += 4 * LANES;
    }
    for (; i + LANES <= to; i += LANES) {
      VectorMask<Float> hit = at(a, i).compare(VectorOperators.GE, threshold);
      if (hit.anyTrue()) {
        return i + hit.firstTrue();
      }
    }
    while (i < to && !(a[i] >= threshold)) {
      i++;
    }
    return i;
  }
}
