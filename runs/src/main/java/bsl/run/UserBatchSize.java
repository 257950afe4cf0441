package bsl.run;

import bsl.core.Interactions;
import java.util.stream.IntStream;

/**
 * How large mini-batches of users get at most. What a step keeps is in proportion to that.
 *
 * @param rows users
 * @param pairs their pairs
 * @param negatives items that every user is scored with
 * @param items all items that take part: negatives and positives
 */
public record UserBatchSize(long rows, long pairs, long negatives, long items) {
  /**
   * The largest mini-batches that a run may have.
   *
   * @param spec a run over mini-batches of users
   * @param train the pairs it is trained on
   */
  public static UserBatchSize of(RunSpec spec, Interactions train) {
    int[] degrees = IntStream.range(0, train.users()).map(train::degree).sorted().toArray();
    int most = spec.pairsPerUser() == 0 ? Integer.MAX_VALUE : spec.pairsPerUser();
    long rows = 0;
    long pairs = 0;
    for (int u = degrees.length - 1; u >= 0 && rows < spec.batchUsers() && degrees[u] > 0; u--) {
      long visits = Math.min((degrees[u] - 1L) / most + 1, spec.batchUsers() - rows);
      rows += visits;
      pairs += Math.min(degrees[u], visits * most);
    }
    long all = train.items();
    long negatives = spec.negatives() == 0 ? all : Math.min(spec.negatives(), all);
    return new UserBatchSize(rows, pairs, negatives, Math.min(all, negatives + pairs));
  }
}
