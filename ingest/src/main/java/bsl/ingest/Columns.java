package bsl.ingest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which columns are read.
 *
 * @param user who has interacted
 * @param item with what
 * @param rating how much it was liked, if that is known
 * @param time when, if that is known
 */
public record Columns(Column user, Column item, Optional<Column> rating, Optional<Column> time) {

  /**
   * A column.
   *
   * @param index its place, from 0
   * @param name its name in the header or its key; its number from 1 where there is none
   */
  public record Column(int index, String name) {}

  /** The columns that are read, user and item first. */
  public List<Column> all() {
    return Stream.of(Optional.of(user), Optional.of(item), rating, time)
        .flatMap(Optional::stream)
        .toList();
  }
}
