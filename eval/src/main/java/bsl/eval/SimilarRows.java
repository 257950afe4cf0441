package bsl.eval;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * Finds similar items, or similar users: those whose embeddings have the largest cosine. None is
 * among those that are similar to itself.
 */
public final class SimilarRows {
  private SimilarRows() {}

  /**
   * A recommender that takes rows of a table for users and recommends rows of the same table.
   *
   * @param rows number of rows of the table
   * @param kernels implementation of the inner loops, usually {@link Kernels#best}
   * @param pool threads that do the work
   */
  public static TopKRecommender among(int rows, Kernels kernels, WorkPool pool) {
    int[] each = new int[rows];
    Arrays.setAll(each, row -> row);
    Interactions itself = Interactions.of(rows, rows, each, each);
    return new TopKRecommender(List.of(itself), ScoreFunction.COSINE, kernels, pool);
  }

  /** The embeddings that such a recommender takes. */
  public static Embeddings embeddings(EmbeddingTable table) {
    return new Embeddings(table, table);
  }
}
