package bsl.core;

/**
 * Final embeddings of all users and items, as scores are computed from them.
 *
 * @param users one row per user
 * @param items one row per item, of the same dimension
 */
public record Embeddings(EmbeddingTable users, EmbeddingTable items) {
  /**
   * @throws IllegalArgumentException if the dimensions differ
   */
  public Embeddings {
    if (users.dimension() != items.dimension()) {
      throw new IllegalArgumentException("dimensions differ: " + users + " and " + items);
    }
  }

  /**
   * Tables of zeros for as many users and items.
   *
   * @param dimension floats per embedding, at least 1
   */
  public Embeddings zeros(int dimension) {
    return new Embeddings(
        new EmbeddingTable(users.rows(), dimension), new EmbeddingTable(items.rows(), dimension));
  }

  /** A deep copy. */
  public Embeddings copy() {
    return new Embeddings(users.copy(), items.copy());
  }
}
