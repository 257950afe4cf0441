package bsl.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs; how fast is none of this test's business. */
final class BenchmarksTest {
  private static final int METHODS = 44;

  /** Another JMH run on the machine would spoil timings, which do not matter here. */
  private static final String BESIDE_OTHERS = "jmh.ignoreLock";

  private final String before = System.getProperty(BESIDE_OTHERS);

  @BeforeEach
  void runBesideOthers() {
    System.setProperty(BESIDE_OTHERS, "true");
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(BESIDE_OTHERS);
    } else {
      System.setProperty(BESIDE_OTHERS, before);
    }
  }

  @Test
  void everyBenchmarkRunsOnceWithoutError() throws RunnerException {
    Options once =
        new OptionsBuilder()
            .include("^bsl\\.benchmarks\\.")
            .forks(0)
            .mode(Mode.SingleShotTime)
            .warmupIterations(0)
            .measurementIterations(1)
            .param("library", "KERNELS")
            .param("kind", "bsl")
            .param("mode", "LAZY")
            .param("gap", "16")
            .param("preset", "TINY")
            .param("threads", "2")
            .param("batch", "256")
            .param("negatives", "100")
            .param("pairs", "4000")
            .param("layers", "3")
            .param("users", "300")
            .param("items", "200")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(once).run();

    assertThat(results).hasSize(METHODS);
  }
}
