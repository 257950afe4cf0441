package bsl.ingest;

import bsl.ingest.Columns.Column;
import bsl.ingest.RecordReader.Found;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Reads files of one layout into a table of pairs, numbers their ids and drops low ratings. */
final class PairLoader {
  /** Between two words to whoever listens. */
  private static final int REPORT_RECORDS = 1 << 16;

  private static final int LONGEST_ID = 1000;
  private static final char REPLACEMENT = '\uFFFD';
  private static final int NO_COLUMN = -1;

  private final Layout layout;
  private final Charset encoding;
  private final boolean guessesHeader;
  private final List<String> keys;
  private final int user;
  private final int item;
  private final int rating;
  private final int time;
  private final OptionalDouble threshold;
  private final MalformedLines malformed;
  private final ImportListener listener;
  private final IdTable users = new IdTable();
  private final IdTable items = new IdTable();
  private final PairTable pairs;
  private final TimeUnits units = new TimeUnits();
  private final List<SourceSummary> summaries = new ArrayList<>();

  /** What to say of files that have a header alone. */
  private final List<String> bare = new ArrayList<>();

  private final boolean[] likes = new boolean[IdTable.BATCH];
  private final double[] times = new double[IdTable.BATCH];
  private int batchSize;
  private long records;
  private long wellFormed;

  /** Whether times are dates. */
  private boolean dates;

  /** Users and items as the header of the file calls them. */
  private char[] headerUser;

  private char[] headerItem;

  /**
   * @param layout how all files have their records
   * @param parted whether files are parts
   */
  PairLoader(
      Layout layout,
      Columns columns,
      ReadOptions options,
      OptionalDouble threshold,
      boolean parted,
      MalformedLines malformed,
      ImportListener listener) {
    this.layout = layout;
    this.encoding = options.encoding();
    this.threshold = threshold;
    this.malformed = malformed;
    this.listener = listener;
    this.pairs = new PairTable(columns.time().isPresent(), parted);
    // Fields of JSON lines come in the order of the keys, those of delimited text in the file's.
    boolean json = layout.kind() == Layout.Kind.JSON_LINES;
    List<Column> read = columns.all();
    this.guessesHeader = !json && options.header().isEmpty();
    this.keys = read.stream().map(Column::name).toList();
    this.user = json ? read.indexOf(columns.user()) : columns.user().index();
    this.item = json ? read.indexOf(columns.item()) : columns.item().index();
    this.rating = columns.rating().map(c -> json ? read.indexOf(c) : c.index()).orElse(NO_COLUMN);
    this.time = columns.time().map(c -> json ? read.indexOf(c) : c.index()).orElse(NO_COLUMN);
  }

  /**
   * Reads a file.
   *
   * @throws ImportException if it is not of the layout, or if a line is malformed and malformed
   *     lines are not counted
   */
  void load(SourceFile source) throws IOException {
    Path file = source.path();
    long total = Files.exists(file) ? Files.size(file) : 0;
    long before = records;
    long malformedBefore = malformed.count();
    try (SourceStream stream = SourceStream.open(file)) {
      LineReader lines = stream.lines(encoding);
      RecordReader reader = reader(lines);
      try {
        begin(file, lines, reader);
        byte part = source.part().map(Part::code).orElse((byte) 0);
        for (Found found = reader.next(); found != Found.END; found = reader.next()) {
          String problem = reader.problem();
          if (found == Found.RECORD) {
            String header = header(reader.fields(), records == before);
            problem = header == null ? take(reader.fields()) : header + ": " + lines.quoted();
          }
          if (problem != null) {
            malformed.meet(file, reader.line(), problem);
          } else if (time >= 0 && !dates) {
            units.look(times[batchSize - 1], file, reader.line());
          }
          if (batchSize == IdTable.BATCH) {
            addBatch(part);
          }
          if (++records % REPORT_RECORDS == 0) {
            listener.read(file, stream.bytesRead(), total, records);
            DatasetImport.requireGoingOn(listener);
          }
        }
        addBatch(part);
        if (records == before && !layout.header()) {
          throw new ImportException(file + ": there are no records");
        }
        if (records == before) {
          bare.add(file + ": nothing follows its header");
        }
        listener.read(file, total, total, records);
        summaries.add(
            new SourceSummary(
                file,
                source.part(),
                total,
                stream.sha256(),
                records - before,
                malformed.count() - malformedBefore));
      } catch (IOException e) {
        throw SourceStream.named(file, Math.max(1, lines.line()), e);
      }
    }
  }

  private RecordReader reader(LineReader lines) {
    return layout.kind() == Layout.Kind.JSON_LINES
        ? new JsonLinesReader(lines, keys)
        : new DelimitedReader(lines, layout.separator(), layout.quote(), layout.names().size());
  }

  /** Goes behind the header, which has to be that of the first file. */
  private void begin(Path file, LineReader lines, RecordReader reader) throws IOException {
    for (int skipped = 0; skipped < layout.skipLines(); skipped++) {
      lines.next();
    }
    if (!layout.header()) {
      return;
    }
    Found found = reader.next();
    if (found == Found.END) {
      throw new ImportException(file + ": has no header, since it has no more lines");
    }
    if (found == Found.MALFORMED) {
      throw new ImportException(
          file, reader.line(), "is where the header should be, and " + reader.problem());
    }
    List<String> names = reader.fields().strings();
    if (names.stream().allMatch(String::isEmpty)) {
      throw new ImportException(
          file,
          reader.line(),
          "is where the header should be, and all its fields are empty: " + lines.quoted());
    }
    if (!names.stream().map(ColumnNames::untyped).toList().equals(layout.names())) {
      throw new ImportException(
          file,
          reader.line(),
          "is not the header of the first file, "
              + String.join(", ", layout.names())
              + ": "
              + lines.quoted());
    }
    headerUser = names.get(user).toCharArray();
    headerItem = names.get(item).toCharArray();
  }

  /**
   * What says that a record is a header, which would be a user and an item, or null.
   *
   * @param first whether it is the first record of its file
   */
  private String header(Fields fields, boolean first) {
    if (layout.header()) {
      return fields.equal(user, headerUser) && fields.equal(item, headerItem)
          ? "is the header again"
          : null;
    }
    boolean mayBe = first && !summaries.isEmpty() && guessesHeader;
    if (mayBe && ColumnNames.isHeader(fields.strings())) {
      return "is a header, and the first file has none; say --no-header if it is a record";
    }
    return null;
  }

  /** Takes a record; what is wrong with it, or null. */
  private String take(Fields fields) throws ImportException {
    double at = 0;
    boolean liked = true;
    if (rating >= 0) {
      double value =
          fields.isAbsent(rating)
              ? Double.NaN
              : NumberText.parse(fields.text(rating), fields.start(rating), fields.end(rating));
      if (Double.isNaN(value)) {
        return wrong(
            fields, rating, "rating", "is not a number" + NumberText.hint(fields.string(rating)));
      }
      liked = threshold.isEmpty() || value >= threshold.getAsDouble();
    }
    if (time >= 0) {
      at =
          fields.isAbsent(time)
              ? Double.NaN
              : TimeText.parse(fields.text(time), fields.start(time), fields.end(time));
      if (Double.isNaN(at)) {
        return wrong(fields, time, "time", "is neither a number nor a date of ISO 8601");
      }
      // Numbers may be of any unit, so that they cannot be compared with dates.
      boolean date =
          TimeText.looksLikeDate(fields.text(time), fields.start(time), fields.end(time));
      if (wellFormed == 0) {
        dates = date;
      } else if (date != dates) {
        return wrong(
            fields,
            time,
            "time",
            date
                ? "is a date, and the times before it are numbers"
                : "is a number, and the times before it are dates");
      }
    }
    String problem = id(fields, user, "user");
    problem = problem == null ? id(fields, item, "item") : problem;
    if (problem != null) {
      return problem;
    }
    wellFormed++;
    users.add(fields.text(user), fields.start(user), fields.end(user));
    items.add(fields.text(item), fields.start(item), fields.end(item));
    likes[batchSize] = liked;
    times[batchSize++] = at;
    return null;
  }

  /** Numbers the ids of the records that were taken since the last call, and adds their pairs. */
  private void addBatch(byte part) throws ImportException {
    users.numberBatch();
    items.numberBatch();
    for (int k = 0; k < batchSize; k++) {
      if (likes[k]) {
        pairs.add(users.number(k), items.number(k), times[k], part);
      }
    }
    users.beginBatch();
    items.beginBatch();
    batchSize = 0;
  }

  /** What is wrong with an id, or null. */
  private static String id(Fields fields, int field, String what) {
    if (fields.isAbsent(field) || fields.isEmpty(field)) {
      return wrong(fields, field, what, "");
    }
    if (fields.end(field) - fields.start(field) > LONGEST_ID) {
      return wrong(fields, field, what, "has more than " + LONGEST_ID + " characters");
    }
    char[] text = fields.text(field);
    if (isPlain(text, fields.start(field), fields.end(field))) {
      return null;
    }
    for (int at = fields.start(field); at < fields.end(field); at++) {
      if (text[at] == REPLACEMENT) {
        return wrong(
            fields,
            field,
            what,
            "has bytes that are not in the encoding of the file, see --encoding, or U+FFFD instead");
      }
      if (text[at] == '\r') {
        return wrong(fields, field, what, "has a carriage return");
      }
      if (text[at] == 0) {
        return wrong(fields, field, what, "has a NUL character");
      }
      if (Character.isSurrogate(text[at])) {
        if (!isPair(text, at, fields.end(field))) {
          return wrong(fields, field, what, "has half of a surrogate pair, which is no character");
        }
        at++;
      }
    }
    return null;
  }

  /** Whether all are printable characters of ASCII, as nearly always. */
  private static boolean isPlain(char[] text, int start, int end) {
    boolean plain = true;
    for (int at = start; at < end; at++) {
      plain &= text[at] >= ' ' && text[at] <= '~';
    }
    return plain;
  }

  /** Whether two halves of a character stand together; one alone could not be written. */
  private static boolean isPair(char[] text, int at, int end) {
    return at + 1 < end && Character.isSurrogatePair(text[at], text[at + 1]);
  }

  private static String wrong(Fields fields, int field, String what, String how) {
    if (fields.isAbsent(field)) {
      return "has no " + what;
    }
    return fields.isEmpty(field)
        ? what + " is empty"
        : what + " " + fields.quoted(field) + " " + how;
  }

  /** What was read: all users and items that were well-formed, whatever their ratings. */
  StepCount read() {
    return new StepCount("read", wellFormed, users.size(), items.size());
  }

  List<SourceSummary> summaries() {
    return List.copyOf(summaries);
  }

  /** What is odd about what was read. */
  List<String> notes() {
    return Stream.concat(bare.stream(), units.note().stream()).toList();
  }

  IdTable users() {
    return users;
  }

  IdTable items() {
    return items;
  }

  /** The pairs by user, without those of low ratings. To be called once: it is the only holder. */
  InteractionLog log() {
    return pairs.byUser(users.size(), items.size(), dates);
  }
}
