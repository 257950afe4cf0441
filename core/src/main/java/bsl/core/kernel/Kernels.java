package bsl.core.kernel;

import java.lang.System.Logger.Level;

/**
 * The inner loops over {@code float} arrays, handed out by what they work on: {@link #products()},
 * {@link #rows()}, {@link #scores()}, {@link #sparse()} and {@link #adam()}.
 *
 * <p><b>The same bits everywhere.</b> Every implementation returns the same bits on every hardware,
 * because the order of rounding is part of each method's contract: a product accumulates each
 * output in its own lane, one fused multiply-add per term in ascending order of the summation
 * index; horizontal sums run over {@value #VIRTUAL_LANES} virtual lanes (element {@code i} belongs
 * to lane {@code i mod 16}) that are combined pairwise, lane {@code i} with lane {@code i + 8},
 * then {@code + 4}, {@code + 2}, {@code + 1}, and the last {@code n mod 16} elements are added to
 * that one by one; {@code exp} is one polynomial ({@link FloatExp}).
 *
 * <p>Matrices are row-major with a stride in floats. Widths that a method calls <i>padded</i> must
 * be multiples of {@value #PANEL}; padding columns hold zeros. Methods keep no state and may run on
 * any number of threads. Vector kernels allocate nothing. Arguments are not checked beyond array
 * bounds.
 */
public final class Kernels {
  /** Columns of a panel of {@link ProductKernels#packPanels}. */
  public static final int PANEL = 32;

  /** Lanes of a horizontal sum, whatever the hardware has. */
  public static final int VIRTUAL_LANES = 16;

  /**
   * System property that chooses the implementation: {@code auto} (default), {@code vector} (fail
   * if the Vector API cannot be used) or {@code scalar}.
   */
  public static final String PROPERTY = "bsl.kernels";

  /**
   * System property that fixes the width of vectors: 128, 256 or 512 bits; without it, what the
   * hardware prefers. Results have the same bits at each width. Vectors wider than the hardware's
   * are emulated, very slowly, which is good for tests only.
   */
  public static final String BITS_PROPERTY = "bsl.kernels.bits";

  private final String name;
  private final ProductKernels products;
  private final RowKernels rows;
  private final ScoreKernels scores;
  private final SparseKernels sparse;
  private final AdamKernels adam;

  Kernels(
      String name,
      ProductKernels products,
      RowKernels rows,
      ScoreKernels scores,
      SparseKernels sparse,
      AdamKernels adam) {
    this.name = name;
    this.products = products;
    this.rows = rows;
    this.scores = scores;
    this.sparse = sparse;
    this.adam = adam;
  }

  /**
   * The implementation that {@value #PROPERTY} asks for, chosen once and logged with the reason.
   *
   * @throws IllegalStateException if {@code vector} is demanded and not to be had, or the
   *     property's value is unknown
   */
  public static Kernels best() {
    if (Holder.BEST == null) {
      throw new IllegalStateException(Holder.REFUSAL);
    }
    return Holder.BEST;
  }

  /** The plain Java implementation. */
  public static Kernels scalar() {
    return ScalarKernels.INSTANCE;
  }

  /** A short name with the vector width, e.g. {@code vector-512}. */
  public String name() {
    return name;
  }

  /** Products of dense matrices. */
  public ProductKernels products() {
    return products;
  }

  /** Passes over one row of floats. */
  public RowKernels rows() {
    return rows;
  }

  /** Passes over rows of scores, for losses. */
  public ScoreKernels scores() {
    return scores;
  }

  /** Products of a sparse matrix and a dense one. */
  public SparseKernels sparse() {
    return sparse;
  }

  /** Steps of the optimiser. */
  public AdamKernels adam() {
    return adam;
  }

  /** Chooses once, on first use. */
  static final class Holder {
    private static final Kernels BEST;

    /**
     * Why there are none. Thrown from here it would be an error of the class, and another later.
     */
    private static final String REFUSAL;

    static {
      Kernels chosen = null;
      String refusal = null;
      try {
        chosen = choose(System.getProperty(PROPERTY, "auto"), System.getProperty(BITS_PROPERTY));
      } catch (IllegalStateException e) {
        refusal = e.getMessage();
      }
      BEST = chosen;
      REFUSAL = refusal;
    }

    private Holder() {}

    static Kernels choose(String wanted, String bits) {
      System.Logger log = System.getLogger(Kernels.class.getName());
      if (wanted.equals("scalar")) {
        log.log(Level.INFO, "kernels: scalar, because -D{0}=scalar asks for them", PROPERTY);
        return scalar();
      }
      if (!wanted.equals("auto") && !wanted.equals("vector")) {
        throw new IllegalStateException(
            "-D" + PROPERTY + "=" + wanted + " is none of auto, vector, scalar");
      }
      if (bits != null && !bits.matches("128|256|512")) {
        throw new IllegalStateException(
            "-D" + BITS_PROPERTY + "=" + bits + " is none of 128, 256, 512");
      }
      String obstacle = obstacle();
      if (obstacle == null) {
        Kernels vector = VectorKernels.create();
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
