package bsl.baselines;

import bsl.core.Interactions;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.RowKernels;
import bsl.eval.UserScorer;
import java.util.Arrays;

/** Scores of EASE from the inverse P of items: the user's rows of P, over minus its diagonal. */
final class EaseByItems implements UserScorer {
  private final Interactions train;
  private final SquareTiles inverse;
  private final float[] minusDiagonal;
  private final RowKernels rows;

  private EaseByItems(
      Interactions train, SquareTiles inverse, float[] minusDiagonal, RowKernels rows) {
    this.train = train;
    this.inverse = inverse;
    this.minusDiagonal = minusDiagonal;
    this.rows = rows;
  }

  /**
   * diag(P).
   *
   * @param inverse P
   */
  static double[] diagonal(SymmetricTiles inverse) {
    double[] diagonal = new double[inverse.size()];
    Arrays.setAll(diagonal, i -> inverse.get(i, i));
    return diagonal;
  }

  /**
   * @param inverse P; it must not be used afterwards
   */
  static UserScorer of(Interactions train, SymmetricTiles inverse, Kernels kernels) {
    SquareTiles square = new SquareTiles(inverse);
    float[] minusDiagonal = new float[train.items()];
    for (int i = 0; i < minusDiagonal.length; i++) {
      minusDiagonal[i] = -square.get(i, i);
      square.set(i, i, 0f);
    }
    return new EaseByItems(train, square, minusDiagonal, kernels.rows());
  }

  @Override
  public void score(int user, float[] scores) {
    Arrays.fill(scores, 0f);
    for (int p = train.begin(user); p < train.end(user); p++) {
      inverse.row(
          train.itemAt(p),
          (tile, from, column, length) -> rows.addScaled(1f, tile, from, scores, column, length));
    }
    for (int i = 0; i < minusDiagonal.length; i++) {
      scores[i] /= minusDiagonal[i];
    }
  }
}
