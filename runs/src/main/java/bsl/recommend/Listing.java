package bsl.recommend;

import bsl.core.Embeddings;
import bsl.eval.TopKRecommender;

/**
 * What is to be listed: some rows, each with its best columns. Rows are users and columns items, or
 * both are users, or both are items.
 *
 * @param recommender finds the best columns
 * @param embeddings those of the rows and of the columns
 * @param rows the rows asked for
 * @param rowNames names of all rows
 * @param columnNames names of all columns
 * @param labels what rows and columns are called in a file
 */
public record Listing(
    TopKRecommender recommender,
    Embeddings embeddings,
    int[] rows,
    Names rowNames,
    Names columnNames,
    Labels labels) {

  /**
   * What rows and columns are called in a file.
   *
   * @param row for example {@code user_id}
   * @param column for example {@code item_id}
   */
  public record Labels(String row, String column) {
    static final Labels ITEMS_FOR_USERS = new Labels("user_id", "item_id");
    static final Labels SIMILAR_ITEMS = new Labels("item_id", "similar_item_id");
    static final Labels SIMILAR_USERS = new Labels("user_id", "similar_user_id");
  }
}
