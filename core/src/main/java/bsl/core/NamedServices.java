package bsl.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Finds implementations of an interface by name: those that a module brings itself, and those that
 * {@link ServiceLoader} finds on the class path. What is on the class path is looked up once.
 *
 * @param <T> the interface
 */
public final class NamedServices<T> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final Class<T> type;
  private final String noun;
  private final Function<T, String> name;
  private final List<T> standard;
  private volatile List<T> all;

  /**
   * Declares what there is; nothing is looked up yet.
   *
   * @param type the interface
   * @param noun what an implementation is called in messages
   * @param name the name of an implementation: lower-case words with hyphens
   * @param standard the implementations that are not looked up
   */
  public NamedServices(Class<T> type, String noun, Function<T, String> name, List<T> standard) {
    this.type = type;
    this.noun = noun;
    this.name = name;
    this.standard = List.copyOf(standard);
  }

  /**
   * All implementations: the standard ones first, then the others by name.
   *
   * @throws IllegalStateException if one on the class path cannot be made, or its name is taken or
   *     malformed
   */
  public List<T> all() {
    List<T> known = all;
    if (known == null) {
      known = withOthers();
      all = known;
    }
    return known;
  }

  private List<T> withOthers() {
    List<T> others = new ArrayList<>();
    try {
      ServiceLoader.load(type).forEach(others::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalStateException("a " + noun + " on the class path: " + reasons(e), e);
    }
    others.forEach(this::requireName);
    others.sort(Comparator.comparing(name));
    List<T> known = new ArrayList<>(standard);
    for (T other : others) {
      String itsName = name.apply(other);
      String origin = origin(other, itsName);
      if (known.stream().map(name).anyMatch(itsName::equals)) {
        throw new IllegalStateException(origin + " is there already");
      }
      known.add(other);
    }
    return List.copyOf(known);
  }

  private void requireName(T other) {
    String itsName;
    try {
      itsName = name.apply(other);
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          other.getClass().getName() + ": a " + noun + " without a name: " + reasons(e), e);
    }
    if (itsName == null || !NAME.matcher(itsName).matches()) {
      throw new IllegalStateException(
          origin(other, itsName) + " is not named by lower-case words with hyphens");
    }
  }

  private String origin(T other, String itsName) {
    return other.getClass().getName() + ": " + noun + " '" + itsName + "'";
  }

  /** What an error says, and what the innermost of its causes says. */
  private static String reasons(Throwable error) {
    Throwable innermost = error;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String own = error instanceof ServiceConfigurationError ? error.getMessage() : error.toString();
    if (innermost == error) {
      return own;
    }
    boolean plain =
        innermost instanceof IllegalArgumentException || innermost instanceof IllegalStateException;
    return own + ": " + (plain ? innermost.getMessage() : innermost.toString());
  }

  /** The names of all implementations, in the order of {@link #all}. */
  public List<String> names() {
    return all().stream().map(name).toList();
  }

  /** The implementation of a name, if there is one. */
  public Optional<T> find(String wanted) {
    return all().stream().filter(kind -> name.apply(kind).equals(wanted)).findFirst();
  }

  /**
   * The implementation of a name.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  public T named(String wanted) {
    return find(wanted)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    noun
                        + " '"
                        + wanted
                        + "' is none of "
                        + String.join(", ", names())
                        + NameSuggestion.hint(wanted, names())));
  }

  /** Whether a name is that of a standard implementation. */
  public boolean isStandard(String wanted) {
    return standard.stream().map(name).anyMatch(wanted::equals);
  }
}
