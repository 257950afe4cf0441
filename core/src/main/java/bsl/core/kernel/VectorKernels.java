package bsl.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels written with the Vector API, for vectors of 4, 8 or 16 floats, and what they share:
 * the width, loading and broadcasting, the exponential.
 */
final class VectorKernels {
  static final VectorSpecies<Float> S = species();

  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());

  /** Floats in one vector. */
  static final int LANES = S.length();

  // Vectors made once: a broadcast costs as much of the compiler's budget for inlining as an
  // operation.
  private static final FloatVector ONE = all(1f);
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

  private VectorKernels() {}

  private static VectorSpecies<Float> species() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return switch (Integer.getInteger(Kernels.BITS_PROPERTY, preferred.vectorBitSize())) {
      case 64 -> FloatVector.SPECIES_64;
      case 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      default -> FloatVector.SPECIES_512;
    };
  }

  static Kernels create() {
    return new Kernels(
        "vector-" + S.vectorBitSize(),
        new VectorProductKernels(),
        new VectorRowKernels(),
        new VectorScoreKernels(),
        new VectorSparseKernels(),
        new VectorAdamKernels());
  }

  static FloatVector all(float value) {
    return FloatVector.broadcast(S, value);
  }

  static IntVector all(int value) {
    return IntVector.broadcast(I, value);
  }

  static FloatVector at(float[] a, int offset) {
    return FloatVector.fromArray(S, a, offset);
  }

  /** Lane-wise {@link FloatExp#exp}. */
  static FloatVector exp(FloatVector x) {
    FloatVector y = x.max(EXP_LOWEST).min(EXP_HIGHEST);
    FloatVector rounded = y.fma(LOG2_E, EXP_ROUNDER);
    FloatVector n = rounded.sub(EXP_ROUNDER);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, y));
    FloatVector q = EXP_6.fma(r, EXP_5);
    q = q.fma(r, EXP_4);
    q = q.fma(r, EXP_3);
    q = q.fma(r, EXP_2);
    q = q.fma(r, ONE).fma(r, ONE);
    IntVector power =
        rounded
            .reinterpretAsInts()
            .add(EXP_BIAS)
            .lanewise(VectorOperators.LSHL, FloatExp.MANTISSA_BITS);
    return q.mul(power.reinterpretAsFloats());
  }
}
