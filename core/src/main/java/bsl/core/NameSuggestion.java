package bsl.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant where an unknown one was given. */
public final class NameSuggestion {
  /** Edits that a name may be away, for each so many of its characters. */
  private static final int CHARACTERS_PER_EDIT = 3;

  private NameSuggestion() {}

  /**
   * The end of a message about an unknown name.
   *
   * @param given the unknown name
   * @param known the names that there are
   * @return {@code ; did you mean 'NAME'?}, or nothing if no name is close
   */
  public static String hint(String given, Collection<String> known) {
    return closest(given, known).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /**
   * The known name that the fewest edits lead to: insertions, deletions, replacements, and
   * exchanges of neighbours. Upper case, hyphens and underscores do not count. A name that begins
   * with the given one and a hyphen comes first.
   *
   * @param given the unknown name
   * @param known the names that there are
   * @return nothing if no name begins so, and more than a third of the characters would have to
   *     change
   */
  public static Optional<String> closest(String given, Collection<String> known) {
    String name = normal(given);
    int most = Math.max(1, name.length() / CHARACTERS_PER_EDIT);
    Optional<String> longer =
        known.stream().filter(candidate -> normal(candidate).startsWith(name + "-")).findFirst();
    return longer.or(
        () ->
            known.stream()
                .filter(candidate -> edits(name, normal(candidate)) <= most)
                .min(Comparator.comparingInt(candidate -> edits(name, normal(candidate)))));
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Optimal string alignment distance. */
  private static int edits(String from, String to) {
    int[][] distance = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int replaced = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
        least = Math.min(least, distance[i - 1][j - 1] + replaced);
        boolean exchanged =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        distance[i][j] = exchanged ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
      }
    }
    return distance[from.length()][to.length()];
  }
}
