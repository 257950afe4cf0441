package bsl.recommend;

import bsl.data.IdFile;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names users or items as people know them: by the ids of the files that a data set was imported
 * from, or by their numbers where it was not imported.
 */
public final class Names {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,8}");

  private final Optional<IdFile> ids;
  private final int count;

  /**
   * @param ids the ids, if the data set keeps them
   * @param count number of users or items
   */
  public Names(Optional<IdFile> ids, int count) {
    this.ids = ids;
    this.count = count;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Whether names are ids of imported files. */
  public boolean areIds() {
    return ids.isPresent();
  }

  /** The name of a number in {@code [0, count())}. */
  public String name(int number) {
    return ids.map(file -> file.id(number)).orElseGet(() -> Integer.toString(number));
  }

  /** The number that a name stands for, if there is one. */
  public Optional<Integer> number(String name) {
    if (ids.isPresent()) {
      return ids.get().number(name);
    }
    return NUMBER.matcher(name).matches() && Integer.parseInt(name) < count
        ? Optional.of(Integer.parseInt(name))
        : Optional.empty();
  }
}
