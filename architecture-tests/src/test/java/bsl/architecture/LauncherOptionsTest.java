package bsl.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The options of JVMs that train stand in several languages; the launcher's are the model. */
class LauncherOptionsTest {
  private static final Path LAUNCHER = Path.of("bsl");

  /** Options of the JVM that change how fast code runs. */
  private static final Pattern OPTION = Pattern.compile("-(?:XX:|Djdk\\.incubator\\.)[^\\s\")<]+");

  /** Linux only, or for Spark's own sake. */
  private static final Set<String> NOT_EVERYWHERE =
      Set.of("-XX:+UseTransparentHugePages", "-XX:+IgnoreUnrecognizedVMOptions");

  private static Set<String> options(Path file) {
    Set<String> options = new TreeSet<>();
    try {
      Matcher option = OPTION.matcher(Files.readString(Project.ROOT.resolve(file)));
      while (option.find()) {
        options.add(option.group());
      }
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
    return options;
  }

  private static Set<String> ofTrainings() {
    Set<String> options = options(LAUNCHER);
    options.removeAll(NOT_EVERYWHERE);
    return options;
  }

  @Test
  void slowTestsAndSparksExecutorsTrainWithTheLaunchersOptions() {
    assertThat(ofTrainings()).hasSizeGreaterThan(4);
    for (String file : List.of("pom.xml", "spark/src/main/java/bsl/spark/SparkSettings.java")) {
      assertThat(options(Path.of(file))).as(file).containsAll(ofTrainings());
    }
  }

  @Test
  void benchmarksMeasureWithThoseThatChangeCode() {
    Path flags = Path.of("benchmarks/src/main/java/bsl/benchmarks/JvmFlags.java");
    Set<String> measured = options(flags);
    measured.removeIf(option -> option.startsWith("-Dbsl."));

    assertThat(options(LAUNCHER)).containsAll(measured);
    assertThat(measured).hasSize(6);
  }
}
