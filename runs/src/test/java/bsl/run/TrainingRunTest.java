package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.Split;
import bsl.losses.LossKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunTest {
  private static final BooleanSupplier NEVER = () -> false;

  @TempDir Path folder;

  /** Users like items of their own parity, with a little noise. */
  static Split parity(int users, int items, int perUser, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST);
    int size = users * perUser;
    int[][] pairs = new int[2][size];
    int[][] test = new int[2][users];
    for (int u = 0; u < users; u++) {
      for (int k = 0; k <= perUser; k++) {
        int item = 2 * random.nextInt(items / 2) + (random.nextInt(10) == 0 ? 1 - u % 2 : u % 2);
        int[][] part = k < perUser ? pairs : test;
        int at = k < perUser ? u * perUser + k : u;
        part[0][at] = u;
        part[1][at] = item;
      }
    }
    return Split.of(
        "parity",
        Interactions.of(users, items, pairs[0], pairs[1]),
        Interactions.of(users, items, test[0], test[1]));
  }

  private static RunSpec spec(String... assignments) {
    Settings settings = new Settings();
    for (String assignment :
        List.of(
            "dataset=parity",
            "batch_size=100",
            "negatives=20",
            "epochs=12",
            "learning_rate=0.02",
            "dropout=0.1",
            "l2=1e-4")) {
      settings.setAssignment(assignment);
    }
    for (String assignment : assignments) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings);
  }

  private RunResult train(RunSpec spec, String name, int threads) {
    return run(spec, name, threads).execute(false, RunListener.SILENT, NEVER);
  }

  private TrainingRun run(RunSpec spec, String name, int threads) {
    RunData data = RunData.of(parity(120, 80, 10, 3), spec);
    return new TrainingRun(spec, data, "none", threads, new RunFolder(folder.resolve(name)));
  }

  @Test
  void aUserWithoutNegativesAtNoiseZeroIsBadInput() {
    Interactions all = Interactions.of(1, 2, new int[] {0, 0}, new int[] {0, 1});
    RunSpec spec = spec("negative_sampling=independent", "negative_noise=0", "batch_size=2");
    RunData data = RunData.of(Split.of("parity", all, all), spec);
    TrainingRun run =
        new TrainingRun(spec, data, "none", 1, new RunFolder(folder.resolve("saturated")));

    assertThatThrownBy(() -> run.execute(false, RunListener.SILENT, NEVER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("negative_noise 0.0: user 0 has no negatives");
  }

  @Test
  void negativesAreNoisyOnceTrainPairsOutweighTheRest() {
    RunSpec clean = spec("negative_sampling=independent");
    RunSpec noisy = spec("negative_sampling=independent", "negative_noise=50");
    RunSpec leaking =
        spec("negative_sampling=independent", "negative_noise=50", "negative_noise_on=test");
    double recall = train(clean, "clean", 2).metrics().get("recall@20");

    assertThat(train(noisy, "noisy", 2).metrics().get("recall@20")).isLessThan(recall);
    assertThat(train(leaking, "leaking", 2).metrics().get("recall@20")).isLessThan(recall);
  }

  @Test
  void ngcfLearnsAndResumes() {
    RunSpec spec = spec("backbone=ngcf", "layers=2");
    RunResult whole = train(spec, "whole", 2);

    assertThat(whole.metrics().get("recall@20")).isGreaterThan(0.3);
    int[] left = {30};
    assertThat(
            run(spec, "cut", 1).execute(false, RunListener.SILENT, () -> left[0]-- == 0).complete())
        .isFalse();
    assertThat(run(spec, "cut", 3).execute(true, RunListener.SILENT, NEVER).modelSha256())
        .isEqualTo(whole.modelSha256());
  }

  @Test
  void learnsAndKeepsTheBestEpoch() {
    RunResult result = train(spec(), "a", 1);

    assertThat(result.complete()).isTrue();
    assertThat(result.metrics().get("recall@20"))
        .as("half of the items are of the right parity; a random ranking finds 20/80 of them")
        .isGreaterThan(0.35);
    assertThat(result.metrics()).isEqualTo(result.validationMetrics());
    assertThat(result.selectedOn()).isEqualTo("test");
    RunFolder kept = new RunFolder(folder.resolve("a"));
    assertThat(kept.result()).contains(result);
    assertThat(ModelFiles.digest(ModelFiles.read(kept.path()))).isEqualTo(result.modelSha256());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void theNumberOfThreadsChangesNothing(int threads) {
    assertThat(train(spec(), "many", threads).modelSha256())
        .isEqualTo(train(spec(), "one", 1).modelSha256());
  }

  static List<String> losses() {
    return LossKinds.names().stream().filter(LossKinds::isStandard).toList();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyLossLearnsWithItsPresetOnBothBackbones(String loss) {
    for (String backbone : List.of("mf", "lightgcn")) {
      Settings settings = Presets.of("fast", "parity", backbone, loss);
      settings.setAssignment("dataset=parity").setAssignment("loss=" + loss);
      settings.setAssignment("batch_size=100").setAssignment("negatives=20");
      settings.setAssignment("learning_rate=0.02").setAssignment("backbone=" + backbone);

      assertThat(train(RunSpec.of(settings), backbone, 1).metrics().get("recall@20"))
          .as(backbone)
          .isGreaterThan(0.3);
    }
  }

  @Test
  void noiseIsTrainedOnAndSaidToBeThere() {
    RunSpec spec = spec("positive_noise=0.5");
    RunData noisy = RunData.of(parity(120, 80, 10, 3), spec);
    RunData clean = RunData.of(parity(120, 80, 10, 3), spec());

    assertThat(clean.noise().size()).isZero();
    assertThat(noisy.noise().size()).isGreaterThan(clean.train().size() / 3);
    assertThat(noisy.train().size()).isEqualTo(clean.train().size() + noisy.noise().size());
    assertThat(train(spec, "noisy", 1).hyperParameters()).containsEntry("positive_noise", 0.5);
    assertThat(train(spec, "noisy", 1).modelSha256())
        .isNotEqualTo(train(spec(), "clean", 1).modelSha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void lightGcnLearnsToTheSameBitsOnAnyNumberOfThreads(String layers) {
    RunSpec spec = spec("backbone=lightgcn", "layers=" + layers, "mode=reweight");
    RunResult result = train(spec, "one", 1);

    assertThat(result.backbone()).isEqualTo("lightgcn");
    assertThat(result.metrics().get("recall@20")).isGreaterThan(0.35);
    assertThat(train(spec, "three", 3).modelSha256()).isEqualTo(result.modelSha256());
    assertThat(
            train(spec("backbone=lightgcn", "layers=2", "mode=reweight"), "two", 1).modelSha256())
        .isNotEqualTo(result.modelSha256());
  }

  @Test
  void shallowEpochsAreThoseOfOneLayer() {
    RunSpec one = spec("backbone=lightgcn", "layers=1", "epochs=2", "test_score=inner-product");
    RunSpec shallow = one.with(SettingKey.LAYERS, 2).with(SettingKey.SHALLOW_EPOCHS, 2);

    train(one, "layer", 1);
    train(shallow, "shallow", 1);
    train(shallow.with(SettingKey.SHALLOW_EPOCHS, 1), "half", 1);

    assertThat(losses("shallow")).isEqualTo(losses("layer"));
    assertThat(losses("half").get(0)).isEqualTo(losses("layer").get(0));
    assertThat(losses("half").get(1)).isNotEqualTo(losses("layer").get(1));
  }

  @Test
  void theFirstEpochsHaveAnotherTemperature() {
    RunSpec own = spec("epochs=2", "tau=0.2");
    RunSpec from = own.with(SettingKey.TAU_START, 2);

    train(own, "own", 1);
    train(own.with(SettingKey.TAU, 0.4), "doubled", 1);
    train(from.with(SettingKey.TAU_START_FRACTION, 0.5), "half", 1);
    train(from.with(SettingKey.TAU_START_FRACTION, 1), "all", 1);
    train(from.with(SettingKey.TAU_START_FRACTION, 0), "none", 1);

    assertThat(losses("half").get(0)).isEqualTo(losses("doubled").get(0));
    assertThat(losses("all").get(0)).isEqualTo(losses("doubled").get(0));
    assertThat(losses("all").get(1))
        .as("tau is 0.3 and not 0.2")
        .isNotEqualTo(losses("half").get(1))
        .isNotEqualTo(losses("doubled").get(1));
    assertThat(from.with(SettingKey.TAU_START_FRACTION, 1).tau(2)).isCloseTo(0.3, within(1e-15));
    assertThat(losses("none")).isEqualTo(losses("own"));
  }

  private List<Double> losses(String name) {
    return new RunFolder(folder.resolve(name)).curve().stream().map(EpochRecord::loss).toList();
  }

  @Test
  void theLayersUnderTheL2TermMatter() {
    assertThat(train(spec("backbone=lightgcn", "l2_layers=zero"), "zero", 1).modelSha256())
        .isNotEqualTo(train(spec("backbone=lightgcn"), "all", 1).modelSha256());
  }

  @Test
  void theSeedChangesTheResult() {
    assertThat(train(spec("seed=2"), "two", 1).modelSha256())
        .isNotEqualTo(train(spec("seed=1"), "one", 1).modelSha256());
  }

  @Test
  void heldOutSelectsOnHeldOutPairsAndMasksThemInTheTest() {
    RunResult result = train(spec("protocol=held-out", "held_out_fraction=0.2"), "held", 1);

    assertThat(result.protocol()).isEqualTo("held-out");
    assertThat(result.selectedOn()).isEqualTo("validation");
    assertThat(result.metrics()).isNotEqualTo(result.validationMetrics());
  }

  @Test
  void stopsEarlyWhenNothingImproves() {
    RunResult result = train(spec("epochs=200", "patience=3", "learning_rate=0.05"), "early", 1);

    assertThat(result.complete()).isTrue();
    assertThat(result.epochs()).isEqualTo(result.bestEpoch() + 3).isLessThan(200);
  }

  /** Settings with state of their own between two epochs. */
  static List<String> resumed() {
    return List.of(
        "backbone=mf",
        "backbone=mf adam=closed-form",
        "backbone=mf tau_start=2",
        "backbone=lightgcn");
  }

  @ParameterizedTest
  @MethodSource("resumed")
  void anInterruptedRunKeepsItsBestModelAndResumesToTheSameBits(String settings)
      throws IOException {
    RunSpec spec = spec(settings.split(" "));
    RunResult whole = train(spec, "whole", 1);

    AtomicInteger steps = new AtomicInteger();
    RunResult part =
        run(spec, "part", 1).execute(false, RunListener.SILENT, () -> steps.incrementAndGet() > 75);
    assertThat(part.complete()).isFalse();
    assertThat(part.epochs()).isBetween(1, 11);
    assertThat(ModelFiles.digest(ModelFiles.read(folder.resolve("part"))))
        .isEqualTo(part.modelSha256());

    RunResult resumed = run(spec, "part", 2).execute(true, RunListener.SILENT, NEVER);
    assertThat(resumed.complete()).isTrue();
    assertThat(resumed.modelSha256()).isEqualTo(whole.modelSha256());
    assertThat(resumed.metrics()).isEqualTo(whole.metrics());
    assertThat(curveWithoutTimes("part")).isEqualTo(curveWithoutTimes("whole"));
  }

  @ParameterizedTest
  @MethodSource("resumed")
  void resumesFromACheckpointAndNotFromTheBeginning(String settings) {
    RunSpec spec = spec(settings.split(" "));
    AtomicInteger steps = new AtomicInteger();
    RunFolder kept = new RunFolder(folder.resolve("kept"));
    RunData data = RunData.of(parity(120, 80, 10, 3), spec);
    new TrainingRun(spec, data, "none", 1, kept, 0)
        .execute(false, RunListener.SILENT, () -> steps.incrementAndGet() > 75);
    assertThat(kept.checkpoints().epochs()).isPositive();

    int[] started = {-1};
    RunResult resumed =
        new TrainingRun(spec, data, "none", 1, kept, 0)
            .execute(
                true,
                new RunListener() {
                  @Override
                  public void started(int doneEpochs, int epochs, int stepsPerEpoch) {
                    started[0] = doneEpochs;
                  }
                },
                NEVER);

    assertThat(started[0]).isPositive();
    assertThat(resumed.modelSha256()).isEqualTo(train(spec, "fresh", 1).modelSha256());
    assertThat(kept.checkpoints().epochs()).as("checkpoints go when the run is done").isZero();
  }

  private List<String> curveWithoutTimes(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name).resolve("curve.csv")).stream()
        .map(line -> line.replaceFirst("^([^,]*,[^,]*),[^,]*,", "$1,"))
        .toList();
  }

  @Test
  void resumingAFinishedRunWithoutItsModelBringsTheModelBack() throws IOException {
    RunResult first = train(spec(), "record", 1);
    byte[] users = Files.readAllBytes(folder.resolve("record/users.npy"));
    Files.delete(folder.resolve("record/users.npy"));
    Files.delete(folder.resolve("record/items.npy"));

    RunResult again = run(spec(), "record", 1).execute(true, RunListener.SILENT, NEVER);

    assertThat(again.modelSha256()).isEqualTo(first.modelSha256());
    assertThat(folder.resolve("record/users.npy")).hasBinaryContent(users);
  }

  @Test
  void theRecordOfAFinishedRunStaysUntilItsModelIsBack() throws IOException {
    RunResult first = train(spec(), "record", 1);
    Files.delete(folder.resolve("record/users.npy"));
    byte[] record = Files.readAllBytes(folder.resolve("record/result.json"));
    byte[] perUser = Files.readAllBytes(folder.resolve("record/per-user.npy"));
    int[] steps = new int[1];

    RunResult brokenOff =
        run(spec(), "record", 1).execute(true, RunListener.SILENT, () -> steps[0]++ > 30);

    assertThat(brokenOff.complete()).isFalse();
    assertThat(brokenOff.bestEpoch()).isPositive();
    assertThat(folder.resolve("record/result.json")).hasBinaryContent(record);
    assertThat(folder.resolve("record/per-user.npy")).hasBinaryContent(perUser);
    RunResult again = run(spec(), "record", 1).execute(true, RunListener.SILENT, NEVER);
    assertThat(again.modelSha256()).isEqualTo(first.modelSha256());
  }

  @Test
  void numbersOfUsersAndItemsThatNoPairSaysMakeAnotherRun() {
    Split split = parity(120, 80, 10, 3);
    Split wider = Split.of("parity", split.train().widened(120, 95), split.test().widened(120, 95));
    Split known = Split.of("parity", split.train().widened(121, 80), split.test().widened(121, 80));
    RunData data = RunData.of(split, spec());

    assertThat(data.digests()).containsOnlyKeys("train", "test");
    assertThat(RunId.of(spec(), RunData.of(wider, spec()).digests()))
        .isNotEqualTo(RunId.of(spec(), data.digests()))
        .isNotEqualTo(RunId.of(spec(), RunData.of(known, spec()).digests()));
    assertThat(FitId.pairs(RunData.of(wider, spec()))).isNotEqualTo(FitId.pairs(data));
    train(spec(), "narrow", 1);
    TrainedRun run = TrainedRun.open(folder.resolve("narrow"));
    assertThatThrownBy(() -> run.data(wider))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not what the run was trained on: numbers of users and items");
  }

  @Test
  void resumingAFinishedRunTrainsNothing() {
    RunResult first = train(spec(), "done", 1);
    RunResult again =
        run(spec(), "done", 1)
            .execute(
                true,
                RunListener.SILENT,
                () -> {
                  throw new AssertionError("trained");
                });

    assertThat(again).isEqualTo(first);
  }

  @Test
  void aFolderOfAnotherRunIsNotOverwritten() {
    train(spec(), "taken", 1);

    assertThatThrownBy(() -> train(spec("tau=0.3"), "taken", 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds a run of other settings");
  }

  @Test
  void aTrainingThatDivergesKeepsTheBestModelSoFar() {
    // Scores grow from epoch to epoch, until they overflow.
    RunSpec diverging =
        spec("learning_rate=4e17", "tau=0.001", "train_score=inner-product", "epochs=100");
    Path kept = folder.resolve("diverged");

    assertThatThrownBy(() -> train(diverging, "diverged", 1))
        .isInstanceOf(InputException.class)
        .hasMessageMatching("training diverged in epoch \\d+: .*; lower learning_rate\\?");
    RunResult result = new RunFolder(kept).result().orElseThrow();
    assertThat(result.complete()).isFalse();
    assertThat(result.bestEpoch()).isPositive();
  }

  /** Prototypes are looked for at the beginning of an epoch, before any score says so. */
  @Test
  void embeddingsWithoutDirectionsAreADivergenceToo() {
    RunSpec diverging =
        spec(
            "backbone=ncl",
            "layers=2",
            "prototypes=5",
            "loss=bpr",
            "train_score=inner-product",
            "batch_size=8192",
            "learning_rate=1e25",
            "epochs=4",
            "evaluate_every=4");

    assertThatThrownBy(() -> train(diverging, "ncl", 1))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("training diverged in epoch ");
  }

  @Test
  void aDataSetWithoutTestPairsIsRefused() {
    Interactions none = Interactions.of(120, 80, new int[0], new int[0]);
    Split split = Split.of("parity", parity(120, 80, 10, 3).train(), none);

    assertThatThrownBy(() -> RunData.of(split, spec()))
        .isInstanceOf(InputException.class)
        .hasMessage("data set parity has no test pairs");
  }

  @Test
  void theProvenanceLeadsBackToTheSameSpecAndData() {
    RunResult result = train(spec("tau_ratio=1.1"), "prov", 1);
    Path file = folder.resolve("prov/provenance.json");
    Provenance provenance = Provenance.read(file);

    assertThat(provenance.spec(file)).isEqualTo(spec("tau_ratio=1.1"));
    assertThat(provenance.dataDigests()).isEqualTo(result.digests());
    assertThat(provenance.modelSha256()).isEqualTo(result.modelSha256());
    assertThat(provenance.metrics()).isEqualTo(result.metrics());
  }
}
