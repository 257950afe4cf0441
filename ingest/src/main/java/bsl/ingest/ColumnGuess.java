package bsl.ingest;

import bsl.core.NameSuggestion;
import bsl.ingest.Columns.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the columns of users, items, ratings and times: those that were named, those whose names
 * are known, and in files without a header those that stand where MovieLens and Amazon have them:
 * user, item, rating, time.
 */
final class ColumnGuess {
  /** Numbers from here on are taken for seconds since 1970 rather than ratings. */
  private static final double EARLIEST_TIME = 1e8;

  private static final int USER = 0;
  private static final int ITEM = 1;
  private static final int RATING = 2;
  private static final int TIME = 3;
  private static final int MOST_WITHOUT_HEADER = 4;

  private final Sample sample;
  private final Layout layout;
  private final ReadOptions options;
  private final List<List<String>> rows;
  private final boolean named;
  private final List<String> unread = new ArrayList<>();
  private boolean timesUnread;
  private final Set<Integer> numbered = new HashSet<>();

  ColumnGuess(Sample sample, Layout layout, ReadOptions options) {
    this.sample = sample;
    this.layout = layout;
    this.options = options;
    this.rows = rows(sample, layout);
    this.named = layout.header() || layout.kind() == Layout.Kind.JSON_LINES;
  }

  private static List<List<String>> rows(Sample sample, Layout layout) {
    if (layout.kind() == Layout.Kind.JSON_LINES) {
      return sample.objects(layout.names());
    }
    List<List<String>> records = sample.records(layout.separator(), layout.quote());
    return records.subList(layout.header() ? 1 : 0, records.size()).stream()
        .filter(record -> record.size() == layout.names().size())
        .toList();
  }

  /** The first records, a list of fields each, header not included. */
  List<List<String>> rows() {
    return rows;
  }

  /** Columns that {@link #columns} has found by their names and passed over for their values. */
  List<String> unread() {
    return unread;
  }

  /** Whether {@link #columns} has found times by their name and passed them over. */
  boolean timesUnread() {
    return timesUnread;
  }

  /**
   * Words on a first line that is read as a record, but could be a header with names that are not
   * known: there is no number in it.
   *
   * @param columns what {@link #columns} has found
   */
  Optional<String> possibleHeader(Columns columns) {
    boolean words =
        !named && rows.size() > 1 && rows.get(0).stream().noneMatch(LayoutGuess::isNumber);
    return words
        ? Optional.of(
            "the first line is read as a user "
                + Fields.quoted(rows.get(0).get(columns.user().index()))
                + " and an item "
                + Fields.quoted(rows.get(0).get(columns.item().index()))
                + "; say --header if it names the columns, else --no-header")
        : Optional.empty();
  }

  /**
   * The columns.
   *
   * @throws ImportException if a column that was named is not there, if users or items are not
   *     found, or if several columns have the name of one that is read
   */
  Columns columns() throws ImportException {
    Optional<Column> user = asked(options.user(), "--user-column");
    Optional<Column> item = asked(options.item(), "--item-column");
    Optional<Column> rating = asked(unlessNone(options.rating()), "--rating-column");
    Optional<Column> time = asked(unlessNone(options.time()), "--time-column");
    List<Integer> taken = new ArrayList<>();
    for (Optional<Column> column : List.of(user, item, rating, time)) {
      column.ifPresent(c -> taken.add(c.index()));
    }
    user = user.or(() -> guess(USER, ColumnNames.USER, taken, this::isId));
    item = item.or(() -> guess(ITEM, ColumnNames.ITEM, taken, this::isId));
    if (user.isEmpty() || item.isEmpty()) {
      throw notFound(user.isEmpty() ? "user" : "item");
    }
    if (options.rating().isEmpty()) {
      rating = guess(RATING, ColumnNames.RATING, taken, this::isRating);
    }
    if (options.time().isEmpty()) {
      time = guess(TIME, ColumnNames.TIME, taken, this::isTime);
      if (time.isEmpty() && !named && rating.isEmpty()) {
        time = guess(RATING, ColumnNames.TIME, taken, this::isTime);
      }
    }
    if (user.get().index() == item.get().index()) {
      throw new ImportException(
          sample.file() + ": users and items are both in column '" + user.get().name() + "'");
    }
    Columns columns = new Columns(user.get(), item.get(), rating, time);
    for (Column column : columns.all()) {
      requireOne(column);
    }
    return columns;
  }

  private static Optional<String> unlessNone(Optional<String> name) {
    return name.filter(text -> !text.equals(ReadOptions.NO_COLUMN));
  }

  /** Of several columns of one name only a number says which is meant. */
  private void requireOne(Column column) throws ImportException {
    if (!numbered.contains(column.index())
        && Collections.frequency(layout.names(), column.name()) > 1) {
      throw new ImportException(
          sample.file(),
          sample.lineOf(0),
          "has several columns '" + column.name() + "'; say which one by its number, from 1");
    }
  }

  /** The column that an option names; empty if there is no such option. */
  private Optional<Column> asked(Optional<String> name, String option) throws ImportException {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String wanted = name.get();
    int index = layout.names().indexOf(wanted);
    if (index < 0) {
      index = layout.names().indexOf(ColumnNames.untyped(wanted));
    }
    if (index < 0 && layout.kind() == Layout.Kind.DELIMITED && wanted.matches("\\d{1,6}")) {
      index = Integer.parseInt(wanted) - 1;
      numbered.add(index);
    }
    if (index < 0 || index >= layout.names().size()) {
      throw new ImportException(
          sample.file()
              + ": "
              + option
              + " '"
              + wanted
              + "' is none of its columns, "
              + String.join(", ", layout.names())
              + NameSuggestion.hint(wanted, layout.names()));
    }
    return Optional.of(column(index));
  }

  private Column column(int index) {
    return new Column(index, layout.names().get(index));
  }

  /** A column by its name or, without a header, by its place, if its values fit. */
  private Optional<Column> guess(
      int place, ColumnNames known, List<Integer> taken, Predicate<String> fits) {
    Optional<Integer> index =
        named
            ? known.find(layout.names())
            : layout.names().size() <= MOST_WITHOUT_HEADER && place < layout.names().size()
                ? Optional.of(place)
                : Optional.empty();
    Optional<Integer> free = index.filter(i -> !taken.contains(i));
    Optional<Integer> fitting = free.filter(i -> mostFit(i, fits));
    if (named && fitting.isEmpty()) {
      free.ifPresent(i -> unread.add(unfit(i, place, fits)));
      timesUnread |= place == TIME && free.isPresent();
    }
    fitting.ifPresent(taken::add);
    return fitting.map(this::column);
  }

  private String unfit(int index, int place, Predicate<String> fits) {
    String value =
        rows.stream().map(row -> row.get(index)).filter(fits.negate()).findFirst().orElse("");
    return layout.names().get(index)
        + " is not read: "
        + Fields.quoted(value)
        + (place == TIME ? " is no time" : " is no number" + NumberText.hint(value));
  }

  /** Whether most values fit; a few may be malformed. */
  private boolean mostFit(int index, Predicate<String> fits) {
    long fitting = rows.stream().map(row -> row.get(index)).filter(fits).count();
    return fitting * 2 > rows.size() || rows.isEmpty();
  }

  /** Where columns have no names, dates are neither users nor items. */
  private boolean isId(String text) {
    return named || !TimeText.isDate(text);
  }

  /** Where columns have no names, large numbers are no ratings. */
  private boolean isRating(String text) {
    return named
        ? LayoutGuess.isNumber(text)
        : Math.abs(NumberText.parse(text.toCharArray(), 0, text.length())) < EARLIEST_TIME;
  }

  /** Where columns have no names, small numbers are no times. */
  private boolean isTime(String text) {
    double time = TimeText.parse(text);
    return named ? !Double.isNaN(time) : TimeText.isDate(text) || time >= EARLIEST_TIME;
  }

  private ImportException notFound(String what) {
    if (layout.names().isEmpty()) {
      return new ImportException(
          sample.file(),
          sample.lineOf(0),
          "is not a JSON object with values; each line is to hold a whole one");
    }
    return new ImportException(
        sample.file()
            + ": which column has the "
            + what
            + "s? say it with --"
            + what
            + "-column; there are "
            + choice());
  }

  /**
   * Says that a column is missing which another option needs, what there is, and why a column with
   * a fitting name is not it.
   *
   * @param need what needs it
   * @param option the option that names it
   */
  ImportException missing(String need, String option) {
    String why = unread.isEmpty() ? "" : " (" + String.join("; ", unread) + ")";
    return new ImportException(
        sample.file() + ": " + need + "; say it with " + option + "; there are " + choice() + why);
  }

  /** All columns, each with its first value. */
  private String choice() {
    StringBuilder columns = new StringBuilder();
    for (int c = 0; c < layout.names().size(); c++) {
      columns.append(c == 0 ? "" : ", ").append(layout.names().get(c));
      if (!rows.isEmpty()) {
        columns.append(" (").append(Fields.quoted(rows.get(0).get(c))).append(')');
      }
    }
    return columns.toString();
  }
}
