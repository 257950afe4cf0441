package bsl.tune;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.run.MemoryTempDir;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A search in a process of its own, killed again and again. */
@Timeout(600)
class KilledTuningIT {
  private static final int KILLS = 5;

  @TempDir(factory = MemoryTempDir.class)
  Path folder;

  private static Process start(Path to) throws IOException {
    return TestJvm.of(KilledTuningIT.class, to.toString()).start();
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void comesToTheSameEnd() throws Exception {
    List<String> expected = new ArrayList<>();
    result(folder.resolve("undisturbed")).forEach(expected::add);
    Path killed = folder.resolve("killed");
    long seed = 20240611;
    RandomStream random = RandomStream.of(seed, Purpose.TEST);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(killed);
      int arrivals = 1 + random.nextInt(3);
      BufferedReader lines = lines(process);
      for (int a = 0; a < arrivals; a++) {
        assertThat(lines.readLine()).as("seed %d, kill %d", seed, kill).isNotNull();
      }
      // The process goes on meanwhile, so that the moment is anywhere.
      process.destroyForcibly();
      process.waitFor();
    }
    Process last = start(killed);
    List<String> rest = lines(last).lines().filter(line -> line.startsWith("seed ")).toList();

    assertThat(last.waitFor()).isZero();
    assertThat(rest).isEqualTo(expected);
  }

  private static List<String> result(Path to) throws IOException {
    Files.createDirectories(to);
    Path space = Files.writeString(to.resolve("space.yaml"), TuningTest.SPACE);
    Tuning tuning =
        new Tuning(
            TuningTest.store(to.resolve("runs")),
            TuningTest.base(),
            space,
            TuningPlan.ofTrials(9).withSeeds(2),
            to.resolve("search"),
            to.resolve("preset.yaml"),
            2);
    TuningResult result =
        tuning.run(
            new TuningListener() {
              @Override
              public void arrived(Standing standing, boolean now, TuningStatus status) {
                if (now) {
                  System.out.println("trial " + standing.trial().number());
                }
              }

              @Override
              public void seedDone(RunSpec run, RunResult of) {
                System.out.println("done " + run.seed());
              }
            },
            () -> false);
    return result.runs().entrySet().stream()
        .map(run -> "seed " + run.getKey().seed() + " " + run.getValue().modelSha256())
        .toList();
  }

  /** Searches and says so line by line. */
  public static void main(String[] arguments) throws IOException {
    result(Path.of(arguments[0])).forEach(System.out::println);
  }
}
