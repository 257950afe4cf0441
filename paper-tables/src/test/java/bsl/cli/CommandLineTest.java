package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.Split;
import bsl.data.DatasetWriter;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.ModelFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandLineTest {
  @TempDir Path folder;

  private Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeData() throws IOException {
    data = folder.resolve("data");
    DatasetWriter.write(SyntheticDatasets.make(SyntheticPreset.TINY, 1), data);
  }

  private int bsl(String... arguments) {
    return CommandLines.call(out, err, arguments);
  }

  private int train(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--data=" + data,
                "--dataset=tiny",
                "--epochs=3",
                "--out=" + folder.resolve("run")));
    if (Stream.of(more).noneMatch(argument -> argument.startsWith("--json"))) {
      arguments.add("--json=" + folder.resolve("result.json"));
    }
    arguments.addAll(List.of(more));
    return bsl(arguments.toArray(String[]::new));
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  @Test
  void trainWritesWhatTheDesignPromises() throws IOException {
    assertThat(train("--threads=2", "--seed=7")).isZero();

    JsonNode result = json("result.json");
    for (String key :
        List.of(
            "dataset",
            "digests",
            "backbone",
            "loss",
            "hyper_parameters",
            "seed",
            "threads",
            "epochs",
            "best_epoch",
            "train_seconds",
            "seconds_per_epoch",
            "eval_seconds",
            "peak_heap_bytes",
            "metrics",
            "protocol")) {
      assertThat(result.has(key)).as(key).isTrue();
    }
    for (String metric : List.of("recall", "ndcg", "precision")) {
      for (int cutoff : new int[] {5, 10, 15, 20}) {
        assertThat(result.at("/metrics/" + metric + "@" + cutoff).isNumber()).isTrue();
      }
    }
    assertThat(result.get("seed").asInt()).isEqualTo(7);
    assertThat(result.get("protocol").asText()).isEqualTo("paper");
    assertThat(folder.resolve("run"))
        .isDirectoryContaining("glob:**/users.npy")
        .isDirectoryContaining("glob:**/items.npy")
        .isDirectoryContaining("glob:**/curve.csv")
        .isDirectoryContaining("glob:**/result.json")
        .isDirectoryContaining("glob:**/provenance.json");
    assertThat(out.toString()).contains("selected on test (protocol paper)");
  }

  @Test
  void evaluateFindsTheMetricsOfTheTraining() throws IOException {
    train();
    int code =
        bsl(
            "evaluate",
            "--data=" + data,
            "--model=" + folder.resolve("run"),
            "--json=" + folder.resolve("evaluation.json"));

    assertThat(code).isZero();
    assertThat(json("evaluation.json").get("metrics"))
        .isEqualTo(json("result.json").get("metrics"));
  }

  @Test
  void evaluateSharesRecallOutToGroupsOfItems() throws IOException {
    train();
    bsl(
        "evaluate",
        "--groups",
        "--data=" + data,
        "--model=" + folder.resolve("run"),
        "--json=" + folder.resolve("evaluation.json"));

    double sum = 0;
    for (JsonNode share : json("evaluation.json").at("/fairness/shares_of_recall@20")) {
      sum += share.asDouble();
    }
    assertThat(sum)
        .isCloseTo(json("result.json").at("/metrics/recall@20").asDouble(), within(1e-9));
    assertThat(json("evaluation.json").at("/fairness/coverage@20").asDouble()).isPositive();
    assertThat(out.toString()).contains("1 (rarest)").contains("inequality of the shares");
  }

  @Test
  void noiseWritesTheTrainPairsThatTrainingWithNoiseSees() throws IOException {
    int code =
        bsl(
            "noise",
            "--data=" + data,
            "--dataset=tiny",
            "--positive=0.2",
            "--seed=5",
            "--out=" + folder.resolve("sets/tiny-20"));
    bsl(
        "train",
        "--data=" + data,
        "--dataset=tiny",
        "--positive-noise=0.2",
        "--seed=5",
        "--epochs=1",
        "--out=" + folder.resolve("a"));
    bsl(
        "train",
        "--data=" + folder.resolve("sets"),
        "--dataset=tiny-20",
        "--seed=5",
        "--epochs=1",
        "--out=" + folder.resolve("b"));

    assertThat(code).isZero();
    assertThat(json("b/result.json").at("/model_sha256"))
        .isEqualTo(json("a/result.json").at("/model_sha256"));
    assertThat(json("sets/tiny-20/noise.json").get("pairs_added").asInt()).isPositive();
    assertThat(json("sets/tiny-20/noise.json").get("noisy_train_digest"))
        .isEqualTo(json("b/result.json").at("/digests/train"));
    assertThat(
            bsl(
                "noise",
                "--data=" + data,
                "--dataset=tiny",
                "--positive=0.2",
                "--out=" + folder.resolve("sets/tiny-20")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("is there already");
  }

  @Test
  void evaluateMasksHeldOutPairsToo() throws IOException {
    train("--protocol=held-out");
    bsl(
        "evaluate",
        "--data=" + data,
        "--model=" + folder.resolve("run"),
        "--json=" + folder.resolve("evaluation.json"));

    assertThat(json("evaluation.json").get("metrics"))
        .isEqualTo(json("result.json").get("metrics"));
    // Train and held-out pairs together are the train pairs of the data set.
    Split split = SyntheticDatasets.make(SyntheticPreset.TINY, 1);
    Embeddings model = ModelFiles.read(folder.resolve("run"));
    assertThat(json("evaluation.json").at("/metrics/recall@20").asDouble())
        .isCloseTo(recallAtTwenty(model, split.train(), split.test()), within(1e-12));
  }

  /** By loops, with the cosines in double. */
  private static double recallAtTwenty(Embeddings model, Interactions seen, Interactions test) {
    double sum = 0;
    int users = 0;
    for (int u = 0; u < test.users(); u++) {
      int user = u;
      if (test.degree(user) == 0) {
        continue;
      }
      users++;
      float[] ofUser = model.users().row(user);
      double hits =
          IntStream.range(0, test.items())
              .filter(item -> !seen.contains(user, item))
              .boxed()
              .sorted(Comparator.comparingDouble(item -> -cosine(ofUser, model.items().row(item))))
              .limit(20)
              .filter(item -> test.contains(user, item))
              .count();
      sum += hits / test.degree(user);
    }
    return sum / users;
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double ofA = 0;
    double ofB = 0;
    for (int d = 0; d < a.length; d++) {
      product += (double) a[d] * b[d];
      ofA += (double) a[d] * a[d];
      ofB += (double) b[d] * b[d];
    }
    return product / Math.sqrt(ofA * ofB);
  }

  @Test
  void rerunAgreesOnTheBitsAndNoticesWhenTheyDiffer() throws IOException {
    train("--threads=1");
    Path provenance = folder.resolve("run/provenance.json");
    Path again = folder.resolve("rerun-again");

    assertThat(
            bsl("rerun", provenance.toString(), "--data=" + data, "--out=" + again, "--threads=3"))
        .isZero();
    assertThat(out.toString()).contains("the bits agree");

    String text = Files.readString(provenance);
    String digest = json("run/provenance.json").get("model_sha256").asText();
    Path forged =
        Files.writeString(folder.resolve("forged.json"), text.replace(digest, "0".repeat(64)));
    assertThat(bsl("rerun", forged.toString(), "--data=" + data, "--out=" + again)).isEqualTo(1);
    assertThat(out.toString()).contains("the bits DIFFER");
  }

  @Test
  void trainLooksAtItsFolderBeforeItSearches() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path store = folder.resolve("runs");

    int code =
        bsl(
            "train",
            "--dataset=tiny",
            "--epochs=9",
            "--data=" + data,
            "--runs=" + store,
            "--out=" + file.resolve("run"));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "bsl: " + file.resolve("run") + ": cannot be written: " + file + " is not a folder\n");
    assertThat(store).doesNotExist();
  }

  @Test
  void rerunLeavesFinishedRunsOfOthers() throws IOException {
    train();
    Path provenance =
        Files.copy(folder.resolve("run/provenance.json"), folder.resolve("copy.json"));
    byte[] result = Files.readAllBytes(folder.resolve("run/result.json"));

    for (Path run : List.of(folder.resolve("run"), folder.resolve("run/../run/."))) {
      assertThat(bsl("rerun", provenance.toString(), "--data=" + data, "--out=" + run))
          .isEqualTo(2);
      assertThat(err.toString()).contains(run + ": holds a finished run; choose another --out");
    }
    assertThat(folder.resolve("run/result.json")).hasBinaryContent(result);
  }

  @Test
  void rerunRefusesOtherData() throws IOException {
    train();
    Path provenance = folder.resolve("run/provenance.json");
    Path other = folder.resolve("other");
    DatasetWriter.write(SyntheticDatasets.make(SyntheticPreset.TINY, 2), other);

    assertThat(bsl("rerun", provenance.toString(), "--data=" + other)).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            provenance
                + ": data set tiny is not what the run was trained on: test and train pairs differ")
        .hasLineCount(1);
  }

  @Test
  void recommendListsUnseenItemsByScore() {
    train();

    assertThat(
            bsl(
                "recommend",
                "--data=" + data,
                "--model=" + folder.resolve("run"),
                "--user=3",
                "-k=5"))
        .isZero();
    assertThat(out.toString().lines())
        .hasSize(5)
        .allMatch(line -> line.matches("\\d+\t-?\\d\\.\\d{6}"));
  }

  @Test
  void flagsOverrideSetOverridesFileOverridesPreset() throws IOException {
    Path config = Files.writeString(folder.resolve("my.yaml"), "tau: 0.2\nl2: 0.5\nseed: 3\n");
    train("--config=" + config, "--set", "tau=0.3", "--set", "l2=0.25", "--tau=0.4");

    JsonNode settings = json("result.json").get("hyper_parameters");
    assertThat(settings.get("tau").asDouble()).isEqualTo(0.4);
    assertThat(settings.get("l2").asDouble()).isEqualTo(0.25);
    assertThat(settings.get("seed").asInt()).isEqualTo(3);
    assertThat(settings.get("learning_rate").asDouble()).isEqualTo(0.005);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --dataset nope|data set 'nope' is not in",
        "train --dataset tiny --tau abc|--tau: tau 'abc' is not a number from 1e-18 to 1e30",
        "train --dataset tiny --l2 1e308|--l2: l2 '1e308' is too large: numbers go up to 3.4028234e38",
        "train --dataset tiny --loss hinge|loss 'hinge' is not one of",
        "train --dataset tiny --set tau|--set 'tau' is not key=value",
        "train --dataset tiny --config absent.yaml|absent.yaml: no such file",
        "train --dataset tiny --preset slow|--preset 'slow' is none of fast, reference, baseline, pairwise, none",
        "train --dataset tiny --threads 0|--threads '0' is not from 1 to",
        "train --dataset tiny --epoch 3|unknown option --epoch; did you mean '--epochs'?",
        "train --dataset tiny --patence=3|unknown option --patence; did you mean '--patience'?",
        "train --dataset tiny tiny|'tiny' is one argument too many",
        "train --dataset tiny --json .|--json .: is a folder",
        "train|nothing says which dataset",
        "evaluate --model absent|bsl: absent: no such folder",
        "noise --dataset nope --positive 0.1 --out x|data set 'nope' is not in",
        "noise --dataset tiny --positive 2 --out x|--positive '2' is not a number from 0 to 1",
        "noise --dataset tiny --positive 0x1p-1 --out x|--positive '0x1p-1' is not a number from 0 to",
        "noise --dataset tiny --positive 0.5d --out x|--positive '0.5d' is not a number from 0 to 1",
        "noise --dataset tiny --positive 1e-400 --out x|--positive '1e-400' is too small for a number",
        "noise --dataset tiny --positive 0 --seed x --out x|'x' is not a whole number that fits",
        "train --dataset tiny --loss infonce --negative-noise 2|negative_noise 2.0 needs negative_sampling",
        "recommend --model absent --user 1|bsl: absent: no such folder",
        "rerun absent.json|bsl: absent.json: no such file or folder",
        "reproduce --dataset tiny|--dataset 'tiny' is none of",
        "reproduce|no data set to reproduce anything on",
        "reproduce --dataset amazon|left out: amazon is not in",
        "reproduce --profile fancy|--profile 'fancy' is none of quick, paper",
        "reproduce --seeds 0|--seeds '0' is not from 1 to 100",
        "reproduce --backbone gnn|--backbone 'gnn' is none of mf, lightgcn, ngcf",
        "reproduce tau-ratio --backbone ngcf|--backbone ngcf: 'tau-ratio' has only mf, lightgcn",
        "reproduce tau-ratio --backbone sgl|--backbone sgl: 'tau-ratio' has only mf, lightgcn",
        "reproduce overall --backbone xsimgcl|--backbone xsimgcl: 'overall' has only mf, lightgcn, ngcf, sgl",
        "reproduce contrastive-backbones --backbone mf|'contrastive-backbones' has only sgl, simgcl",
        "reproduce --profile quick --engine spark --master spark://h:7077|--engine spark is not on the class path; call it by the launcher",
        "reproduce --profile quick --engine sprak|--engine 'sprak' is none of local",
        "reproduce --profile quick --master spark://h:7077|--master has no effect without --engine spark",
        "tune --dataset tiny --shared-runs|--shared-runs has no effect without --engine spark",
        "tune --dataset tiny --conf a=b|--conf has no effect without --engine spark",
        "compare --dataset tiny --loss sl --all-models|--all-models has no effect without --engine spark",
        "reproduce dance|'dance' is none of overall, loss-comparison",
        "reproduce overal|did you mean 'overall'?",
        "reproduce --dataset ml1m|did you mean 'ml-1m'?",
        "reproduce --backbone lightgnc|did you mean 'lightgcn'?",
        "data verify nope|data set 'nope' is not in",
        "data fetch nope|data set 'nope' is not in the catalogue",
        "data synthesize nope|no synthetic preset 'nope'",
        "data synthesize smal|did you mean 'small'?",
        "data fetch yelp-2018|did you mean 'yelp2018'?",
        "data fetsh ml-1m|did you mean 'fetch'?",
        "data|data needs one of",
        "describe tiny|there is no command 'describe'; there are data, train, tune, compare, evaluate, noise, recommend, export, doctor, rerun, reproduce, help; did you mean 'data describe'?",
        "dance|there is no command 'dance'; there are data, train, tune, compare, evaluate",
        "trian|did you mean 'train'?",
      })
  void badInputIsOneClearLineAndExitCodeTwo(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
    if (arguments.matches("(train|evaluate|noise|recommend|rerun|reproduce)\\b.*")) {
      all.add("--data=" + data);
    }

    assertThat(bsl(all.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).contains("bsl: ").contains(message);
    assertThat(err.toString().lines().filter(line -> line.startsWith("bsl: ")).toList())
        .as("one line of complaint per cause")
        .hasSizeBetween(1, 4);
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void aDamagedDataFileIsNamedWithLineAndValue() throws IOException {
    Path mine = Files.createDirectories(data.resolve("mine"));
    Files.writeString(mine.resolve("train.txt"), "0 1 2\n1 x 3\n");
    Files.writeString(mine.resolve("test.txt"), "0 3\n");

    assertThat(bsl("train", "--data=" + data, "--dataset=mine")).isEqualTo(2);
    assertThat(err.toString())
        .contains(mine.resolve("train.txt") + ":2: ")
        .contains("'x'")
        .hasLineCount(1);
  }

  @Test
  void aRunOfOtherSettingsIsNotOverwritten() {
    train();

    assertThat(train("--tau=0.5")).isEqualTo(2);
    assertThat(err.toString()).contains("holds a run of other settings");
  }

  @Test
  void aDivergedTrainingSaysSo() {
    assertThat(train("--learning-rate=1e38", "--train-score=inner-product")).isEqualTo(2);
    assertThat(err.toString()).contains("training diverged").contains("pair");
  }

  @Test
  void dataListAndVerifyDescribeWhatIsThere() {
    assertThat(bsl("data", "list", "--data=" + data)).isZero();
    assertThat(out.toString()).contains("tiny").contains("yelp2018").contains("absent");

    assertThat(bsl("data", "verify", "tiny", "--data=" + data)).isZero();
    assertThat(out.toString()).contains("train digest").contains("no digests known");
  }

  @Test
  void dataVerifyCountsGapsInTheNumbering() throws IOException {
    Path gaps = Files.createDirectories(data.resolve("gaps"));
    Files.writeString(gaps.resolve("train.txt"), "0 1 2\n5 2 4\n");
    Files.writeString(gaps.resolve("test.txt"), "0 4\n6 1\n");

    assertThat(bsl("data", "verify", "gaps", "--data=" + data)).isZero();

    assertThat(out.toString().lines())
        .contains(
            "users                 7",
            "untrained test users  1",
            "items without train   2",
            "unused user numbers   4",
            "unused item numbers   2");
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  /** Its first epochs train matrix factorisation, which is all that a short training has. */
  @Test
  void trainSaysThatTheModelHasNoneOfItsLayers() {
    String[] tiny = {
      "train", "--data=" + data, "--dataset=tiny", "--runs=" + folder, "--epochs=3", "--no-search"
    };
    assertThat(bsl(with(tiny, "--backbone=sgl"))).isZero();
    assertThat(err.toString())
        .contains(
            "the first 10 epochs train no layers of backbone sgl and no other part (shallow_epochs),"
                + " and the selected epoch is one of them");

    err.getBuffer().setLength(0);
    assertThat(bsl(with(tiny, "--backbone=mf"))).isZero();
    assertThat(bsl(with(tiny, "--backbone=sgl", "--shallow-epochs=0"))).isZero();
    assertThat(err.toString()).doesNotContain("the selected epoch");
  }

  /** In three epochs tau is 0.8, 0.6 and 0.4, or 0.8, 0.4 and 0.2. */
  @Test
  void trainSaysThatTheTemperatureIsNotYetItsOwn() {
    String[] tiny = {
      "train",
      "--data=" + data,
      "--dataset=tiny",
      "--runs=" + folder,
      "--epochs=3",
      "--no-search",
      "--tau=0.2",
      "--tau-start=4"
    };
    String last = "--evaluate-every=3";
    assertThat(bsl(with(tiny, "--loss=sl", last, "--tau-start-fraction=1"))).isZero();
    assertThat(err.toString())
        .contains("in the selected epoch tau was 0.4000, still on its way to 0.2 (tau_start 4.0)");

    err.getBuffer().setLength(0);
    assertThat(bsl(with(tiny, "--loss=sl", last, "--tau-start-fraction=0.5"))).isZero();
    assertThat(bsl(with(tiny, "--loss=bpr"))).isZero();
    assertThat(err.toString()).doesNotContain("in the selected epoch");
  }

  @Test
  void synthesizeDoesNotOverwrite() {
    assertThat(bsl("data", "synthesize", "tiny", "--out=" + data)).isEqualTo(2);
    assertThat(err.toString()).contains("is there already");
  }

  @Test
  void synthesizeTakesOnePlace() {
    Path other = folder.resolve("other");

    assertThat(bsl("data", "synthesize", "small", "--data=" + data, "--out=" + other)).isEqualTo(2);
    assertThat(err.toString()).contains("--data and --out both say where to put it");
    assertThat(other).doesNotExist();
  }

  @Test
  void synthesizeWritesWhereTrainReads() {
    Path other = folder.resolve("other");

    assertThat(bsl("data", "synthesize", "tiny", "--data=" + other)).isZero();
    assertThat(bsl("train", "--dataset=tiny", "--epochs=1", "--data=" + other, "--out=" + other))
        .as(err.toString())
        .isZero();
  }

  @Test
  void synthesizeSaysWhatItHasMade() throws IOException {
    Path other = folder.resolve("other");

    assertThat(bsl("data", "synthesize", "tiny", "--data=" + other)).isZero();

    assertThat(out.toString())
        .contains(
            String.format(
                Locale.ROOT,
                "tiny: 200 users, 150 items, %,d train pairs, %,d test pairs",
                itemsIn(other.resolve("tiny/train.txt.gz")),
                itemsIn(other.resolve("tiny/test.txt.gz"))));
  }

  /** Numbers in a packed file of lines that begin with a user's, less those. */
  private static long itemsIn(Path file) throws IOException {
    try (InputStream packed = Files.newInputStream(file);
        InputStream text = new GZIPInputStream(packed)) {
      String lines = new String(text.readAllBytes(), StandardCharsets.UTF_8);
      return lines.lines().mapToLong(line -> line.trim().split(" +").length - 1).sum();
    }
  }

  @Test
  void filesOfOthersAreNotOverwritten() throws IOException {
    Path other = folder.resolve("vectors");
    Files.createDirectories(other);
    Files.writeString(other.resolve("users.npy"), "mine");

    assertThat(bsl("train", "--dataset=tiny", "--epochs=1", "--data=" + data, "--out=" + other))
        .isEqualTo(2);
    assertThat(err.toString()).contains(other + ": holds users.npy and no run");
    assertThat(other.resolve("users.npy")).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare --dataset=tiny --loss=sl", "reproduce theory --dataset=small"})
  void whatCannotBeWrittenIsSaidBeforeAnythingIsTrained(String command) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--out=" + file.resolve("x"), "--runs=" + folder.resolve("none")));
    words.add("--data=" + data);

    assertThat(bsl(words.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).contains("cannot be written: " + file + " is not a folder");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data list",
        "data verify tiny",
        "data synthesize tiny",
        "train --dataset=tiny --epochs=1",
        "compare --dataset=tiny --baseline=ease --dry-run",
        "reproduce overall --profile=quick --dry-run"
      })
  void fileInPlaceOfTheDataDirectoryIsNamed(String command) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path place : List.of(file, file.resolve("below"))) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.add("--data=" + place);

      assertThat(bsl(words.toArray(String[]::new))).isEqualTo(2);
      assertThat(out.toString()).isEmpty();
      assertThat(err.toString())
          .endsWith(
              "bsl: "
                  + place
                  + ": cannot be the data directory: "
                  + file
                  + " is not a folder; name another one with --data or BSL_DATA\n");
    }
  }

  @Test
  void aRunThatIsFinishedIsShownAndNotTrainedAgain() throws IOException {
    String[] command = {
      "train",
      "--dataset=tiny",
      "--epochs=2",
      "--data=" + data,
      "--runs=" + folder.resolve("runs"),
      "--json=" + folder.resolve("first.json")
    };
    assertThat(bsl(command)).isZero();
    String first = out.toString();
    assertThat(err.toString()).contains("epoch 2/2").contains("settings for any data set");

    command[command.length - 1] = "--json=" + folder.resolve("second.json");
    assertThat(bsl(command)).isZero();
    assertThat(out.toString()).isEqualTo(first);
    assertThat(err.toString()).contains("was finished before").doesNotContain("epoch 2/2");
    assertThat(json("second.json")).isEqualTo(json("first.json"));
  }

  @Test
  void jsonOnStandardOutputIsAlone() throws IOException {
    assertThat(train("--json=-")).isZero();

    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.get("model_sha256")).isEqualTo(json("run/result.json").get("model_sha256"));
    assertThat(err.toString()).contains("selected on test (protocol paper)");
    assertThat(folder.resolve("result.json")).doesNotExist();
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void everyArtifactHasAllSeeds() {
    String[] command = {
      "reproduce",
      "overall",
      "cutoffs",
      "--seeds=3",
      "--profile=quick",
      "--dataset=small",
      "--backbone=mf",
      "--dry-run",
      "--runs=" + folder.resolve("runs"),
      "--data=" + data
    };
    assertThat(bsl(command)).isZero();
    assertThat(out.toString())
        .contains("6 runs, 0 of them finished before")
        .contains(", seed 1,", ", seed 2,", ", seed 3,");
    assertThat(err.toString()).doesNotContain("seed");
  }

  @Test
  void protocolsAreTakenWhereTheyAreKnownAndSaidToBeLeftOutElsewhere() {
    List<String> runs = new ArrayList<>();
    for (String protocol : List.of("paper", "held-out", "both")) {
      assertThat(
              bsl(
                  "reproduce",
                  "overall",
                  "cutoffs",
                  "datasets",
                  "--protocol=" + protocol,
                  "--profile=quick",
                  "--dataset=small",
                  "--backbone=mf",
                  "--dry-run",
                  "--runs=" + folder.resolve("runs"),
                  "--data=" + data))
          .isZero();
      runs.add(out.toString().replaceAll("(?s).*?(\\d+) runs, 0 of them finished.*", "$1"));
      String said = "--protocol " + protocol + " does not count for cutoffs: protocol paper only";
      assertThat(err.toString().contains(said)).isEqualTo(!protocol.equals("paper"));
    }

    assertThat(runs).as("cutoffs has two under paper").containsExactly("2", "4", "4");
    assertThat(bsl("reproduce", "--protocol=papier", "--dry-run")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--protocol 'papier' is none of paper, held-out, both")
        .contains("paper");
  }

  @Test
  void listSaysWhatEachArtifactIsAndWhatItTrains() {
    assertThat(bsl("reproduce", "--list")).isZero();

    assertThat(out.toString())
        .contains("overall\n    main table:\n    SL and BSL on every backbone")
        .containsPattern("trains 21 runs, about [0-9.]+ (min|h) on")
        .containsPattern(
            "contrastive-backbones\n.*\n.*\n +trains [0-9]+ runs, about [0-9.]+ (min|h) on");
    assertThat(out.toString().lines().filter(line -> line.contains(" runs, about ")).count())
        .isGreaterThan(10);
  }

  @Test
  void listSaysWhatAPresetCannotTrain() {
    assertThat(bsl("reproduce", "--list", "--preset=pairwise")).isZero();

    assertThat(out.toString())
        .contains("    cannot be trained: ")
        .containsPattern("trains [0-9]+ runs, about [0-9.]+ (min|h) on")
        .contains("preset pairwise, one seed.");
  }

  @Test
  void withoutACommandThereIsUsage() {
    assertThat(bsl()).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: bsl").contains("reproduce");
    assertThat(out.toString()).isEmpty();

    assertThat(bsl("help")).isZero();
    assertThat(out.toString()).contains("Usage: bsl").contains("reproduce");
    assertThat(bsl("help", "train")).isZero();
    assertThat(out.toString()).contains("Usage: bsl train").contains("--tau");
  }

  @Test
  void everyCommandHasHelp() {
    Set<String> commands = Main.commandLine().getSubcommands().keySet();
    assertThat(commands).contains("train", "tune", "compare", "export", "doctor", "help");
    for (String command : commands) {
      assertThat(bsl(command, "--help")).as(command).isZero();
      assertThat(out.toString()).contains("Usage: bsl " + command);
    }
  }

  /** A list of commands shows the first line of each, which is to be whole. */
  @Test
  void listsOfCommandsHaveWholeSentences() {
    List<CommandLine> open = new ArrayList<>(List.of(Main.commandLine()));
    int seen = 0;
    while (!open.isEmpty()) {
      for (CommandLine command : open.remove(0).getSubcommands().values()) {
        CommandSpec spec = command.getCommandSpec();
        String[] header = spec.usageMessage().header();
        String first = header.length > 0 ? header[0] : spec.usageMessage().description()[0];
        boolean ours = !spec.name().equals("help");
        assertThat(!ours || first.endsWith(".")).as(spec.qualifiedName() + ": " + first).isTrue();
        open.add(command);
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(15);
  }

  /** Without a name, artifacts that a preset cannot make are left out; here that is all of them. */
  @Test
  void reproduceWithAPresetThatIsNoneIsOneLineAndWritesNothing() throws IOException {
    Path to = data.resolve("paper");
    Path broken = Files.writeString(data.resolve("broken.yaml"), "losses:\n sl: {tau: 0.3");
    for (String preset : List.of("fsat", broken.toString())) {
      err.getBuffer().setLength(0);

      assertThat(
              bsl(
                  "reproduce",
                  "--preset=" + preset,
                  "--profile=quick",
                  "--data=" + data,
                  "--out=" + to,
                  "--runs=" + to.resolve("runs")))
          .isEqualTo(ExitCode.BAD_INPUT);
      assertThat(err.toString().lines().filter(line -> !line.endsWith("brings it")))
          .singleElement()
          .asString()
          .contains(preset);
      assertThat(to).doesNotExist();
    }
  }

  @Test
  void reproducePlansMakesAndNeverTrainsTwice() throws IOException {
    Path to = data.resolve("paper");
    String[] command = {
      "reproduce",
      "cutoffs",
      "fairness",
      "--backbone=mf",
      "--profile=quick",
      "--data=" + data,
      "--out=" + to,
      "--runs=" + to.resolve("runs")
    };
    String[] plan =
        Stream.concat(Stream.of(command), Stream.of("--dry-run")).toArray(String[]::new);

    assertThat(bsl(plan)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("run small-mf-sl-").contains("5 runs, 0 of them finished");
    assertThat(to).doesNotExist();

    assertThat(bsl(command)).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsPattern(
            "(?m)(^undecided +small +paper +SL spreads Recall@20.*, one seed: leans .*\\R){3}")
        .contains("no number here is held to a published one");
    assertThat(to.resolve("cutoffs.md")).content().contains("NDCG");
    assertThat(to.resolve("report.html")).isNotEmptyFile();

    assertThat(bsl(plan)).isZero();
    assertThat(out.toString()).contains("5 runs, 5 of them finished before");

    try (Stream<Path> files = Files.walk(to.resolve("runs"))) {
      for (Path model : files.filter(file -> file.toString().endsWith(".npy")).toList()) {
        Files.delete(model);
      }
    }
    assertThat(bsl(plan)).isZero();
    assertThat(out.toString()).as("fairness reads models").contains("5 runs, 0 of them finished");
    plan[2] = "--seeds=1";
    assertThat(bsl(plan)).isZero();
    assertThat(out.toString()).as("the other does not").contains("2 runs, 2 of them finished");
  }

  @Test
  void aPresetThatIsReadIsNotWrittenOver() throws IOException {
    Path preset = Files.writeString(folder.resolve("pre.yaml"), "base: fast\n");
    StringWriter err = new StringWriter();
    int code =
        CommandLines.call(
            new StringWriter(),
            err,
            "compare",
            "--dataset=tiny",
            "--loss=sl",
            "--preset=bsl=fast,sl=" + preset,
            "--json=" + preset);

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("--json " + preset + ": is read by this command");
    assertThat(preset).hasContent("base: fast\n");
  }

  @Test
  void otherDataOfTheSyntheticSetsNameAreNotTakenForIt() throws IOException {
    Split tiny = SyntheticDatasets.make(SyntheticPreset.TINY, 1);
    DatasetWriter.write(new Split("small", tiny.train(), tiny.validation(), tiny.test()), data);

    assertThat(bsl("reproduce", "cutoffs", "--profile=quick", "--dry-run", "--data=" + data))
        .isEqualTo(2);
    assertThat(err.toString()).contains("small: is not the synthetic data set with seed 1");
  }
}
