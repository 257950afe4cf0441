package bsl.backbones;

import bsl.core.Embeddings;
import bsl.core.Interactions;

/**
 * The bipartite graph of observed pairs, symmetrically normalised and without self loops: {@code
 * A-hat = D^-1/2 A D^-1/2}, so that a pair (u, i) weighs {@code 1 / sqrt(degree(u) degree(i))}.
 * Immutable.
 *
 * <p>With users before items, A-hat has zeros where users meet users and items meet items. Only the
 * other two quarters are kept: users x items and its transpose, both as sparse rows. Nodes without
 * pairs are allowed; their rows are empty.
 */
public final class NormalizedGraph {
  private final SparseMatrix toUsers;
  private final SparseMatrix toItems;

  private NormalizedGraph(SparseMatrix toUsers, SparseMatrix toItems) {
    this.toUsers = toUsers;
    this.toItems = toItems;
  }

  /** The graph of these pairs. */
  public static NormalizedGraph of(Interactions pairs) {
    Interactions transposed = pairs.transpose();
    return new NormalizedGraph(
        SparseMatrix.normalised(pairs, transposed), SparseMatrix.normalised(transposed, pairs));
  }

  /** Number of users, those without pairs included. */
  public int users() {
    return toUsers.rows();
  }

  /** Number of items, those without pairs included. */
  public int items() {
    return toItems.rows();
  }

  /** Entries of A-hat: twice the number of pairs. */
  public long entries() {
    return 2L * toUsers.entries();
  }

  /**
   * @throws IllegalArgumentException if the embeddings are not one per node
   */
  void requireNodes(Embeddings embeddings) {
    if (embeddings.users().rows() != users() || embeddings.items().rows() != items()) {
      throw new IllegalArgumentException(
          "the graph has other nodes than " + embeddings.users() + " and " + embeddings.items());
    }
  }

  /** What users get from items, users x items. */
  SparseMatrix toUsers() {
    return toUsers;
  }

  /** What items get from users, items x users. */
  SparseMatrix toItems() {
    return toItems;
  }
}
