package bsl.core.kernel;

/**
 * The logistic function and its integral, the softplus log(1 + exp(x)), that scalar and vector code
 * share. With e = exp(-|x|), log(1 + e) = 2 artanh(e / (2 + e)) by an odd minimax polynomial of
 * degree 9.
 *
 * <p>Relative error at most 5e-7 on [-86, 86]; beyond, both stay finite and positive as {@link
 * FloatExp} does. NaN stays NaN.
 */
public final class FloatSigmoid {
  static final float C4 = 0x1.2055eep-3f;
  static final float C3 = 0x1.1e5cfcp-3f;
  static final float C2 = 0x1.99da14p-3f;
  static final float C1 = 0x1.5554e2p-2f;

  private FloatSigmoid() {}

  /** 1 / (1 + exp(-x)). */
  public static float sigmoid(float x) {
    float e = FloatExp.exp(-Math.abs(x));
    float upper = 1f / (1f + e);
    return x >= 0f ? upper : e * upper;
  }

  /** log(1 + exp(x)). */
  public static float softplus(float x) {
    float e = FloatExp.exp(-Math.abs(x));
    float s = e / (2f + e);
    float t = s * s;
    float p = Math.fma(C4, t, C3);
    p = Math.fma(p, t, C2);
    p = Math.fma(p, t, C1);
    p = Math.fma(p, t, 1f);
    return Math.fma(s + s, p, Math.max(x, 0f));
  }
}
