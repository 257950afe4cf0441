package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Split;
import bsl.data.DatasetWriter;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.report.FigureRenderer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompareCommandTest {
  @TempDir Path folder;

  private Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeData() throws IOException {
    data = folder.resolve("the user's data");
    DatasetWriter.write(SyntheticDatasets.make(SyntheticPreset.TINY, 1), data);
  }

  private int bsl(List<String> arguments) {
    return CommandLines.call(out, err, arguments.toArray(String[]::new));
  }

  private int compare(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "compare",
                "--data=" + data,
                "--runs=" + folder.resolve("runs"),
                "--out=" + folder.resolve("out"),
                "--set=epochs=2",
                "--set=dimension=8"));
    arguments.addAll(List.of(more));
    return bsl(arguments);
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve("out").resolve(name));
  }

  @Test
  void oneTableInEveryForm() throws IOException {
    Path json = folder.resolve("result.json");
    int code =
        compare(
            "--dataset=tiny",
            "--loss=sl,bsl",
            "--baseline=popularity,ease",
            "--set=ease.lambda=50",
            "--seeds=3",
            "--json=" + json);
    assertThat(code).as(err.toString()).isZero();

    assertThat(out.toString().lines().toList())
        .hasSize(9)
        .anySatisfy(line -> assertThat(line).startsWith("tiny, protocol held-out, seeds 1 to 3"))
        .anySatisfy(
            line -> assertThat(line).matches("mf-sl +0\\.\\d{5} ± 0\\.\\d{5} .*\\(reference\\).*"))
        .anySatisfy(line -> assertThat(line).matches("ease +0\\.\\d{5} ± .* better .*"))
        .contains("p by Holm's correction over 6 tests; ± and brackets are 95% intervals")
        .contains("written: " + folder.resolve("out/compare.md"));
    assertThat(err.toString())
        .contains("bsl: preset fast has nothing for data set tiny;")
        .contains("settings of mf-sl, mf-bsl are tuned to no data set")
        .contains("1/6 fitted popularity on tiny, seed 1", "6/6 tiny-mf-");
    assertThat(file("compare.md"))
        .contains(
            "| model | NDCG@20 | Recall@20 | against | difference | from | to | p | verdict | coverage |")
        .contains(
            "`mf-bsl`, seed 1: `bsl train --dataset tiny --backbone mf --loss bsl --preset fast")
        .contains("`ease`: `bsl compare --dataset tiny --baseline ease")
        .contains("Note: preset fast has nothing for data set tiny;");
    assertThat(file("compare.csv"))
        .hasLineCount(5)
        .contains("ndcg@20_half_width", "runs/tiny-ease-");
    assertThat(file("compare-details.csv"))
        .contains("ndcg@20_standard_deviation", "fast (generic)");
    assertThat(file("compare-seeds.csv")).hasLineCount(13);
    assertThat(file("compare-tests.csv")).hasLineCount(7);
    assertThat(file("compare.tex")).contains("\\toprule", "mf-bsl & ");
    assertThat(file("report.html"))
        .contains("provenance.json", "rerun ", "compare --dataset tiny --baseline ease")
        .doesNotContain("claims: ", "The paper");
    assertThat(folder.resolve("out/claims.csv")).doesNotExist();
    if (FigureRenderer.available()) {
      assertThat(folder.resolve("out/compare.png")).isNotEmptyFile();
    }
    JsonNode tree = new ObjectMapper().readTree(json.toFile());
    assertThat(tree.at("/complete").asBoolean()).isTrue();
    assertThat(tree.at("/datasets/0/models")).hasSize(4);
    assertThat(tree.at("/datasets/0/models/0/metrics/ndcg@20/test/p_holm").asDouble())
        .isBetween(0.0, 0.05);
    for (JsonNode run : tree.at("/datasets/0/models/0/runs")) {
      assertThat(Path.of(run.get("folder").asText()).resolve("provenance.json")).exists();
    }
  }

  /** On small data all backbones are matrix factorisation then, and their ranks mean nothing. */
  @Test
  void modelsWithoutTheirLayersAreSaid() throws IOException {
    String[] two = {"--dataset=tiny", "--backbone=mf,lightgcn", "--loss=sl", "--no-search"};
    String said = "selected epochs of lightgcn-sl on tiny are among the first, which train";

    assertThat(compare(two)).as(err.toString()).isZero();
    assertThat(err.toString()).contains("bsl: " + said);
    assertThat(file("compare.md")).contains("Note: " + said);

    err.getBuffer().setLength(0);
    List<String> whole = new ArrayList<>(List.of(two));
    whole.add("--set=shallow_epochs=0");
    assertThat(compare(whole.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(err.toString()).doesNotContain("selected epochs");

    // As many layers as the backbone has are all of them.
    whole.set(whole.size() - 1, "--set=shallow_layers=2");
    assertThat(compare(whole.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(err.toString()).doesNotContain("selected epochs");
  }

  @Test
  void modelsWithAnotherTemperatureAreSaid() {
    List<String> all = new ArrayList<>(List.of("--dataset=tiny", "--loss=sl,bpr", "--no-search"));
    all.addAll(List.of("--set=sl.tau_start=2", "--set=sl.tau_start_fraction=1"));
    assertThat(compare(all.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(err.toString()).contains("selected epochs of mf-sl on tiny had another temperature");

    err.getBuffer().setLength(0);
    all.set(all.size() - 1, "--set=sl.tau_start_fraction=0.2");
    assertThat(compare(all.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(err.toString()).doesNotContain("selected epochs");
  }

  @Test
  void whatIsFinishedIsShownAgain() {
    assertThat(compare("--dataset=tiny", "--loss=sl", "--baseline=popularity", "--seeds=2"))
        .isZero();
    String first = out.toString();
    assertThat(compare("--dataset=tiny", "--loss=sl", "--baseline=popularity", "--seeds=2"))
        .isZero();

    assertThat(out.toString()).isEqualTo(first);
    assertThat(first)
        .contains("verdicts take 3 seeds or more: --seeds 5; ± is a 95% interval over seeds,")
        .contains("brackets are one over users alone");
    assertThat(err.toString())
        .contains("2 runs, 2 of them finished before")
        .contains("2 fits of baselines, 2 of them kept from before\n")
        .doesNotContain("fitted", "1/");
  }

  /** The printed command trains the very run that was compared. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--set=bsl.tau=0.3",
        "--set=bsl.epochs=9",
        "--set=bsl.epochs=9 --no-search",
        "--set=bsl.epochs=9 --set=tau=0.3 --protocol=paper"
      })
  void theCommandThatTrainsAgainIsOfTheSameRun(String options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--dataset=tiny", "--loss=bsl", "--seeds=1"));
    all.addAll(List.of(options.split(" ")));
    assertThat(compare(all.toArray(String[]::new))).as(err.toString()).isZero();
    boolean searched = options.contains("epochs=9") && !options.contains("--no-search");
    assertThat(err.toString().contains("mf-bsl: looking for ")).isEqualTo(searched);
    assertThat(file("compare.md").contains("were looked for on held-out pairs"))
        .isEqualTo(searched);
    String command =
        file("compare.md")
            .lines()
            .filter(line -> line.contains("`bsl train"))
            .map(line -> line.replaceFirst(".*`bsl (train.*)`", "$1"))
            .findFirst()
            .orElseThrow();

    assertThat(bsl(CommandLines.words(command))).as(err.toString()).isZero();
    assertThat(err.toString()).contains("was finished before; nothing is trained");
  }

  @Test
  void aDryRunTrainsNothing() {
    assertThat(
            compare("--dataset=tiny", "--loss=sl,bsl", "--baseline=ease", "--seeds=2", "--dry-run"))
        .isZero();

    assertThat(out.toString().lines().toList())
        .hasSize(8)
        .anySatisfy(
            line -> assertThat(line).matches("fit tiny-ease-.*, at most 1 MiB of Java heap"))
        .anySatisfy(
            line ->
                assertThat(line).matches("run tiny-mf-bsl-.*, seed 2, up to 2 epochs, about .*"))
        .anySatisfy(line -> assertThat(line).startsWith("4 runs, 0 of them finished before; about"))
        .contains(
            "2 fits of baselines, 0 of them kept from before; how long the others take is"
                + " not estimated");
    assertThat(folder.resolve("runs")).doesNotExist();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aDryRunIsAPlanForMachines() throws IOException {
    Path json = folder.resolve("plan.json");
    String[] words = {"--dataset=tiny", "--loss=sl", "--baseline=ease", "--seeds=2"};
    List<String> dry = new ArrayList<>(List.of(words));
    dry.addAll(List.of("--dry-run", "--json=" + json));

    assertThat(compare(dry.toArray(String[]::new))).as(err.toString()).isZero();
    JsonNode plan = new ObjectMapper().readTree(json.toFile());
    assertThat(plan.get("runs").asInt()).isEqualTo(2);
    assertThat(plan.get("fits").asInt()).isEqualTo(2);
    assertThat(plan.get("open_runs")).hasSize(2);
    assertThat(plan.at("/open_runs/0/hyper_parameters/loss").asText()).isEqualTo("sl");
    assertThat(plan.get("open_fits")).hasSize(2);
    assertThat(plan.at("/open_fits/0/baseline").asText()).isEqualTo("ease");

    assertThat(compare(words)).as(err.toString()).isZero();
    for (JsonNode run : plan.get("open_runs")) {
      assertThat(Path.of(run.get("run").asText(), "result.json")).exists();
    }
    for (JsonNode fit : plan.get("open_fits")) {
      assertThat(Path.of(fit.get("fit").asText())).isDirectory();
    }
    assertThat(compare(dry.toArray(String[]::new))).isZero();
    assertThat(new ObjectMapper().readTree(json.toFile()).get("open_runs")).isEmpty();
  }

  /** Searches and runs go to the engine, which is asked for no model that nobody reads. */
  @Test
  void anotherEngineTrainsToTheSameTable() throws IOException {
    String[] words = {"--dataset=tiny", "--loss=sl,bsl", "--set=bsl.epochs=9", "--seeds=3"};
    assertThat(compare(words)).as(err.toString()).isZero();
    List<String> here = withoutTimes();

    Files.move(folder.resolve("runs"), folder.resolve("runs-here"));
    List<String> elsewhere = new ArrayList<>(List.of(words));
    elsewhere.add("--engine=fragile");
    assertThat(compare(elsewhere.toArray(String[]::new))).as(err.toString()).isZero();

    assertThat(withoutTimes()).isEqualTo(here);
    assertThat(err.toString())
        .containsPattern("bsl: advances \\d+ runs\n(?s:.*)bsl: trains 6 runs, 0 models\n")
        .contains("6 runs, 0 of them finished before", "on 7 threads", "6/6 tiny-mf-")
        .endsWith("bsl: is closed\n");
  }

  private List<String> withoutTimes() {
    assertThat(out.toString()).contains("mf-sl ", "mf-bsl ");
    return out.toString().lines().map(line -> line.replaceAll(" +\\d+\\.\\d s$", "")).toList();
  }

  @Test
  void anEngineIsAskedForTheModelsThatMetricsTake() {
    assertThat(
            compare(
                "--dataset=tiny", "--loss=sl", "--seeds=1", "--metric=map@10", "--engine=fragile"))
        .as(err.toString())
        .isZero();

    assertThat(err.toString()).contains("bsl: trains 1 runs, 1 models");
  }

  @Test
  void anEngineThatCannotBeReachedIsNeededForOpenRunsOnly() {
    String[] words = {"--dataset=tiny", "--loss=sl", "--seeds=2"};
    List<String> down = new ArrayList<>(List.of(words));
    down.addAll(List.of("--engine=fragile", "--master=down"));
    List<String> plan = new ArrayList<>(down);
    plan.add("--dry-run");

    assertThat(compare(plan.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(compare(down.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).contains("bsl: --master down: the cluster cannot be reached");
    assertThat(compare(words)).isZero();
    String table = out.toString();
    assertThat(compare(down.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(out.toString()).isEqualTo(table);
  }

  @Test
  void runsThatFailAreSaidAndTheRestIsReported() throws IOException {
    List<String> words =
        List.of("--dataset=tiny", "--loss=sl,bsl", "--baseline=popularity", "--seeds=2");
    List<String> fragile = new ArrayList<>(words);
    fragile.addAll(List.of("--engine=fragile", "--conf=fails=bsl"));

    assertThat(compare(fragile.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString().lines())
        .filteredOn(line -> line.contains("failed twice"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("bsl: tiny-mf-bsl (").contains("epochs 2"));
    assertThat(err.toString()).contains("bsl: 4 of 6 runs and fits are finished, 2 failed\n");
    assertThat(file("compare.md")).contains("Not complete: 4 of 6 runs and fits are finished");
    assertThat(file("compare.csv")).hasLineCount(3).contains("mf-sl").doesNotContain("mf-bsl");

    assertThat(compare(words.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(err.toString()).contains("4 runs, 2 of them finished before");
    assertThat(file("compare.csv")).hasLineCount(4);
  }

  @Test
  void aLossThatIsSearchedInVainLeavesTheRestAlone() throws IOException {
    assertThat(
            bsl(
                List.of(
                    "compare",
                    "--data=" + data,
                    "--runs=" + folder.resolve("runs"),
                    "--out=" + folder.resolve("out"),
                    "--dataset=tiny",
                    "--loss=sl,bsl",
                    "--baseline=popularity",
                    "--seeds=2",
                    "--set=epochs=9",
                    "--set=dimension=8",
                    "--set=bsl.learning_rate=1e30",
                    "--set=sl.tau=0.2")))
        .isEqualTo(2);

    assertThat(err.toString().lines())
        .filteredOn(line -> line.contains("no trial could be trained: training diverged"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("bsl: tiny-mf-bsl ("));
    assertThat(err.toString()).contains("bsl: 4 of 6 runs and fits are finished, 2 failed\n");
    assertThat(file("compare.csv")).hasLineCount(3).contains("mf-sl").doesNotContain("mf-bsl");
  }

  @Test
  void aBaselineThatFailsLeavesTheRestAlone() throws IOException {
    assertThat(
            compare(
                "--dataset=tiny",
                "--loss=sl",
                "--baseline=ials,popularity",
                "--seeds=1",
                "--no-search",
                "--set=ials.init_std=1e38"))
        .isEqualTo(2);

    assertThat(err.toString())
        .contains(
            "bsl: baseline ials on tiny, seed 1: with alpha0 0.1, lambda 0.003, nu 1.0,"
                + " init_std 1.0E38 embeddings are too large for a float\n")
        .contains("bsl: 2 of 3 runs and fits are finished, 1 failed\n");
    assertThat(file("compare.csv")).hasLineCount(3).contains("mf-sl").contains("popularity");
  }

  @Test
  void whatIsIgnoredWithBaselinesAloneIsSaid() {
    assertThat(
            compare(
                "--dataset=tiny",
                "--baseline=popularity",
                "--protocol=paper",
                "--set=held_out_fraction=0.3",
                "--dry-run"))
        .isZero();

    assertThat(err.toString()).contains("bsl: held_out_fraction has no effect with protocol paper");
  }

  @Test
  void settingsOfNothingAreNoReasonToSayWhatIsUnknown() {
    assertThat(compare("--dataset=tiny", "--set=x.y=1")).isEqualTo(2);

    assertThat(err.toString()).contains("nothing says what to compare").doesNotContain("x.y");
  }

  @Test
  void oneModelAloneNeedsNoVerdict() {
    assertThat(compare("--dataset=tiny", "--baseline=popularity", "--seeds=1")).isZero();

    assertThat(out.toString()).contains("popularity").doesNotContain("verdicts take");
  }

  @Test
  void severalDataSetsHaveATableEach() throws IOException {
    DatasetWriter.write(
        new Split(
            "other",
            SyntheticDatasets.make(SyntheticPreset.TINY, 2).train(),
            java.util.Optional.empty(),
            SyntheticDatasets.make(SyntheticPreset.TINY, 2).test()),
        data);
    assertThat(compare("--dataset=tiny,other", "--baseline=popularity,ease", "--seeds=3"))
        .as(err.toString())
        .isZero();

    assertThat(file("compare-tiny.csv")).hasLineCount(3);
    assertThat(file("compare-other.csv")).hasLineCount(3);
    assertThat(out.toString())
        .contains("tiny, protocol held-out", "other, protocol held-out", "over 4 tests");

    Path own = Files.writeString(folder.resolve("out/compare-2023.csv"), "mine");
    assertThat(compare("--dataset=tiny", "--baseline=popularity")).as(err.toString()).isZero();
    assertThat(own).as("somebody else's").hasContent("mine");
    assertThat(file("compare.csv")).hasLineCount(2);
    assertThat(folder.resolve("out/compare-other.csv")).as("of the first one").doesNotExist();
    assertThat(folder.resolve("out/compare-tests.csv")).as("of the first one").doesNotExist();
    assertThat(folder.resolve("out/compare-seeds.csv")).exists();

    assertThat(compare("--dataset=tiny,other", "--baseline=popularity")).isZero();
    assertThat(folder.resolve("out/compare.csv")).as("of the second one").doesNotExist();
    assertThat(folder.resolve("out/compare-tiny.csv")).exists();
  }

  /** Imported data have validation pairs, on which the epoch is selected under any protocol. */
  @Test
  void whatTheEpochIsSelectedOnIsSaidAsItIs() throws IOException {
    Split tiny = SyntheticDatasets.make(SyntheticPreset.TINY, 1);
    DatasetWriter.write(
        new Split("own", tiny.train(), Optional.of(tiny.test()), tiny.test()), data);
    String[] options = {"--loss=sl", "--baseline=popularity", "--protocol=paper"};

    assertThat(compare("--dataset=own", options[0], options[1], options[2])).isZero();
    assertThat(file("compare.md"))
        .contains("Where data have validation pairs, the epoch is selected on those")
        .doesNotContain("flatter");

    assertThat(compare("--dataset=tiny", options[0], options[1], options[2])).isZero();
    assertThat(file("compare.md"))
        .contains("selected on the test set, which flatters", "are not flattered")
        .doesNotContain("Where data have validation pairs");
  }

  @Test
  void aDataSetMayBeCalledLikeATable() throws IOException {
    Split split = SyntheticDatasets.make(SyntheticPreset.TINY, 2);
    DatasetWriter.write(
        new Split("seeds", split.train(), java.util.Optional.empty(), split.test()), data);

    assertThat(compare("--dataset=tiny,seeds", "--baseline=popularity,itemknn", "--seeds=2"))
        .as(err.toString())
        .isZero();
    assertThat(file("compare-seeds.csv")).hasLineCount(9).startsWith("dataset,model,seed,");
    assertThat(file("compare-seeds-data.csv")).hasLineCount(3).startsWith("model,");
    assertThat(file("compare.md")).as("nothing is trained").contains("preset none, commit");
  }

  @Test
  void settingsOfOneModelThatItDoesNotReadAreSaid() {
    assertThat(compare("--dataset=tiny", "--loss=sl,bsl", "--set=sl.tau_ratio=1.2")).isZero();
    assertThat(err.toString()).contains("bsl: sl.tau_ratio is not read by loss sl");
    err.getBuffer().setLength(0);
    assertThat(compare("--dataset=tiny", "--loss=sl,bsl", "--set=bsl.tau_ratio=1.2")).isZero();
    assertThat(err.toString()).doesNotContain("tau_ratio is not read");
  }

  @Test
  void whatBaselinesDoNotReadIsSaid() {
    assertThat(
            compare(
                "--dataset=tiny", "--baseline=popularity", "--backbone=lightgcn", "--no-search"))
        .isZero();
    assertThat(err.toString())
        .contains("bsl: --backbone has no effect on baselines")
        .contains("bsl: --no-search has no effect on baselines")
        .doesNotContain("--preset has");
  }

  @Test
  void presetsWithTheSameSettingsAreNotTestedAgainstEachOther() throws IOException {
    List<String> presets = new ArrayList<>();
    for (String name : List.of("one", "other")) {
      presets.add(
          Files.writeString(
                  folder.resolve(name + ".yaml"),
                  "base: fast\ndataset: tiny\nbackbone: mf\nlosses:\n  sl: {tau: 0.3, tau_start_fraction: "
                      + (presets.isEmpty() ? 0.2 : 0.5)
                      + "}\n")
              .toString());
    }
    String both = String.join(",", presets);
    assertThat(
            compare(
                "--dataset=tiny",
                "--loss=sl",
                "--baseline=popularity",
                "--seeds=3",
                "--preset=" + both,
                "--json=" + folder.resolve("result.json")))
        .as(err.toString())
        .isZero();

    assertThat(out.toString())
        .containsPattern("\\nmf-sl.* the same runs as mf-sl.*\\n")
        .contains("p by Holm's correction over 2 tests;");
    assertThat(err.toString())
        .containsPattern("bsl: mf-sl.* on tiny are the same runs and are not tested against each");
    assertThat(file("compare.md")).contains("the same runs as mf-sl");
    assertThat(file("compare-tests.csv")).as("of popularity alone").hasLineCount(3);
    JsonNode models =
        new ObjectMapper()
            .readTree(folder.resolve("result.json").toFile())
            .at("/datasets/0/models");
    assertThat(models.findValuesAsText("same_runs_as")).hasSize(1);
  }

  @Test
  void modelsOnDifferentPairsAreSaid() throws IOException {
    Path noisy =
        Files.writeString(
            folder.resolve("noisy.yaml"),
            "dataset: tiny\nbackbone: mf\n"
                + "base: fast\nlosses:\n  sl: {positive_noise: 0.2, epochs: 1}\n");
    assertThat(compare("--dataset=tiny", "--loss=sl,bsl", "--preset=sl=" + noisy)).isZero();
    assertThat(err.toString()).contains("bsl: models on tiny are trained on different pairs");
    assertThat(file("compare.md")).contains("preset " + noisy + ", fast, commit");
    assertThat(compare("--dataset=tiny", "--loss=sl", "--preset=sl=" + noisy)).isZero();
    assertThat(file("compare.md")).contains("preset " + noisy + ", commit");
  }

  @Test
  void aDataSetsFolderIsNotTaken() {
    Path dataset = data.resolve("tiny");
    int code =
        bsl(
            List.of(
                "compare",
                "--dataset=tiny",
                "--baseline=popularity",
                "--data=" + data,
                "--runs=" + folder.resolve("runs"),
                "--out=" + dataset));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(dataset + ": is the folder of a data set");
    assertThat(dataset.resolve("compare.md")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--dataset=tiny|nothing says what to compare; give --loss,",
        "--dataset=tiny --loss=sl,sll|--loss: loss 'sll' is none of ",
        "--dataset=tiny --loss=sl,sl|--loss has 'sl' twice",
        "--dataset=tiny --loss=sl --backbone=mff|--backbone: backbone 'mff' is none of ",
        "--dataset=tiny --baseline=eese|--baseline: baseline 'eese' is none of popularity, ",
        "--dataset=tiny --loss=sl --metric=ndgc@20|--metric: metric 'ndgc@20' is none of ",
        "--dataset=tiny --loss=sl --seeds=0|--seeds '0' is not from 1 to 100",
        "--dataset=tiny --loss=sl --protocol=heldout|--protocol 'heldout' is none of paper, held-out",
        "--dataset=tiny --loss=sl --reference=bsl|--reference 'bsl' is none of sl, mf-sl, best",
        "--dataset=tiny --loss=sl --preset=fsat|--preset 'fsat' is none of ",
        "--dataset=tiny --loss=sl --name=a/b|--name 'a/b' is not made of letters, digits,",
        "--dataset=tiny --loss=sl --set=tau=x|--set: tau 'x' is not a number",
        "--dataset=tiny --baseline=ease --set=ease.lamda=3|--set 'ease.lamda=3': baseline ease has no",
      })
  void badUsageIsOneLine(String arguments, String message) {
    List<String> all =
        new ArrayList<>(List.of("compare", "--data=" + data, "--runs=" + folder.resolve("runs")));
    all.addAll(List.of(arguments.split(" ")));

    assertThat(bsl(all)).isEqualTo(2);
    assertThat(err.toString()).startsWith("bsl: " + message).hasLineCount(1);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aDataSetThatIsNotThereIsOneLine() {
    assertThat(compare("--dataset=nowhere", "--loss=sl")).isEqualTo(2);
    assertThat(err.toString()).startsWith("bsl: ").contains("nowhere").hasLineCount(1);
  }
}
