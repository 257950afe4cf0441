package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that train: killed, in each other's way, and sharing work. */
@Timeout(300)
class ProcessesIT {
  private static final int KILLS = 5;

  @TempDir(factory = MemoryTempDir.class)
  Path folder;

  private String undisturbed() {
    return ChildProcess.run(folder.resolve("alone"))
        .execute(false, RunListener.SILENT, () -> false)
        .modelSha256();
  }

  @Test
  void aTrainingThatIsKilledAgainAndAgainComesToTheSameBits() throws Exception {
    Path run = folder.resolve("killed");
    long seed = 20240513;
    RandomStream random = RandomStream.of(seed, Purpose.TEST);
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildProcess child = ChildProcess.start("train", run)) {
        int epochs = 1 + random.nextInt(3);
        for (int e = 0; e < epochs; e++) {
          assertThat(child.line()).as("seed %d, kill %d", seed, kill).startsWith("epoch ");
        }
        // The child goes on meanwhile, so that the moment is anywhere in the next epochs.
        child.goOn();
        child.kill();
      }
    }
    try (ChildProcess child = ChildProcess.start("train", run)) {
      List<String> lines = child.rest();
      assertThat(child.exitCode()).isZero();
      assertThat(lines).last().isEqualTo("model " + undisturbed());
    }
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              ".lock",
              "catalogue.json",
              "curve.csv",
              "items.npy",
              "per-user.npy",
              "provenance.json",
              "result.json",
              "users.npy");
    }
  }

  @Test
  void aSecondProcessIsToldWhoIsAtWork() throws Exception {
    Path run = folder.resolve("held");
    try (ChildProcess child = ChildProcess.start("train", run)) {
      assertThat(child.line()).isEqualTo("epoch 1");
      assertThat(new RunFolder(run).holder().orElseThrow())
          .matches("process " + child.pid() + " on \\S+ since \\S+Z: .*ChildProcess train .*");
      assertThatThrownBy(
              () -> ChildProcess.run(run).execute(false, RunListener.SILENT, () -> false))
          .isInstanceOf(RunHeldException.class)
          .hasMessageContaining("is being trained by process " + child.pid());
      child.kill();
    }

    assertThat(new RunFolder(run).holder()).as("no lock outlives its process").isEmpty();
    assertThat(ChildProcess.run(run).execute(true, RunListener.SILENT, () -> false).modelSha256())
        .isEqualTo(undisturbed());
  }

  @Test
  void twoProcessesShareTheWorkOnOneStore() throws Exception {
    Path store = folder.resolve("store");
    List<String> trained = new ArrayList<>();
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    try (ChildProcess one = ChildProcess.start("share", store)) {
      first.add(one.line());
      try (ChildProcess two = ChildProcess.start("share", store)) {
        second.add(two.line());
        one.goOn();
        second.addAll(two.rest());
        first.addAll(one.rest());
        assertThat(one.exitCode()).isZero();
        assertThat(two.exitCode()).isZero();
      }
    }
    for (List<String> lines : List.of(first, second)) {
      lines.stream().filter(line -> line.startsWith("trained")).forEach(trained::add);
    }

    assertThat(trained)
        .as("every run is trained once, by one of them")
        .containsExactlyInAnyOrder("trained 1", "trained 2", "trained 3", "trained 4");
    List<String> results = new ArrayList<>();
    for (RunSpec spec : ChildProcess.specs()) {
      RunResult result = ChildProcess.store(store).finished(spec).orElseThrow();
      results.add("result " + spec.seed() + " " + result.modelSha256());
    }
    assertThat(first).containsAll(results);
    assertThat(second).containsAll(results);
  }

  @Test
  void aRunWhoseProcessDiesIsTrainedByTheOther() throws IOException, InterruptedException {
    Path store = folder.resolve("orphans");
    try (ChildProcess one = ChildProcess.start("share", store)) {
      assertThat(one.line()).startsWith("trained");
      try (ChildProcess two = ChildProcess.start("share", store)) {
        assertThat(two.line()).startsWith("trained");
        one.kill();
        List<String> lines = two.rest();

        assertThat(two.exitCode()).isZero();
        assertThat(lines.stream().filter(line -> line.startsWith("result"))).hasSize(4);
      }
    }
  }
}
