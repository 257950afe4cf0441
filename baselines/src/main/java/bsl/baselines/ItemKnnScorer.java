package bsl.baselines;

import bsl.baselines.Candidates.Chosen;
import bsl.core.Interactions;
import bsl.eval.UserScorer;
import java.util.Arrays;

/**
 * Adds up similarities for a user. It keeps neighbours the other way round: for every item, those
 * that have it among their neighbours, so that only the user's items are looked at.
 */
final class ItemKnnScorer implements UserScorer {
  private final Interactions train;

  /** Index of each item's first entry. */
  private final int[] offsets;

  /** Ascending for each item. */
  private final int[] similarItems;

  private final float[] similarities;

  /**
   * @throws IllegalArgumentException if there are more neighbours than an array can have
   */
  ItemKnnScorer(Interactions train, ItemNeighbours neighbours) {
    this.train = train;
    int items = neighbours.items();
    long total = 0;
    offsets = new int[items + 1];
    for (int item = 0; item < items; item++) {
      Chosen chosen = neighbours.of(item);
      total += chosen.size();
      for (int c = 0; c < chosen.size(); c++) {
        offsets[chosen.item(c) + 1]++;
      }
    }
    if (total > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "k is too large: " + total + " neighbours of all items exceed one array");
    }
    for (int item = 0; item < items; item++) {
      offsets[item + 1] += offsets[item];
    }
    similarItems = new int[(int) total];
    similarities = new float[(int) total];
    int[] next = Arrays.copyOf(offsets, items);
    for (int item = 0; item < items; item++) {
      Chosen chosen = neighbours.of(item);
      for (int c = 0; c < chosen.size(); c++) {
        int at = next[chosen.item(c)]++;
        similarItems[at] = item;
        similarities[at] = chosen.similarity(c);
      }
    }
  }

  @Override
  public void score(int user, float[] scores) {
    Arrays.fill(scores, 0f);
    for (int p = train.begin(user); p < train.end(user); p++) {
      int item = train.itemAt(p);
      for (int at = offsets[item]; at < offsets[item + 1]; at++) {
        scores[similarItems[at]] += similarities[at];
      }
    }
  }
}
