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

  /** A deep copy. */
  public Embeddings copy() {
    return new Embeddings(users.copy(), items.copy());
  }
}
