package bsl.eval;

/** The ranking of one user: items, best first. Ranks are counted from 0. */
public interface RankedItems {
  /** Number of ranks: the largest cutoff, or fewer if fewer items could be ranked. */
  int size();

  /** Item at a rank in {@code [0, size())}. */
  int item(int rank);

  /** Its score. */
  float score(int rank);
}
