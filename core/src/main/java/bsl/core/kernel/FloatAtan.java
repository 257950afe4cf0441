package bsl.core.kernel;

/**
 * The function 1 + atan(x) of pairwise softmax loss, which scalar and vector code share.
 *
 * <p>It has a root at -tan 1, where adding 1 to an arc tangent would cancel. So three arguments of
 * one polynomial cover the line:
 *
 * <ul>
 *   <li>below {@value #LOW}: atan x + 1 = atan((x - r) / (1 + r x)) with the root r in two parts;
 *   <li>from there to 1: atan x itself, plus 1;
 *   <li>above 1: -atan(1 / x), plus 1 + pi / 2.
 * </ul>
 *
 * <p>The polynomial is odd, minimax, of degree 17 on [-1, 1]. The relative error is at most 5e-7
 * for every x from -2e38 on, the neighbours of the root included. Further below, intermediate
 * results overflow. NaN stays NaN; minus infinity gives NaN.
 */
public final class FloatAtan {
  /** Just below tan(pi / 4 - 1), where the argument of the first case is 1. */
  static final float LOW = -0.21875f;

  /** -tan 1, rounded. */
  static final float ROOT = -0x1.8eb246p0f;

  /** What rounding left of -tan 1. */
  static final float ROOT_REST = 0x1.a08e2cp-27f;

  static final float ONE_AND_HALF_PI = 0x1.490fdap1f;
  static final float C8 = 0x1.6a9512p-9f;
  static final float C7 = -0x1.01bda4p-6f;
  static final float C6 = 0x1.5931p-5f;
  static final float C5 = -0x1.316ecap-4f;
  static final float C4 = 0x1.b2edbp-4f;
  static final float C3 = -0x1.22c55ap-3f;
  static final float C2 = 0x1.996efcp-3f;
  static final float C1 = -0x1.55548ep-2f;

  private FloatAtan() {}

  /** 1 + atan(x), between 1 - pi/2 and 1 + pi/2. */
  public static float onePlusAtan(float x) {
    boolean low = x < LOW;
    boolean high = x > 1f;
    float numerator = high ? -1f : low ? x - ROOT - ROOT_REST : x;
    float denominator = high ? x : low ? Math.fma(x, ROOT, 1f) : 1f;
    float base = high ? ONE_AND_HALF_PI : low ? 0f : 1f;
    float z = numerator / denominator;
    float t = z * z;
    float p = Math.fma(C8, t, C7);
    p = Math.fma(p, t, C6);
    p = Math.fma(p, t, C5);
    p = Math.fma(p, t, C4);
    p = Math.fma(p, t, C3);
    p = Math.fma(p, t, C2);
    p = Math.fma(p, t, C1);
    p = Math.fma(p, t, 1f);
    return Math.fma(p, z, base);
  }
}
