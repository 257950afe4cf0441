package bsl.core.kernel;

/**
 * The exponential that scalar and vector code share: reduction by powers of two (Cody and Waite)
 * and the minimax polynomial of degree 6 (constant and linear term 1) on [-ln 2 / 2, ln 2 / 2],
 * fused multiply-adds throughout.
 *
 * <p>Relative error at most 1.5e-7 on [-87, 88]; arguments beyond are clamped to that range, so
 * that results are finite, normal and positive. NaN stays NaN.
 */
public final class FloatExp {
  static final float LOWEST = -87f;
  static final float HIGHEST = 88f;
  static final float LOG2_E = 1.44269504f;

  /** Adding and subtracting 1.5 * 2^23 rounds to an integer and leaves it in the low bits. */
  static final float ROUNDER = 0x1.8p23f;

  static final float LN2_HIGH = 0x1.62e4p-1f;
  static final float LN2_LOW = 0x1.7f7d1cp-20f;
  static final float C6 = 1.38144661e-03f;
  static final float C5 = 8.36878084e-03f;
  static final float C4 = 4.16683927e-02f;
  static final float C3 = 1.66665196e-01f;
  static final float C2 = 4.99999940e-01f;
  static final int EXPONENT_BIAS = 127;
  static final int MANTISSA_BITS = 23;

  private FloatExp() {}

  /** e to the power of {@code x}, clamped as described above. */
  public static float exp(float x) {
    if (x != x) {
      return x;
    }
    float y = Math.min(Math.max(x, LOWEST), HIGHEST);
    float rounded = Math.fma(y, LOG2_E, ROUNDER);
    float n = rounded - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, y));
    float q = Math.fma(C6, r, C5);
    q = Math.fma(q, r, C4);
    q = Math.fma(q, r, C3);
    q = Math.fma(q, r, C2);
    q = Math.fma(q, r, 1f);
    q = Math.fma(q, r, 1f);
    int power = (Float.floatToRawIntBits(rounded) + EXPONENT_BIAS) << MANTISSA_BITS;
    return q * Float.intBitsToFloat(power);
  }
}
