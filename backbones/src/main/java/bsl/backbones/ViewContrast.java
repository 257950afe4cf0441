package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;

/**
 * InfoNCE between two views of some nodes: each node's first view is to be more similar to its own
 * second view than to those of the other nodes. Users are compared with users, items with items,
 * and the two means are added up.
 */
final class ViewContrast {
  private final InfoNce term;
  private final double weight;
  private final RowGradients[] users;
  private final RowGradients[] items;
  private int[] identity = {};

  /**
   * @param settings weight and temperature
   * @param parameters embeddings of the views' shape
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   */
  ViewContrast(ContrastSettings settings, Embeddings parameters, Kernels kernels, WorkPool pool) {
    this.term = new InfoNce(settings.temperature(), parameters.users().dimension(), kernels, pool);
    this.weight = settings.weight();
    this.users = pair(parameters.users());
    this.items = pair(parameters.items());
  }

  private static RowGradients[] pair(EmbeddingTable table) {
    return new RowGradients[] {new RowGradients(table.stride()), new RowGradients(table.stride())};
  }

  /**
   * Value of the term, its weight included; leaves the gradients.
   *
   * @param first views that are compared, up to date for the nodes
   * @param second views that they are compared with, up to date for the nodes
   */
  double evaluate(NodeSample nodes, Embeddings first, Embeddings second) {
    return evaluate(nodes.users(), first.users(), second.users(), users)
        + evaluate(nodes.items(), first.items(), second.items(), items);
  }

  private double evaluate(
      int[] rows, EmbeddingTable first, EmbeddingTable second, RowGradients[] gradients) {
    if (identity.length < rows.length) {
      identity = new int[rows.length];
      for (int k = 0; k < rows.length; k++) {
        identity[k] = k;
      }
    }
    return term.evaluate(
        weight,
        new TableRows(first, rows, rows.length),
        new TableRows(second, rows, rows.length),
        identity,
        gradients[0],
        gradients[1]);
  }

  /** Gradient with respect to the users' first (0) or second (1) view, in the nodes' order. */
  RowGradients users(int view) {
    return users[view];
  }

  /** Gradient with respect to the items' first (0) or second (1) view, in the nodes' order. */
  RowGradients items(int view) {
    return items[view];
  }
}
