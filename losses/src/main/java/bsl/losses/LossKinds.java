package bsl.losses;

import bsl.core.HyperparameterValues;
import bsl.core.NameSuggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/**
 * Finds losses by name: those of this project, and those that {@link ServiceLoader} finds on the
 * class path (see {@link LossKind}).
 */
public final class LossKinds {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private static volatile List<LossKind> all;

  private LossKinds() {}

  /**
   * All losses: this project's first, then the others by name. What is on the class path is looked
   * up once.
   *
   * @throws IllegalStateException if a loss on the class path cannot be made, or its name is taken
   *     or malformed
   */
  public static List<LossKind> all() {
    List<LossKind> known = all;
    if (known == null) {
      known = found();
      all = known;
    }
    return known;
  }

  private static List<LossKind> found() {
    List<LossKind> others = new ArrayList<>();
    try {
      ServiceLoader.load(LossKind.class).forEach(others::add);
    } catch (ServiceConfigurationError e) {
      throw new IllegalStateException("a loss on the class path: " + e.getMessage(), e);
    }
    others.sort(Comparator.comparing(LossKind::name));
    List<LossKind> kinds = new ArrayList<>(StandardLosses.ALL);
    for (LossKind other : others) {
      String name = other.name();
      if (!NAME.matcher(name).matches()) {
        throw new IllegalStateException(
            other.getClass().getName() + ": loss '" + name + "' is not lower-case words, hyphens");
      }
      if (kinds.stream().anyMatch(kind -> kind.name().equals(name))) {
        throw new IllegalStateException(
            other.getClass().getName() + ": there is another loss '" + name + "'");
      }
      kinds.add(other);
    }
    return List.copyOf(kinds);
  }

  /** The names of all losses, in the order of {@link #all}. */
  public static List<String> names() {
    return all().stream().map(LossKind::name).toList();
  }

  /** The loss of a name, if there is one. */
  public static Optional<LossKind> find(String name) {
    return all().stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  /**
   * The loss of a name.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public static LossKind named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "loss '"
                        + name
                        + "' is none of "
                        + String.join(", ", names())
                        + NameSuggestion.hint(name, names())));
  }

  /** Whether a loss is one of this project's. */
  public static boolean isStandard(String name) {
    return StandardLosses.ALL.stream().anyMatch(kind -> kind.name().equals(name));
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
