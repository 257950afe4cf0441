package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.data.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are carried from one store to another. */
class RunFilesTest {
  @TempDir Path folder;

  private RunStore store(String name) {
    return new RunStore(folder.resolve(name), dataset -> TrainingRunTest.parity(120, 80, 10, 3));
  }

  private static RunSpec spec(int epochs) {
    Settings settings = new Settings();
    for (String assignment :
        List.of("dataset=parity", "batch_size=100", "negatives=20", "learning_rate=0.02")) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings).with(SettingKey.EPOCHS, epochs);
  }

  private static RunResult train(RunStore store, RunSpec spec) {
    return store.run(spec, "none", 1).execute(true, RunListener.SILENT, () -> false);
  }

  private static List<EpochRecord> advance(RunStore store, RunSpec spec, int epochs) {
    return store.run(spec, "none", 1).advance(epochs, RunListener.SILENT, () -> false);
  }

  /** As after a journey: another object with the same bytes. */
  private static RunFiles sent(RunFiles files) {
    return new RunFiles(files.asMap());
  }

  private static List<String> names(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFinishedRunIsTheSameElsewhere() throws IOException {
    RunSpec spec = spec(4);
    RunStore here = store("here");
    RunStore there = store("there");
    RunResult result = train(here, spec);

    RunFiles files = sent(RunFiles.ofFinished(here.folder(spec), true));
    files.putInto(there, spec);

    assertThat(files.result()).contains(result);
    assertThat(there.finished(spec)).contains(result);
    assertThat(names(there.folder(spec))).isEqualTo(names(here.folder(spec)));
    for (String name : names(here.folder(spec))) {
      assertThat(there.folder(spec).resolve(name))
          .as(name)
          .hasSameBinaryContentAs(here.folder(spec).resolve(name));
    }
    assertThat(files.size()).isGreaterThan(Files.size(here.folder(spec).resolve("users.npy")));
  }

  @Test
  void withoutItsModelItIsARecord() throws IOException {
    RunSpec spec = spec(3);
    RunStore here = store("here");
    RunStore there = store("there");
    RunResult result = train(here, spec);

    sent(RunFiles.ofFinished(here.folder(spec), false)).putInto(there, spec);

    assertThat(there.finished(spec)).contains(result);
    assertThat(there.hasModel(spec)).isFalse();
    assertThat(there.perUser(spec, 1)).isPresent();

    sent(RunFiles.ofFinished(here.folder(spec), true)).putInto(there, spec);
    assertThat(there.hasModel(spec)).as("the model comes later").isTrue();
    sent(RunFiles.ofFinished(here.folder(spec), false)).putInto(there, spec);
    assertThat(there.hasModel(spec)).as("and is not lost again").isTrue();
  }

  @Test
  void aRecordTakesThePlaceOfAnotherModelThatWasLeftUnfinished() throws IOException {
    RunSpec spec = spec(12);
    RunStore here = store("here");
    RunStore there = store("there");
    RunResult result = train(here, spec);
    int[] steps = {0};
    there.run(spec, "none", 1).execute(true, RunListener.SILENT, () -> ++steps[0] > 40);
    assertThat(there.hasModel(spec)).isTrue();

    sent(RunFiles.ofFinished(here.folder(spec), false)).putInto(there, spec);

    assertThat(there.finished(spec)).contains(result);
    assertThat(there.hasModel(spec)).isFalse();
    assertThat(names(there.folder(spec))).noneMatch(name -> name.startsWith("checkpoint"));
  }

  @Test
  void aRunGoesOnElsewhereToTheSameBits() {
    RunSpec spec = spec(8);
    RunResult whole = train(store("whole"), spec);
    RunStore here = store("here");
    List<EpochRecord> curve = advance(here, spec, 3);

    RunFiles files = sent(RunFiles.ofUnfinished(here.folder(spec)));
    RunStore there = store("there");
    files.putInto(there, spec);

    assertThat(new RunFolder(there.folder(spec)).curveSoFar())
        .extracting(EpochRecord::metrics)
        .hasSize(3)
        .isEqualTo(metrics(curve));
    assertThat(advance(there, spec, 5)).hasSize(5);
    sent(RunFiles.ofUnfinished(there.folder(spec))).putInto(here, spec);
    assertThat(new RunFolder(here.folder(spec)).curveSoFar()).hasSize(5);
    files.putInto(here, spec);
    assertThat(new RunFolder(here.folder(spec)).curveSoFar()).as("an older one").hasSize(5);
    assertThat(new RunFolder(here.folder(spec)).checkpoints().epochs()).isEqualTo(5);
    assertThat(train(here, spec).modelSha256()).isEqualTo(whole.modelSha256());
  }

  /** As a search leaves it: the curve says what the run came to, and its checkpoint is gone. */
  @Test
  void anOlderCheckpointLeavesALongerCurve() {
    RunSpec spec = spec(8);
    RunStore here = store("here");
    RunStore there = store("there");
    advance(there, spec, 3);
    RunFolder folder = new RunFolder(here.folder(spec));
    List<EpochRecord> curve = advance(here, spec, 5);
    folder.dropCheckpoint(5);

    sent(RunFiles.ofUnfinished(there.folder(spec))).putInto(here, spec);

    assertThat(folder.checkpoints().epochs()).isEqualTo(3);
    assertThat(metrics(folder.curveSoFar())).isEqualTo(metrics(curve));
  }

  private static List<Map<String, Double>> metrics(List<EpochRecord> curve) {
    return curve.stream().map(EpochRecord::metrics).toList();
  }

  @Test
  void ofARunThatIsNotThereThereIsNothing() {
    assertThat(RunFiles.ofUnfinished(folder.resolve("nowhere")).isEmpty()).isTrue();
    assertThat(RunFiles.ofFinished(folder.resolve("nowhere"), true).result()).isEmpty();
  }

  @Test
  void anotherRunIsRefused() {
    RunStore here = store("here");
    train(here, spec(3));
    RunFiles files = RunFiles.ofFinished(here.folder(spec(3)), true);

    RunStore there = store("there");
    assertThatThrownBy(() -> files.putInto(there, spec(4)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another run was brought")
        .hasMessageContaining("epochs is 3 there, not 4");
    assertThat(there.finished(spec(4))).isEmpty();
  }

  @Test
  void anotherRunsCheckpointIsRefusedAndTheRunKeepsItsOwn() {
    RunStore here = store("here");
    RunStore there = store("there");
    advance(here, spec(8), 5);
    RunFiles files = sent(RunFiles.ofUnfinished(here.folder(spec(8))));
    List<EpochRecord> own = advance(there, spec(9), 3);

    assertThatThrownBy(() -> files.putInto(there, spec(9)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another run was brought")
        .hasMessageContaining("epochs is 8 there, not 9");
    assertThat(new RunFolder(there.folder(spec(9))).checkpoints().epochs()).isEqualTo(3);
    assertThat(metrics(new RunFolder(there.folder(spec(9))).curveSoFar())).isEqualTo(metrics(own));
    assertThat(train(there, spec(9)).modelSha256())
        .isEqualTo(train(store("whole"), spec(9)).modelSha256());
  }

  /** Elsewhere it would be told of a file that is not the damaged one. */
  @Test
  void aDamagedCheckpointIsNotSent() throws IOException {
    RunStore here = store("here");
    advance(here, spec(8), 5);
    Path state = here.folder(spec(8)).resolve("checkpoint-000005/state-1.npy");
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length - 1] ^= 1;
    Files.write(state, bytes);

    assertThatThrownBy(() -> RunFiles.ofUnfinished(here.folder(spec(8))))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(state.getParent() + ": cannot be resumed from (" + state)
        .hasMessageEndingWith("); delete it to begin the run anew");

    Files.delete(state);
    assertThatThrownBy(() -> RunFiles.ofUnfinished(here.folder(spec(8))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(state + ": no such file");
  }

  @Test
  void aModelThatIsNotTheRecordsIsRefusedAndLeavesNoResult() {
    RunStore here = store("here");
    RunSpec spec = spec(3);
    train(here, spec);
    Map<String, byte[]> files = RunFiles.ofFinished(here.folder(spec), true).asMap();
    byte[] items = files.get("items.npy");
    items[items.length - 1] ^= 1;

    RunStore there = store("there");
    assertThatThrownBy(() -> new RunFiles(files).putInto(there, spec))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("are not the model");
    assertThat(there.finished(spec)).isEmpty();
  }

  @Test
  void nothingIsPutWhereSomebodyIsAtWork() throws IOException {
    RunStore here = store("here");
    RunSpec spec = spec(3);
    train(here, spec);
    RunStore there = store("there");
    Files.createDirectories(there.folder(spec));
    try (ProcessLock lock = ProcessLock.take(there.folder(spec).resolve(".lock")).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> RunFiles.ofFinished(here.folder(spec), true).putInto(there, spec))
          .isInstanceOf(RunHeldException.class);
    }
    assertThat(there.finished(spec)).isEmpty();
  }
}
