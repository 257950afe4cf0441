package bsl.spark;

import bsl.run.EpochRecord;
import bsl.run.RunEngine;
import bsl.run.RunEngineKind;
import bsl.run.RunFailure;
import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.RunsFailedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A driver as a process of its own: trains the runs of {@link Sweeps} and says what it hears. */
final class SweepMain {
  private SweepMain() {}

  private static synchronized void say(String what) {
    System.out.println(what);
  }

  /**
   * Arguments: name of the sweep, store, then {@code shared}, {@code to=EPOCH} or Spark's settings.
   */
  public static void main(String[] arguments) {
    List<String> rest = Arrays.asList(arguments).subList(2, arguments.length);
    Map<String, String> conf = new LinkedHashMap<>();
    int to = 0;
    for (String one : rest) {
      int equals = one.indexOf('=');
      if (one.startsWith("to=")) {
        to = Integer.parseInt(one.substring(3));
      } else if (equals > 0) {
        conf.put(one.substring(0, equals), one.substring(equals + 1));
      }
    }
    RunEngineKind.Options options =
        new RunEngineKind.Options(
            Optional.empty(),
            conf,
            rest.contains("shared"),
            Optional.empty(),
            true,
            notice -> say("notice " + notice));
    AtomicBoolean stop = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop.set(true)));
    RunStore store = Sweeps.store(Path.of(arguments[1]));
    List<RunSpec> runs = Sweeps.named(arguments[0]);
    try (RunEngine engine = RunEngineKind.find("spark").orElseThrow().open(options)) {
      RunScheduler scheduler = new RunScheduler(store, engine, true);
      if (to > 0) {
        Map<RunSpec, Integer> epochs = new LinkedHashMap<>();
        for (RunSpec run : runs) {
          epochs.put(run, to);
        }
        scheduler.advance(epochs, new Saying(store), () -> false, stop::get);
      } else {
        train(scheduler, runs, store, stop);
      }
    }
  }

  private static void train(
      RunScheduler scheduler, List<RunSpec> runs, RunStore store, AtomicBoolean stop) {
    try {
      scheduler.run(runs, new Saying(store), stop::get);
      say("end");
    } catch (RunsFailedException e) {
      e.failures().forEach(failure -> say("reported " + failure.text()));
      e.results().forEach((spec, result) -> say("kept " + store.id(spec)));
    }
  }

  /** Says what it hears. */
  private static final class Saying implements RunScheduler.AdvanceListener {
    private final RunStore store;

    Saying(RunStore store) {
      this.store = store;
    }

    @Override
    public void started(RunSpec spec) {
      say("started " + store.id(spec));
    }

    @Override
    public void trained(RunSpec spec, int epochs) {
      say("trained " + epochs);
    }

    @Override
    public void finished(RunSpec spec, RunResult result) {
      say("finished " + store.id(spec) + " " + result.modelSha256());
    }

    @Override
    public void advanced(RunSpec spec, List<EpochRecord> curve, int from, double seconds) {
      say("advanced " + store.id(spec) + " " + curve.size());
    }

    @Override
    public void failed(RunFailure failure) {
      say("failed " + store.id(failure.spec()));
    }
  }
}
