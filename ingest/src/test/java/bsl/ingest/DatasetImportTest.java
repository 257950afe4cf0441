package bsl.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.Split;
import bsl.data.DatasetCatalog;
import bsl.data.IdFile;
import bsl.ingest.SplitOptions.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetImportTest {
  private static final ReadOptions SKIP = guessing(Optional.empty(), true);

  private static final FilterOptions KEEP =
      new FilterOptions(OptionalDouble.empty(), 1, 1, Duplicates.FIRST, false);

  @TempDir Path folder;

  private Path data;

  @BeforeEach
  void nameData() {
    data = folder.resolve("data");
  }

  private ImportResult imported(ImportOptions options) throws IOException {
    DatasetImport work = new DatasetImport(options);
    return work.run(work.plan(), data, ImportListener.SILENT);
  }

  private ImportResult importedByRating(Path file) throws IOException {
    return imported(
        options(
            ReadOptions.GUESS,
            new FilterOptions(OptionalDouble.of(3), 1, 1, Duplicates.FIRST, true),
            SplitOptions.DEFAULT,
            file));
  }

  private static ImportOptions options(
      ReadOptions read, FilterOptions filters, SplitOptions split, Path... files) {
    return new ImportOptions(
        "set", Arrays.stream(files).map(SourceFile::toSplit).toList(), read, filters, split);
  }

  private static ImportOptions options(Path... files) {
    return options(
        ReadOptions.GUESS, FilterOptions.DEFAULT, SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1), files);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private JsonNode record() throws IOException {
    return new ObjectMapper().readTree(data.resolve("set/import.json").toFile());
  }

  /** Pairs of a part by their original ids. */
  private Set<String> pairs(Interactions part) throws IOException {
    IdFile users = IdFile.read(data.resolve("set/users.tsv"), part.users()).orElseThrow();
    IdFile items = IdFile.read(data.resolve("set/items.tsv"), part.items()).orElseThrow();
    Set<String> pairs = new HashSet<>();
    for (int u = 0; u < part.users(); u++) {
      for (int item : part.itemsOf(u)) {
        pairs.add(users.id(u) + " " + items.id(item));
      }
    }
    return pairs;
  }

  private Split load() throws IOException {
    return DatasetCatalog.load("set", data).split();
  }

  private static final String RATINGS =
      """
      user,item,rating,timestamp
      ann,book,5,100
      ann,"lamp, red",2,150
      ann,chair,4,50
      bob,book,4,10
      bob,chair,5,30
      bob,desk,4,20
      ann,book,3,200
      cid,desk,1,70
      """;

  @Test
  void pairsKeepTheirIdsAndTheRecordSaysWhatHappened() throws IOException {
    Path file = write("ratings.csv", RATINGS);
    ImportResult result =
        imported(
            options(
                ReadOptions.GUESS,
                new FilterOptions(OptionalDouble.of(3), 1, 1, Duplicates.FIRST, true),
                SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1),
                file));

    Split split = load();
    assertThat(pairs(split.train())).containsExactlyInAnyOrder("ann chair", "bob book", "bob desk");
    // Bob has chair last. Ann had book at 100 first, after chair.
    assertThat(pairs(split.test())).containsExactlyInAnyOrder("ann book", "bob chair");
    assertThat(split.validation()).isEmpty();
    assertThat(result.split()).isEqualTo(split);
    assertThat(data.resolve("set/users.tsv")).hasContent("index\tid\n0\tann\n1\tbob\n");
    assertThat(result.steps())
        .containsExactly(
            new StepCount("read", 8, 3, 4),
            new StepCount("rating threshold", 6, 2, 3),
            new StepCount("duplicates", 5, 2, 3),
            new StepCount("unknowns", 5, 2, 3));
    JsonNode record = record();
    assertThat(record.at("/sources/0/file").asText()).isEqualTo("ratings.csv");
    assertThat(record.at("/sources/0/sha256").asText()).isEqualTo(sha256(file));
    assertThat(record.at("/sources/0/records").asInt()).isEqualTo(8);
    assertThat(record.at("/options/rating_threshold").asDouble()).isEqualTo(3);
    assertThat(record.at("/options/split").asText()).isEqualTo("leave-last");
    assertThat(record.at("/steps/1/pairs").asInt()).isEqualTo(6);
    assertThat(record.at("/parts/train/digest").asText()).isEqualTo(split.train().digest());
    assertThat(record.at("/parts/test/digest").asText()).isEqualTo(split.test().digest());
    assertThat(record.at("/columns/item").asText()).isEqualTo("item");
    assertThat(record.at("/times/users_with_test_before_train").asInt()).isZero();
    // Bob has his chair before Ann has hers.
    assertThat(record.at("/times/test_pairs_before_last_train").asInt()).isEqualTo(1);
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** The same interactions in any format, compressed or not, are the same data set. */
  @Test
  void formatsDoNotMatter() throws IOException {
    StringBuilder csv = new StringBuilder("\uFEFFuser_id,item_id,rating,timestamp\r\n");
    StringBuilder movieLens = new StringBuilder();
    StringBuilder inter =
        new StringBuilder("user_id:token\titem_id:token\trating:float\ttimestamp:float\n");
    StringBuilder json = new StringBuilder();
    RandomStream random = RandomStream.of(3, Purpose.TEST);
    for (int k = 0; k < 3000; k++) {
      String user = "u" + random.nextInt(60);
      String item = "i" + random.nextInt(90);
      int rating = 1 + random.nextInt(5);
      int time = 978_300_760 + random.nextInt(1000);
      csv.append(format("\"%s\",%s,%d.0,%d\r\n", user, item, rating, time));
      movieLens.append(format("%s::%s::%d::%d\n", user, item, rating, time));
      inter.append(format("%s\t%s\t%d\t%d.0\n", user, item, rating, time));
      json.append(
          format(
              "{\"asin\": \"%s\", \"x\": [1], \"reviewerID\": \"%s\", \"overall\": %d, \"unixReviewTime\": %d}\n",
              item, user, rating, time));
    }
    List<Path> files = new ArrayList<>();
    files.add(write("a.csv", csv.toString()));
    files.add(write("a.dat", movieLens.toString()));
    files.add(write("a.inter", inter.toString()));
    files.add(write("a.json", json.toString()));
    for (Path file : List.copyOf(files)) {
      Path compressed = folder.resolve(file.getFileName() + ".gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
        Files.copy(file, out);
      }
      files.add(compressed);
    }
    FilterOptions filters = new FilterOptions(OptionalDouble.of(3), 5, 5, Duplicates.LAST, true);
    for (Kind kind : List.of(Kind.RANDOM, Kind.LEAVE_LAST, Kind.TIME)) {
      Set<List<String>> digests = new HashSet<>();
      // Each of them once more would take long, since every data set is forced to the disk.
      for (int f = 0; f < files.size(); f += kind == Kind.RANDOM ? 1 : 3) {
        SplitOptions split = SplitOptions.of(kind, kind == Kind.LEAVE_LAST ? 2 : 0.2, 0.1, 4);
        data = folder.resolve(kind.key() + f);
        ImportResult result = imported(options(ReadOptions.GUESS, filters, split, files.get(f)));
        Split loaded = load();
        assertThat(loaded).isEqualTo(result.split());
        digests.add(
            List.of(
                loaded.train().digest(),
                loaded.validation().orElseThrow().digest(),
                loaded.test().digest(),
                Files.readString(data.resolve("set/users.tsv")),
                Files.readString(data.resolve("set/items.tsv"))));
      }
      assertThat(digests).as(kind.key()).hasSize(1);
    }
  }

  @Test
  void severalFilesAreOne() throws IOException {
    Path whole = write("whole.csv", RATINGS);
    int cut = RATINGS.indexOf("bob");
    Path first = write("first.csv", RATINGS.substring(0, cut));
    Path second = write("second.csv", "user,item,rating,timestamp\n" + RATINGS.substring(cut));
    Split together = imported(options(whole)).split();
    data = folder.resolve("other");

    assertThat(imported(options(first, second)).split()).isEqualTo(together);
    assertThat(record().at("/sources").size()).isEqualTo(2);
    data = folder.resolve("third");
    Path other = write("third.csv", "item,user,rating,timestamp\n" + RATINGS.substring(cut));
    assertThatThrownBy(() -> imported(options(first, other)))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            other
                + ":1: is not the header of the first file, user, item, rating, timestamp:"
                + " 'item,user,rating,timestamp'");
    assertThat(data).doesNotExist();
  }

  private void assertRefused(String message, Path... files) {
    assertThatThrownBy(() -> imported(options(files)))
        .isInstanceOf(ImportException.class)
        .hasMessage(message);
    assertThat(data).as("nothing is written").doesNotExist();
  }

  @Test
  void aHeaderThatComesAgainIsMalformed() throws IOException {
    String pairs = "ann,book\nann,lamp\nbob,book\nbob,lamp\n";
    Path joined = write("joined.csv", "user,item\n" + pairs + "user,item\ncid,book\ncid,lamp\n");
    assertRefused(joined + ":6: is the header again: 'user,item'", joined);
    Path typed =
        write("a.inter", "user_id:token\titem_id:token\na\tb\nuser_id:token\titem_id:token\n");
    assertRefused(typed + ":3: is the header again: 'user_id:token?item_id:token'", typed);

    ImportResult result =
        imported(options(SKIP, KEEP, SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1), joined));
    assertThat(result.malformed()).isEqualTo(1);
    assertThat(result.steps().get(0)).isEqualTo(new StepCount("read", 6, 3, 2));
  }

  @Test
  void aHeaderBehindAFileThatHasNoneIsMalformed() throws IOException {
    Path plain = write("plain.csv", "ann,1\nann,2\nbob,1\nbob,2\n");
    Path named = write("named.csv", "userId,Movie-ID\ncid,1\ncid,2\n");
    assertRefused(
        named
            + ":1: is a header, and the first file has none; say --no-header if it is a record:"
            + " 'userId,Movie-ID'",
        plain,
        named);

    SplitOptions last = SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1);
    ImportResult skipped = imported(options(SKIP, KEEP, last, plain, named));
    assertThat(skipped.malformed()).isEqualTo(1);
    assertThat(skipped.steps().get(0)).isEqualTo(new StepCount("read", 6, 3, 2));

    data = folder.resolve("said");
    ReadOptions none = header(false, 0);
    assertThat(imported(options(none, KEEP, last, plain, named)).steps().get(0))
        .isEqualTo(new StepCount("read", 7, 4, 3));

    data = folder.resolve("other");
    Path user = write("user.csv", "cid,1\nuserId,Movie-ID\nuserId,1\n");
    assertThat(imported(options(plain, user)).malformed()).as("not the first record").isZero();
  }

  private static ReadOptions header(boolean header, int skipLines) {
    return new ReadOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.of(header),
        skipLines,
        StandardCharsets.UTF_8,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n\n"})
  void aFileWithoutRecordsAmongOthersIsNamed(String text) throws IOException {
    Path plain = write("plain.csv", "ann,1\nann,2\nbob,1\nbob,2\n");
    Path json = write("a.jsonl", "{\"user\": 1, \"item\": 2}\n");
    Path empty = write("empty", text);
    Path other = write("other.csv", "ann,3\n");

    assertRefused(empty + ": there are no records", plain, empty);
    assertRefused(empty + ": there are no records", json, empty);
    assertThatThrownBy(() -> imported(parts(plain, empty, other)))
        .hasMessage(empty + ": there are no records");
  }

  @Test
  void aFileWithAHeaderAloneIsNoted() throws IOException {
    Path bare = write("bare.csv", "user,item\n");
    Path full = write("full.csv", "user,item\nann,book\nann,lamp\nbob,book\nbob,lamp\n");
    Path blank = write("blank.csv", "user,item\r\n\r\n");

    ImportResult result =
        imported(
            options(
                ReadOptions.GUESS,
                KEEP,
                SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1),
                bare,
                full,
                blank));

    assertThat(result.notes())
        .containsExactly(
            bare + ": nothing follows its header", blank + ": nothing follows its header");
    assertThat(pairs(load().train())).containsExactlyInAnyOrder("ann book", "bob book");
  }

  @Test
  void aFileThatIsNamedTwiceIsRefused() throws IOException {
    Path file = write("r.csv", RATINGS);
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);
    Path around = Files.createDirectory(folder.resolve("a")).resolve("../r.csv");
    Path copy = write("copy.csv", RATINGS);

    assertRefused(file + ": is named twice", copy, file, file);
    assertRefused(link + ": is named twice, also by " + file, file, link);
    assertRefused(file + ": is named twice, also by " + around, around, file);
    assertThatThrownBy(() -> new DatasetImport(parts(file, copy, link)).plan())
        .isInstanceOf(ImportException.class)
        .hasMessage(link + ": is named twice, also by " + file + ", as train and as test");
    assertThatThrownBy(() -> new DatasetImport(parts(copy, file, file)).plan())
        .hasMessage(file + ": is named twice, as valid and as test");
    imported(parts(file, write("valid.csv", RATINGS), copy));
    assertThat(load().test()).as("a copy is another file").isEqualTo(load().train());
  }

  private static ImportOptions parts(Path train, Path valid, Path test) {
    return new ImportOptions(
        "set",
        List.of(
            SourceFile.of(Part.TRAIN, train),
            SourceFile.of(Part.VALID, valid),
            SourceFile.of(Part.TEST, test)),
        ReadOptions.GUESS,
        KEEP,
        SplitOptions.given());
  }

  @Test
  void idsOfJsonThatAreEqualNumbersAreOneId() throws IOException {
    Path file =
        write(
            "r.jsonl",
            """
            {"user": 1, "item": "x", "rating": 5.0}
            {"user": 1.0, "item": "y", "rating": 4.5}
            {"user": "1", "item": 9007199254740993.0, "rating": 3}
            {"user": 2, "item": 9007199254740993, "rating": 1}
            {"user": 2, "item": 9007199254740992, "rating": 5}
            {"user": 2, "item": "y", "rating": 5}
            """);
    imported(options(ReadOptions.GUESS, KEEP, SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1), file));

    assertThat(pairs(load().train()))
        .containsExactlyInAnyOrder("1 x", "1 y", "2 9007199254740993", "2 9007199254740992");
    assertThat(pairs(load().test())).containsExactlyInAnyOrder("1 9007199254740993", "2 y");
  }

  @Test
  void aFileOfSkippedLinesOnlyIsNamed() throws IOException {
    Path plain = write("plain.csv", "#\n#\nann,1\nann,2\nbob,1\nbob,2\n");
    Path few = write("few.csv", "cid,1\n");

    assertThatThrownBy(
            () ->
                imported(
                    options(
                        header(false, 2),
                        KEEP,
                        SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1),
                        plain,
                        few)))
        .isInstanceOf(ImportException.class)
        .hasMessage(few + ": there are no records");
  }

  /** A program that writes CR LF for LF and is given CR LF makes such lines. */
  @Test
  void linesThatEndInTwoCarriageReturnsAreNamed() throws IOException {
    for (String text : List.of("user,item,rating\na,x,1\nb,x,2\na,y,1\n", "a\tx\n", "\na,x\n")) {
      Path file = write("f.csv", text.replace("\n", "\r\r\n"));
      assertRefused(
          file + ":1: lines end in CR CR LF; only LF and CR LF end lines here, convert them", file);
    }
    // White space around JSON is no matter.
    Path json =
        write(
            "f.jsonl",
            "{'user': 1, 'item': 2}~{'user': 1, 'item': 3}~"
                .replace("~", "\r\r\n")
                .replace('\'', '"'));
    imported(options(ReadOptions.GUESS, KEEP, SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1), json));
    assertThat(load().items()).isEqualTo(2);
  }

  @Test
  void emptyRecordsAreMalformedWhateverSeparates() throws IOException {
    for (String separator : List.of(",", "\t")) {
      String text =
          "user-item\nann-book\n-\nann-lamp\nbob-book\nbob-lamp\n".replace("-", separator);
      Path file = write("f.txt", text);
      assertRefused(file + ":3: user is empty", file);

      Path before = write("g.txt", separator + "\n" + text);
      assertRefused(
          before
              + ":1: is where the header should be, and all its fields are empty: '"
              + separator.replace('\t', '?')
              + "'",
          before);
    }
  }

  @Test
  void pointsInTimeAreCheckedBeforeAnythingIsRead() {
    Path absent = folder.resolve("absent.csv");
    for (boolean test : new boolean[] {true, false}) {
      SplitOptions split =
          new SplitOptions(
              Kind.TIME,
              new Amount(0.1),
              new Amount(0.1),
              1,
              Optional.of(test ? "soon" : "2015-06-30"),
              test ? Optional.empty() : Optional.of("soon"));
      ImportOptions options = options(ReadOptions.GUESS, KEEP, split, absent);

      assertThatThrownBy(() -> new DatasetImport(options))
          .isInstanceOf(ImportException.class)
          .hasMessage(
              (test ? "--test-from" : "--val-from")
                  + " 'soon' is neither a date, such as 2015-06-30, nor a number");
    }
  }

  @Test
  void aLinkThatLeadsNowhereTakesTheName() throws IOException {
    Path file = write("r.csv", RATINGS);
    Files.createDirectories(data);
    Path link = Files.createSymbolicLink(data.resolve("set"), folder.resolve("nowhere"));

    assertThatThrownBy(() -> imported(options(file)))
        .isInstanceOf(ImportException.class)
        .hasMessage(link + ": is there already; delete it or choose another --name");
  }

  @Test
  void givenPartsStayAsTheyAre() throws IOException {
    ImportOptions options =
        new ImportOptions(
            "set",
            List.of(
                SourceFile.of(Part.TRAIN, write("train.tsv", "a\tx\na\ty\nb\tx\na\tx\n")),
                SourceFile.of(Part.VALID, write("valid.tsv", "b\ty\n")),
                SourceFile.of(Part.TEST, write("test.tsv", "a\tz\nc\tx\na\ty\n"))),
            ReadOptions.GUESS,
            new FilterOptions(OptionalDouble.empty(), 1, 1, Duplicates.FIRST, false),
            SplitOptions.given());
    imported(options);

    assertThat(pairs(load().train())).containsExactlyInAnyOrder("a x", "a y", "b x");
    assertThat(pairs(load().validation().orElseThrow())).containsExactly("b y");
    assertThat(pairs(load().test())).containsExactlyInAnyOrder("a z", "c x", "a y");
    assertThat(record().at("/sources/1/part").asText()).isEqualTo("valid");
    assertThat(record().at("/options/split").asText()).isEqualTo("given");
  }

  @Test
  void pairsOfTheUnknownAreDroppedOnDemand() throws IOException {
    Path file = write("r.tsv", "a\tx\na\ty\nb\tx\nb\tz\nc\tx\n");
    FilterOptions keep = new FilterOptions(OptionalDouble.empty(), 1, 1, Duplicates.FIRST, false);
    SplitOptions last = SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1);
    imported(options(ReadOptions.GUESS, keep, last, file));
    assertThat(pairs(load().test())).containsExactlyInAnyOrder("a y", "b z");

    data = folder.resolve("again");
    assertThatThrownBy(
            () -> imported(options(ReadOptions.GUESS, FilterOptions.DEFAULT, last, file)))
        .hasMessage(
            "the split leaves no test pairs of 5 once those of users and items that are not in"
                + " train are dropped (leave-last, test 1, validation 0)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann,book,good,1|2: rating 'good' is not a number",
        "ann,book,'4,5',1|2: rating '4,5' is not a number; decimals have a point",
        "ann,book,,1|2: rating is empty",
        "ann,book,5,later|2: time 'later' is neither a number nor a date of ISO 8601",
        ",book,5,1|2: user is empty",
        "ann,'',5,1|2: item is empty",
        "ann,book,5|2: has 3 columns instead of 4: 'ann,book,5'",
        "ann,book,5,1,x|2: has 5 columns instead of 4: 'ann,book,5,1,x'",
        "ann,'bo'ok,5,1|2: a closing quote is followed by 'o': ",
        "ann,'book,5,1|2: a closing quote is followed by 'l': 'ann,\"book,5,1'",
        "ann,bo\uFFFDk,5,1|2: item 'bo\uFFFDk' has bytes that are not in the encoding of the file",
        "ann,bo\rok,5,1|2: item 'bo?ok' has a carriage return",
        "ann,bo\0ok,5,1|2: item 'bo?ok' has a NUL character",
        "ann,LONG,5,1|2: item 'iiiiiiii",
      })
  void aMalformedLineIsAnErrorOrCounted(String line, String problem) throws IOException {
    String text =
        RATINGS.replaceFirst(
            "\n",
            "\n"
                + line.replace('\'', '"').replace("$", "\\$").replace("LONG", "i".repeat(1001))
                + "\n");
    Path file = write("ratings.csv", text);
    assertThatThrownBy(() -> imported(options(file)))
        .isInstanceOf(ImportException.class)
        .hasMessageStartingWith(file + ":" + problem)
        .hasMessageNotContainingAny("\n", "\r");
    assertThat(data).as("nothing is written").doesNotExist();

    ImportResult result =
        imported(
            options(SKIP, FilterOptions.DEFAULT, SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1), file));
    assertThat(result.malformed()).isEqualTo(1);
    assertThat(result.examples()).hasSize(1).first().asString().startsWith(file + ":" + problem);
    assertThat(result.steps().get(0)).isEqualTo(new StepCount("read", 8, 3, 4));
    assertThat(record().at("/malformed").asInt()).isEqualTo(1);
    assertThat(record().at("/sources/0/records").asInt()).isEqualTo(9);
  }

  /** Dates are seconds, numbers may be anything: a set that mixes them would be ordered wrongly. */
  @Test
  void timesAreAllNumbersOrAllDates() throws IOException {
    String mixed = RATINGS + "ann,extra,5,2020-01-01\n";
    Path file = write("ratings.csv", mixed);

    assertThatThrownBy(() -> imported(options(file)))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            file
                + ":"
                + mixed.lines().count()
                + ": time '2020-01-01' is a date, and the times before it are numbers");

    Path dates = write("dates.csv", "user,item,rating,time\na,b,5,2020-01-01\na,c,5,7\n");
    assertThatThrownBy(() -> imported(options(dates)))
        .hasMessage(dates + ":3: time '7' is a number, and the times before it are dates");
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    Path absent = folder.resolve("absent.csv");
    assertThatThrownBy(() -> imported(options(absent))).hasMessage(absent + ": no such file");
    assertThatThrownBy(() -> imported(options(folder)))
        .hasMessage(folder + ": is a folder; name the files in it");

    StringBuilder text = new StringBuilder("user,item\n");
    for (int k = 0; k < 50_000; k++) {
      text.append("u").append(k % 900).append(",i").append(k * 7919 % 1237).append('\n');
    }
    Path whole = folder.resolve("whole.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length - 100));
    assertThatThrownBy(() -> imported(options(cut)))
        .hasMessage(cut + ":" + lineOfTheCut(cut) + ": the compressed file is cut short");
    assertThat(data).doesNotExist();
    imported(options(whole));
    assertThat(load().users()).isEqualTo(900);
  }

  /** Number of the line in which a compressed file ends, by the JDK, a byte at a time. */
  private static int lineOfTheCut(Path cut) throws IOException {
    int line = 1;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(cut), 1)) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        line += next == '\n' ? 1 : 0;
      }
    } catch (EOFException e) {
      return line;
    }
    throw new AssertionError(cut + " is whole");
  }

  @Test
  void aSmallFileThatIsCutShortIsNamed() throws IOException {
    Path whole = folder.resolve("whole.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write(RATINGS.getBytes(StandardCharsets.US_ASCII));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length - 12));
    assertThatThrownBy(() -> imported(options(cut)))
        .hasMessage(cut + ":" + lineOfTheCut(cut) + ": the compressed file is cut short");
  }

  /** Blanks are in dates and titles, and beside other separators; commas are in text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "196, 242, 2011-01-01 10:20:30 ! ',' ! 3",
        "1;\"The Dark Knight\" ! ';' ! 2",
        "1~The Dark Knight ! tab ! 2",
        "50756~4f5e9d~Tue Apr 03 18:00:06 +0000 2012~240 ! tab ! 4",
        "1~foo, bar, baz ! tab ! 2",
        "1 10 3,5 978300760 ! blank ! 4",
        "1 10 5 ! blank ! 3",
        "1::10::5::978300760 ! '::' ! 4",
        "1 | 10 | 2011-01-01 10:20 ! '|' ! 3",
        "1;2,5;3 ! ';' ! 3",
        "1;2,5;3;4 ! ';' ! 4",
        "3,5;u1;i1 ! ';' ! 3",
        "Jones, Bob;i1;1 ! ';' ! 3",
        "Smith, Bob~i1~5 ! tab ! 3",
        "1,000~1~3 ! tab ! 3",
        "Ann Lee,B1,5 ! ',' ! 3",
        "Ann Lee,B1 ! ',' ! 2",
        "\"Ann Lee\",B1,5 ! ',' ! 3",
        "Ann Lee~B1~5 ! tab ! 3",
        "2019-01-01 10:00:01,u1,i1 ! ',' ! 3",
        "2019-10-01 00:00:01 UTC,view,4480,21 ! ',' ! 4",
        "a|u1,i1,1 ! ',' ! 3",
        "1,Toy,A|B|C|D ! ',' ! 3"
      })
  void theSeparatorIsNotWhatIsInsideFields(String line, String separator, int columns)
      throws IOException {
    Path file = write("a.txt", (line.replace('~', '\t') + "\n").repeat(6));

    ImportOptions options =
        options(columns("1", "2"), FilterOptions.DEFAULT, SplitOptions.DEFAULT, file);
    Layout layout = new DatasetImport(options).plan().layout();
    assertThat(layout.describe()).contains("separator " + separator + ",");
    assertThat(layout.names()).hasSize(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "'A2S,B00|A1X,0439023483|A3Y,B01|A4Z,B02|A2S,B03', false",
    "'person,product|ann,1|bob,x|cid,3', true",
    "'person,product|7,tea|8,mug', true",
    "'7,tea|8,mug', false",
    "'person,product,n|p,g,0|q,h,|r,i,|s,g,NA', true",
    "'A1,000100039X|A2,000100038X|A3,0001000003|A4,0001000004|A5,0001000005', false",
    "'ann,tea,NA|bob,tea,NA|cid,mug,1|dan,mug,2|eve,mug,3', false"
  })
  void anIdThatIsANumberMakesNoHeaderOfTheLineBefore(String lines, boolean header)
      throws IOException {
    Path file = write("a.csv", lines.replace('|', '\n') + "\n");

    DatasetImport work =
        new DatasetImport(
            options(columns("1", "2"), FilterOptions.DEFAULT, SplitOptions.DEFAULT, file));
    assertThat(work.plan().layout().header()).isEqualTo(header);
  }

  @Test
  void aHeaderIsFoundByTheNamesThatOptionsHave() throws IOException {
    Path file = write("a.csv", "person,product\nann,tea\nbob,mug\n");

    DatasetImport work =
        new DatasetImport(
            options(
                columns("person", "product"), FilterOptions.DEFAULT, SplitOptions.DEFAULT, file));
    assertThat(work.plan().layout().header()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "~~onecolumn~only~ ! :3: no separator makes equally many columns",
        "~[~1~ ! :2: begins like a JSON array",
        "~{~}~ ! :2: is not a JSON object with values",
        "~id,id~1,2~3,4~ ! :2: has several columns `id`",
        "~`Export` of 2020~user,item~a,b~c,d~ ! :2: is where the header should be, and a closing"
      })
  void linesAreCountedWithEmptyOnes(String text, String problem) throws IOException {
    Path file = write("a.csv", text.replace('~', '\n').replace('`', '"'));
    ReadOptions read = text.contains("id,id") ? columns("id", "2") : ReadOptions.GUESS;

    assertThatThrownBy(
            () -> imported(options(read, FilterOptions.DEFAULT, SplitOptions.DEFAULT, file)))
        .isInstanceOf(ImportException.class)
        .hasMessageStartingWith(file + problem.replace('`', '\''));
  }

  private static ReadOptions guessing(Optional<String> time, boolean skipMalformed) {
    return read(Optional.empty(), Optional.empty(), time, skipMalformed);
  }

  private static ReadOptions columns(String user, String item) {
    return read(Optional.of(user), Optional.of(item), Optional.empty(), false);
  }

  /** What is not given is guessed. */
  private static ReadOptions read(
      Optional<String> user, Optional<String> item, Optional<String> time, boolean skipMalformed) {
    return new ReadOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        StandardCharsets.UTF_8,
        user,
        item,
        Optional.empty(),
        time,
        skipMalformed);
  }

  /** With malformed lines skipped, the header would be a pair of users and items. */
  @Test
  void linesBeforeAHeaderAreNotPassedOver() throws IOException {
    Path file = write("comment.csv", "# export\n\n# of today\n" + RATINGS);

    assertThatThrownBy(() -> imported(options(file)))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            file
                + ":1: is no record, and the header seems to be line 4; leave out what is before it"
                + " with --skip-lines 3, or say --no-header: '# export'");
    assertThat(data).doesNotExist();
  }

  @Test
  void filesWithoutRecordsAreNamed() throws IOException {
    Path header = write("header.csv", "user,item,rating\n");
    assertThatThrownBy(() -> imported(options(header)))
        .isInstanceOf(ImportException.class)
        .hasMessage(header + ": nothing follows the header");
    Path macintosh = write("cr.csv", RATINGS.replace('\n', '\r'));
    assertThatThrownBy(() -> imported(options(macintosh)))
        .isInstanceOf(ImportException.class)
        .hasMessageStartingWith(macintosh + ":1: lines end in CR");
    assertThat(data).doesNotExist();
  }

  @Test
  void textInUtf16IsReadIfSaid() throws IOException {
    Path wide = folder.resolve("wide.csv");
    Files.write(wide, RATINGS.getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> imported(options(wide)))
        .isInstanceOf(ImportException.class)
        .hasMessage(wide + ": is text in UTF-16; read it with --encoding UTF-16");
    ReadOptions read =
        new ReadOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            StandardCharsets.UTF_16,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);
    imported(options(read, FilterOptions.DEFAULT, SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1), wide));
    Set<String> fromWide = pairs(load().train());
    data = folder.resolve("other");
    imported(options(write("narrow.csv", RATINGS)));
    assertThat(fromWide).isEqualTo(pairs(load().train()));
  }

  /** Written as UTF-8, all halves alone are the same question mark, so that ids would be lost. */
  @Test
  void idsAreWholeCharacters() throws IOException {
    String lines =
        "{'user': 'X\\ud83d\\ude00', 'item': 'a'}\n{'user': 'X\\ud83d\\ude00', 'item': 'b'}\n";
    Path whole = write("whole.jsonl", lines.replace('\'', '"'));
    imported(
        options(
            ReadOptions.GUESS,
            new FilterOptions(OptionalDouble.empty(), 1, 1, Duplicates.FIRST, false),
            SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1),
            whole));
    assertThat(pairs(load().train())).containsExactly("X\uD83D\uDE00 a");

    data = folder.resolve("other");
    for (String half : List.of("\\ud83d", "\\ude00\\ud83d", "\\ud83dY")) {
      Path broken = write("broken.jsonl", lines.replace("\\ud83d\\ude00", half).replace('\'', '"'));
      assertThatThrownBy(() -> imported(options(broken)))
          .isInstanceOf(ImportException.class)
          .hasMessageStartingWith(broken + ":1: user 'X?")
          .hasMessageEndingWith("has half of a surrogate pair, which is no character");
    }
  }

  /** Of a log that was joined from two systems every second would come before every millisecond. */
  @Test
  void timesOfDifferentUnitsAreTold() throws IOException {
    Path one = write("one.csv", "user,item,time\na,x,1435622400\na,y,-1\nb,x,1435622500\n");
    Path two = write("two.csv", "user,item,time\nb,y,1435622600000\na,z,1435622700\n");
    SplitOptions all = SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1);
    assertThat(imported(options(ReadOptions.GUESS, KEEP, all, one, two)).notes())
        .containsExactly(
            "by their size times are of different units: '1435622400' would be seconds ("
                + one
                + ":2) and '1435622600000' would be milliseconds ("
                + two
                + ":2); they are ordered as numbers");

    Path same = write("same.csv", "user,item,time\na,x,1\na,y,1435622600\nb,x,7\nb,y,9e9\n");
    data = folder.resolve("same");
    assertThat(imported(options(ReadOptions.GUESS, KEEP, all, same)).notes()).isEmpty();
  }

  @Test
  void theLastInteractionsTakeTimesThatCanBeRead() throws IOException {
    Path file = write("shop.csv", "user,item,time\na,x,12/1/2010 8:26\na,y,12/1/2010 8:20\n");
    assertThatThrownBy(() -> imported(options(file)))
        .hasMessage(
            file
                + ": the last interactions are those of the latest times, which cannot be read;"
                + " say it with --time-column, or 'none' to go by the order of the file; there are"
                + " user ('a'), item ('x'), time ('12/1/2010 8:26') (time is not read:"
                + " '12/1/2010 8:26' is no time)");

    ReadOptions none = guessing(Optional.of(ReadOptions.NO_COLUMN), false);
    SplitOptions last = SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1);
    imported(options(none, KEEP, last, file));
    assertThat(pairs(load().test())).containsExactly("a y");
  }

  /** They may be the reason. */
  @Test
  void aSplitThatLeavesNothingTellsOfMalformedLines() throws IOException {
    Path file = write("few.csv", "user,item,time\na,x,1\na,y,soon\nb,y,2\n");
    SplitOptions last = SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1);

    assertThatThrownBy(() -> imported(options(SKIP, KEEP, last, file)))
        .hasMessage(
            "the split leaves no test pairs of 2 (leave-last, test 1, validation 0); 1 malformed"
                + " line was left out, for example "
                + file
                + ":3: time 'soon' is neither a number nor a date of ISO 8601");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    Path file = write("r.csv", RATINGS);
    imported(options(file));
    assertThatThrownBy(() -> imported(options(file))).hasMessageContaining("is there already");

    Path unrated = write("unrated.csv", "user,item\na,b\nc,d\n");
    assertThatThrownBy(() -> importedByRating(unrated))
        .hasMessage(
            unrated
                + ": a rating threshold needs a column of ratings; say it with --rating-column;"
                + " there are user ('a'), item ('b')");
    Path commas = write("commas.csv", "user;item;rating\na;b;5,0\nc;d;4,5\n");
    assertThatThrownBy(() -> importedByRating(commas))
        .hasMessageEndingWith(
            "say it with --rating-column; there are user ('a'), item ('b'), rating ('5,0')"
                + " (rating is not read: '5,0' is no number;"
                + " decimals have a point)");
    assertThatThrownBy(
            () ->
                imported(
                    options(
                        ReadOptions.GUESS,
                        FilterOptions.DEFAULT,
                        SplitOptions.of(Kind.TIME, 0.1, 0.1, 1),
                        unrated)))
        .hasMessage(
            unrated
                + ": a split by time needs a column of times; say it with --time-column; there are"
                + " user ('a'), item ('b')");
    data = folder.resolve("empty");
    assertThatThrownBy(
            () ->
                imported(
                    options(
                        ReadOptions.GUESS,
                        new FilterOptions(OptionalDouble.empty(), 9, 9, Duplicates.FIRST, true),
                        SplitOptions.DEFAULT,
                        file)))
        .hasMessage(
            "no pairs are left; after step 'read' 8, after step 'duplicates' 7, after step"
                + " 'k-core' 0");
    assertThat(data).doesNotExist();
    assertThatThrownBy(
            () ->
                new DatasetImport(
                    new ImportOptions(
                        "set",
                        List.of(SourceFile.of(Part.TRAIN, file)),
                        ReadOptions.GUESS,
                        FilterOptions.DEFAULT,
                        SplitOptions.given())))
        .hasMessage("there is no file of test pairs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", ".hidden", "a b", "a/b"})
  void aNameIsAFoldersName(String name) throws IOException {
    Path file = write("r.csv", RATINGS);
    assertThatThrownBy(
            () ->
                new DatasetImport(
                    new ImportOptions(
                        name,
                        List.of(SourceFile.toSplit(file)),
                        ReadOptions.GUESS,
                        FilterOptions.DEFAULT,
                        SplitOptions.DEFAULT)))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("is no name for a data set");
  }

  @Test
  void progressReachesTheEndOfEachFile() throws IOException {
    Path file = write("r.csv", RATINGS);
    List<String> heard = new ArrayList<>();
    DatasetImport work = new DatasetImport(options(file));
    work.run(
        work.plan(),
        data,
        new ImportListener() {
          @Override
          public void read(Path of, long done, long total, long lines) {
            heard.add(of.getFileName() + " " + (done == total) + " " + lines);
          }

          @Override
          public void begins(String what) {
            heard.add(what);
          }
        });

    assertThat(heard).containsExactly("r.csv true 8", "filtering and splitting", "writing");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 40})
  void anImportThatIsStoppedWritesNothing(int asked) throws IOException {
    StringBuilder text = new StringBuilder("user,item\n");
    for (int k = 0; k < 140_000; k++) {
      text.append(k % 10).append(',').append(k).append('\n');
    }
    Path file = write("r.csv", text.toString());
    DatasetImport work =
        new DatasetImport(
            options(ReadOptions.GUESS, KEEP, SplitOptions.of(Kind.LEAVE_LAST, 1, 0, 1), file));
    List<String> begun = new ArrayList<>();
    ImportListener stopping =
        new ImportListener() {
          private int left = asked;

          @Override
          public void begins(String what) {
            begun.add(what);
            left = Math.min(left, 1);
          }

          @Override
          public boolean cancelled() {
            return --left <= 0;
          }
        };

    assertThatThrownBy(() -> work.run(work.plan(), data, stopping))
        .isInstanceOf(CancellationException.class);
    assertThat(begun).doesNotContain("writing").hasSize(asked > 3 ? 1 : 0);
    assertThat(data).doesNotExist();
  }
}
