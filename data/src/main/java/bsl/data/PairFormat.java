package bsl.data;

/** Says how a text file lists pairs of users and items. All ids are decimal integers from 0. */
public enum PairFormat {
  /** {@code user item item ...}, a line per user; a user may have several lines, or no items. */
  ADJACENCY,
  /** {@code user item}, a line per pair. */
  PAIRS
}
