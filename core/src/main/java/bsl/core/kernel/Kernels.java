package bsl.core.kernel;

import java.lang.System.Logger.Level;

/**
 * The inner loops over {@code float} arrays.
 *
 * <p><b>The same bits everywhere.</b> Every implementation returns the same bits on every hardware,
 * because the order of rounding is part of each method's contract: a product accumulates each
 * output in its own lane, one fused multiply-add per term in ascending order of the summation
 * index; horizontal sums run over {@value #VIRTUAL_LANES} virtual lanes (element {@code i} belongs
 * to lane {@code i mod 16}) that are combined pairwise, lane {@code i} with lane {@code i + 8},
 * then {@code + 4}, {@code + 2}, {@code + 1}; {@code exp} is one polynomial ({@link FloatExp}).
 *
 * <p>Matrices are row-major with a stride in floats. Widths that a method calls <i>padded</i> must
 * be multiples of {@value #PANEL}; padding columns hold zeros. Methods neither allocate nor keep
 * state and may run on any number of threads. Arguments are not checked beyond array bounds.
 */
public interface Kernels {
  /** Columns of a panel of {@link #packPanels}. */
  int PANEL = 32;

  /** Lanes of a horizontal sum, whatever the hardware has. */
  int VIRTUAL_LANES = 16;

  /**
   * System property that chooses the implementation: {@code auto} (default), {@code vector} (fail
   * if the Vector API cannot be used) or {@code scalar}.
   */
  String PROPERTY = "bsl.kernels";

  /**
   * The implementation that {@value #PROPERTY} asks for, chosen once and logged with the reason.
   *
   * @throws IllegalStateException if {@code vector} is demanded and not to be had, or the
   *     property's value is unknown
   */
  static Kernels best() {
    return Holder.BEST;
  }

  /** The plain Java implementation. */
  static Kernels scalar() {
    return ScalarKernels.INSTANCE;
  }

  /** A short name with the vector width, e.g. {@code vector-512}. */
  String name();

  /** Passes over rows of scores, for losses. */
  ScoreKernels scores();

  /**
   * {@code c[r][j] = sum_k a[r][k] * b[j][k]} for the padded number of columns, ascending {@code
   * k}.
   *
   * @param a left matrix, {@code rows x dim}
   * @param dim padded number of terms
   * @param panels right matrix as written by {@link #packPanels}
   * @param columns padded number of columns {@code j}
   * @param c output, {@code rows x columns}, overwritten
   */
  void product(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      int dim,
      float[] panels,
      int columns,
      float[] c,
      int cOffset,
      int cStride);

  /**
   * {@code out[r][d] = out[r][d] + sum_j g[r][j] * b[j][d]}, ascending {@code j}.
   *
   * @param g left matrix, {@code rows x terms}
   * @param b right matrix, {@code terms x width}
   * @param width padded number of output columns
   * @param out output, {@code rows x width}, added to
   */
  void multiplyAdd(
      float[] g,
      int gOffset,
      int gStride,
      int rows,
      int terms,
      float[] b,
      int bOffset,
      int bStride,
      int width,
      float[] out,
      int outOffset,
      int outStride);

  /**
   * {@code out[j][d] = out[j][d] + sum_r g[r][j] * a[r][d]}, ascending {@code r}.
   *
   * @param g left matrix before transposition, {@code rows x columns}
   * @param a right matrix, {@code rows x width}
   * @param width padded number of output columns
   * @param out output, {@code columns x width}, added to
   */
  void transposedMultiplyAdd(
      float[] g,
      int gOffset,
      int gStride,
      int rows,
      int columns,
      float[] a,
      int aOffset,
      int aStride,
      int width,
      float[] out,
      int outOffset,
      int outStride);

  /** {@code sum_i a[i] * b[i]} over the virtual lanes. */
  float dot(float[] a, int aOffset, float[] b, int bOffset, int n);

  /** The largest of {@code n} values; negative infinity if {@code n} is 0, NaN if one is NaN. */
  float max(float[] a, int offset, int n);

  /**
   * {@code a[i] = exp(a[i] * scale - shift)} in place, with one rounding before the exponential.
   *
   * @param lanes scratch for {@value #VIRTUAL_LANES} floats
   * @return the sum of the results over the virtual lanes
   */
  float expSum(float[] a, int offset, int n, float scale, float shift, float[] lanes);

  /** {@code a[i] = a[i] * factor} in place. */
  void scale(float[] a, int offset, int n, float factor);

  /**
   * The first index in {@code [from, to)} whose value is at least {@code threshold}, or {@code to}.
   */
  int firstAtLeast(float[] a, int from, int to, float threshold);

  /**
   * One step of Adam on {@code n} parameters with a gradient: {@code m = b1 m + (1-b1) g}, {@code v
   * = b2 v + (1-b2) g^2}, {@code p = p - alpha m / (sqrt(v) + epsilon)}.
   *
   * @param n padded number of parameters
   */
  void adamStep(
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
      float epsilon);

  /**
   * Steps {@code from} to {@code to - 1} of Adam on {@code n} parameters whose gradient is zero in
   * all of them.
   *
   * @param n padded number of parameters
   * @param alpha step size by step
   * @param epsilon epsilon by step
   */
  void adamIdle(
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
      int to);

  /**
   * Rows {@code from} to {@code to - 1} of a sparse matrix times a dense one: {@code out[r -
   * from][d] = sum_e weights[e] * x[columns[e]][d]}, ascending {@code e} from {@code offsets[r]} to
   * {@code offsets[r + 1] - 1}, one fused multiply-add per entry, beginning with zero.
   *
   * @param offsets index of each row's first entry, {@code rows + 1} values
   * @param columns row of {@code x} of each entry
   * @param weights weight of each entry
   * @param x dense matrix, not the output
   * @param xStride floats from one row of {@code x} to the next
   * @param width padded number of columns of {@code x} and the output
   * @param out output, {@code (to - from) x width}, overwritten
   */
  void sparseProduct(
      int[] offsets,
      int[] columns,
      float[] weights,
      int from,
      int to,
      float[] x,
      int xStride,
      int width,
      float[] out,
      int outOffset,
      int outStride);

  /**
   * Packs rows into panels of {@value #PANEL} columns: {@code panels[(j / 32) * 32 * dim + k * 32 +
   * j mod 32] = b[j][k]}; columns from {@code count} to the padded number are zero.
   *
   * @param panels output of at least {@code padded(count) * dim} floats
   */
  static void packPanels(
      float[] b, int bOffset, int bStride, int count, int dim, float[] panels, int panelsOffset) {
    for (int first = 0; first < count; first += PANEL) {
      int base = panelsOffset + first * dim;
      int width = Math.min(PANEL, count - first);
      for (int j = 0; j < PANEL; j++) {
        if (j < width) {
          int row = bOffset + (first + j) * bStride;
          for (int k = 0; k < dim; k++) {
            panels[base + k * PANEL + j] = b[row + k];
          }
        } else {
          for (int k = 0; k < dim; k++) {
            panels[base + k * PANEL + j] = 0f;
          }
        }
      }
    }
  }

  /** Chooses once, on first use. */
  final class Holder {
    private static final Kernels BEST = choose(System.getProperty(PROPERTY, "auto"));

    private Holder() {}

    static Kernels choose(String wanted) {
      System.Logger log = System.getLogger(Kernels.class.getName());
      if (wanted.equals("scalar")) {
        log.log(Level.INFO, "kernels: scalar, because -D{0}=scalar asks for them", PROPERTY);
        return scalar();
      }
      if (!wanted.equals("auto") && !wanted.equals("vector")) {
        throw new IllegalStateException(
            "-D" + PROPERTY + "=" + wanted + " is none of auto, vector, scalar");
      }
      String obstacle = obstacle();
      if (obstacle == null) {
        Kernels vector = new VectorKernels();
        log.log(Level.INFO, "kernels: {0}", vector.name());
        return vector;
      }
      if (wanted.equals("vector")) {
        throw new IllegalStateException("-D" + PROPERTY + "=vector, but " + obstacle);
      }
      log.log(Level.WARNING, "kernels: scalar, several times slower, because {0}", obstacle);
      return scalar();
    }

    private static String obstacle() {
      if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
        return "the JVM was started without --add-modules jdk.incubator.vector";
      }
      int lanes = VectorKernels.LANES;
      if (lanes < 4) {
        return "this processor's vectors hold only " + lanes + " floats";
      }
      return null;
    }
  }
}
