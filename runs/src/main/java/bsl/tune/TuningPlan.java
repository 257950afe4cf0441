package bsl.tune;

import bsl.core.NameSuggestion;
import bsl.run.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a search is to go.
 *
 * @param metric what trials are judged by on held-out pairs, one of {@link #metrics}
 * @param trials how many trials there are; 0 if time is the limit
 * @param budgetSeconds how long the search and the trainings of the winner may take together, on
 *     the clock; infinite if the number of trials is the limit
 * @param seeds how many seeds the winner is trained with, at least 1
 * @param finalists how many trials come to the end at least, if there are so many
 */
public record TuningPlan(
    String metric, int trials, double budgetSeconds, int seeds, int finalists) {
  /** What trials are judged by unless something else is named. */
  public static final String METRIC = "ndcg@20";

  /** How many trials there are if nothing is said about trials or time. */
  public static final int TRIALS = 27;

  /** How many seeds the winner is trained with unless a number is given. */
  public static final int SEEDS = 3;

  /**
   * Checks the numbers and the metric.
   *
   * @throws IllegalArgumentException if a number is out of its range
   * @throws InputException if there is no such metric
   */
  public TuningPlan {
    if (trials < 0 || !(budgetSeconds > 0) || seeds < 1 || finalists < 1) {
      throw new IllegalArgumentException(
          "no search with "
              + trials
              + " trials, "
              + budgetSeconds
              + " s, "
              + seeds
              + " seeds and "
              + finalists
              + " finalists");
    }
    if (!metrics().contains(metric)) {
      throw new InputException(
          "--metric '"
              + metric
              + "' is none of "
              + String.join(", ", metrics())
              + NameSuggestion.hint(metric, metrics()));
    }
  }

  /**
   * A search with a number of trials.
   *
   * @param trials at least 1
   * @throws IllegalArgumentException if there are fewer
   */
  public static TuningPlan ofTrials(int trials) {
    if (trials < 1) {
      throw new IllegalArgumentException("trials must be at least 1: " + trials);
    }
    return new TuningPlan(METRIC, trials, Double.POSITIVE_INFINITY, SEEDS, 1);
  }

  /** A search that ends when the time is spent. */
  public static TuningPlan ofSeconds(double seconds) {
    return new TuningPlan(METRIC, 0, seconds, SEEDS, 1);
  }

  /** The same with another number of seeds. */
  public TuningPlan withSeeds(int count) {
    return new TuningPlan(metric, trials, budgetSeconds, count, finalists);
  }

  /** The same with another metric. */
  public TuningPlan withMetric(String other) {
    return new TuningPlan(other, trials, budgetSeconds, seeds, finalists);
  }

  /** The same with more trials that come to the end. */
  TuningPlan withFinalists(int least) {
    return new TuningPlan(metric, trials, budgetSeconds, seeds, least);
  }

  /** Whether time is the limit. */
  boolean isTimed() {
    return trials == 0;
  }

  /** What the search is limited by, to tell whether it is still the same. */
  String limit() {
    return isTimed() ? budgetSeconds + " s" : trials + " trials";
  }

  /** The metrics that an evaluation has. */
  public static List<String> metrics() {
    List<String> metrics = new ArrayList<>();
    for (String metric : List.of("recall", "ndcg", "precision", "hitrate", "mrr", "map")) {
      for (int cutoff : new int[] {5, 10, 15, 20}) {
        metrics.add(metric + "@" + cutoff);
      }
    }
    return metrics;
  }
}
