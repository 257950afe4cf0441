package bsl.backbones;

import bsl.core.optim.RowGradients;

/** Adds gradients of some nodes to gradients of more nodes, among which they are. */
final class NodeRows {
  private final RowPositions users;
  private final RowPositions items;

  /** For a graph with that many users and items. */
  NodeRows(int users, int items) {
    this.users = new RowPositions(users);
    this.items = new RowPositions(items);
  }

  /** Adds users to users, and items to items. */
  void add(
      RowGradients someUsers, RowGradients toUsers, RowGradients someItems, RowGradients toItems) {
    add(someUsers, toUsers, users);
    add(someItems, toItems, items);
  }

  private static void add(RowGradients some, RowGradients to, RowPositions positions) {
    positions.enter(to);
    for (int k = 0; k < some.count(); k++) {
      int position = positions.of(some.row(k));
      if (position < 0) {
        throw new IllegalStateException("no gradient of row " + some.row(k));
      }
      RowSums.add(some.values(), some.offset(k), to.values(), to.offset(position), to.stride());
    }
    positions.leave(to);
  }
}
