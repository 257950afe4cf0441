package bsl.backbones;

import bsl.core.EmbeddingTable;

/**
 * Some rows of a table of embeddings, in an order of their own.
 *
 * @param table the table
 * @param rows indices of the rows, all distinct; those from {@code count} on are ignored
 * @param count number of rows
 */
record TableRows(EmbeddingTable table, int[] rows, int count) {
  /**
   * @throws IllegalArgumentException if there are fewer indices than rows
   */
  TableRows {
    if (count < 0 || count > rows.length) {
      throw new IllegalArgumentException(count + " rows, but " + rows.length + " indices of rows");
    }
  }
}
