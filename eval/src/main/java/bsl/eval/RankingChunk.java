package bsl.eval;

/**
 * Holds the rankings of some users, side by side in two arrays, until something is made of them.
 */
final class RankingChunk implements FullRanking.Sink {
  private final int k;
  private final int[] lengths;
  private final int[] items;
  private final float[] scores;

  /**
   * @param users users there is room for
   * @param k items of a ranking at most
   * @throws ArithmeticException if there are more entries than an array holds
   */
  RankingChunk(int users, int k) {
    this.k = k;
    this.lengths = new int[users];
    this.items = new int[Math.multiplyExact(users, k)];
    this.scores = new float[items.length];
  }

  @Override
  public void accept(int position, int user, TopK best) {
    lengths[position] = best.size();
    for (int rank = 0; rank < best.size(); rank++) {
      items[position * k + rank] = best.item(rank);
      scores[position * k + rank] = best.score(rank);
    }
  }

  int length(int position) {
    return lengths[position];
  }

  int item(int position, int rank) {
    return items[position * k + rank];
  }

  float score(int position, int rank) {
    return scores[position * k + rank];
  }
}
