package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that trains is killed, or loses power, at each of its file operations in turn. What it
 * leaves must never be taken for something that it is not, and has to train on to the bits of a run
 * that nobody disturbed.
 */
class KilledRunIT {
  private static final BooleanSupplier NEVER = () -> false;
  private static final String[] WHOLE = {
    ".lock",
    "catalogue.json",
    "curve.csv",
    "items.npy",
    "per-user.npy",
    "provenance.json",
    "result.json",
    "users.npy"
  };

  @TempDir(factory = MemoryTempDir.class)
  Path folder;

  private final RunSpec spec = spec(1, 4);
  private int tries;

  private static RunSpec spec(int seed, int epochs) {
    Settings settings = new Settings();
    for (String assignment :
        List.of(
            "dataset=parity",
            "dimension=8",
            "batch_size=100",
            "negatives=10",
            "epochs=" + epochs,
            "evaluate_every=2",
            "learning_rate=0.02",
            "protocol=held-out",
            "held_out_fraction=0.3",
            "dropout=0.1")) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings.setAssignment("seed=" + seed));
  }

  /** A run with a checkpoint after every epoch. */
  private TrainingRun run(Path to) {
    RunData data = RunData.of(TrainingRunTest.parity(40, 30, 6, 3), spec);
    return new TrainingRun(spec, data, "none", 1, new RunFolder(to), 0);
  }

  /** True from the n-th step on. */
  private static BooleanSupplier afterSteps(int steps) {
    int[] left = {steps};
    return () -> left[0]-- <= 0;
  }

  @Test
  void aTrainingTrainsOn() {
    atEachOperation(
        true, to -> {}, to -> run(to).execute(false, RunListener.SILENT, NEVER), this::trainsOn);
  }

  @Test
  void anInterruptedAndResumedTrainingTrainsOn() {
    atEachOperation(
        true,
        to -> {},
        to -> {
          run(to).execute(false, RunListener.SILENT, afterSteps(3));
          run(to).execute(true, RunListener.SILENT, NEVER);
        },
        this::trainsOn);
  }

  @Test
  void aTrainingOfARecordWithoutModelTrainsOn() {
    atEachOperation(
        false,
        to -> {
          run(to).execute(false, RunListener.SILENT, NEVER);
          deleteModel(to);
        },
        to -> run(to).execute(true, RunListener.SILENT, NEVER),
        this::trainsOn);
  }

  @Test
  void aTrainingOnTopOfAnInterruptedOneTrainsOn() {
    atEachOperation(
        false,
        to -> run(to).execute(false, RunListener.SILENT, afterSteps(3)),
        to -> run(to).execute(false, RunListener.SILENT, NEVER),
        this::trainsOn);
  }

  @Test
  void aRepeatedTrainingTrainsOn() {
    atEachOperation(
        false,
        to -> run(to).execute(false, RunListener.SILENT, NEVER),
        to -> run(to).repeat(RunListener.SILENT, NEVER),
        this::trainsOn);
  }

  @Test
  void aStoreOfRunsTrainsOn() {
    // Short ones: what may happen within a run is in the other tests.
    List<RunSpec> runs = List.of(spec(1, 2), spec(2, 2));
    Map<RunSpec, String> models = new LinkedHashMap<>();
    schedule(undisturbed(folder.resolve("undisturbed")), runs, true)
        .forEach((run, result) -> models.put(run, result.modelSha256()));

    for (boolean resume : new boolean[] {true, false}) {
      atEachOperation(
          false,
          to -> {},
          to -> schedule(to, runs, true),
          to ->
              assertThat(schedule(to, runs, resume))
                  .extractingFromEntries(entry -> entry.getValue().modelSha256())
                  .containsExactlyElementsOf(models.values()));
    }
  }

  private Map<RunSpec, RunResult> schedule(Path to, List<RunSpec> runs, boolean resume) {
    RunStore store = new RunStore(to, name -> TrainingRunTest.parity(40, 30, 6, 3));
    return new RunScheduler(store, 1, resume)
        .run(runs, new RunScheduler.Listener() {}, () -> false);
  }

  /**
   * Does something again and again, each time killed one file operation later.
   *
   * @param powerToo whether the power is cut there, too, in place of the kill
   * @param before what happens undisturbed before
   * @param work what is killed
   * @param after what has to be possible then, undisturbed
   */
  private void atEachOperation(
      boolean powerToo, Consumer<Path> before, Consumer<Path> work, Consumer<Path> after) {
    Path whole = next();
    before.accept(undisturbed(whole));
    KillableFileSystem counting = KillableFileSystem.immortal();
    work.accept(counting.path(whole));
    after.accept(undisturbed(whole));
    List<String> operations = counting.operations();
    assertThat(operations).hasSizeGreaterThan(50);
    for (int o = 0; o < operations.size(); o++) {
      for (boolean powerCut : powerToo ? new boolean[] {false, true} : new boolean[] {false}) {
        String moment = (powerCut ? "power cut at " : "killed at ") + o + ": " + operations.get(o);
        Path to = next();
        before.accept(undisturbed(to));
        KillableFileSystem disk =
            powerCut ? KillableFileSystem.withoutPowerFrom(o) : KillableFileSystem.killedAt(o);
        assertThat(dies(() -> work.accept(disk.path(to)))).as(moment).isTrue();
        try {
          after.accept(undisturbed(to));
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(moment + ", then " + e.getMessage(), e);
        }
      }
    }
  }

  /** A path through which nothing is killed. */
  private static Path undisturbed(Path real) {
    return KillableFileSystem.immortal().path(real);
  }

  private static boolean dies(Runnable work) {
    try {
      work.run();
      return false;
    } catch (SimulatedKill e) {
      return true;
    }
  }

  private Path next() {
    return folder.resolve("try-" + tries++);
  }

  /** The run goes on to the bits of an undisturbed one, and nothing unfinished stays. */
  private void trainsOn(Path to) {
    isNothingElseThanItSays(to);
    RunResult resumed = run(to).execute(true, RunListener.SILENT, NEVER);
    RunResult expected = undisturbed();

    assertThat(resumed.complete()).isTrue();
    assertThat(resumed.modelSha256()).isEqualTo(expected.modelSha256());
    assertThat(resumed.metrics()).isEqualTo(expected.metrics());
    assertThat(TrainedRun.open(to).result()).isEqualTo(resumed);
    assertThat(new RunFolder(to).curve())
        .extracting(EpochRecord::loss, EpochRecord::metrics)
        .isEqualTo(curve.stream().map(e -> tuple(e.loss(), e.metrics())).toList());
    assertThat(names(to)).containsExactly(WHOLE);
  }

  private RunResult undisturbed;
  private List<EpochRecord> curve;

  private RunResult undisturbed() {
    if (undisturbed == null) {
      Path alone = undisturbed(folder.resolve("alone"));
      undisturbed = run(alone).execute(false, RunListener.SILENT, NEVER);
      curve = new RunFolder(alone).curve();
    }
    return undisturbed;
  }

  /** Whoever reads the run gets a model that is the recorded one, or is told that there is none. */
  private static void isNothingElseThanItSays(Path to) {
    try {
      TrainedRun run = TrainedRun.open(to);
      assertThat(ModelFiles.digest(run.model())).isEqualTo(run.result().modelSha256());
    } catch (InputException e) {
      assertThat(e)
          .hasMessageMatching(
              "[^\\n]*: (no such (file|folder)|has no result.json|is of an unfinished run or of a search|is not"
                  + " the folder of a trained run|is a record without its model)[^\\n]*");
    }
  }

  private static void deleteModel(Path to) {
    try {
      Files.delete(to.resolve("users.npy"));
      Files.delete(to.resolve("items.npy"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TreeSet<String> names(Path to) {
    try (Stream<Path> files = Files.list(to)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
