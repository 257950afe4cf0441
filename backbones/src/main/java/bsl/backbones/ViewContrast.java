package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import java.util.stream.IntStream;

/**
 * InfoNCE between two views of some nodes: each node's first view is to be more similar to its own
 * second view than to those of other nodes. Users are compared with users, items with items, and
 * the two means are added up.
 */
final class ViewContrast {
  private final InfoNce term;
  private final double weight;
  private final RowGradients[] users;
  private final RowGradients[] items;
  private final boolean amongAll;
  private final NodeSample all;
  private int[] identity = {};

  /** Among the nodes of the step, by cosines. */
  ViewContrast(ContrastSettings settings, Embeddings parameters, Kernels kernels, WorkPool pool) {
    this(settings, ContrastCandidates.STEP, ScoreFunction.COSINE, parameters, kernels, pool);
  }

  /**
   * @param settings weight and temperature
   * @param candidates which nodes a node is compared with
   * @param score how similar two views are
   * @param parameters embeddings of the views' shape
   * @param kernels implementation of the inner loops
   * @param pool threads to use
   */
  ViewContrast(
      ContrastSettings settings,
      ContrastCandidates candidates,
      ScoreFunction score,
      Embeddings parameters,
      Kernels kernels,
      WorkPool pool) {
    this.amongAll = candidates == ContrastCandidates.ALL;
    this.all =
        amongAll
            ? NodeSample.all(parameters.users().rows(), parameters.items().rows())
            : NodeSample.NONE;
    int dimension = parameters.users().dimension();
    this.term = new InfoNce(settings.temperature(), dimension, score, kernels, pool);
    this.weight = settings.weight();
    this.users = pair(parameters.users());
    this.items = pair(parameters.items());
  }

  private static RowGradients[] pair(EmbeddingTable table) {
    return new RowGradients[] {new RowGradients(table.stride()), new RowGradients(table.stride())};
  }

  /** The nodes that those of a step are compared with, themselves included. */
  NodeSample candidates(NodeSample nodes) {
    return amongAll ? all : nodes;
  }

  /**
   * Value of the term, its weight included; leaves the gradients.
   *
   * @param first views that are compared, up to date for the nodes
   * @param second views that they are compared with, up to date for the nodes' candidates
   */
  double evaluate(NodeSample nodes, Embeddings first, Embeddings second) {
    NodeSample candidates = candidates(nodes);
    return evaluate(nodes.users(), candidates.users(), first.users(), second.users(), users)
        + evaluate(nodes.items(), candidates.items(), first.items(), second.items(), items);
  }

  private double evaluate(
      int[] rows,
      int[] candidates,
      EmbeddingTable first,
      EmbeddingTable second,
      RowGradients[] gradients) {
    if (!amongAll && identity.length < rows.length) {
      identity = IntStream.range(0, rows.length).toArray();
    }
    return term.evaluate(
        weight,
        new TableRows(first, rows, rows.length),
        new TableRows(second, candidates, candidates.length),
        amongAll ? rows : identity,
        gradients[0],
        gradients[1]);
  }

  /**
   * Gradient with respect to the users' first (0) or second (1) view, in the order of the nodes (0)
   * or of their candidates (1).
   */
  RowGradients users(int view) {
    return users[view];
  }

  /** Likewise with respect to the items' views. */
  RowGradients items(int view) {
    return items[view];
  }
}
