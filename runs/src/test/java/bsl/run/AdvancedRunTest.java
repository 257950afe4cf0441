package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are left at an epoch and gone on with. */
class AdvancedRunTest {
  private static final BooleanSupplier NEVER = () -> false;

  @TempDir Path folder;

  private static RunSpec spec(String... assignments) {
    Settings settings = new Settings();
    for (String assignment :
        List.of(
            "dataset=parity",
            "batch_size=100",
            "negatives=20",
            "epochs=12",
            "evaluate_every=2",
            "learning_rate=0.02",
            "decay_fraction=1",
            "warmup_epochs=1",
            "protocol=held-out",
            "held_out_fraction=0.2",
            "dropout=0.1",
            "l2=1e-4")) {
      settings.setAssignment(assignment);
    }
    for (String assignment : assignments) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings);
  }

  private TrainingRun run(RunSpec spec, String name, int threads) {
    RunData data = RunData.of(TrainingRunTest.parity(120, 80, 10, 3), spec);
    return new TrainingRun(spec, data, "none", threads, new RunFolder(folder.resolve(name)));
  }

  private RunResult whole(RunSpec spec) {
    return run(spec, "whole-" + spec.backbone(), 2).execute(true, RunListener.SILENT, NEVER);
  }

  private List<EpochRecord> advance(RunSpec spec, String name, int epochs, int threads) {
    return run(spec, name, threads).advance(epochs, RunListener.SILENT, NEVER);
  }

  private static List<Map<String, Double>> metrics(List<EpochRecord> curve) {
    return curve.stream().map(EpochRecord::metrics).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mf", "lightgcn"})
  void aRunThatStopsAtRungsHasTheBitsOfOneThatNeverStopped(String backbone) {
    RunSpec spec = spec("backbone=" + backbone, "layers=2");
    RunResult whole = whole(spec);
    List<EpochRecord> curve = new RunFolder(folder.resolve("whole-" + backbone)).curve();

    assertThat(metrics(advance(spec, "rungs", 2, 1))).isEqualTo(metrics(curve.subList(0, 2)));
    assertThat(metrics(advance(spec, "rungs", 5, 3))).isEqualTo(metrics(curve.subList(0, 5)));
    assertThat(metrics(advance(spec, "rungs", 12, 2))).isEqualTo(metrics(curve));
    RunResult result = run(spec, "rungs", 2).execute(true, RunListener.SILENT, NEVER);

    assertThat(result.modelSha256()).isEqualTo(whole.modelSha256());
    assertThat(result.metrics()).isEqualTo(whole.metrics());
    assertThat(result.complete()).isTrue();
    assertThat(result.stoppedEarly()).isFalse();
  }

  @Test
  void untilItIsFinishedThereIsNoResultAndNoLookAtTheTestSet() {
    advance(spec(), "trial", 12, 2);
    RunFolder trial = new RunFolder(folder.resolve("trial"));

    assertThat(trial.result()).isEmpty();
    assertThat(trial.hasModel()).isFalse();
    assertThat(trial.provenanceFile()).doesNotExist();
    assertThat(trial.curveSoFar()).hasSize(12);
    assertThat(trial.checkpoints().epochs()).isEqualTo(12);
  }

  @Test
  void whatIsKnownIsNotTrainedAgain() {
    List<EpochRecord> first = advance(spec(), "trial", 6, 1);
    RunListener failing =
        new RunListener() {
          @Override
          public void started(int doneEpochs, int epochs, int stepsPerEpoch) {
            throw new AssertionError("trained");
          }
        };

    assertThat(metrics(run(spec(), "trial", 1).advance(4, failing, NEVER)))
        .isEqualTo(metrics(first));
    whole(spec());
    assertThat(run(spec(), "whole-mf", 1).advance(12, failing, NEVER)).hasSize(12);
  }

  @Test
  void withoutItsCheckpointItsCurveStaysAndItBeginsAnew() {
    RunFolder trial = new RunFolder(folder.resolve("trial"));
    List<EpochRecord> curve = advance(spec(), "trial", 4, 1);
    trial.dropCheckpoint(3);
    assertThat(trial.checkpoints().epochs()).as("another epoch's stays").isEqualTo(4);
    trial.dropCheckpoint(4);

    assertThat(trial.checkpoints().epochs()).isZero();
    assertThat(metrics(advance(spec(), "trial", 4, 1))).isEqualTo(metrics(curve));
    assertThat(trial.checkpoints().epochs()).as("nothing was trained").isZero();
    advance(spec(), "trial", 6, 1);
    assertThat(run(spec(), "trial", 1).execute(true, RunListener.SILENT, NEVER).modelSha256())
        .isEqualTo(whole(spec()).modelSha256());
  }

  /** A process that is killed between the two leaves a checkpoint and no curve. */
  @Test
  void aCurveThatOnlyTheCheckpointHasIsKept() throws IOException {
    RunFolder trial = new RunFolder(folder.resolve("trial"));
    List<EpochRecord> curve = advance(spec(), "trial", 4, 1);
    Files.delete(folder.resolve("trial/curve.csv"));

    trial.dropCheckpoint(4);

    assertThat(trial.checkpoints().epochs()).isZero();
    assertThat(metrics(trial.curveSoFar())).isEqualTo(metrics(curve));
  }

  @Test
  void brokenOffInTheMiddleItGoesOnAndKnowsWhatItKnew() {
    RunFolder trial = new RunFolder(folder.resolve("trial"));
    advance(spec(), "trial", 4, 1);
    trial.dropCheckpoint(4);
    AtomicInteger steps = new AtomicInteger();
    // Twelve steps an epoch: in the middle of the third.
    List<EpochRecord> part =
        run(spec(), "trial", 1).advance(8, RunListener.SILENT, () -> steps.incrementAndGet() > 30);

    assertThat(part).hasSizeLessThan(4);
    assertThat(trial.checkpoints().epochs()).isEqualTo(part.size());
    assertThat(trial.curveSoFar()).as("the longer curve").hasSize(4);
    advance(spec(), "trial", 8, 1);
    assertThat(run(spec(), "trial", 1).execute(true, RunListener.SILENT, NEVER).modelSha256())
        .isEqualTo(whole(spec()).modelSha256());
  }

  @Test
  void theSchedulerBringsRunsToTheirEpochsAndSurvivesThoseThatDiverge() {
    RunStore store =
        new RunStore(folder.resolve("store"), name -> TrainingRunTest.parity(120, 80, 10, 3));
    RunSpec diverging = spec("learning_rate=1e25", "tau=0.001", "train_score=inner-product");
    Map<RunSpec, Integer> epochs = new LinkedHashMap<>();
    epochs.put(spec("seed=1"), 2);
    epochs.put(diverging, 4);
    epochs.put(spec("seed=2"), 6);
    Map<RunSpec, Integer> reached = new LinkedHashMap<>();
    List<RunSpec> failed = new ArrayList<>();
    RunScheduler.AdvanceListener listener =
        new RunScheduler.AdvanceListener() {
          @Override
          public void advanced(RunSpec spec, List<EpochRecord> curve, int from, double seconds) {
            reached.put(spec, curve.size());
          }

          @Override
          public void diverged(RunSpec spec, DivergedException failure, double seconds) {
            failed.add(spec);
          }
        };
    new RunScheduler(store, 2, true).advance(epochs, listener, NEVER, NEVER);

    assertThat(reached).containsOnly(Map.entry(spec("seed=1"), 2), Map.entry(spec("seed=2"), 6));
    assertThat(failed).containsExactly(diverging);
    assertThat(new RunFolder(store.folder(diverging)).result()).isEmpty();
  }

  /** What was trained of a run now: from an epoch on, in so many seconds. */
  private record Now(int from, double seconds) {}

  /** By a clock that is a second further each time that it is looked at. */
  private static Now advance(RunStore store, RunSpec spec, int epochs, int threads) {
    AtomicInteger looks = new AtomicInteger();
    List<Now> now = new ArrayList<>();
    RunScheduler.AdvanceListener listener =
        new RunScheduler.AdvanceListener() {
          @Override
          public void advanced(RunSpec spec, List<EpochRecord> curve, int from, double seconds) {
            now.add(new Now(from, seconds));
          }
        };
    RunEngine engine = new LocalEngine(threads, () -> looks.getAndIncrement() * 1_000_000_000L);
    new RunScheduler(store, engine, true).advance(Map.of(spec, epochs), listener, NEVER, NEVER);
    assertThat(now).hasSize(1);
    return now.get(0);
  }

  @Test
  void onlyWhatIsTrainedNowCountsAndEachOfItsThreads() {
    RunStore store =
        new RunStore(folder.resolve("store"), name -> TrainingRunTest.parity(120, 80, 10, 3));

    assertThat(advance(store, spec(), 4, 1)).isEqualTo(new Now(0, 1));
    assertThat(advance(store, spec(), 4, 1))
        .as("as another process left it")
        .isEqualTo(new Now(4, 0));
    assertThat(advance(store, spec(), 2, 1)).as("further than asked").isEqualTo(new Now(4, 0));
    assertThat(advance(store, spec(), 6, 3)).as("on three threads").isEqualTo(new Now(4, 3));
    new RunFolder(store.folder(spec())).dropCheckpoint(6);
    assertThat(advance(store, spec(), 8, 1)).as("without checkpoint").isEqualTo(new Now(0, 1));
  }

  @Test
  void aClosedSchedulerBeginsNothing() {
    RunStore store =
        new RunStore(folder.resolve("store"), name -> TrainingRunTest.parity(120, 80, 10, 3));
    List<RunSpec> begun = new ArrayList<>();
    RunScheduler.AdvanceListener listener =
        new RunScheduler.AdvanceListener() {
          @Override
          public void started(RunSpec spec) {
            begun.add(spec);
          }
        };
    Map<RunSpec, Integer> epochs = new LinkedHashMap<>();
    epochs.put(spec("seed=3"), 2);
    epochs.put(spec("seed=1"), 2);
    epochs.put(spec("seed=2"), 2);
    new RunScheduler(store, 1, true).advance(epochs, listener, () -> begun.size() == 2, NEVER);

    assertThat(begun).as("in the order given").containsExactly(spec("seed=3"), spec("seed=1"));
    assertThat(new RunFolder(store.folder(spec("seed=1"))).curveSoFar())
        .as("what has begun comes to its end")
        .hasSize(2);
  }

  @Test
  void otherSettingsInTheFolderAreRefused() {
    advance(spec(), "trial", 2, 1);

    assertThatThrownBy(() -> advance(spec("tau=0.3"), "trial", 2, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("other settings (tau is");
  }

  @Test
  void theSelectedEpochIsTheFirstWithTheHighestRecall() {
    EpochRecord none = new EpochRecord(1, 0, 0, Map.of());
    EpochRecord low = new EpochRecord(2, 0, 0, Map.of("recall@20", 0.1, "ndcg@20", 0.9));
    EpochRecord high = new EpochRecord(3, 0, 0, Map.of("recall@20", 0.2, "ndcg@20", 0.3));
    EpochRecord same = new EpochRecord(4, 0, 0, Map.of("recall@20", 0.2, "ndcg@20", 0.4));

    assertThat(EpochRecord.selected(List.of(none, low, high, same))).contains(high);
    assertThat(EpochRecord.selected(List.of(none))).isEmpty();
    RunSpec spec = spec();
    RunResult result = whole(spec);
    List<EpochRecord> curve = new RunFolder(folder.resolve("whole-mf")).curve();
    assertThat(EpochRecord.selected(curve).orElseThrow().epoch()).isEqualTo(result.bestEpoch());
  }
}
