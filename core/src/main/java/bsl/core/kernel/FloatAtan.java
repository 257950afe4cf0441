package bsl.core.kernel;

/**
 * The arc tangent that scalar and vector code share: an odd minimax polynomial of degree 17 on [-1,
 * 1], pi / 2 less that of the reciprocal beyond. Relative error at most 4e-7; NaN stays NaN.
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
}
