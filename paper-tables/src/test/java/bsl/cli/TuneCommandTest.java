package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.data.DatasetWriter;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.report.FigureRenderer;
import bsl.run.Presets;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuneCommandTest {
  private static final String SPACE =
      """
      tau: {from: 0.05, to: 0.5, scale: log}
      mode: [multi, reweight]
      batch_size: 1024
      negatives: 32
      dimension: 8
      epochs: 10
      """;

  @TempDir Path folder;

  private Path data;
  private Path space;
  private OwnPresets own;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeData() throws IOException {
    data = folder.resolve("data");
    space = Files.writeString(folder.resolve("space.yaml"), SPACE);
    DatasetWriter.write(SyntheticDatasets.make(SyntheticPreset.TINY, 1), data);
    own = new OwnPresets(folder.resolve("presets"));
  }

  @AfterEach
  void presetsAreWhereTheyWere() {
    own.close();
  }

  private int bsl(String... arguments) {
    return CommandLines.call(out, err, arguments);
  }

  private int tune(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "tune",
                "--data=" + data,
                "--runs=" + folder.resolve("runs"),
                "--out=" + folder.resolve("out")));
    arguments.addAll(List.of(more));
    return bsl(arguments.toArray(String[]::new));
  }

  private int tuneTiny(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--dataset=tiny", "--space=" + space, "--trials=4", "--seeds=2"));
    arguments.addAll(List.of(more));
    return tune(arguments.toArray(String[]::new));
  }

  private String train(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--data=" + data, "--runs=" + folder.resolve("runs")));
    arguments.addAll(List.of(more));
    assertThat(bsl(arguments.toArray(String[]::new))).as(err.toString()).isZero();
    return err.toString();
  }

  @Test
  void leavesAPresetThatTrainTakesByNameAndByPath() throws IOException {
    assertThat(tuneTiny()).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains("is the best of 4, ndcg@20 0.", "test recall@20 0.", "test ndcg@20 0.")
        .contains("95% interval", "preset " + folder.resolve("presets/tiny-mf-bsl.yaml"))
        .contains("--preset tiny-mf-bsl --protocol held-out");
    assertThat(err.toString())
        .contains("searching tau from 0.05 to 0.5 (log); mode multi, reweight")
        .contains(
            "rung 1/2, 4/4 trials: trial ", "rung 2/2, 1/1 trial: trial ", " left", "best 0.");
    Path file = folder.resolve("presets/tiny-mf-bsl.yaml");
    for (String preset : List.of("tiny-mf-bsl", file.toString())) {
      assertThat(train("--dataset=tiny", "--preset=" + preset, "--protocol=held-out"))
          .as("the winner's run itself")
          .isEqualTo("tiny-mf-bsl: was finished before; nothing is trained\n");
    }
    train("--dataset=tiny", "--preset=tiny-mf-bsl", "--epochs=1", "--out=" + folder.resolve("a"));
    String provenance = Files.readString(folder.resolve("a/provenance.json"));
    assertThat(provenance).containsPattern("\"preset\" : \"tiny-mf-bsl.yaml sha256:[0-9a-f]{12}\"");
    assertThat(Files.readString(folder.resolve("presets/tiny-mf-bsl.yaml")))
        .contains("# Found by: bsl tune ", "base: fast");
  }

  @Test
  void trialsAreReportedThoughTheWinnerCannotBeTrained() throws IOException {
    assertThat(tuneTiny("--engine=fragile", "--conf=fails=bsl")).isEqualTo(2);

    assertThat(err.toString().lines())
        .filteredOn(line -> line.startsWith("bsl: tiny-mf-bsl (") && line.endsWith("failed twice"))
        .hasSize(2);
    assertThat(folder.resolve("out/trials.csv")).content().hasLineCount(5);
  }

  @Test
  void whatAnEarlierWinnerCameToDoesNotStay() throws IOException {
    assertThat(tuneTiny()).as(err.toString()).isZero();
    assertThat(folder.resolve("out/trials-seeds.csv")).exists();
    String[] more = {"--dataset=tiny", "--space=" + space, "--trials=9", "--seeds=1"};

    List<String> broken = new ArrayList<>(List.of(more));
    broken.addAll(List.of("--engine=fragile", "--conf=fails=bsl"));
    assertThat(tune(broken.toArray(String[]::new))).isEqualTo(2);

    assertThat(folder.resolve("out/trials.csv")).content().hasLineCount(10);
    assertThat(folder.resolve("out/trials-seeds.csv")).doesNotExist();
    assertThat(folder.resolve("out/trials-tau.svg")).doesNotExist();
    assertThat(folder.resolve("out/tune.json")).exists();
    assertThat(tune(more)).as(err.toString()).isZero();
    assertThat(folder.resolve("out/trials-seeds.csv")).content().hasLineCount(2);
  }

  @Test
  void writesTrialsAsTablesAndPlots() throws IOException {
    tuneTiny("--json=" + folder.resolve("result.json"));
    Path to = folder.resolve("out");

    List<String> csv = Files.readAllLines(to.resolve("trials.csv"));
    assertThat(csv.get(0)).startsWith("trial,tau,mode,trained_epochs,of_epochs,ndcg@20,note,run,");
    assertThat(csv).hasSize(5);
    assertThat(csv.get(1)).contains(",10,10,0.", ",winner,");
    assertThat(Files.readString(to.resolve("trials.md")))
        .contains("| trial | tau | mode | trained epochs | of | ndcg@20 |", "winner", "| seed |");
    assertThat(Files.readAllLines(to.resolve("trials-seeds.csv"))).hasSize(3);
    if (FigureRenderer.available()) {
      assertThat(Files.readString(to.resolve("trials-tau.svg")))
          .contains("ndcg@20 of the trials by tau");
      assertThat(to.resolve("trials-mode.svg")).exists();
    }
    JsonNode json = new ObjectMapper().readTree(folder.resolve("result.json").toFile());
    assertThat(json.get("trials")).hasSize(4);
    assertThat(json.at("/test/ndcg@20/seeds").asInt()).isEqualTo(2);
    assertThat(json.at("/test/ndcg@20/interval")).hasSize(2);
    int winner = json.get("winner").asInt();
    assertThat(json.at("/trials/" + (winner - 1) + "/settings/tau").asDouble())
        .isEqualTo(json.at("/hyper_parameters/tau").asDouble());
    assertThat(Path.of(json.at("/trials/0/run").asText())).isDirectory();
  }

  @Test
  void theSameCommandShowsWhatIsThere() {
    tuneTiny();
    String first = out.toString();
    assertThat(err.toString()).contains("has won; it is trained with 2 seeds");
    assertThat(tuneTiny()).isZero();

    assertThat(out.toString().lines().skip(1)).isEqualTo(first.lines().skip(1).toList());
    assertThat(err.toString())
        .contains("5 trainings were done before", "has won; it was trained before with 2 seeds")
        .doesNotContain(" left");
  }

  @Test
  void anotherLimitLaterSaysWhatWasSpentWithinTheFirst() throws IOException {
    tuneTiny();
    assertThat(out.toString()).doesNotContain("other limits");
    String[] more = {"--dataset=tiny", "--space=" + space, "--trials=5", "--seeds=2"};
    for (int call = 0; call < 2; call++) {
      assertThat(tune(more)).as(err.toString()).isZero();

      assertThat(out.toString().lines().findFirst().orElseThrow())
          .matches(".* threads?, after .* within other limits");
    }
  }

  @Test
  void theCommandThatTrainsWithThePresetHasTheSeed() {
    assertThat(tuneTiny("--seed=7")).as(err.toString()).isZero();
    String train =
        out.toString()
            .lines()
            .filter(line -> line.startsWith("train with it: bsl "))
            .findFirst()
            .orElseThrow();
    List<String> words = CommandLines.words(train.substring("train with it: bsl ".length()));

    assertThat(bsl(words.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(err.toString()).as("the winner's run itself").contains("was finished before");
  }

  @Test
  void withABudgetItEndsWithAWinner() {
    assertThat(
            tune("--dataset=tiny", "--space=" + space, "--budget=1s", "--seeds=1", "--name=quick"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("test ndcg@20 0.", "one seed");
    assertThat(folder.resolve("presets/quick.yaml")).exists();
  }

  @Test
  void onUnknownDataItStartsFromWhatTrainFinds() throws IOException {
    assertThat(tune("--dataset=tiny", "--loss=sl", "--trials=3", "--seeds=1"))
        .as(err.toString())
        .isZero();

    assertThat(err.toString()).contains("bsl: tau and negative_noise are looked for first");
    Matcher found =
        Pattern.compile("found on held-out pairs: tau (.*), negative_noise (.*)")
            .matcher(err.toString());
    assertThat(found.find()).isTrue();
    JsonNode first = trial(1);
    assertThat(first.get("tau").asDouble()).isEqualTo(Double.parseDouble(found.group(1)));
    assertThat(first.get("negative_noise").asDouble())
        .isEqualTo(Double.parseDouble(found.group(2)));
    assertThat(first.get("trained_epochs"))
        .as("it stays to the end")
        .isEqualTo(first.get("of_epochs"));
    assertThat(train("--dataset=tiny", "--loss=sl")).contains(found.group());
  }

  @Test
  void withoutSearchItStartsFromThePreset() throws IOException {
    tune("--dataset=tiny", "--loss=sl", "--no-search", "--trials=3", "--seeds=1");

    assertThat(err.toString()).doesNotContain("looked for first");
    assertThat(trial(1).get("tau").asDouble())
        .isEqualTo(Presets.spec("fast", "tiny", "mf", "sl").tau());
  }

  @Test
  void aPresetOutsideTheDefaultSpaceIsTheFirstTrialAllTheSame() throws IOException {
    Path mine =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            base: fast
            dataset: tiny
            backbone: mf
            losses:
              sl: {l2: 0, tau: 0.3, epochs: 9}
            """);
    tune("--dataset=tiny", "--loss=sl", "--preset=" + mine, "--trials=6", "--seeds=1");

    assertThat(trial(1).get("l2").asDouble()).isZero();
    if (FigureRenderer.available()) {
      assertThat(Files.readString(folder.resolve("out/trials-l2.svg")))
          .contains("l2 (0 at the left edge)");
      assertThat(Files.readString(folder.resolve("out/trials-tau.svg"))).doesNotContain("edge");
    }
  }

  /** The searched settings of a trial. */
  private JsonNode trial(int number) throws IOException {
    List<String> csv = Files.readAllLines(folder.resolve("out/trials.csv"));
    List<String> names = List.of(csv.get(0).split(","));
    ObjectNode settings = new ObjectMapper().createObjectNode();
    csv.stream()
        .map(row -> row.split(","))
        .filter(row -> row[0].equals("" + number))
        .forEach(row -> names.forEach(name -> settings.put(name, row[names.indexOf(name)])));
    return settings;
  }

  @Test
  void onlyTrainSaysWhatToDoAboutAGenericPreset() {
    String generic =
        train("--dataset=tiny", "--epochs=1", "--json=-", "--out=" + folder.resolve("generic"));

    assertThat(out.toString()).startsWith("{").doesNotContain("tune");
    assertThat(generic.lines().filter(line -> line.startsWith("bsl: ")).toList())
        .containsExactly(
            "bsl: preset fast has nothing for data set tiny; its settings for any data set are"
                + " taken, which are tuned to none; find better ones with: bsl tune --dataset tiny"
                + " --backbone mf --loss bsl --data "
                + data
                + " --runs "
                + folder.resolve("runs"));
    tuneTiny();
    assertThat(err.toString()).doesNotContain("tuned to none");
    assertThat(train("--dataset=tiny", "--epochs=1", "--out=" + folder.resolve("generic")))
        .contains("; --preset tiny-mf-bsl has those that tune has found");
  }

  @Test
  void goingBackToPairsTakesOneSetting() throws IOException {
    Path run = folder.resolve("pairs");
    train("--dataset=tiny", "--no-search", "--epochs=1", "--batch-users=0", "--out=" + run);

    JsonNode settings =
        new ObjectMapper().readTree(run.resolve("provenance.json").toFile()).get("settings");
    assertThat(settings.get("batch_users").asInt()).isZero();
    assertThat(settings.get("negative_noise").asDouble()).isEqualTo(1);
    assertThat(settings.get("adam").asText()).as("of the preset").isEqualTo("closed-form");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--dataset=tiny --trials=0|--trials '0' is not from 1 to 10000",
        "--dataset=tiny --budget=30|--budget '30' is not a time such as 90s, 30m or 2h",
        "--dataset=tiny --budget=0m|--budget '0m' is not a time such as 90s, 30m or 2h",
        "--dataset=tiny --seeds=0|--seeds '0' is not from 1 to 100",
        "--dataset=tiny --metric=ndgc@20|--metric 'ndgc@20' is none of ",
        "--dataset=tiny --name=a/b|--name 'a/b' is not made of letters, digits,",
        "--dataset=tiny --name=fast|--name 'fast' is the name of a preset; choose another",
        "--dataset=tiny --name=a.yaml|--name 'a.yaml' ends like a file; the preset is named without",
        "--dataset=tiny --loss=blub|--loss: loss 'blub' is not one of ",
        "--dataset=tiny --seed=x|--seed: seed 'x' is not a whole number",
        "--dataset=tiny --preset=fsat|--preset 'fsat' is none of ",
        "--dataset=tiny --space=nowhere.yaml|nowhere.yaml: no such file",
      })
  void badUsageIsOneLine(String arguments, String message) {
    assertThat(tune(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("bsl: " + message).hasLineCount(1);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aBadSpaceIsOneLineWithFileLineAndValue() throws IOException {
    Files.writeString(space, "l2: [0, 1]\ntau: [0.1, high]\n");

    assertThat(tuneTiny()).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("bsl: " + space + ":2: tau 'high' is not a number from 1e-18 to 1e30\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void trialsAndTimeExcludeEachOther() {
    assertThat(tune("--dataset=tiny", "--trials=3", "--budget=3m")).isEqualTo(2);
    assertThat(err.toString()).startsWith("bsl: --").contains("mutually exclusive");
  }
}
