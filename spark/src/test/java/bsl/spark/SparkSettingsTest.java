package bsl.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.run.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the executors' JVMs are started with. */
class SparkSettingsTest {
  /** A JVM that is told two collectors does not start. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-Xss2m",
        "-XX:+UseSerialGC",
        "-Dsome=thing -XX:+UseG1GC -XX:G1HeapRegionSize=4m",
        "-XX:+UseParallelGC"
      })
  void aJvmStartsWithTheCollectorOfTheUsersOwn(String own) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(Arrays.asList(SparkSettings.executorOptions("", own).split(" +")));
    command.add("-XX:+PrintFlagsFinal");
    command.add("-version");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // A JVM takes options from them, too, and there may be one collector only.
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean parallel = !own.contains("GC") || own.contains("Parallel");

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .containsPattern("UseParallelGC +:?= " + parallel)
        .containsPattern("NewRatio +:?= " + (own.contains("GC") ? 2 : 1))
        .contains("command line");
    assertThat(SparkSettings.executorOptions("", own)).endsWith(own);
  }

  /** Without the suite's own jar a worker knows none of its classes. */
  @Test
  void jarsOfTheUsersComeToTheOthers(@TempDir Path folder) throws IOException {
    String own = Files.createFile(folder.resolve("mine.jar")) + ", hdfs://HOST/theirs.jar";
    assertThat(SparkSettings.jars("bsl.jar,more.jar", Map.of("spark.jars", own)))
        .isEqualTo("bsl.jar,more.jar," + own);
    assertThat(SparkSettings.jars("bsl.jar", Map.of())).isEqualTo("bsl.jar");
  }

  /** Spark goes on without it, and every run fails. */
  @Test
  void aJarThatIsNotThereIsNamed(@TempDir Path folder) {
    Path missing = folder.resolve("mine.jar");

    assertThatThrownBy(
            () -> SparkSettings.jars("bsl.jar", Map.of("spark.jars", "http://HOST/a," + missing)))
        .isInstanceOf(InputException.class)
        .hasMessage("--conf spark.jars: '" + missing + "': no such file");
  }

  @Test
  void aRunHasACore() {
    SparkSettings.requireCpus("1");
    SparkSettings.requireCpus("two");
    for (String none : List.of("0", "-1", " 00 ")) {
      assertThatThrownBy(() -> SparkSettings.requireCpus(none))
          .isInstanceOf(InputException.class)
          .hasMessage("spark.task.cpus is '" + none + "', which is not at least 1");
    }
  }

  @Test
  void aCollectorAmongTheClustersDefaultsIsTheOnlyOne() {
    assertThat(SparkSettings.executorOptions("-XX:+UseG1GC", "-Xss2m"))
        .doesNotContain("GC", "NewRatio")
        .endsWith("-Xss2m");
  }
}
