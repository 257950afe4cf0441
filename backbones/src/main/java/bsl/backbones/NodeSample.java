package bsl.backbones;

/**
 * Some users and items.
 *
 * @param users distinct users, ascending; not to be changed
 * @param items distinct items, ascending; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record NodeSample(int[] users, int[] items) {
  /** No nodes. */
  public static final NodeSample NONE = new NodeSample(new int[0], new int[0]);
}
