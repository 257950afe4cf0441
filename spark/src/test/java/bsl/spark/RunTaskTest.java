package bsl.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.run.EpochRecord;
import bsl.run.RunFiles;
import bsl.run.RunListener;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task on its way to an epoch and back, without Spark. */
class RunTaskTest {
  private static final RunSpec RUN = Sweeps.eight().get(0);
  private static final int EPOCHS = 2;

  @TempDir Path folder;

  private final List<List<EpochRecord>> heard = new ArrayList<>();
  private final RunScheduler.AdvanceListener listener =
      new RunScheduler.AdvanceListener() {
        @Override
        public void advanced(RunSpec spec, List<EpochRecord> curve, int from, double seconds) {
          heard.add(curve);
        }
      };

  private RunStore driver;
  private List<EpochRecord> known;

  /** As a process leaves a run that is killed behind a checkpoint and before the curve's file. */
  @BeforeEach
  void aRunThatOnlyItsCheckpointKnows() throws IOException {
    driver = Sweeps.store(folder.resolve("driver"));
    known = driver.run(RUN, "fast", 1).advance(EPOCHS, RunListener.SILENT, () -> false);
    assertThat(known).hasSize(EPOCHS);
    Files.delete(driver.folder(RUN).resolve("curve.csv"));
  }

  /** A worker's own folder begins with what the driver sends. */
  private RunStore scratch(Path path) {
    RunStore store = Sweeps.store(path);
    RunFiles.ofUnfinished(driver.folder(RUN)).putInto(store, RUN);
    return store;
  }

  private RunOutcome carriedOut(Goal goal, Function<Path, RunStore> stores, BooleanSupplier stop) {
    RunTask task = new RunTask(null, null, new StepAccumulator());
    Worker here = new Worker("here", "1", false);
    return sent(task.call(goal.order(RUN), new RunTask.Place(here, 1, folder, stores, stop)));
  }

  /** As Spark sends it. */
  private static RunOutcome sent(RunOutcome outcome) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(outcome);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (RunOutcome) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private Goal goal(Optional<SharedFolder> shared, int epochs) {
    return new SparkEngine.UpToAnEpoch(shared, driver, Map.of(RUN, epochs), listener);
  }

  /** Without a curve such a run went back and forth without end. */
  @Test
  void theCurveOfACheckpointComesBackFromASharedStore() {
    try (SharedFolder shared = new SharedFolder(driver.folder())) {
      Goal goal = goal(Optional.of(shared), EPOCHS);
      RunOutcome outcome = carriedOut(goal, Sweeps::store, () -> false);

      assertThat(outcome.kind()).isEqualTo(RunOutcome.Kind.DONE);
      assertThat(outcome.files().isEmpty()).isTrue();
      goal.done(RUN, outcome);
      assertThat(heard).containsExactly(known);
    }
  }

  @Test
  void theCurveOfACheckpointComesBackFromAWorkersOwnFolder() {
    Goal goal = goal(Optional.empty(), EPOCHS);
    RunOutcome outcome = carriedOut(goal, this::scratch, () -> false);

    assertThat(outcome.kind()).isEqualTo(RunOutcome.Kind.DONE);
    goal.done(RUN, outcome);
    assertThat(heard).containsExactly(known);
    assertThat(driver.folder(RUN).resolve("checkpoint-000002")).isDirectory();
  }

  /** As where the folder of --shared-data is not that of the driver. */
  @Test
  void aFileThatFailsIsNamed() {
    IOException bare = new NoSuchFileException("/data/tiny/train.txt");
    for (UncheckedIOException failure :
        List.of(
            new UncheckedIOException(bare),
            new UncheckedIOException("/data/tiny/train.txt: no such file", bare))) {
      RunOutcome outcome =
          carriedOut(
              goal(Optional.empty(), EPOCHS),
              path -> {
                throw failure;
              },
              () -> false);

      assertThat(outcome.kind()).isEqualTo(RunOutcome.Kind.FAILED);
      assertThat(outcome.message()).isEqualTo("/data/tiny/train.txt: no such file");
    }
  }

  @Test
  void aStoreThatCannotBeSharedIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("runs"));

    assertThatThrownBy(() -> new SharedFolder(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + ": cannot be written: is not a folder");
  }

  @Test
  void aRunThatIsBrokenOffIsNotDone() {
    RunOutcome alone = carriedOut(goal(Optional.empty(), 4), this::scratch, () -> true);
    assertThat(alone.kind()).isEqualTo(RunOutcome.Kind.CANCELLED);
    try (SharedFolder shared = new SharedFolder(driver.folder())) {
      RunOutcome outcome = carriedOut(goal(Optional.of(shared), 4), Sweeps::store, () -> true);
      assertThat(outcome.kind()).isEqualTo(RunOutcome.Kind.CANCELLED);
    }
  }
}
