package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportCommandTest {
  @TempDir Path folder;

  private Path data;
  private Path ratings;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeRatings() throws IOException {
    data = folder.resolve("data");
    StringBuilder csv = new StringBuilder("user,item,rating,timestamp\n");
    RandomStream random = RandomStream.of(1, Purpose.TEST);
    for (int k = 0; k < 2000; k++) {
      int user = random.nextInt(50);
      // Users like items of their own half.
      int item = user % 2 + 2 * random.nextInt(40);
      csv.append(
          format(
              "user-%03d,\"item, no. %d\",%d,%d%n",
              user, item, 1 + random.nextInt(5), 1_000_000_000 + random.nextInt(9999)));
    }
    ratings = Files.writeString(folder.resolve("ratings.csv"), csv);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private int bsl(String... arguments) {
    return CommandLines.call(out, err, arguments);
  }

  private int imported(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("data", "import", ratings.toString(), "--name=mine", "--data=" + data));
    arguments.addAll(List.of(more));
    return bsl(arguments.toArray(String[]::new));
  }

  private JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void verifySaysWhatWasChangedAfterTheImport() throws IOException {
    assertThat(imported()).as(err.toString()).isZero();
    assertThat(bsl("data", "verify", "mine", "--data=" + data)).isZero();
    assertThat(out.toString()).contains("agrees with its import");

    Path test = data.resolve("mine/test.txt.gz");
    Files.copy(data.resolve("mine/train.txt.gz"), test, StandardCopyOption.REPLACE_EXISTING);

    assertThat(bsl("data", "verify", "mine", "--data=" + data)).isEqualTo(2);
    assertThat(err.toString()).contains("mine was changed after its import: test");
  }

  @Test
  void verifySaysWhichIdsWereChangedAfterTheImport() throws IOException {
    assertThat(imported()).as(err.toString()).isZero();
    Path items = data.resolve("mine/items.tsv");
    String text = Files.readString(items);

    Files.writeString(items, text.replace("item, no. 1\n", "item, no. X\n"));
    assertThat(bsl("data", "verify", "mine", "--data=" + data)).isEqualTo(2);
    assertThat(err.toString()).contains("items.tsv: was changed after the import");

    Files.delete(items);
    assertThat(bsl("data", "verify", "mine", "--data=" + data)).isEqualTo(2);
    assertThat(err.toString())
        .contains("items.tsv: no such file, though the data set was imported");
  }

  @Test
  void whatIsReadIsNotWrittenOver() throws IOException {
    String before = Files.readString(ratings);

    assertThat(imported("--json=" + ratings)).isEqualTo(2);

    assertThat(err.toString()).contains("--json " + ratings + ": is read by this command");
    assertThat(ratings).hasContent(before);
    assertThat(data).doesNotExist();
  }

  @Test
  void filesOfADataSetAreNotWrittenOver() throws IOException {
    assertThat(imported()).as(err.toString()).isZero();
    Path train = data.resolve("mine/train.txt.gz");
    byte[] before = Files.readAllBytes(train);

    assertThat(bsl("data", "describe", "mine", "--data=" + data, "--json=" + train)).isEqualTo(2);

    assertThat(err.toString()).contains("is a file of the data set in this folder");
    assertThat(train).hasBinaryContent(before);
  }

  @Test
  void aPointInTimeBeyondAllTimesIsSaidWithTheirRange() {
    assertThat(imported("--split=time", "--test-from=2030-01-01")).isEqualTo(2);

    assertThat(err.toString())
        .contains("leaves no test pairs")
        .contains("(time, test from 2030-01-01; times are from 2001-09-09T01:46:4");
  }

  @Test
  void anEmptyPathIsRefused() {
    assertThat(bsl("data", "describe", "mine", "--data=")).isEqualTo(2);

    assertThat(err.toString()).contains("'' is no path");
  }

  @Test
  void fromAFileToRecommendationsWithItsIds() throws IOException {
    assertThat(imported("--rating-threshold=3", "--k-core=3")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("layout     delimited text, separator ',', quote \", with a header")
        .contains("item       column 2, item: item, no. ")
        .contains("rating threshold")
        .contains("k-core")
        .contains(
            "train on it with: bsl train --dataset mine --backbone mf --loss bsl --data " + data);

    Path run = folder.resolve("run");
    assertThat(
            bsl(
                "train",
                "--dataset=mine",
                "--loss=bsl",
                "--epochs=3",
                "--data=" + data,
                "--out=" + run,
                "--json=" + folder.resolve("result.json")))
        .as(err.toString())
        .isZero();
    assertThat(json(run.resolve("provenance.json")).get("data_import"))
        .isEqualTo(json(data.resolve("mine/import.json")));
    assertThat(json(run.resolve("result.json")).get("selected_on").asText())
        .isEqualTo("validation");

    assertThat(bsl("evaluate", "--data=" + data, "--model=" + run)).isZero();
    assertThat(bsl("recommend", "--data=" + data, "--model=" + run, "--user=user-007", "-k=4"))
        .as(err.toString())
        .isZero();
    Set<String> items = new HashSet<>(Files.readAllLines(data.resolve("mine/items.tsv")));
    assertThat(out.toString().lines().toList())
        .hasSize(4)
        .allMatch(line -> line.matches("item, no\\. \\d+\t-?\\d\\.\\d{6}"))
        .allMatch(
            line -> items.stream().anyMatch(item -> item.endsWith("\t" + line.split("\t")[0])));

    assertThat(bsl("recommend", "--data=" + data, "--model=" + run, "--user=7")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--user '7' is no user of data set mine")
        .contains("users.tsv")
        .hasLineCount(1);
  }

  @Test
  void everyRunOfASearchRecordsTheImportToo() throws IOException {
    imported();
    Path runs = folder.resolve("runs");
    Path space = Files.writeString(folder.resolve("space.yaml"), "tau: [0.1, 0.2]\nepochs: 1\n");
    OwnPresets own = new OwnPresets(folder.resolve("presets"));
    try {
      assertThat(
              bsl(
                  "tune",
                  "--dataset=mine",
                  "--space=" + space,
                  "--trials=2",
                  "--seeds=2",
                  "--data=" + data,
                  "--runs=" + runs,
                  "--out=" + folder.resolve("search")))
          .as(err.toString())
          .isZero();
    } finally {
      own.close();
    }

    List<Path> records;
    try (Stream<Path> folders = Files.list(runs)) {
      records = folders.map(run -> run.resolve("provenance.json")).filter(Files::exists).toList();
    }
    assertThat(records).as("seeds of the winner").hasSize(2);
    for (Path record : records) {
      assertThat(json(record).get("data_import"))
          .as(record.toString())
          .isEqualTo(json(data.resolve("mine/import.json")));
    }
  }

  @Test
  void aRerunRecordsTheImportToo() throws IOException {
    imported();
    Path run = folder.resolve("run");
    Path again = folder.resolve("again");
    bsl("train", "--dataset=mine", "--epochs=1", "--data=" + data, "--out=" + run);

    assertThat(bsl("rerun", run.toString(), "--data=" + data, "--out=" + again)).isZero();
    assertThat(json(again.resolve("provenance.json")).get("data_import"))
        .isEqualTo(json(data.resolve("mine/import.json")));
  }

  @Test
  void aDryRunShowsAndWritesNothing() {
    assertThat(imported("--dry-run", "--split=time")).isZero();

    assertThat(out.toString())
        .contains("time       column 4, timestamp: 100")
        .contains("split      by time, the latest 0.1 for test, 0.1 before it for validation")
        .contains("every rating counts as liking");
    assertThat(data).doesNotExist();
  }

  /** A column of times that is called otherwise would be missed without a word. */
  @Test
  void columnsThatAreNotReadAreNamed() throws IOException {
    Path log = folder.resolve("log.csv");
    String wide = IntStream.range(0, 9).mapToObj(c -> ",x" + c).collect(Collectors.joining());
    for (String more : List.of("", ",when", ",when" + wide)) {
      Files.writeString(log, "visit,user,item" + more + "\n1,a,b" + more + "\n2,c,d" + more + "\n");
      out.getBuffer().setLength(0);

      assertThat(bsl("data", "import", log.toString(), "--name=n", "--dry-run", "--data=" + data))
          .as(err.toString())
          .isZero();
      assertThat(out.toString().lines().filter(line -> line.startsWith("not read")))
          .singleElement()
          .asString()
          .isEqualTo(
              "not read   column 1, visit"
                  + (more.isEmpty() ? "" : "; column 4, when")
                  + (more.length() < 9
                      ? ""
                      : "; column 5, x0; column 6, x1; column 7, x2; column 8, x3; column 9, x4;"
                          + " column 10, x5 and 3 more"));
    }
    assertThat(imported("--dry-run")).isZero();
    assertThat(out.toString()).doesNotContain("not read");
  }

  @Test
  void aDryRunIsARecordForMachines() throws IOException {
    Path plan = folder.resolve("plan.json");
    assertThat(imported("--dry-run", "--rating-threshold=4", "--json=" + plan)).isZero();

    assertThat(json(plan).at("/columns/time").asText()).isEqualTo("timestamp");
    assertThat(json(plan).at("/options/rating_threshold").asInt()).isEqualTo(4);
    assertThat(json(plan).has("steps")).isFalse();
    assertThat(data).doesNotExist();
  }

  /** Programs write the last or the first day that they know for a time that is missing. */
  @Test
  void marksForMissingTimesAreNoTimes() throws IOException {
    StringBuilder csv = new StringBuilder("user,item,time\n");
    for (int k = 0; k < 40; k++) {
      csv.append(format("u%d,i%d,2015-06-%02d\n", k % 4, (k / 4 + k % 4 * 3) % 10, 1 + k / 2));
    }
    Files.writeString(ratings, csv + "u1,timeless,9999-12-31\nu2,timeless,0000-01-01\n");
    assertThat(imported("--split=time", "--test-from=2015-06-15")).as(err.toString()).isZero();
    assertThat(err.toString()).doesNotContain("warning");
    assertThat(bsl("data", "describe", "mine", "--data=" + data)).isZero();
    assertThat(out.toString())
        .containsPattern("train +0000-01-01T00:00:00Z to 2015-06-14T00:00:00Z")
        .containsPattern("test +2015-06-15T00:00:00Z to 9999-12-31T00:00:00Z");

    data = folder.resolve("numbers");
    StringBuilder numbers = new StringBuilder("user,item,time\n");
    for (int k = 0; k < 40; k++) {
      numbers.append(format("u%d,i%d,%d\n", k % 4, (k / 4 + k % 4 * 3) % 10, 1_000_000_000 + k));
    }
    Files.writeString(ratings, numbers + "u1,timeless," + Long.MIN_VALUE + "\n");
    assertThat(imported("--split=time")).as(err.toString()).isZero();
    assertThat(bsl("data", "describe", "mine", "--data=" + data)).as(err.toString()).isZero();
    assertThat(out.toString()).containsPattern("train +-9223372036854775808 to 2001-09-09T");
  }

  @Test
  void validationPairsThatAreNotThereAreSaid() throws IOException {
    Files.writeString(ratings, "user,item\na,x\na,y\nb,x\nb,y\nc,x\nc,y\nd,x\nd,y\ne,x\ne,y\n");
    assertThat(imported()).as(err.toString()).isZero();
    assertThat(err.toString()).contains("warning: no validation pairs are left");
    assertThat(data.resolve("mine/valid.txt.gz")).doesNotExist();

    Path train = Files.writeString(folder.resolve("t.csv"), "user,item,rating\na,x,5\nb,y,5\n");
    Path test = Files.writeString(folder.resolve("e.csv"), "user,item,rating\na,y,5\n");
    Path valid = Files.writeString(folder.resolve("v.csv"), "user,item,rating\nb,x,1\n");
    data = folder.resolve("given");
    assertThat(
            bsl(
                "data",
                "import",
                "--train=" + train,
                "--valid=" + valid,
                "--test=" + test,
                "--rating-threshold=4",
                "--name=mine",
                "--data=" + data))
        .isEqualTo(2);
    assertThat(err.toString()).contains("the split leaves no validation pairs of 3");
    assertThat(data).doesNotExist();
  }

  @Test
  void aHeaderThatDoesNotFitIsNamedWithWhatToDo() throws IOException {
    Files.writeString(ratings, "user_id,item_id,rating\nu1,i1,5,\nu2,i2,4,\nu1,i2,3,\n");
    assertThat(imported()).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            ratings
                + ":1: the first line has 3 names, and the lines behind it 4 columns; leave it out"
                + " with --no-header --skip-lines 1: 'user_id,item_id,rating'");
    assertThat(imported("--no-header", "--skip-lines=1", "--user-column=1", "--item-column=2"))
        .as(err.toString())
        .isZero();

    Path empty = Files.writeString(folder.resolve("empty.csv"), "");
    data = folder.resolve("several");
    Files.writeString(ratings, "user,item\na,x\na,y\nb,x\nb,y\n");
    assertThat(imported(empty.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(empty + ": has no header");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "my set|a name begins with a letter or digit and has letters, digits",
        ".n|a name begins with a letter or digit and has letters, digits",
        "amazon|the catalogue has that name for files in another format; choose another name",
        "gowalla|name for 29858 users and 40981 items, not 200 and 150; choose another name",
      })
  void noiseMakesNoDataSetThatIsNotFoundAgain(String name, String message) {
    bsl("data", "synthesize", "tiny", "--data=" + data);
    Path noisy = folder.resolve("sets").resolve(name);

    assertThat(bsl("noise", "--dataset=tiny", "--positive=0.1", "--data=" + data, "--out=" + noisy))
        .isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(noisy).doesNotExist();
  }

  @Test
  void whatIsShownIsShortAndPlain() throws IOException {
    String lamp = "a" + "b".repeat(5000);
    Files.writeString(
        ratings, "user,item\n\"u\n\u001b[31m1\"," + lamp + "\nu2," + lamp + "\nu3,c\n");

    assertThat(imported("--dry-run")).isZero();

    assertThat(out.toString())
        .contains("user       column 1, user: u??[31m1, u2, u3 ...")
        .contains("item       column 2, item: a" + "b".repeat(59) + "..., a");
    assertThat(out.toString().lines()).allMatch(line -> line.length() < 250);
  }

  @Test
  void aSeedMakesTheSameSplitAgain() throws IOException {
    assertThat(imported("--seed=5", "--json=" + folder.resolve("a.json"))).isZero();
    Path first = data.resolve("mine");
    String digest = json(folder.resolve("a.json")).at("/parts/test/digest").asText();
    data = folder.resolve("other");
    imported("--seed=5");
    assertThat(json(data.resolve("mine/import.json")))
        .isEqualTo(json(first.resolve("import.json")));
    data = folder.resolve("third");
    imported("--seed=6");
    assertThat(json(data.resolve("mine/import.json")).at("/parts/test/digest").asText())
        .isNotEqualTo(digest);
  }

  @Test
  void malformedLinesAreErrorsOrCounted() throws IOException {
    Files.writeString(ratings, Files.readString(ratings).replaceFirst("\nuser-\\d+", "\n"));

    assertThat(imported()).isEqualTo(2);
    assertThat(err.toString()).isEqualToIgnoringNewLines("bsl: " + ratings + ":2: user is empty");
    assertThat(data).doesNotExist();

    assertThat(imported("--skip-malformed")).isZero();
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("bsl: left out: " + ratings + ":2: user is empty");
    assertThat(out.toString()).contains("\n1 malformed line was left out\n");
  }

  @Test
  void partsAreTakenAsTheyAre() throws IOException {
    Path train =
        Files.writeString(
            folder.resolve("t.inter"), "user_id:token\titem_id:token\na\tx\nb\ty\nb\tx\n");
    Path test =
        Files.writeString(
            folder.resolve("e.inter"), "user_id:token\titem_id:token\na\ty\na\tx\nc\tz\n");
    String[] command = {
      "data", "import", "--train=" + train, "--test=" + test, "--name=given", "--data=" + data
    };

    assertThat(bsl(command)).as(err.toString()).isZero();
    assertThat(bsl("data", "list", "--data=" + data)).isZero();
    assertThat(out.toString()).containsPattern("given +present +imported");
    assertThat(bsl("data", "describe", "given", "--data=" + data)).isZero();
    assertThat(err.toString()).contains("test.txt.gz: 1 of its 3 pairs are train pairs, too");
    assertThat(out.toString())
        .containsPattern("test against train\n +pairs in both +1 of 3 \\(33.33%\\)")
        .containsPattern("users unseen +1 of 2 ")
        .containsPattern("items unseen +1 of 3 ")
        .containsPattern("pairs of the unseen +1 of 3 ")
        .contains("times are not known");
  }

  @Test
  void describeSaysWhatADataSetIsLike() throws IOException {
    imported("--split=leave-last");
    Path file = folder.resolve("d.json");
    assertThat(bsl("data", "describe", "mine", "--data=" + data, "--json=" + file)).isZero();

    assertThat(out.toString())
        .containsPattern("users +50\n")
        .containsPattern("density +\\d")
        .containsPattern("train pairs per +least +10% +25% +50% +75% +90% +99% +most +mean\n")
        .containsPattern("the most popular 10% of items have \\d+\\.\\d% of the train pairs")
        .containsPattern("train +2001-09-09T01:4\\d:\\d\\dZ to 2001-09-09T04:\\d\\d:\\d\\dZ")
        .containsPattern("test pairs older than the last train pair of anybody: [1-9]\\d* of 50 ")
        .containsPattern("users with a test pair older than a train pair of theirs: 0 of 50 ")
        .containsPattern("imported from ratings.csv, SHA-256 [0-9a-f]{64}");
    assertThat(json(file).at("/test_against_train/pairs_in_earlier").asInt()).isZero();
    assertThat(json(file).at("/changed_since_import").size()).isZero();
    assertThat(json(file).at("/pairs_per_user/0.5").asInt()).isPositive();

    Files.delete(data.resolve("mine/test.txt.gz"));
    Files.writeString(data.resolve("mine/test.txt"), "0 1\n");
    assertThat(bsl("data", "describe", "mine", "--data=" + data)).isZero();
    assertThat(err.toString()).contains("test pairs are not those that were imported");
    assertThat(out.toString()).contains("times are not known");
  }

  @Test
  void describeSaysALeakOnce() throws IOException {
    Path set = Files.createDirectories(data.resolve("leaky"));
    Files.writeString(set.resolve("train.txt"), "0 0 1 2\n1 1 2 3\n");
    Files.writeString(set.resolve("test.txt"), "0 0 3\n1 0\n");

    assertThat(bsl("data", "describe", "leaky", "--data=" + data)).isZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("test.txt: 1 of its 3 pairs are train pairs, too");
    // Eight different pairs of two users and four items, one of them in both parts.
    assertThat(out.toString()).contains("100.0000%");
  }

  @Test
  void aNameThatIsTakenIsRefusedBeforeAnythingIsShown() {
    imported();

    assertThat(imported()).isEqualTo(2);
    assertThat(err.toString()).contains("mine: is there already");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aColumnWhoseValuesDoNotFitItsNameIsMentioned() throws IOException {
    Path file =
        Files.writeString(folder.resolve("d.csv"), "user,item,date\na,x,1/2/13\nb,y,5/6/13\n");

    assertThat(bsl("data", "import", file.toString(), "--name=d", "--dry-run")).isZero();
    assertThat(out.toString()).contains("note       date is not read: '1/2/13' is no time\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "person,product;ann,tea;bob,mug|'person' and an item 'product'; say --header if it names",
        "ann,tea;bob,7;cy,tea|'ann' and an item 'tea'; say --header if it names the",
        "user,item;ann,tea;bob,mug|",
        "ann,1;bob,2;cy,1|"
      })
  void aFirstLineThatMayBeAHeaderIsMentioned(String lines, String note) throws IOException {
    Path file = Files.writeString(folder.resolve("d.csv"), lines.replace(';', '\n') + "\n");

    assertThat(bsl("data", "import", file.toString(), "--name=d", "--dry-run")).isZero();
    if (note == null) {
      assertThat(out.toString()).doesNotContain("the first line");
    } else {
      assertThat(out.toString()).contains("note       the first line is read as a user " + note);
    }
    out.getBuffer().setLength(0);
    bsl("data", "import", file.toString(), "--name=e", "--dry-run", "--no-header");
    assertThat(out.toString()).contains("layout").doesNotContain("the first line");
  }

  @Test
  void theReasonIsSaidOfALongValueToo() throws IOException {
    String ages = "ages-ago-".repeat(20);
    Path file =
        Files.writeString(
            folder.resolve("d.csv"), "user,item,date\na,x," + ages + "\nb,y," + ages + "\n");

    assertThat(bsl("data", "import", file.toString(), "--name=d", "--dry-run")).isZero();
    assertThat(out.toString())
        .containsPattern("note       date is not read: 'ages-ago-.*\\.\\.\\.' is no time\n");
  }

  @Test
  void describeNeedsNoImport() {
    bsl("data", "synthesize", "tiny", "--data=" + data);

    assertThat(bsl("data", "describe", "tiny", "--data=" + data)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("times are not known").doesNotContain("imported from");
  }

  @Test
  void noiseKeepsIdsAndOrigin() throws IOException {
    imported();
    Path noisy = folder.resolve("sets/noisy");
    assertThat(bsl("noise", "--dataset=mine", "--positive=0.1", "--data=" + data, "--out=" + noisy))
        .isZero();

    for (String file : List.of("users.tsv", "items.tsv")) {
      assertThat(noisy.resolve(file)).hasSameTextualContentAs(data.resolve("mine").resolve(file));
    }
    assertThat(json(noisy.resolve("noise.json")).get("data_import"))
        .isEqualTo(json(data.resolve("mine/import.json")));
  }

  @Test
  void whatNoiseWroteIsVerified() throws IOException {
    imported();
    Path sets = folder.resolve("sets");
    Path noisy = sets.resolve("noisy");
    String[] noise = {
      "noise", "--dataset=mine", "--positive=0.1", "--seed=3", "--data=" + data, "--out=" + noisy
    };
    assertThat(bsl(noise)).as(err.toString()).isZero();
    assertThat(bsl("data", "verify", "noisy", "--data=" + sets)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("agrees with what 'bsl noise' wrote");
    assertThat(bsl("data", "list", "--data=" + sets)).isZero();
    assertThat(out.toString()).containsPattern("noisy +present +with false positives");
    assertThat(bsl("data", "describe", "noisy", "--data=" + sets)).isZero();
    assertThat(out.toString()).contains("pairs were added to train of mine, rate 0.1, seed 3");

    Path items = noisy.resolve("items.tsv");
    String ids = Files.readString(items);
    Files.writeString(items, ids.replace("item, no. 1\n", "item, no. X\n"));
    assertThat(bsl("data", "verify", "noisy", "--data=" + sets)).isEqualTo(2);
    assertThat(err.toString()).contains("items.tsv: was changed after 'bsl noise'");
    Files.delete(items);
    assertThat(bsl("data", "verify", "noisy", "--data=" + sets)).isEqualTo(2);
    assertThat(err.toString()).contains("items.tsv: no such file, though 'bsl noise' wrote it");
    Files.writeString(items, ids);

    Files.copy(
        data.resolve("mine/train.txt.gz"),
        noisy.resolve("train.txt.gz"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(bsl("data", "verify", "noisy", "--data=" + sets)).isEqualTo(2);
    assertThat(err.toString()).contains("noisy was changed after 'bsl noise': train");
    ObjectNode old = (ObjectNode) json(noisy.resolve("noise.json"));
    old.remove(List.of("parts", "ids"));
    String written = Files.readString(noisy.resolve("noise.json"));
    Files.writeString(noisy.resolve("noise.json"), old.toString());
    assertThat(bsl("data", "verify", "noisy", "--data=" + sets)).as("an old record").isEqualTo(2);
    Files.writeString(noisy.resolve("noise.json"), written);
    bsl("data", "describe", "noisy", "--data=" + sets);
    assertThat(err.toString())
        .contains("train pairs are not those that were written by 'bsl noise'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FILE|Missing required option: '--name=NAME'",
        "--name x|which files? name them",
        "--name x --train FILE|parts that are given need both --train and --test",
        "FILE --name x --test FILE|has no part",
        "absent --name x|absent: no such file",
        "FILE --name gowalla|--name 'gowalla' is a data set of the paper",
        "FILE --name ../x|'../x' is no name for a data set",
        "FILE --name x --split randm|--split 'randm' is none of random, leave-last, time; did you mean 'random'?",
        "FILE --name x --test-size 1.5|--test-size '1.5' is neither a share below 1",
        "FILE --name x --test-size 0|--test-size 0 leaves nothing to test on",
        "FILE --name x --test-size 0.5|--test-size 0.5 and --val-size 0.5: a test set of 0.5 and",
        "FILE --name x --split time --test-size 0.7 --val-size 0.4|leave no train pairs",
        "FILE --name x --test-from 2015-01-01|--test-from does not go with --split random",
        "FILE --name x --split time --val-from 2015-01-01|--val-from needs --test-from",
        "FILE --name x --split time --seed 1|--seed does not go with --split time",
        "FILE --name x --split time --test-from soon|--test-from 'soon' is neither a date",
        "FILE --name x --split time --test-from soon --dry-run|--test-from 'soon' is neither a date",
        "FILE --name x --split time --test-from 5 --val-from soon --dry-run|--val-from 'soon' is",
        "FILE --name x --quote ,|FILE: --quote ',' is a character of the separator ','",
        "FILE --name x --k-core 0|--k-core '0' is not at least 1",
        "FILE --name x --min-item-freq 0|--min-item-freq '0' is not at least 1",
        "FILE --name x --duplicates some|--duplicates 'some' is neither first nor last",
        "FILE --name x --rating-threshold NaN|--rating-threshold 'NaN' is not a number",
        "FILE --name x --rating-threshold 9|no pairs are left; after step 'read' 2000",
        "FILE --name x --encoding latin-9000|--encoding 'latin-9000' is not known",
        "FILE --name x --quote ab|--quote 'ab' is neither one character nor none",
        "FILE --name x --skip-lines -1|--skip-lines '-1' is negative",
        "FILE --name x --user-column usr|--user-column 'usr' is none of its columns, user, item,",
        "FILE --name x --item-column 5|--item-column '5' is none of its columns",
        "FILE --name x --user-column user --item-column user|users and items are both in column 'user'",
        "FILE --name x --no-header|FILE:1: rating 'rating' is not a number",
        "FILE --name x --sep ;|separator ';' makes one column",
        "FILE --name x --train FILE --test FILE --k-core 2|has no part",
        "--name x --train FILE --test FILE --k-core 2|parts that are given stay as they are",
        "FILE FILE --name x|FILE: is named twice",
        "--name x --train FILE --test FILE|FILE: is named twice, as train and as test",
        "--name x --train FILE --test FILE --seed 2|--seed does not go with parts that are given",
      })
  void badInputIsOneLineAndExitCodeTwo(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("data", "import", "--data=" + data));
    for (String argument : arguments.split(" ")) {
      all.add(argument.equals("FILE") ? ratings.toString() : argument);
    }

    assertThat(bsl(all.toArray(String[]::new))).as(out.toString() + err).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> line.startsWith("bsl: ")).toList())
        .singleElement()
        .asString()
        .contains(message.replace("FILE", ratings.toString()));
    assertThat(data).doesNotExist();
  }
}
