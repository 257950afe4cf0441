package bsl.ingest;

import bsl.core.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds out how a file has its records, from its first lines.
 *
 * <p>The separator is the one that cuts most of the lines into equally many fields. Of several it
 * is the one that makes most fields, without those that only cut fields of another one. The first
 * line is a header if it has names of columns that are known, or no numbers and a column that
 * mostly has some below.
 */
final class LayoutGuess {
  private static final String BLANK = " ";

  /** Those that stand in texts more rarely come first. */
  private static final List<String> SEPARATORS = List.of("::", "\t", ",", ";", "|", BLANK);

  private static final Set<String> POINTS = Set.of(",", ";");

  /** What stands for a value that is not there. */
  private static final Set<String> ABSENT = Set.of("", "na", "nan", "null", "none", "-");

  /** Share of the lines that have to have equally many fields, at least. */
  private static final double MOST = 0.5;

  private final Sample sample;
  private final ReadOptions options;

  LayoutGuess(Sample sample, ReadOptions options) {
    this.sample = sample;
    this.options = options;
  }

  /**
   * The layout.
   *
   * @throws ImportException if no separator makes columns, or if JSON lines are to be read with
   *     options of delimited text
   */
  Layout layout() throws ImportException {
    if (options.separator().isEmpty() && sample.first().strip().startsWith("{")) {
      requireNothingOfDelimitedText();
      return new Layout(
          Layout.Kind.JSON_LINES, "", Optional.empty(), false, options.skipLines(), sample.keys());
    }
    if (options.separator().isEmpty() && sample.first().strip().startsWith("[")) {
      throw new ImportException(
          sample.file(),
          sample.lineOf(0),
          "begins like a JSON array; JSON lines have an object per line");
    }
    sample.requireOneCarriageReturn();
    String separator = options.separator().isPresent() ? options.separator().get() : separator();
    Optional<Character> quote = quote(separator);
    if (quote.isPresent() && separator.indexOf(quote.get()) >= 0) {
      throw new ImportException(
          sample.file()
              + ": --quote "
              + Fields.quoted(quote.get().toString())
              + " is a character of the separator "
              + Fields.quoted(separator));
    }
    List<List<String>> records = sample.records(separator, quote);
    int columns = usual(records);
    if (columns < 2) {
      throw new ImportException(
          sample.file(),
          sample.lineOf(0),
          "separator '" + separator + "' makes one column of " + Fields.quoted(sample.first()));
    }
    boolean header = options.header().isPresent() ? options.header().get() : isHeader(records);
    if (header && records.get(0).size() != columns) {
      int line = sample.lineOf(0);
      throw new ImportException(
          sample.file(),
          line,
          "the first line has "
              + CountText.of(records.get(0).size(), "name")
              + ", and the lines behind it "
              + columns
              + " columns; leave it out with --no-header --skip-lines "
              + line
              + ": "
              + Fields.quoted(sample.first()));
    }
    if (!header && options.header().isEmpty()) {
      requireNoLaterHeader(records, columns);
    }
    List<String> names =
        header
            ? records.get(0).stream().map(ColumnNames::untyped).toList()
            : IntStream.rangeClosed(1, columns).mapToObj(Integer::toString).toList();
    return new Layout(Layout.Kind.DELIMITED, separator, quote, header, options.skipLines(), names);
  }

  /** Comments in front of a header would make the header a pair of users and items. */
  private void requireNoLaterHeader(List<List<String>> records, int columns)
      throws ImportException {
    int before = 0;
    while (records.get(before).size() != columns) {
      before++;
    }
    if (before == 0 || !isHeader(records.subList(before, records.size()))) {
      return;
    }
    int line = sample.lineOf(before);
    throw new ImportException(
        sample.file(),
        sample.lineOf(0),
        "is no record, and the header seems to be line "
            + line
            + "; leave out what is before it with --skip-lines "
            + (line - 1)
            + ", or say --no-header: "
            + Fields.quoted(sample.first()));
  }

  private void requireNothingOfDelimitedText() throws ImportException {
    if (options.header().isPresent() || options.quote().isPresent()) {
      throw new ImportException(
          sample.file()
              + ": "
              + (options.quote().isPresent() ? "--quote" : "--header")
              + " is for delimited text, and this is JSON lines");
    }
  }

  /**
   * What a separator makes of the lines.
   *
   * @param fields the number of fields that most records have
   * @param first the first fields of those records
   */
  private record Cut(String separator, int fields, List<String> first) {
    /** Whether most of the first fields have a text in them. */
    boolean leaves(String text) {
      return 2 * first.stream().filter(field -> field.contains(text)).count() > first.size();
    }

    /**
     * Whether the other one cuts inside fields: those that this one separates, or its own values.
     * Blanks stand beside other separators, and in dates.
     */
    boolean beats(Cut other) {
      return (isRarer(other) || fields > other.fields)
          && !leaves(other.separator)
          && (other.separator.equals(BLANK) || other.leaves(separator));
    }

    /** Whether this one stands in texts more rarely. Of commas and semicolons neither does. */
    private boolean isRarer(Cut other) {
      boolean both = POINTS.contains(separator) && POINTS.contains(other.separator);
      return !both && SEPARATORS.indexOf(separator) < SEPARATORS.indexOf(other.separator);
    }
  }

  private String separator() throws ImportException {
    List<Cut> cuts = new ArrayList<>();
    for (String candidate : SEPARATORS) {
      List<List<String>> records = sample.records(candidate, quote(candidate));
      int usual = usual(records);
      List<String> first =
          records.stream()
              .filter(record -> record.size() == usual)
              .map(record -> record.get(0))
              .toList();
      if (usual > 1 && first.size() >= MOST * records.size()) {
        cuts.add(new Cut(candidate, usual, first));
      }
    }
    Optional<Cut> best =
        cuts.stream()
            .filter(cut -> cuts.stream().noneMatch(other -> other.beats(cut)))
            // Of equals the first one is kept.
            .reduce((one, other) -> other.fields > one.fields ? other : one);
    if (best.isEmpty()) {
      throw new ImportException(
          sample.file(),
          sample.lineOf(0),
          (looksLikeLists()
                  ? "looks like 'user item item ...', which is a data set already if it lies as"
                      + " train.txt and test.txt in a folder of the data directory: "
                  : "no separator makes equally many columns of most lines; say which with --sep: ")
              + Fields.quoted(sample.first()));
    }
    return best.get().separator;
  }

  private boolean looksLikeLists() {
    return sample.text().lines().allMatch(line -> line.matches("[0-9 ]*"));
  }

  /** Files with commas or semicolons have quotes where they need them; others if they show some. */
  private Optional<Character> quote(String separator) {
    if (options.quote().isPresent()) {
      String quote = options.quote().get();
      return quote.equals(ReadOptions.NO_QUOTE) ? Optional.empty() : Optional.of(quote.charAt(0));
    }
    boolean usual = separator.equals(",") || separator.equals(";");
    boolean shown =
        sample.records(separator, Optional.empty()).stream()
            .flatMap(List::stream)
            .anyMatch(
                field -> field.length() > 1 && field.startsWith("\"") && field.endsWith("\""));
    return usual || shown ? Optional.of('"') : Optional.empty();
  }

  /** The number of fields that most records have. */
  private static int usual(List<List<String>> records) {
    Map<Integer, Long> counts =
        records.stream().collect(Collectors.groupingBy(List::size, Collectors.counting()));
    return counts.entrySet().stream()
        .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  private boolean isHeader(List<List<String>> records) {
    List<String> first = records.get(0);
    boolean known =
        first.stream().anyMatch(ColumnNames::isTyped)
            || ColumnNames.USER.find(first).isPresent()
            || ColumnNames.ITEM.find(first).isPresent()
            || ColumnNames.RATING.find(first).isPresent()
            || first.stream().anyMatch(this::isAsked);
    if (known || first.stream().anyMatch(LayoutGuess::isNumber)) {
      return known;
    }
    List<List<String>> others =
        records.stream().skip(1).filter(record -> record.size() == first.size()).toList();
    return IntStream.range(0, first.size())
        .anyMatch(
            column ->
                isName(
                    first.get(column), others.stream().map(other -> other.get(column)).toList()));
  }

  /** Whether an option asks for a column by this name. */
  private boolean isAsked(String name) {
    return Stream.of(options.user(), options.item(), options.rating(), options.time())
        .flatMap(Optional::stream)
        .anyMatch(asked -> !isNumber(asked) && asked.equals(name));
  }

  /**
   * Whether a text is a name for the values below it: they are mostly numbers, and it is none of
   * them. An id that happens to be a number makes no column of numbers, and one that ends in a
   * letter is no name of one.
   */
  private static boolean isName(String text, List<String> below) {
    List<String> there = below.stream().filter(value -> !isAbsent(value)).toList();
    long numbers = there.stream().filter(LayoutGuess::isNumber).count();
    long digits = text.chars().filter(Character::isDigit).count();
    return 2 * numbers > there.size()
        && !isAbsent(text)
        && !there.contains(text)
        && 2 * digits < text.length();
  }

  private static boolean isAbsent(String value) {
    return ABSENT.contains(value.toLowerCase(Locale.ROOT));
  }

  static boolean isNumber(String text) {
    return !Double.isNaN(NumberText.parse(text.toCharArray(), 0, text.length()));
  }
}
