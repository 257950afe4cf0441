package bsl.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How far a trial has come, and how good it was on the way. */
public final class Standing {
  /**
   * A trial at a rung.
   *
   * @param epochs epochs trained
   * @param value the metric on held-out pairs, at the best epoch so far
   */
  public record Reached(int epochs, double value) {}

  /** Who is better, then who was first; for trials at the same rung. */
  static final Comparator<Standing> BY_VALUE =
      Comparator.comparingDouble(Standing::value)
          .reversed()
          .thenComparingInt(standing -> standing.trial().number());

  /** Who did not fail, then who has come to a later rung, then who is better. */
  public static final Comparator<Standing> BEST_FIRST =
      Comparator.comparing((Standing standing) -> standing.failure().isPresent())
          .thenComparing(Comparator.comparingInt(Standing::stage).reversed())
          .thenComparing(BY_VALUE);

  private final Trial trial;
  private final List<Reached> reached = new ArrayList<>();
  private final boolean earlier;
  private String failure;

  Standing(Trial trial) {
    this(trial, false);
  }

  /**
   * A trial with what it came to within another limit.
   *
   * @param earlier whether it is there because it won within another limit of the same search
   */
  Standing(Trial trial, boolean earlier) {
    this.trial = trial;
    this.earlier = earlier;
  }

  /** The trial. */
  public Trial trial() {
    return trial;
  }

  /**
   * Whether what it has come to is known from an earlier call of the search with another limit, in
   * which it won.
   */
  public boolean earlier() {
    return earlier;
  }

  /** The rungs that it has come to, in their order. */
  public List<Reached> reached() {
    return List.copyOf(reached);
  }

  /** Whether it has come to a rung or has failed. */
  public boolean isBegun() {
    return epochs() > 0 || failure != null;
  }

  /** Epochs trained, 0 if it has come to no rung. */
  public int epochs() {
    return reached.isEmpty() ? 0 : reached.get(reached.size() - 1).epochs();
  }

  /** How far it has come: 0 to no rung, 1 to a ninth of its epochs, 2 to a third, 3 to the end. */
  public int stage() {
    int all = trial.run().epochs();
    if (epochs() == 0 || epochs() >= all) {
      return epochs() == 0 ? 0 : 3;
    }
    return epochs() >= Rungs.of(all, 2).get(0) ? 2 : 1;
  }

  /** The metric at the last rung that it has come to; minus infinity if it has come to none. */
  public double value() {
    return reached.isEmpty() ? Double.NEGATIVE_INFINITY : reached.get(reached.size() - 1).value();
  }

  /** Why it could not be trained, if it diverged. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  void reaches(int epochs, double value) {
    reached.add(new Reached(epochs, value));
  }

  void fails(String why) {
    failure = why;
  }
}
