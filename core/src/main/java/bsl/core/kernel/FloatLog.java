package bsl.core.kernel;

/**
 * The natural logarithm that scalar and vector code share: x = 2^k m with m in [sqrt(1/2),
 * sqrt(2)), log m = 2 artanh(s) with s = (m - 1) / (m + 1), an odd minimax polynomial of degree 7
 * in s, fused multiply-adds throughout.
 *
 * <p>Error at most 2e-7 times max(1, |log x|), and relative error at most 3e-7 near 1. Arguments
 * below the smallest normal number count as that number; NaN and infinity give NaN.
 */
public final class FloatLog {
  static final float SMALLEST = Float.MIN_NORMAL;

  /** Bits of sqrt(1/2), from which exponents are counted. */
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  static final int MANTISSA_BITS = 23;

  /** Bits of 1.5 * 2^23, to which an integer can be added to make it a float. */
  static final int ROUNDER_BITS = 0x4b400000;

  static final float ROUNDER = 0x1.8p23f;
  static final float LN2_HIGH = 0x1.62e4p-1f;
  static final float LN2_LOW = 0x1.7f7d1cp-20f;
  static final float C3 = 0x1.326cfep-3f;
  static final float C2 = 0x1.9957acp-3f;
  static final float C1 = 0x1.555588p-2f;

  private FloatLog() {}

  /** Natural logarithm of {@code x}, clamped as described above. */
  public static float log(float x) {
    float y = Math.max(x, SMALLEST);
    int bits = Float.floatToRawIntBits(y);
    int k = (bits - SQRT_HALF_BITS) >> MANTISSA_BITS;
    float m = Float.intBitsToFloat(bits - (k << MANTISSA_BITS));
    float s = (m - 1f) / (m + 1f);
    float t = s * s;
    float p = Math.fma(C3, t, C2);
    p = Math.fma(p, t, C1);
    p = Math.fma(p, t, 1f);
    float n = Float.intBitsToFloat(k + ROUNDER_BITS) - ROUNDER;
    float log = Math.fma(n, LN2_HIGH, Math.fma(n, LN2_LOW, (s + s) * p));
    // Bit tricks lose NaN and infinity; 0 * x brings them back.
    return Math.fma(0f, x, log);
  }
}
