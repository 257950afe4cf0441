package bsl.compare;

import java.util.Comparator;

/** Puts outcomes in an order. */
final class Ranking {
  private Ranking() {}

  /** By the mean of a metric, the best first; equal ones stay as they are. */
  static Comparator<Outcome> by(String metric) {
    return Comparator.comparingDouble((Outcome outcome) -> outcome.metric(metric).mean())
        .reversed();
  }
}
