package bsl.core.sampling;

/**
 * Some users with their observed pairs, and the columns of items that they are scored against.
 * Mutable and reusable from step to step.
 *
 * <p>Row r is a user. Its pairs are consecutive in {@link #pairs}, from {@link #begin} to {@link
 * #end}. Columns are distinct items. The first {@link #negatives} of them are the negatives of all
 * rows; behind them come the mini-batch's positives that are none of these.
 */
public final class UserBatch {
  private final MiniBatch pairs = MiniBatch.ofPairsAlone();
  private int rows;
  private int[] begins = {0};
  private int[] groupOfPair = {};
  private int[] columnOfPair = {};
  private int[] columns = {};
  private float[] weights = {};
  private int columnCount;
  private int negatives;

  void reset(int rows, int size, int atMostColumns) {
    this.rows = rows;
    pairs.reset(size, 0);
    if (begins.length < rows + 1) {
      begins = new int[rows + 1];
    }
    if (groupOfPair.length < size) {
      groupOfPair = new int[size];
      columnOfPair = new int[size];
    }
    if (columns.length < atMostColumns) {
      columns = new int[atMostColumns];
      weights = new float[atMostColumns];
    }
  }

  void setColumns(int count, int itsNegatives) {
    columnCount = count;
    negatives = itsNegatives;
  }

  /** The observed pairs alone; asking them for negatives is an {@link IllegalStateException}. */
  public MiniBatch pairs() {
    return pairs;
  }

  /** Number of users. */
  public int rows() {
    return rows;
  }

  /** User of a row. */
  public int user(int row) {
    return pairs.users()[begins[row]];
  }

  /** The row's first pair. */
  public int begin(int row) {
    return begins[row];
  }

  /** One past the row's last pair. */
  public int end(int row) {
    return begins[row + 1];
  }

  int[] begins() {
    return begins;
  }

  /**
   * Group of each pair, over which the expectation over positives is taken. Groups are numbered
   * from 0 in the order of their first pair; pairs of one group are consecutive and of one user.
   */
  public int[] groupOfPair() {
    return groupOfPair;
  }

  /** Column of each pair's positive. */
  public int[] columnOfPair() {
    return columnOfPair;
  }

  /** Item of each column; valid up to {@link #columnCount}. */
  public int[] columns() {
    return columns;
  }

  /** Number of columns. */
  public int columnCount() {
    return columnCount;
  }

  /** Number of first columns that are negatives. */
  public int negatives() {
    return negatives;
  }

  /** Weight of each of the negatives, where columns are a sample. */
  public float[] weights() {
    return weights;
  }
}
