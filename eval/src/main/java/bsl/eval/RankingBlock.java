package bsl.eval;

/**
 * Some users with their rankings, as {@link TopKRecommender#forEachBlock} hands them out. It is
 * valid only during that call.
 */
public final class RankingBlock {
  private final RankingChunk rankings;
  private final int[] users;
  private final int begin;
  private final int end;

  RankingBlock(RankingChunk rankings, int[] users, int begin, int end) {
    this.rankings = rankings;
    this.users = users;
    this.begin = begin;
    this.end = end;
  }

  /** Number of users. */
  public int size() {
    return end - begin;
  }

  /**
   * A user.
   *
   * @param n position in the block, in {@code [0, size())}
   */
  public int user(int n) {
    return users[begin + n];
  }

  /** A user's ranking: items by descending score, equal scores by lower item. */
  public RankedItems ranking(int n) {
    int position = begin + n;
    return new RankedItems() {
      @Override
      public int size() {
        return rankings.length(position);
      }

      @Override
      public int item(int rank) {
        return rankings.item(position, rank);
      }

      @Override
      public float score(int rank) {
        return rankings.score(position, rank);
      }
    };
  }
}
