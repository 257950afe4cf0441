package bsl.spark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A driver's process with Spark's own jars, as the launcher starts it. */
final class Driver implements AutoCloseable {
  /** Two workers of one core, in processes of their own. */
  private static final String MASTER = "local-cluster[2,1,1024]";

  private final Process process;
  private final BufferedReader out;
  private final BufferedReader complaining;
  private final Thread hearing;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  private Driver(List<String> arguments, Path folder) throws IOException {
    Path spark = Path.of(System.getProperty("bsl.spark.home"));
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-Xmx512m");
    command.addAll(JavaOptions.OF_A_DRIVER);
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            System.getProperty("bsl.spark.app"),
            testJar(folder).toString(),
            spark.resolve("jars") + "/*"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", spark.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.directory(folder.toFile());
    process = builder.start();
    complaining =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    hearing = new Thread(this::hear, "driver-complaints");
    hearing.start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Trains a sweep with {@link SweepMain}. */
  static Driver sweep(Path folder, String name, Path store, String... settings) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(name, store.toString()));
    arguments.addAll(List.of(settings));
    return main(folder, "bsl.spark.SweepMain", arguments.toArray(String[]::new));
  }

  /** Calls a class of the tests, with Spark's settings behind the arguments. */
  static Driver main(Path folder, String type, String... given) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(type));
    arguments.addAll(List.of(given));
    arguments.addAll(conf());
    return new Driver(arguments, folder);
  }

  /** Calls the command line without a cluster. */
  static Driver localCommandLine(Path folder, String... words) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("bsl.cli.Main"));
    arguments.addAll(List.of(words));
    return new Driver(arguments, folder);
  }

  /** Calls the command line. */
  static Driver commandLine(Path folder, String... words) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("bsl.cli.Main"));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--engine", "spark"));
    for (String setting : conf()) {
      arguments.addAll(List.of("--conf", setting));
    }
    return new Driver(arguments, folder);
  }

  private static List<String> conf() {
    return List.of(
        "spark.master=" + MASTER,
        "spark.executor.memory=640m",
        "spark.executor.heartbeatInterval=1s",
        "spark.ui.enabled=false");
  }

  /** The classes of the tests: workers are sent jars only. */
  private static Path testJar(Path folder) throws IOException {
    Path jar = folder.resolve("tests.jar");
    if (Files.exists(jar)) {
      return jar;
    }
    Path classes = Path.of("target", "test-classes");
    try (JarOutputStream into = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        into.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, into);
        into.closeEntry();
      }
    }
    return jar;
  }

  /** The next line that it says, null at the end. */
  String line() throws IOException {
    String line = out.readLine();
    if (line != null) {
      said.add(line);
    }
    return line;
  }

  /** Reads up to a line. */
  void await(Predicate<String> wanted) throws IOException {
    for (String line = line(); line != null; line = line()) {
      if (wanted.test(line)) {
        return;
      }
    }
    throw new AssertionError("it ended: " + said + "\n" + complaints());
  }

  /** Reads to the end. */
  int code() throws IOException, InterruptedException {
    while (line() != null) {
      continue;
    }
    hearing.join();
    return process.waitFor();
  }

  /** All that it has said so far. */
  List<String> said() {
    return said;
  }

  /** What it has said on standard error. */
  String complaints() {
    synchronized (complaints) {
      return String.join("\n", complaints);
    }
  }

  private void hear() {
    try {
      for (String line = complaining.readLine(); line != null; line = complaining.readLine()) {
        synchronized (complaints) {
          complaints.add(line);
          complaints.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line on standard error. */
  void awaitComplaint(Predicate<String> wanted) throws InterruptedException {
    synchronized (complaints) {
      while (complaints.stream().noneMatch(wanted)) {
        if (!hearing.isAlive()) {
          throw new AssertionError("it ended: " + complaints);
        }
        complaints.wait(500);
      }
    }
  }

  /** The processes of its executors. */
  List<ProcessHandle> executors() {
    return process
        .descendants()
        .filter(
            child ->
                Stream.of(child.info().arguments().orElse(new String[0]))
                    .anyMatch(word -> word.endsWith("CoarseGrainedExecutorBackend")))
        .toList();
  }

  /**
   * As Ctrl-C does. A build in the background of a shell has that signal ignored, and so have its
   * processes; then the second signal counts, which ends it in the same way.
   */
  void interrupt() throws IOException, InterruptedException {
    for (String signal : List.of("-INT", "-TERM")) {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
