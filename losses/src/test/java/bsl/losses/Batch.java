package bsl.losses;

/**
 * A mini-batch of scores in double precision, for references.
 *
 * @param users user of each pair
 * @param scores {@code scores[b][0]} is the positive of pair b, the rest are its negatives
 */
public record Batch(int[] users, double[][] scores) {
  /** The batch with one score changed. */
  public Batch with(int pair, int column, double score) {
    double[][] changed = scores.clone();
    changed[pair] = scores[pair].clone();
    changed[pair][column] = score;
    return new Batch(users, changed);
  }

  /** Number of pairs. */
  public int pairs() {
    return users.length;
  }

  /** Number of negatives per pair. */
  public int negatives() {
    return scores[0].length - 1;
  }

  /** The scores in single precision, ready to be evaluated. */
  public ScoreBatch toScoreBatch() {
    ScoreBatch batch = new ScoreBatch(users, negatives());
    for (int b = 0; b < pairs(); b++) {
      batch.setPositive(b, (float) scores[b][0]);
      for (int j = 0; j < negatives(); j++) {
        batch.setNegative(b, j, (float) scores[b][j + 1]);
      }
    }
    return batch;
  }
}
