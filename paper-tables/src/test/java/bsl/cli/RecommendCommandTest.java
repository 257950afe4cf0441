package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.Split;
import bsl.data.DatasetCatalog;
import bsl.data.IdFile;
import bsl.run.ModelFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code recommend} and {@code export}, on an imported data set with awkward ids. */
class RecommendCommandTest {
  @TempDir static Path folder;

  private static Path data;
  private static Path run;
  private static Split split;
  private static Embeddings model;
  private static IdFile users;
  private static IdFile items;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void train() throws IOException {
    data = folder.resolve("data");
    run = folder.resolve("run");
    StringBuilder csv = new StringBuilder("user,item\n");
    RandomStream random = RandomStream.of(1, Purpose.TEST);
    for (int k = 0; k < 1500; k++) {
      int user = random.nextInt(60);
      csv.append(
          String.format(
              Locale.ROOT,
              "user %d,\"item, \"\"n\u00ba\"\"\t%d\"%n",
              user,
              user % 2 + 2 * random.nextInt(30)));
    }
    Path ratings = Files.writeString(folder.resolve("ratings.csv"), csv);
    RecommendCommandTest test = new RecommendCommandTest();
    assertThat(
            test.bsl(
                "data", "import", ratings.toString(), "--name=mine", "--sep=,", "--data=" + data))
        .as(test.err.toString())
        .isZero();
    assertThat(
            test.bsl(
                "train",
                "--dataset=mine",
                "--loss=bsl",
                "--epochs=2",
                "--data=" + data,
                "--out=" + run))
        .as(test.err.toString())
        .isZero();
    split = DatasetCatalog.load("mine", data).split();
    model = ModelFiles.read(run);
    users = IdFile.read(data.resolve("mine/users.tsv"), split.users()).orElseThrow();
    items = IdFile.read(data.resolve("mine/items.tsv"), split.items()).orElseThrow();
  }

  private int bsl(String... arguments) {
    return CommandLines.call(out, err, arguments);
  }

  private int recommend(String... more) {
    return bsl(
        Stream.concat(Stream.of("recommend", "--data=" + data, "--model=" + run), Stream.of(more))
            .toArray(String[]::new));
  }

  private static double cosine(EmbeddingTable a, int rowA, EmbeddingTable b, int rowB) {
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int d = 0; d < a.dimension(); d++) {
      double x = a.values()[a.offset(rowA) + d];
      double y = b.values()[b.offset(rowB) + d];
      product += x * y;
      squareA += x * x;
      squareB += y * y;
    }
    return product / Math.sqrt(squareA * squareB);
  }

  /** Ids of the best columns by a full sort in double precision. */
  private static List<String> best(
      EmbeddingTable rows, int row, EmbeddingTable columns, IdFile ids, int k, List<Integer> not) {
    return IntStream.range(0, columns.rows())
        .boxed()
        .filter(column -> !not.contains(column))
        .sorted(Comparator.comparing(column -> -cosine(rows, row, columns, column)))
        .limit(k)
        .map(ids::id)
        .toList();
  }

  private static List<Integer> known(int user) {
    List<Integer> known = new ArrayList<>();
    for (int item : split.train().itemsOf(user)) {
      known.add(item);
    }
    for (int item : split.validation().orElseThrow().itemsOf(user)) {
      known.add(item);
    }
    return known;
  }

  private static List<String[]> csv(String text) throws IOException {
    return new CsvMapper()
        .readerFor(String[].class)
        .with(CsvParser.Feature.WRAP_AS_ARRAY)
        .<String[]>readValues(text)
        .readAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"all.csv", "all.csv.gz"})
  void writesAllUsersAsFullSortsHaveThem(String name) throws IOException {
    Path file = folder.resolve(name);

    assertThat(recommend("--all", "-k=7", "--out=" + file)).as(err.toString()).isZero();

    byte[] bytes;
    try (var in =
        name.endsWith(".gz")
            ? new GZIPInputStream(Files.newInputStream(file))
            : Files.newInputStream(file)) {
      bytes = in.readAllBytes();
    }
    List<String[]> rows = csv(new String(bytes, StandardCharsets.UTF_8));
    assertThat(rows.get(0)).containsExactly("user_id", "item_id", "rank", "score");
    int at = 1;
    for (int user = 0; user < split.users(); user++) {
      List<String> expected = best(model.users(), user, model.items(), items, 7, known(user));
      for (int rank = 0; rank < expected.size(); rank++, at++) {
        String[] row = rows.get(at);
        assertThat(row[0]).isEqualTo(users.id(user));
        assertThat(row[1]).isEqualTo(expected.get(rank));
        assertThat(row[2]).isEqualTo(Integer.toString(rank + 1));
        int item = items.number(row[1]).orElseThrow();
        assertThat(Double.parseDouble(row[3]))
            .isCloseTo(cosine(model.users(), user, model.items(), item), within(1.5e-6));
      }
    }
    assertThat(rows).hasSize(at);
  }

  @Test
  void anUnfinishedTrainingIsTold() throws IOException {
    Path unfinished = Files.createDirectories(folder.resolve("unfinished"));
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, unfinished.resolve(file.getFileName()));
      }
    }
    Path result = unfinished.resolve("result.json");
    String text = Files.readString(result);
    assertThat(text).containsPattern("\"complete\" *: *true");
    Files.writeString(result, text.replaceFirst("(\"complete\" *: *)true", "$1false"));

    assertThat(bsl("recommend", "--data=" + data, "--model=" + unfinished, "--user=user 1"))
        .as(err.toString())
        .isZero();
    assertThat(err.toString())
        .contains(
            "note: " + unfinished + " is of an unfinished training, 2 of 2 epochs done; the model");

    err.getBuffer().setLength(0);
    assertThat(recommend("--user=user 1")).isZero();
    assertThat(err.toString()).doesNotContain("unfinished");
  }

  @Test
  void writesTheUsersOfAFileAsJsonLinesWithKnownItemsToo() throws IOException {
    Path asked = Files.writeString(folder.resolve("asked.txt"), "\uFEFFuser 7\n\nuser 3\n");
    Path file = folder.resolve("some.jsonl");

    assertThat(
            recommend(
                "--users=" + asked, "--include-known", "-k=5", "--out=" + file, "--threads=2"))
        .as(err.toString())
        .isZero();

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    for (int n = 0; n < 2; n++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(n));
      String id = List.of("user 7", "user 3").get(n);
      assertThat(line.get("user_id").asText()).isEqualTo(id);
      List<String> listed = new ArrayList<>();
      line.get("item_ids").forEach(item -> listed.add(item.asText()));
      assertThat(listed)
          .isEqualTo(
              best(
                  model.users(),
                  users.number(id).orElseThrow(),
                  model.items(),
                  items,
                  5,
                  List.of()));
      assertThat(line.get("scores")).hasSize(5);
    }
  }

  @Test
  void listsSimilarItemsAndUsers() throws IOException {
    String item = items.id(11);
    assertThat(recommend("--similar-items=" + item, "-k=6", "--format=jsonl")).isZero();
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.get("item_id").asText()).isEqualTo(item);
    List<String> listed = new ArrayList<>();
    line.get("similar_item_ids").forEach(id -> listed.add(id.asText()));
    assertThat(listed).isEqualTo(best(model.items(), 11, model.items(), items, 6, List.of(11)));

    assertThat(recommend("--similar-users=" + users.id(4), "-k=3")).isZero();
    assertThat(out.toString().lines().map(text -> text.split("\t")[0]).toList())
        .isEqualTo(best(model.users(), 4, model.users(), users, 3, List.of(4)));
  }

  @Test
  void foldsInAUserWithTheItemsOfOneWhoWasInTrain() throws IOException {
    StringBuilder ids = new StringBuilder();
    for (int item : split.train().itemsOf(2)) {
      ids.append(items.id(item)).append('\n');
    }
    Path history = Files.writeString(folder.resolve("history.txt"), ids);

    assertThat(recommend("--items=" + history, "-k=100", "--format=csv"))
        .as(err.toString())
        .isZero();

    List<String[]> rows = csv(out.toString());
    assertThat(rows).hasSize(1 + split.items() - split.train().degree(2));
    for (String[] row : rows.subList(1, rows.size())) {
      assertThat(row[0]).isEqualTo("new");
      assertThat(split.train().contains(2, items.number(row[1]).orElseThrow())).isFalse();
    }
    assertThat(recommend("--items=" + history, "-k=100", "--include-known")).isZero();
    assertThat(out.toString().lines()).hasSize(split.items());
    // One item may be given as it is, though its id has a comma.
    assertThat(recommend("--items=" + items.id(3), "-k=2")).as(err.toString()).isZero();
    assertThat(out.toString().lines()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--user=nobody | --user 'nobody' is no user of data set mine; its users are in",
        "--items=a,b | --items 'a' is no item of data set mine; its items are in",
        "--similar-items=x | --similar-items 'x' is no item of data set mine",
        "--similar-users=x | --similar-users 'x' is no user of data set mine",
        "--users=BAD | bad.txt:2: 'who' is no user of data set mine",
        "--users=EMPTY | empty.txt: has no ids",
        "--users=FOLDER | : is a folder",
        "--users=/nowhere/at/all | /nowhere/at/all: no such file",
        "--all --format=xml | --format 'xml' is none of csv, tsv, jsonl",
        "--all --out=csv | --out csv: the ending is none of csv, tsv, jsonl",
        "--all --out=x.parquet | --out x.parquet: the ending is none of csv, tsv, jsonl",
        "--all --out=FOLDER --format=csv | : is a folder",
        "--all --out=EMPTY/x.csv | empty.txt/x.csv: cannot be written: ",
        "--all -k=0 | -k '0' is not at least 1",
        "--similar-users=x --include-known | --include-known does not go with similar",
        "--all --user=x | mutually exclusive",
      })
  void refusesInOneLine(String arguments, String message) throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.txt"), "user 1\nwho\n");
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n\n");
    String[] given =
        Stream.of(arguments.split(" "))
            .map(
                word ->
                    word.replace("BAD", bad.toString())
                        .replace("EMPTY", empty.toString())
                        .replace("FOLDER", folder.toString()))
            .toArray(String[]::new);

    assertThat(recommend(given)).isEqualTo(2);

    assertThat(err.toString().lines().findFirst().orElseThrow()).contains(message);
    assertThat(err.toString().lines().filter(line -> line.startsWith("bsl:"))).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void devicesStayAndFilesOfARunAreNotWrittenOver() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));
    String[] all = {"recommend", "--model=" + run, "--data=" + data, "--all", "--format=csv"};

    assertThat(bsl(with(all, "--out=-"))).as(err.toString()).isZero();
    assertThat(out.toString()).startsWith("user_id,item_id,rank,score");
    assertThat(Path.of("-")).doesNotExist();

    assertThat(bsl(with(all, "--out=" + device))).as(err.toString()).isZero();
    assertThat(Files.readAttributes(device, "isOther").get("isOther")).isEqualTo(true);

    Path table = run.resolve("users.npy");
    byte[] before = Files.readAllBytes(table);
    assertThat(bsl(with(all, "--out=" + table))).isEqualTo(2);
    assertThat(err.toString()).contains("is a file of the run in this folder");
    assertThat(table).hasBinaryContent(before);

    assertThat(run.resolve(".lock")).exists();
    for (Path own : List.of(run.resolve(".lock"), run.resolve("checkpoint-2"))) {
      assertThat(bsl(with(all, "--out=" + own))).isEqualTo(2);
      assertThat(err.toString()).contains("is a file of the run in this folder");
    }
  }

  /** What is for people would be one of the recommendations to whoever reads them. */
  @ParameterizedTest
  @ValueSource(strings = {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
  void standardOutputHasRecommendationsOnlyWhateverItsName(String name) throws IOException {
    assertThat(recommend("--all", "--format=csv", "-k=1", "--out=" + name))
        .as(err.toString())
        .isZero();

    assertThat(csv(out.toString())).hasSize(1 + split.users());
  }

  /** Users 2 and 4 of these data have a test pair and nothing to train on. */
  @Test
  void usersWithoutTrainPairsAreCounted() throws IOException {
    Path sets = folder.resolve("cold-data");
    Path cold = Files.createDirectories(sets.resolve("cold"));
    Files.writeString(cold.resolve("train.txt"), "0 0 1 2\n1 1 2 3\n3 0 3 4\n");
    Files.writeString(cold.resolve("test.txt"), "0 3\n2 4\n4 1\n");
    String model = "--model=" + folder.resolve("cold-run");
    String from = "--data=" + sets;
    assertThat(
            bsl(
                "train",
                "--dataset=cold",
                "--epochs=1",
                from,
                "--out=" + folder.resolve("cold-run")))
        .as(err.toString())
        .isZero();

    assertThat(bsl("recommend", model, from, "--all", "-k=1")).isZero();
    assertThat(err.toString())
        .isEqualTo(
            "bsl: note: 2 of 5 users have no train pairs; their rankings mean nothing,"
                + " --items ranks by items that such a user has\n");
    assertThat(out.toString()).hasLineCount(1 + 5);
    assertThat(bsl("recommend", model, from, "--similar-users=4")).isZero();
    assertThat(err.toString())
        .startsWith("bsl: note: 1 of 1 user has no train pairs; which users are similar");
    assertThat(bsl("export", model, from, "--out=" + folder.resolve("cold-vectors"))).isZero();
    assertThat(err.toString())
        .isEqualTo("bsl: note: 2 of 5 users have no train pairs; their vectors mean nothing\n");

    for (String whom : List.of("--user=3", "--items=1", "--similar-items=1")) {
      assertThat(bsl("recommend", model, from, whom)).as(err.toString()).isZero();
      assertThat(err.toString()).isEmpty();
    }
  }

  private static String[] with(String[] arguments, String more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  /** Imports the same lines in another order: as many users and items, with other numbers. */
  private void importReversed(String name, Path sets) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("ratings.csv")));
    Collections.reverse(lines.subList(1, lines.size()));
    Path file = Files.write(folder.resolve(name + ".csv"), lines);
    assertThat(
            bsl("data", "import", file.toString(), "--name=" + name, "--sep=,", "--data=" + sets))
        .as(err.toString())
        .isZero();
  }

  @Test
  void evaluateRefusesADataSetWithOtherIds() throws IOException {
    importReversed("other", data);

    assertThat(bsl("evaluate", "--model=" + run, "--dataset=other", "--data=" + data)).isEqualTo(2);
    assertThat(err.toString()).contains("the same numbers have other ids");
  }

  /** The data of the run's own name may have been replaced. */
  @Test
  void evaluateRefusesTheRunsOwnDataSetWithOtherIds() throws IOException {
    Path sets = folder.resolve("replaced");
    importReversed("mine", sets);

    assertThat(bsl("evaluate", "--model=" + run, "--dataset=mine", "--data=" + sets)).isEqualTo(2);
    assertThat(err.toString()).contains("data set mine: its numbers are not those that");
  }

  /** The pairs of numbers are the same, the ids are not. */
  @Test
  void anImportWithOtherIdsIsNotTakenForTheOneTrainedOn() throws IOException {
    String text = Files.readString(folder.resolve("ratings.csv")).replace("\nuser ", "\nreader ");
    Path file = Files.writeString(folder.resolve("renamed.csv"), text);
    Path sets = folder.resolve("renamed");
    Path exported = folder.resolve("exported-renamed");
    assertThat(bsl("data", "import", file.toString(), "--name=mine", "--sep=,", "--data=" + sets))
        .as(err.toString())
        .isZero();

    for (List<String> command :
        List.of(
            List.of("evaluate"),
            List.of("recommend", "--user=reader 7"),
            List.of("export", "--out=" + exported))) {
      List<String> words = new ArrayList<>(command);
      words.addAll(List.of("--model=" + run, "--data=" + sets));
      err.getBuffer().setLength(0);
      assertThat(bsl(words.toArray(String[]::new))).isEqualTo(2);
      assertThat(err.toString())
          .contains("data set mine: its numbers are not those that the model was trained on")
          .contains("delete " + run + " and train again");
    }
    assertThat(out.toString()).doesNotContain("item, ");
    assertThat(exported).doesNotExist();
  }

  /** Another import of the same name, and noise once more: the same pairs of numbers again. */
  @Test
  void aNoisyCopyWithOtherIdsIsNotTakenForTheOneTrainedOn() throws IOException {
    Path sets = folder.resolve("noisy-sets");
    Path model = folder.resolve("noisy-model");
    Path exported = folder.resolve("exported-noisy");
    String text = Files.readString(folder.resolve("ratings.csv"));
    for (String person : List.of("user ", "reader ")) {
      Path file = folder.resolve("noisy.csv");
      Files.writeString(file, text.replace("\nuser ", "\n" + person));
      for (String name : List.of("mine", "noisy")) {
        Path set = sets.resolve(name);
        if (Files.exists(set)) {
          Files.move(set, folder.resolve("earlier-" + name));
        }
      }
      for (List<String> command :
          List.of(
              List.of("data", "import", file.toString(), "--name=mine", "--sep=,"),
              List.of("noise", "--dataset=mine", "--positive=0.1", "--out=" + sets + "/noisy"),
              List.of("train", "--dataset=noisy", "--epochs=1", "--out=" + model))) {
        String[] words = with(command.toArray(String[]::new), "--data=" + sets);
        assertThat(bsl(words)).as(err.toString()).isZero();
      }
    }
    JsonNode provenance = new ObjectMapper().readTree(model.resolve("provenance.json").toFile());
    assertThat(provenance.get("data_import").get("ids").has("users.tsv")).isTrue();

    for (String[] command :
        List.of(
            new String[] {"evaluate"},
            new String[] {"recommend", "--user=reader 7"},
            new String[] {"export", "--out=" + exported})) {
      assertThat(bsl(with(with(command, "--model=" + model), "--data=" + sets))).isEqualTo(2);
      assertThat(err.toString())
          .contains("data set noisy: its numbers are not those that the model was trained on");
    }
    assertThat(exported).doesNotExist();
  }

  /** As runs on noisy copies were recorded once. */
  @Test
  void aRunWithoutRecordedIdsSaysSo() throws IOException {
    Path old = folder.resolve("old-record");
    Files.createDirectory(old);
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, old.resolve(file.getFileName()));
      }
    }
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode provenance = (ObjectNode) mapper.readTree(old.resolve("provenance.json").toFile());
    provenance.putObject("data_import");
    mapper.writeValue(old.resolve("provenance.json").toFile(), provenance);

    assertThat(bsl("recommend", "--user=user 7", "--model=" + old, "--data=" + data)).isZero();

    assertThat(err.toString())
        .contains(
            "note: "
                + old
                + " has no record of the ids that it was trained on; those that data set mine has"
                + " now are taken for them");
    assertThat(recommend("--user=user 7")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  /** As the file of ids has them, and behind an at sign, which is no file of arguments. */
  @Test
  void idsMayBeGivenAsTheyAreListed() throws IOException {
    String listed = IdFile.escaped(items.id(0));
    assertThat(listed).contains("\\t");
    assertThat(recommend("--items=" + listed)).as(err.toString()).isZero();
    Path file = Files.writeString(folder.resolve("listed.txt"), listed + "\n");
    assertThat(recommend("--items=" + file)).as(err.toString()).isZero();
    assertThat(recommend("--user", "@" + file)).isEqualTo(2);
    assertThat(err.toString()).contains("--user '@" + file + "' is no user");
  }

  /** A noisy copy has ids and no import; a data set may have gone. */
  @Test
  void evaluateKnowsTheIdsOfCopiesAndOfDataThatHaveGone() throws IOException {
    Path sets = folder.resolve("sets");
    Path noisy = folder.resolve("noisy-run");
    for (String[] command :
        List.of(
            new String[] {
              "noise",
              "--dataset=mine",
              "--positive=0.1",
              "--data=" + data,
              "--out=" + sets + "/noisy"
            },
            new String[] {
              "train", "--dataset=noisy", "--epochs=1", "--data=" + sets, "--out=" + noisy
            })) {
      assertThat(bsl(command)).as(err.toString()).isZero();
    }
    importReversed("reversed", sets);
    String same = folder.resolve("ratings.csv").toString();
    assertThat(bsl("data", "import", same, "--name=same", "--sep=,", "--data=" + sets))
        .as(err.toString())
        .isZero();

    for (Path model : List.of(run, noisy)) {
      String[] evaluate = {"evaluate", "--model=" + model, "--data=" + sets};
      assertThat(bsl(with(evaluate, "--dataset=same"))).as(err.toString()).isZero();
      assertThat(bsl(with(evaluate, "--dataset=reversed"))).isEqualTo(2);
      assertThat(err.toString()).contains("the same numbers have other ids");
    }
  }

  @Test
  void anUnknownUserLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("old.csv"), "old");

    assertThat(recommend("--user=nobody", "--out=" + file)).isEqualTo(2);

    assertThat(file).hasContent("old");
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".tmp"));
    }
  }

  @Test
  void aFolderIsNoFileToWrite() {
    for (String out : List.of("/", folder.toString())) {
      assertThat(recommend("--all", "--out=" + out)).isEqualTo(2);
      assertThat(err.toString()).contains("--out " + out + ": is a folder");
    }
  }

  @Test
  void exportsVectorsThatAreReadBack() throws IOException {
    Path npy = folder.resolve("npy");
    assertThat(bsl("export", "--data=" + data, "--model=" + run, "--out=" + npy, "--vectors=raw"))
        .as(err.toString())
        .isZero();
    byte[] bytes = Files.readAllBytes(npy.resolve("items.npy"));
    // The format's definition: magic, version, length of the header, header, little-endian floats.
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = buffer.getShort(8);
    assertThat(new String(bytes, 10, header, StandardCharsets.US_ASCII))
        .contains("'shape': (" + split.items() + ", " + model.items().dimension() + ")");
    for (int item = 0; item < split.items(); item++) {
      float[] row = new float[model.items().dimension()];
      buffer.position(10 + header + 4 * row.length * item);
      buffer.asFloatBuffer().get(row);
      assertThat(row).isEqualTo(model.items().row(item));
    }
    assertThat(IdFile.read(npy.resolve("items.tsv"), split.items()).orElseThrow().ids())
        .isEqualTo(items.ids());
    assertThat(
            new ObjectMapper().readTree(npy.resolve("export.json").toFile()).get("score").asText())
        .isEqualTo("cosine");

    assertThat(bsl("export", "--data=" + data, "--model=" + run, "--out=" + npy)).isEqualTo(2);
    assertThat(err.toString()).contains("is there already");
  }

  /** Its name is that of the folder above, which is there, and nothing is made on the way. */
  @Test
  void exportMakesNoFolderOnItsWayBack() throws IOException {
    Path made = folder.resolve("made");
    assertThat(bsl("export", "--data=" + data, "--model=" + run, "--out=" + made + "/.."))
        .isEqualTo(2);

    assertThat(err.toString()).contains(folder + ": is there already; choose another folder");
    assertThat(made).doesNotExist();
    assertThat(bsl("export", "--data=" + data, "--model=" + run, "--out=" + made + "/../back"))
        .as(err.toString())
        .isZero();
    assertThat(folder.resolve("back")).isNotEmptyDirectory();
    assertThat(made).doesNotExist();
  }

  @Test
  void aModelThatIsNotInAFolderIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    for (String[] refused :
        List.of(
            new String[] {"recommend", "--user=1", "--model=" + file, file + ": is not a folder"},
            new String[] {
              "rerun", empty.toString(), empty + ": is not the folder of a trained run"
            })) {
      String[] words = Arrays.copyOf(refused, refused.length - 1);
      assertThat(bsl(with(words, "--data=" + data))).isEqualTo(2);
      assertThat(err.toString()).isEqualTo("bsl: " + refused[refused.length - 1] + "\n");
    }
  }

  @Test
  void aLinkThatLeadsNowhereTakesTheNameOfAnExport() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

    assertThat(bsl("export", "--data=" + data, "--model=" + run, "--out=" + link)).isEqualTo(2);
    assertThat(err.toString()).contains(link + ": is there already; choose another folder");
  }

  @Test
  void exportsTextOfUnitVectorsForCosines() throws IOException {
    for (String format : List.of("word2vec", "tsv")) {
      Path text = folder.resolve(format);
      assertThat(
              bsl(
                  "export",
                  "--data=" + data,
                  "--model=" + run,
                  "--out=" + text,
                  "--format=" + format))
          .as(err.toString())
          .isZero();
      boolean word2vec = format.equals("word2vec");
      List<String> lines =
          Files.readAllLines(text.resolve(word2vec ? "users.txt" : "users.vectors.tsv"));
      if (word2vec) {
        assertThat(lines.remove(0)).isEqualTo(split.users() + " " + model.users().dimension());
      }
      assertThat(lines).hasSize(split.users());
      for (int user = 0; user < split.users(); user++) {
        String[] fields = lines.get(user).split(word2vec ? " " : "\t");
        assertThat(fields[0])
            .isEqualTo(word2vec ? users.id(user).replace(' ', '_') : users.id(user));
        float[] row = model.users().row(user);
        double norm = Math.sqrt(model.users().squaredNorm(user));
        for (int d = 0; d < row.length; d++) {
          assertThat(Double.parseDouble(fields[1 + d])).isCloseTo(row[d] / norm, within(1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--format=xml | --format 'xml' is none of npy, word2vec, tsv",
        "--vectors=odd | --vectors 'odd' is none of score, raw, unit, extended",
      })
  void exportRefusesInOneLine(String argument, String message) {
    Path target = folder.resolve("never");

    assertThat(bsl("export", "--data=" + data, "--model=" + run, "--out=" + target, argument))
        .isEqualTo(2);

    assertThat(err.toString()).contains(message).hasLineCount(1);
    assertThat(Optional.of(target).filter(Files::exists)).isEmpty();
  }
}
