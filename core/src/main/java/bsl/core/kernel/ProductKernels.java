package bsl.core.kernel;

/**
 * Products of dense matrices: scores of many users and items, and their gradients sent back.
 *
 * <p>Matrices are row-major with a stride in floats; padded widths are those of {@link Kernels}.
 */
public interface ProductKernels {
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

  /**
   * Packs rows into panels of {@value Kernels#PANEL} columns: {@code panels[(j / 32) * 32 * dim + k
   * * 32 + j mod 32] = b[j][k]}; columns from {@code count} to the padded number are zero.
   *
   * @param panels output of at least {@code padded(count) * dim} floats
   */
  static void packPanels(
      float[] b, int bOffset, int bStride, int count, int dim, float[] panels, int panelsOffset) {
    for (int first = 0; first < count; first += Kernels.PANEL) {
      int base = panelsOffset + first * dim;
      int width = Math.min(Kernels.PANEL, count - first);
      for (int j = 0; j < Kernels.PANEL; j++) {
        if (j < width) {
          int row = bOffset + (first + j) * bStride;
          for (int k = 0; k < dim; k++) {
            panels[base + k * Kernels.PANEL + j] = b[row + k];
          }
        } else {
          for (int k = 0; k < dim; k++) {
            panels[base + k * Kernels.PANEL + j] = 0f;
          }
        }
      }
    }
  }
}
