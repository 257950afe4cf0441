package bsl.data;

/** How a text file lists user-item pairs; all ids are 0-based decimal integers. */
public enum PairFormat {
  /** {@code user item item ...}, a line per user; a user may have several lines, or no items. */
  ADJACENCY,
  /** {@code user item}, a line per pair. */
  PAIRS
}
