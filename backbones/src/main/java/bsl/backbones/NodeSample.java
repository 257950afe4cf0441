package bsl.backbones;

import java.util.stream.IntStream;

/**
 * Some users and items.
 *
 * @param users distinct users, ascending; not to be changed
 * @param items distinct items, ascending; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record NodeSample(int[] users, int[] items) {
  /** No nodes. */
  public static final NodeSample NONE = all(0, 0);

  /** All nodes of a graph with that many users and items. */
  static NodeSample all(int users, int items) {
    return new NodeSample(IntStream.range(0, users).toArray(), IntStream.range(0, items).toArray());
  }
}
