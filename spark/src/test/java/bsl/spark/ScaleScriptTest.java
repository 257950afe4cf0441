package bsl.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code spark/scale} says before it starts anything of Java. */
class ScaleScriptTest {
  @TempDir Path folder;

  private String refusal(String javaHome, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "scale"));
    command.addAll(arguments);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder script =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    script.environment().put("JAVA_HOME", javaHome);
    assertThat(script.start().waitFor()).isEqualTo(2);
    assertThat(out).isEmptyFile();
    assertThat(Files.readAllLines(err)).hasSize(1);
    return Files.readString(err);
  }

  @ParameterizedTest
  @CsvSource({
    "'', wants a data set and numbers of runs",
    "tiny, wants a data set and numbers of runs",
    "tiny 8 many, 'many' is no number of runs",
    "tiny 0, '0' is no number of runs",
    "plan 8 0.5 0.1, plan wants seconds",
    "plan 8 soon 0.1 1, 'soon' is no number of seconds",
    "plan 8 0.5 0.1 1 -4, '-4' is no number of workers",
  })
  void badInputIsOneLine(String words, String problem) throws IOException, InterruptedException {
    List<String> arguments = words.isEmpty() ? List.of() : List.of(words.split(" "));

    assertThat(refusal("", arguments)).startsWith("spark/scale: ").contains(problem);
  }

  @Test
  void javaHomeComesBeforeThePath() throws IOException, InterruptedException {
    assertThat(refusal(folder.toString(), List.of("tiny", "8")))
        .contains("JAVA_HOME is '" + folder + "', but there is no bin/java in it");
  }
}
