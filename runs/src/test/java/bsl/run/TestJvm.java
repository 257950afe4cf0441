package bsl.run;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * JVMs of the tests' own, for processes that are killed or get in each other's way. They train tiny
 * models for seconds. Half of that is the compiler's work, so that the quick one and loops without
 * vectors are the faster choice. The bits are the same.
 */
public final class TestJvm {
  private static final List<String> OPTIONS =
      List.of(
          "--add-modules",
          "jdk.incubator.vector",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dbsl.kernels=scalar");

  private TestJvm() {}

  /**
   * A process that is not started yet, with the class path of the tests.
   *
   * @param main its main class
   * @param arguments what that gets
   */
  public static ProcessBuilder of(Class<?> main, String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Stream<String> command =
        Stream.of(
                Stream.of(java),
                OPTIONS.stream(),
                Stream.of("-cp", classPath(), main.getName()),
                Stream.of(arguments))
            .flatMap(part -> part);
    return new ProcessBuilder(command.toList()).redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** It may be a path from the folder of the module. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
