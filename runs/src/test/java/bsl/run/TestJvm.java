package bsl.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts JVMs with the class path of the tests, for processes that are killed or get in each
 * other's way. They train tiny models for seconds, and compiling takes half of that. So they have
 * the JVM's quick compiler and the kernels without vectors. The bits are the same.
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
   * A process that is not started yet. What it says on standard error is dropped.
   *
   * @param main its main class
   * @param arguments what that gets
   */
  public static ProcessBuilder of(Class<?> main, String... arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
  }
}
