package bsl.baselines;

import bsl.core.HyperparameterValues;
import bsl.core.Interactions;
import bsl.core.NamedServices;
import bsl.eval.UserScorer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds recommenders that need no gradient by name: those of this project, and those that {@link
 * java.util.ServiceLoader} finds on the class path (see {@link BaselineKind}).
 */
public final class BaselineKinds {
  private static final NamedServices<BaselineKind> KINDS =
      new NamedServices<>(
          BaselineKind.class,
          "baseline",
          BaselineKind::name,
          List.of(new PopularityKind(), new ItemKnnKind(), new EaseKind(), new IalsKind()));

  private BaselineKinds() {}

  /**
   * All baselines: this project's first, then the others by name.
   *
   * @throws IllegalStateException if a baseline on the class path cannot be made, or its name is
   *     taken or malformed
   */
  public static List<BaselineKind> all() {
    return KINDS.all();
  }

  /** The names of all baselines, in the order of {@link #all}. */
  public static List<String> names() {
    return KINDS.names();
  }

  /** The baseline of a name, if there is one. */
  public static Optional<BaselineKind> find(String name) {
    return KINDS.find(name);
  }

  /**
   * The baseline of a name.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public static BaselineKind named(String name) {
    return KINDS.named(name);
  }

  /** Whether a baseline is one of this project's. */
  public static boolean isStandard(String name) {
    return KINDS.isStandard(name);
  }

  /**
   * Fits a baseline by name.
   *
   * @param name for example {@code ease}
   * @param hyperparameters values by name; the others have their defaults
   * @param train the pairs to learn from
   * @param context threads, seed, memory, and who is told how far it is
   * @throws IllegalArgumentException if there is no such baseline, it has no such hyper-parameter,
   *     or a value is not allowed
   * @throws InsufficientMemoryException if it needs more memory than the context has
   * @throws java.util.concurrent.CancellationException if the listener wanted it to stop
   */
  public static UserScorer fit(
      String name, Map<String, ?> hyperparameters, Interactions train, FitContext context) {
    BaselineKind kind = named(name);
    try {
      return kind.fit(
          train, HyperparameterValues.of(kind.hyperparameters(), hyperparameters), context);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("baseline " + name + ": " + e.getMessage(), e);
    }
  }
}
