package bsl.tribuo;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of users or items in the order of their rows: shorter names first, equally long ones by
 * their characters. Numbers without leading zeros are then in numerical order, so that a data set
 * whose users and items are numbered keeps its numbers.
 */
final class Names {
  private final List<String> names;
  private final Map<String, Integer> rows = new HashMap<>();

  /** The rows of these names, which are all different. */
  Names(Collection<String> names) {
    this.names =
        names.stream()
            .sorted(
                Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
            .toList();
    this.names.forEach(name -> rows.put(name, rows.size()));
  }

  int size() {
    return names.size();
  }

  String name(int row) {
    return names.get(row);
  }

  /** The row of a name; {@code null} if it has none. */
  Integer row(String name) {
    return rows.get(name);
  }
}
