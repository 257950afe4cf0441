package bsl.run;

import bsl.core.Interactions;
import java.util.stream.IntStream;

/**
 * How large mini-batches of users get at most. What a step keeps is in proportion to that.
 *
 * @param rows users
 * @param pairs their pairs
 * @param columns items that the users are scored against: negatives and positives
 */
public record UserBatchSize(long rows, long pairs, long columns) {
  /**
   * The largest mini-batches that a run may have.
   *
   * @param spec a run over mini-batches of users
   * @param train the pairs it is trained on
   */
  public static UserBatchSize of(RunSpec spec, Interactions train) {
    int[] degrees = IntStream.range(0, train.users()).map(train::degree).sorted().toArray();
    long rows = 0;
    long pairs = 0;
    for (int u = degrees.length - 1; u >= 0 && rows < spec.batchUsers() && degrees[u] > 0; u--) {
      rows++;
      pairs += degrees[u];
    }
    long sampled = spec.negatives() == 0 ? train.items() : spec.negatives() + pairs;
    return new UserBatchSize(rows, pairs, Math.min(train.items(), sampled));
  }
}
