package bsl.core.kernel;

/**
 * The arc tangent that scalar and vector code share: an odd minimax polynomial of degree 17 on [-1,
 * 1], pi / 2 less that of the reciprocal beyond. Relative error at most 4e-7; NaN stays NaN. Its
 * derivative 1 / (1 + x^2) is the squared cosine of the result, an even polynomial of degree 12
 * with an absolute error of at most 3e-7.
 */
public final class FloatAtan {
  static final float HALF_PI = 0x1.921fb6p0f;
  static final float C8 = 0x1.6a9512p-9f;
  static final float C7 = -0x1.01bda4p-6f;
  static final float C6 = 0x1.5931p-5f;
  static final float C5 = -0x1.316ecap-4f;
  static final float C4 = 0x1.b2edbp-4f;
  static final float C3 = -0x1.22c55ap-3f;
  static final float C2 = 0x1.996efcp-3f;
  static final float C1 = -0x1.55548ep-2f;

  static final float COS6 = 0x1.d9f5d8p-19f;
  static final float COS5 = -0x1.22c03ap-13f;
  static final float COS4 = 0x1.9f917cp-9f;
  static final float COS3 = -0x1.6c0f72p-5f;
  static final float COS2 = 0x1.5554f6p-2f;
  static final float COS1 = -0x1.fffff8p-1f;

  private FloatAtan() {}

  /** Arc tangent of {@code x}, in (-pi/2, pi/2). */
  public static float atan(float x) {
    float size = Math.abs(x);
    boolean large = size > 1f;
    float z = large ? 1f / size : size;
    float t = z * z;
    float p = Math.fma(C8, t, C7);
    p = Math.fma(p, t, C6);
    p = Math.fma(p, t, C5);
    p = Math.fma(p, t, C4);
    p = Math.fma(p, t, C3);
    p = Math.fma(p, t, C2);
    p = Math.fma(p, t, C1);
    p = Math.fma(p, t, 1f);
    float angle = z * p;
    float folded = large ? HALF_PI - angle : angle;
    return x < 0f ? -folded : folded;
  }

  /** Derivative of the arc tangent where it has the value {@code angle}, in (-pi/2, pi/2). */
  static float slopeAt(float angle) {
    float t = angle * angle;
    float p = Math.fma(COS6, t, COS5);
    p = Math.fma(p, t, COS4);
    p = Math.fma(p, t, COS3);
    p = Math.fma(p, t, COS2);
    p = Math.fma(p, t, COS1);
    return Math.max(0f, Math.fma(p, t, 1f));
  }
}
