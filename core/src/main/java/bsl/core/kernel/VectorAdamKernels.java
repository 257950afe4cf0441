package bsl.core.kernel;

import static bsl.core.kernel.VectorKernels.LANES;
import static bsl.core.kernel.VectorKernels.S;
import static bsl.core.kernel.VectorKernels.at;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Vector API implementation. */
final class VectorAdamKernels implements AdamKernels {
  private static final FloatVector ZERO = FloatVector.zero(S);
  private static final FloatVector MIN_NORMAL = FloatVector.broadcast(S, Float.MIN_NORMAL);

  @Override
  public void step(
      float[] p,
      float[] m,
      float[] v,
      int offset,
      float[] g,
      int gOffset,
      int n,
      float beta1,
      float beta2,
      float alpha,
      float epsilon) {
    FloatVector rate1 = FloatVector.broadcast(S, 1f - beta1);
    FloatVector rate2 = FloatVector.broadcast(S, 1f - beta2);
    for (int i = 0; i < n; i += LANES) {
      int o = offset + i;
      FloatVector gradient = at(g, gOffset + i);
      FloatVector first = rate1.fma(gradient, at(m, o).mul(beta1));
      FloatVector second = rate2.mul(gradient).fma(gradient, at(v, o).mul(beta2));
      first.intoArray(m, o);
      second.intoArray(v, o);
      FloatVector step = first.mul(alpha).div(second.sqrt().add(epsilon));
      at(p, o).sub(step).intoArray(p, o);
    }
  }

  @Override
  public void idle(
      float[] p,
      float[] m,
      float[] v,
      int offset,
      int n,
      float beta1,
      float beta2,
      float[] alpha,
      float[] epsilon,
      int from,
      int to) {
    for (int i = 0; i < n; i += 2 * LANES) {
      int o = offset + i;
      FloatVector p0 = at(p, o);
      FloatVector p1 = at(p, o + LANES);
      FloatVector m0 = at(m, o);
      FloatVector m1 = at(m, o + LANES);
      FloatVector v0 = at(v, o);
      FloatVector v1 = at(v, o + LANES);
      for (int s = from; s < to; s++) {
        m0 = m0.mul(beta1);
        m1 = m1.mul(beta1);
        v0 = v0.mul(beta2);
        v1 = v1.mul(beta2);
        p0 = p0.sub(m0.mul(alpha[s]).div(v0.sqrt().add(epsilon[s])));
        p1 = p1.sub(m1.mul(alpha[s]).div(v1.sqrt().add(epsilon[s])));
      }
      p0.intoArray(p, o);
      p1.intoArray(p, o + LANES);
      m0.intoArray(m, o);
      m1.intoArray(m, o + LANES);
      v0.intoArray(v, o);
      v1.intoArray(v, o + LANES);
    }
  }

  @Override
  public void repeat(
      float[] p,
      float[] m,
      float[] v,
      int offset,
      float[] g,
      int gOffset,
      int n,
      float beta1,
      float beta2,
      float[] alpha,
      float[] epsilon,
      int from,
      int to) {
    FloatVector rate1 = FloatVector.broadcast(S, 1f - beta1);
    FloatVector rate2 = FloatVector.broadcast(S, 1f - beta2);
    for (int i = 0; i < n; i += 2 * LANES) {
      int o = offset + i;
      FloatVector g0 = at(g, gOffset + i);
      FloatVector g1 = at(g, gOffset + i + LANES);
      FloatVector scaled0 = rate2.mul(g0);
      FloatVector scaled1 = rate2.mul(g1);
      FloatVector p0 = at(p, o);
      FloatVector p1 = at(p, o + LANES);
      FloatVector m0 = at(m, o);
      FloatVector m1 = at(m, o + LANES);
      FloatVector v0 = at(v, o);
      FloatVector v1 = at(v, o + LANES);
      for (int s = from; s < to; s++) {
        m0 = rate1.fma(g0, m0.mul(beta1));
        m1 = rate1.fma(g1, m1.mul(beta1));
        v0 = scaled0.fma(g0, v0.mul(beta2));
        v1 = scaled1.fma(g1, v1.mul(beta2));
        p0 = p0.sub(m0.mul(alpha[s]).div(v0.sqrt().add(epsilon[s])));
        p1 = p1.sub(m1.mul(alpha[s]).div(v1.sqrt().add(epsilon[s])));
      }
      p0.intoArray(p, o);
      p1.intoArray(p, o + LANES);
      m0.intoArray(m, o);
      m1.intoArray(m, o + LANES);
      v0.intoArray(v, o);
      v1.intoArray(v, o + LANES);
    }
  }

  @Override
  public void accumulate(
      float[] m, float[] v, int offset, float[] g, int gOffset, int n, float rate1, float rate2) {
    FloatVector first = FloatVector.broadcast(S, rate1);
    FloatVector second = FloatVector.broadcast(S, rate2);
    for (int i = 0; i < n; i += LANES) {
      int o = offset + i;
      FloatVector gradient = at(g, gOffset + i);
      first.fma(gradient, at(m, o)).intoArray(m, o);
      second.mul(gradient).fma(gradient, at(v, o)).intoArray(v, o);
    }
  }

  @Override
  public void settle(
      float[] p,
      float[] m,
      float[] v,
      int offset,
      int n,
      float weight,
      float epsilon,
      float decay1,
      float decay2) {
    for (int i = 0; i < n; i += LANES) {
      int o = offset + i;
      FloatVector first = at(m, o);
      FloatVector second = at(v, o);
      FloatVector step = first.mul(weight).div(second.sqrt().add(epsilon));
      at(p, o).sub(step).intoArray(p, o);
      normalOrZero(first.mul(decay1)).intoArray(m, o);
      normalOrZero(second.mul(decay2)).intoArray(v, o);
    }
  }

  private static FloatVector normalOrZero(FloatVector x) {
    return x.blend(ZERO, x.abs().compare(VectorOperators.LT, MIN_NORMAL));
  }
}
