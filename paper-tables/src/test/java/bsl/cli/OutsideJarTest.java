package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in a JVM of its own, with something wrong on the class path. */
class OutsideJarTest {
  @TempDir Path folder;

  @Test
  void aServiceWithoutAClassIsOneLineAndBadInput() throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("bsl.losses.LossKind"), "no.such.Loss\n");

    Process process = start("--version");
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(err).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.lines().filter(line -> !line.startsWith("WARNING: ")))
        .singleElement()
        .asString()
        .startsWith("bsl: a loss on the class path: ")
        .contains("no.such.Loss not found");
  }

  private Process start(String argument) throws IOException {
    String classPath = System.getProperty("java.class.path");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                classPath + System.getProperty("path.separator") + folder,
                "bsl.cli.Main",
                argument));
    // A JVM says on standard error that it reads them.
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    return builder.start();
  }
}
