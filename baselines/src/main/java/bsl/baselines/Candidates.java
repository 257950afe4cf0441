package bsl.baselines;

import java.util.function.IntToDoubleFunction;

/** Collects the items that have users in common with one item, and chooses the most similar. */
final class Candidates {
  private final int[] common;
  private final int[] seen;
  private int size;

  /** A heap by similarity, the least similar at the top; of equals, the highest item. */
  private final double[] heapSimilarities;

  private final int[] heapItems;
  private int held;

  /**
   * @param items number of items
   * @param most how many are chosen at most
   */
  Candidates(int items, int most) {
    common = new int[items];
    seen = new int[items];
    heapSimilarities = new double[most];
    heapItems = new int[most];
  }

  /** Counts one more user whom an item has in common with the item. */
  void count(int item) {
    if (common[item]++ == 0) {
      seen[size++] = item;
    }
  }

  /**
   * Chooses the most similar, and forgets what was counted.
   *
   * @param item the item, which is not its own neighbour
   * @param denominator similarity is the number of common users over this, rounded to a float
   */
  Chosen choose(int item, IntToDoubleFunction denominator) {
    held = 0;
    for (int c = 0; c < size; c++) {
      int other = seen[c];
      double similarity = (float) (common[other] / denominator.applyAsDouble(other));
      common[other] = 0;
      if (other != item && similarity > 0) {
        offer(other, similarity);
      }
    }
    size = 0;
    return chosen();
  }

  private void offer(int item, double similarity) {
    if (held < heapItems.length) {
      int at = held++;
      while (at > 0 && behind(item, similarity, (at - 1) / 2)) {
        move((at - 1) / 2, at);
        at = (at - 1) / 2;
      }
      put(at, item, similarity);
    } else if (!behind(item, similarity, 0)) {
      sink(item, similarity);
    }
  }

  /** Puts an item in the place of the heap's top. */
  private void sink(int item, double similarity) {
    int at = 0;
    for (int child = 1; child < held; child = 2 * at + 1) {
      if (child + 1 < held && behind(heapItems[child + 1], heapSimilarities[child + 1], child)) {
        child++;
      }
      if (behind(item, similarity, child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, item, similarity);
  }

  private boolean behind(int item, double similarity, int place) {
    return similarity < heapSimilarities[place]
        || similarity == heapSimilarities[place] && item > heapItems[place];
  }

  private void move(int from, int to) {
    put(to, heapItems[from], heapSimilarities[from]);
  }

  private void put(int at, int item, double similarity) {
    heapItems[at] = item;
    heapSimilarities[at] = similarity;
  }

  /** Takes the last of the chosen out of the heap. */
  private void dropTop() {
    held--;
    if (held > 0) {
      sink(heapItems[held], heapSimilarities[held]);
    }
  }

  /** Empties the heap. */
  private Chosen chosen() {
    int[] items = new int[held];
    float[] similarities = new float[held];
    while (held > 0) {
      items[held - 1] = heapItems[0];
      similarities[held - 1] = (float) heapSimilarities[0];
      dropTop();
    }
    return new Chosen(items, similarities);
  }

  /** The most similar items of one. */
  static final class Chosen {
    private final int[] items;
    private final float[] similarities;

    private Chosen(int[] items, float[] similarities) {
      this.items = items;
      this.similarities = similarities;
    }

    /** How many there are. */
    int size() {
      return items.length;
    }

    /** One of them; 0 is the most similar. */
    int item(int place) {
      return items[place];
    }

    /** How similar it is, above 0. */
    float similarity(int place) {
      return similarities[place];
    }
  }
}
