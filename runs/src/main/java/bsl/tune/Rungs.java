package bsl.tune;

import java.util.ArrayList;
import java.util.List;

/**
 * The epochs at which trials are compared: a ninth, a third and all of a run's epochs. A third of
 * the trials goes on from each. Few trials, or few epochs, have fewer rungs.
 */
final class Rungs {
  /** One of so many trials goes on, and it trains so many times as long. */
  static final int REDUCTION = 3;

  /** An earlier comparison than at a ninth of the epochs says little of the end. */
  private static final int MOST_BEFORE_END = 2;

  private Rungs() {}

  /** Epochs from one evaluation of a run to the next; all rungs are multiples, but the last. */
  static int evaluateEvery(int epochs) {
    return Math.max(1, (int) Math.rint((double) epochs / (REDUCTION * REDUCTION)));
  }

  /**
   * Number of rungs, the end of the runs among them.
   *
   * @param trials how many trials begin
   * @param epochs epochs of the shortest run
   */
  static int count(int trials, int epochs) {
    int before = 0;
    while (before < MOST_BEFORE_END && power(before + 1) <= Math.min(trials, epochs)) {
      before++;
    }
    return before + 1;
  }

  /**
   * The epochs at whose end trials are compared, ascending.
   *
   * @param epochs epochs of the run
   * @param count number of rungs
   */
  static List<Integer> of(int epochs, int count) {
    List<Integer> rungs = new ArrayList<>();
    int first = evaluateEvery(epochs);
    if (count > MOST_BEFORE_END) {
      rungs.add(first);
    }
    if (count > 1) {
      double third = (double) epochs / REDUCTION / first;
      rungs.add(first * Math.max(1, (int) Math.rint(third)));
    }
    rungs.add(epochs);
    return rungs;
  }

  /** The rungs of a run that many trials have. */
  static List<Integer> all(int epochs) {
    return of(epochs, count(Integer.MAX_VALUE, epochs));
  }

  /**
   * How many trials are to come to a rung.
   *
   * @param trials how many begin
   * @param rung counted from 0
   * @param least how many at least, if so many begin
   */
  static int trialsAt(int trials, int rung, int least) {
    return Math.min(trials, Math.max(least, trials / power(rung)));
  }

  private static int power(int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= REDUCTION;
    }
    return power;
  }
}
