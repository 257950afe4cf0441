package bsl.eval;

import java.util.Arrays;

/**
 * Keeps results apart that must not be compared: a model's metrics on the test set, user by user,
 * with the way in which the model was selected as a type. Comparing two kinds does not compile.
 *
 * @param <S> how the model was selected
 */
public final class Judged<S extends Selection> {
  private final S selection;
  private final PerUserMetrics metrics;

  /**
   * A judged model.
   *
   * @param selection how the model was selected
   * @param metrics its metrics
   */
  public Judged(S selection, PerUserMetrics metrics) {
    this.selection = selection;
    this.metrics = metrics;
  }

  /** How the model was selected. */
  public S selection() {
    return selection;
  }

  /** Its metrics. */
  public PerUserMetrics metrics() {
    return metrics;
  }

  /**
   * This model's values of a metric beside another's that was selected alike.
   *
   * @param key for example {@code recall@20}
   * @throws IllegalArgumentException if the metric was not computed, or the two were evaluated on
   *     different users
   */
  public PairedSample against(Judged<S> other, String key) {
    if (!selection.equals(other.selection)) {
      // The compiler cannot tell: S may be a supertype of both, or the result of an unchecked cast.
      throw new IllegalArgumentException(
          "selected differently: " + selection + " and " + other.selection);
    }
    if (!Arrays.equals(metrics.users(), other.metrics.users())) {
      throw new IllegalArgumentException("the two were evaluated on different users");
    }
    return new PairedSample(metrics.values(key), other.metrics.values(key));
  }
}
