package bsl.losses;

import bsl.core.HyperparameterValues;
import bsl.core.NamedServices;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds losses by name: those of this project, and those that {@link java.util.ServiceLoader} finds
 * on the class path (see {@link LossKind}).
 */
public final class LossKinds {
  private static final NamedServices<LossKind> KINDS =
      new NamedServices<>(LossKind.class, "loss", LossKind::name, StandardLosses.ALL);

  private LossKinds() {}

  /**
   * All losses: this project's first, then the others by name.
   *
   * @throws IllegalStateException if a loss on the class path cannot be made, or its name is taken
   *     or malformed
   */
  public static List<LossKind> all() {
    return KINDS.all();
  }

  /** The names of all losses, in the order of {@link #all}. */
  public static List<String> names() {
    return KINDS.names();
  }

  /** The loss of a name, if there is one. */
  public static Optional<LossKind> find(String name) {
    return KINDS.find(name);
  }

  /**
   * The loss of a name.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public static LossKind named(String name) {
    return KINDS.named(name);
  }

  /** Whether a loss is one of this project's. */
  public static boolean isStandard(String name) {
    return KINDS.isStandard(name);
  }

  /**
   * A loss by name.
   *
   * @param name for example {@code bsl}
   * @param parameters values of its parameters by name; the others have their defaults
   * @throws IllegalArgumentException if there is no such loss, it has no such parameter, or a value
   *     is not allowed
   */
  public static RankingLoss create(String name, Map<String, ?> parameters) {
    LossKind kind = named(name);
    try {
      return kind.create(HyperparameterValues.of(kind.parameters(), parameters));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("loss " + name + ": " + e.getMessage(), e);
    }
  }
}
