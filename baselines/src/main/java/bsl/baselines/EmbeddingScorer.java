package bsl.baselines;

import bsl.core.EmbeddingTable;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import bsl.eval.UserScorer;
import java.util.Objects;

/** Scores by inner products of embeddings. */
final class EmbeddingScorer implements UserScorer {
  private final EmbeddingTable users;
  private final int items;
  private final float[] panels;
  private final ProductKernels products;

  EmbeddingScorer(EmbeddingTable users, EmbeddingTable items, Kernels kernels) {
    this.users = users;
    this.items = items.rows();
    this.products = kernels.products();
    int stride = items.stride();
    panels =
        new float[Math.multiplyExact(EmbeddingTable.paddedTo(Kernels.PANEL, this.items), stride)];
    ProductKernels.packPanels(
        items.values(), items.offset(0), stride, this.items, stride, panels, 0);
  }

  @Override
  public void score(int user, float[] scores) {
    Objects.checkIndex(user, users.rows());
    int stride = users.stride();
    int whole = items / Kernels.PANEL * Kernels.PANEL;
    products.product(
        users.values(), users.offset(user), stride, 1, stride, panels, whole, scores, 0, whole);
    if (whole < items) {
      System.arraycopy(lastPanel(user, whole), 0, scores, whole, items - whole);
    }
  }

  /** Scores of the panel that reaches beyond the items, with the kernels' order of rounding. */
  private float[] lastPanel(int user, int first) {
    float[] scores = new float[Kernels.PANEL];
    int stride = users.stride();
    for (int d = 0; d < stride; d++) {
      float value = users.values()[users.offset(user) + d];
      int at = first * stride + d * Kernels.PANEL;
      for (int c = 0; c < Kernels.PANEL; c++) {
        scores[c] = Math.fma(value, panels[at + c], scores[c]);
      }
    }
    return scores;
  }
}
