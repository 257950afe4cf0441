package bsl.benchmarks.track;

import bsl.benchmarks.track.JmhCall.Length;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs JMH from a jar in a process of its own, since a native BLAS takes its number of threads from
 * the environment, and since the jar may be of another commit.
 */
final class JmhRunner {
  private static final String NOTHING_THERE = "No matching benchmarks";
  private static final String SKIPPED = "SkippedException";

  /** With the stack trace that follows, up to what JMH says next. */
  private static final Pattern FAILURE =
      Pattern.compile("<failure>(?:(?!<failure>|^# ).)*", Pattern.DOTALL | Pattern.MULTILINE);

  /** JMH goes on without the benchmark whose JVM has crashed. */
  private static final String CRASHED = "<forked VM failed";

  private static final String LOCKED = "Unable to acquire the JMH lock";

  private final Path jar;
  private final Path folder;
  private final PrintStream progress;

  /**
   * @param jar the benchmarks
   * @param folder where JMH's output and results go
   * @param progress told what is being measured
   */
  JmhRunner(Path jar, Path folder, PrintStream progress) {
    this.jar = jar;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Runs all calls, one after the other.
   *
   * @throws BadInputException if JMH fails; a benchmark that the jar does not have is left out
   */
  List<Measurement> run(List<JmhCall> calls, Length length) {
    if (!Files.isRegularFile(jar)) {
      throw new BadInputException(jar + ": there is no such jar");
    }
    List<Measurement> measurements = new ArrayList<>();
    for (int c = 0; c < calls.size(); c++) {
      progress.println(
          "measuring " + (c + 1) + " of " + calls.size() + ": " + calls.get(c).title());
      measurements.addAll(run(calls.get(c), length, "call-" + (c + 1)));
    }
    return measurements;
  }

  private List<Measurement> run(JmhCall call, Length length, String name) {
    Path results = folder.resolve(name + ".json");
    Path log = folder.resolve(name + ".txt");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(MachineProbe.java(), "-jar", jar.toString()));
    command.addAll(call.arguments(length));
    command.addAll(List.of("-rf", "json", "-rff", results.toString()));
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(results);
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().put("OPENBLAS_NUM_THREADS", String.valueOf(call.threads()));
      Process process = builder.start();
      process.getOutputStream().close();
      Thread end = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(end);
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
      if (code != 0) {
        String text = Files.readString(log);
        if (text.contains(NOTHING_THERE)) {
          return List.of();
        }
        throw new BadInputException(
            text.contains(LOCKED)
                ? "another JMH is running on this machine; measure when it has ended"
                : "JMH ended with exit code " + code + "; " + log + " says why");
      }
      if (hasFailed(Files.readString(log))) {
        throw new BadInputException("a benchmark failed; " + log + " says why");
      }
    } catch (IOException e) {
      throw new BadInputException("JMH cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadInputException("interrupted while " + call.title() + " was measured");
    }
    return JmhResults.read(results);
  }

  /**
   * Whether a benchmark failed in what JMH has said. It ends with 0 all the same.
   *
   * @param log all of it; what a benchmark skips by itself is no failure
   */
  static boolean hasFailed(String log) {
    if (log.contains(CRASHED)) {
      return true;
    }
    Matcher failure = FAILURE.matcher(log);
    while (failure.find()) {
      if (!failure.group().contains(SKIPPED)) {
        return true;
      }
    }
    return false;
  }
}
