package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSchedulerTest {
  private static final RunScheduler.Listener SILENT = new RunScheduler.Listener() {};

  @TempDir Path folder;

  private final AtomicInteger loads = new AtomicInteger();

  private RunStore store(String name) {
    return new RunStore(
        folder.resolve(name),
        dataset -> {
          loads.incrementAndGet();
          return TrainingRunTest.parity(120, 80, 10, 3);
        });
  }

  private static RunSpec spec(int epochs, int seed) {
    Settings settings = new Settings();
    for (String assignment :
        List.of("dataset=parity", "batch_size=100", "negatives=20", "learning_rate=0.02")) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings).with(SettingKey.EPOCHS, epochs).with(SettingKey.SEED, seed);
  }

  private static final List<RunSpec> RUNS = List.of(spec(4, 1), spec(20, 2), spec(8, 3));

  private static final RunScheduler.AdvanceListener ADVANCED =
      new RunScheduler.AdvanceListener() {};

  private static List<String> models(Map<RunSpec, RunResult> results) {
    return results.values().stream().map(RunResult::modelSha256).toList();
  }

  @Test
  void theLongestComesFirst() {
    assertThat(new RunScheduler(store("a"), 2, false).order(RUNS))
        .extracting(RunSpec::epochs)
        .containsExactly(20, 8, 4);
  }

  /** What a checkpoint has need not be trained again, so that another run may be the longest. */
  @Test
  void whatIsTrainedAlreadyDoesNotMakeARunLong() {
    RunStore store = store("checkpoint");
    RunSpec longest = RUNS.get(1);
    new RunScheduler(store, 1, true)
        .advance(Map.of(longest, 15), ADVANCED, () -> false, () -> false);
    RunScheduler resuming = new RunScheduler(store, 1, true);
    RunScheduler anew = new RunScheduler(store, 1, false);

    assertThat(resuming.epochsTrained(longest)).isEqualTo(15);
    assertThat(resuming.order(RUNS)).extracting(RunSpec::epochs).containsExactly(8, 20, 4);
    assertThat(anew.epochsTrained(longest)).isZero();
    assertThat(anew.order(RUNS)).extracting(RunSpec::epochs).containsExactly(20, 8, 4);
    assertThat(resuming.epochsTrained(RUNS.get(0))).isZero();
  }

  @Test
  void howManyAreTrainedAtATimeChangesNoBit() {
    Map<RunSpec, RunResult> one =
        new RunScheduler(store("one"), 1, false).run(RUNS, SILENT, () -> false);
    Map<RunSpec, RunResult> three =
        new RunScheduler(store("three"), 3, false).run(RUNS, SILENT, () -> false);

    assertThat(one.keySet()).containsExactlyElementsOf(RUNS);
    assertThat(models(three)).isEqualTo(models(one));
    assertThat(loads).as("a data set is loaded once by each store").hasValue(2);
  }

  @Test
  void goesOnAfterAnInterruptionWithoutRepeatingWhatWasFinished() {
    RunStore store = store("interrupted");
    AtomicBoolean stop = new AtomicBoolean();
    RunScheduler.Listener stopping =
        new RunScheduler.Listener() {
          @Override
          public void finished(RunSpec spec, RunResult result) {
            stop.set(true);
          }
        };
    Map<RunSpec, RunResult> first = new RunScheduler(store, 1, true).run(RUNS, stopping, stop::get);

    assertThat(first.keySet()).containsExactly(RUNS.get(1));
    List<RunSpec> trained = Collections.synchronizedList(new ArrayList<>());
    List<RunSpec> open = RUNS.stream().filter(run -> store.finished(run).isEmpty()).toList();
    new RunScheduler(store, 2, true)
        .run(
            open,
            new RunScheduler.Listener() {
              @Override
              public void started(RunSpec spec) {
                trained.add(spec);
              }
            },
            () -> false);

    assertThat(trained).containsExactlyInAnyOrder(RUNS.get(0), RUNS.get(2));
    RunStore whole = store("whole");
    Map<RunSpec, RunResult> all = new RunScheduler(whole, 1, false).run(RUNS, SILENT, () -> false);
    assertThat(RUNS)
        .allSatisfy(
            run ->
                assertThat(store.finished(run).orElseThrow().modelSha256())
                    .isEqualTo(all.get(run).modelSha256()));
  }

  private static RunSpec diverging(int epochs, int seed) {
    return spec(epochs, seed)
        .with(SettingKey.LEARNING_RATE, 1e25)
        .with(SettingKey.TAU, 0.001)
        .with(SettingKey.TRAIN_SCORE, "inner-product");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void runsThatDivergeDoNotKeepTheOthers(int threads) {
    RunStore store = store("failing");
    List<RunSpec> bad = List.of(diverging(30, 4), diverging(6, 5));
    List<RunSpec> all = new ArrayList<>(RUNS);
    all.addAll(bad);
    List<RunFailure> heard = new ArrayList<>();
    RunScheduler.Listener listener =
        new RunScheduler.Listener() {
          @Override
          public void failed(RunFailure failure) {
            heard.add(failure);
          }
        };
    RunScheduler scheduler = new RunScheduler(store, threads, false);

    assertThatThrownBy(() -> scheduler.run(all, listener, () -> false))
        .isInstanceOfSatisfying(
            RunsFailedException.class,
            failed -> {
              assertThat(failed.failures()).extracting(RunFailure::spec).isEqualTo(bad);
              assertThat(failed.failures())
                  .allSatisfy(
                      failure ->
                          assertThat(failure.text())
                              .startsWith("parity-mf-bsl (")
                              .contains("learning_rate 1.0E25", "seed ", "): training diverged"));
              assertThat(failed.results().keySet()).containsExactlyInAnyOrderElementsOf(RUNS);
            });
    assertThat(heard).extracting(RunFailure::spec).containsExactlyInAnyOrderElementsOf(bad);
    Map<RunSpec, RunResult> alone =
        new RunScheduler(store("alone"), 1, false).run(RUNS, SILENT, () -> false);
    assertThat(RUNS)
        .allSatisfy(
            run ->
                assertThat(store.finished(run).orElseThrow().modelSha256())
                    .isEqualTo(alone.get(run).modelSha256()));
    assertThat(bad).allMatch(run -> store.finished(run).isEmpty());
  }

  @Test
  void aDamagedRunDoesNotKeepTheOthers() throws IOException {
    RunStore store = store("damaged");
    Path run = Files.createDirectories(store.folder(RUNS.get(1)));
    Files.writeString(run.resolve("result.json"), "{");

    assertThatThrownBy(() -> new RunScheduler(store, 1, true).run(RUNS, SILENT, () -> false))
        .isInstanceOf(RunsFailedException.class)
        .hasMessageContaining("result.json");
    assertThat(store.finished(RUNS.get(0))).isPresent();
    assertThat(store.finished(RUNS.get(2))).isPresent();
  }

  /** Nobody but root can be kept from reading a file; a folder in its place cannot be read. */
  @ParameterizedTest
  @CsvSource({
    "progress.json, '{', progress.json:1: is not JSON",
    "progress.json, , progress.json: cannot be read",
    "state-0.npy, 'half', state-0.npy: is not a NumPy file",
    "state-0.npy, , state-0.npy: cannot be read",
  })
  void aDamagedCheckpointDoesNotKeepTheOthers(String file, String content, String reason)
      throws IOException {
    RunStore store = store("damaged");
    RunSpec damaged = RUNS.get(1);
    RunScheduler scheduler = new RunScheduler(store, 2, true);
    scheduler.advance(Map.of(damaged, 3), ADVANCED, () -> false, () -> false);
    Path checkpoint = store.folder(damaged).resolve("checkpoint-000003");
    Files.delete(checkpoint.resolve(file));
    if (content == null) {
      Files.createDirectory(checkpoint.resolve(file));
    } else {
      Files.writeString(checkpoint.resolve(file), content);
    }

    assertThat(scheduler.order(RUNS)).hasSize(3);
    assertThatThrownBy(() -> scheduler.run(RUNS, SILENT, () -> false))
        .isInstanceOfSatisfying(
            RunsFailedException.class,
            failed -> {
              assertThat(failed.failures())
                  .singleElement()
                  .satisfies(
                      failure ->
                          assertThat(failure.why())
                              .startsWith(checkpoint + ": cannot be resumed from (")
                              .contains(reason)
                              .endsWith("); delete it to begin the run anew"));
              assertThat(failed.results().keySet())
                  .containsExactlyInAnyOrder(RUNS.get(0), RUNS.get(2));
            });
  }

  @Test
  void whatFailsOtherwiseBreaksTheOthersOff() {
    RunStore store = store("broken");
    RunScheduler.Listener failing =
        new RunScheduler.Listener() {
          @Override
          public void finished(RunSpec spec, RunResult result) {
            throw new IllegalStateException("no room");
          }
        };

    assertThatThrownBy(() -> new RunScheduler(store, 1, true).run(RUNS, failing, () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no room");
    assertThat(RUNS).filteredOn(run -> store.finished(run).isPresent()).hasSize(1);
  }

  @Test
  void progressRunsFromNothingToAll() {
    List<Double> shares = new ArrayList<>();
    new RunScheduler(store("progress"), 2, false)
        .run(
            List.of(RUNS.get(0)),
            new RunScheduler.Listener() {
              @Override
              public void progressed(RunSpec spec, double share) {
                shares.add(share);
              }
            },
            () -> false);

    assertThat(shares).isSorted().last().isEqualTo(1.0);
    assertThat(shares.get(0)).isLessThan(0.25);
  }

  @Test
  void otherDataOfTheSameNameIsAnotherRun() {
    Split other = TrainingRunTest.parity(120, 80, 10, 4);
    RunStore one = store("data");
    RunStore two = new RunStore(folder.resolve("data"), name -> other);

    assertThat(two.folder(RUNS.get(0))).isNotEqualTo(one.folder(RUNS.get(0)));
    assertThat(one.folder(RUNS.get(0)))
        .isEqualTo(store("data").folder(RUNS.get(0)))
        .isNotEqualTo(one.folder(RUNS.get(0).with(SettingKey.SEED, 9)));
  }
}
