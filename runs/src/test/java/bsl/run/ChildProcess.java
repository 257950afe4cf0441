package bsl.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another JVM of the tests' own, and what it does there. After what it says of its progress it
 * waits until it may go on, so that nothing depends on how fast it is.
 */
final class ChildProcess implements AutoCloseable {
  private static final int SEEDS = 4;

  private final Process process;
  private final BufferedReader lines;
  private boolean waits;

  private ChildProcess(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a JVM that does what {@link #main} says. */
  static ChildProcess start(String what, Path folder) throws IOException {
    return new ChildProcess(TestJvm.of(ChildProcess.class, what, folder.toString()).start());
  }

  long pid() {
    return process.pid();
  }

  /** Its next line on standard output, behind which it waits. */
  String line() throws IOException {
    if (waits) {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }
    waits = true;
    return lines.readLine();
  }

  /** Lets it go on without waiting any more. */
  void goOn() throws IOException {
    process.getOutputStream().close();
  }

  /** All further lines, without waiting any more. */
  List<String> rest() throws IOException {
    goOn();
    List<String> rest = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      rest.add(line);
    }
    return rest;
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** Kills it as the operating system does (SIGKILL), and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The run that is trained in another process. */
  static RunSpec spec(int seed) {
    Settings settings = new Settings();
    for (String assignment :
        List.of(
            "dataset=parity",
            "batch_size=200",
            "negatives=10",
            "dropout=0.1",
            // So many that a process that is to be killed has not come to the end.
            "epochs=100",
            "seed=" + seed)) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings);
  }

  static List<RunSpec> specs() {
    List<RunSpec> specs = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      specs.add(spec(seed));
    }
    return specs;
  }

  static RunStore store(Path folder) {
    return new RunStore(folder, name -> TrainingRunTest.parity(120, 80, 10, 3));
  }

  static TrainingRun run(Path folder) {
    RunData data = RunData.of(TrainingRunTest.parity(120, 80, 10, 3), spec(1));
    return new TrainingRun(spec(1), data, "none", 1, new RunFolder(folder), 0);
  }

  private static void sayAndWait(String line) {
    System.out.println(line);
    try {
      // At the end of the input it returns at once.
      System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Trains and says so line by line.
   *
   * @param arguments {@code train} for one run with a checkpoint after every epoch, or {@code
   *     share} for a store of runs; and the folder
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("train")) {
      RunResult result =
          run(folder)
              .execute(
                  true,
                  new RunListener() {
                    @Override
                    public void epochDone(EpochRecord record, boolean best) {
                      sayAndWait("epoch " + record.epoch());
                    }
                  },
                  () -> false);
      System.out.println("model " + result.modelSha256());
      return;
    }
    new RunScheduler(store(folder), 1, true)
        .run(
            specs(),
            new RunScheduler.Listener() {
              @Override
              public void started(RunSpec spec) {
                sayAndWait("trained " + spec.seed());
              }
            },
            () -> false)
        .forEach(
            (spec, result) ->
                System.out.println("result " + spec.seed() + " " + result.modelSha256()));
  }
}
