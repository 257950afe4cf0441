package bsl.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Trains many runs: the longest first, as many at a time as there are threads, one thread each.
 * That keeps all cores busy where a single run would wait at barriers, and changes no result,
 * because a run gives the same bits on any number of threads.
 */
public final class RunScheduler {
  /** Hears how it goes; called from several threads, one at a time. */
  public interface Listener {
    /** A run is about to begin, or to go on. */
    default void started(RunSpec spec) {}

    /** A run has come this far. */
    default void progressed(RunSpec spec, double share) {}

    /** A run has trained so many epochs, those of earlier sessions among them. */
    default void trained(RunSpec spec, int epochs) {}

    /** A run is done, complete or not. */
    default void finished(RunSpec spec, RunResult result) {}
  }

  private final RunStore store;
  private final int threads;
  private final boolean resume;

  /**
   * @param store where runs are kept
   * @param threads threads to use, at least 1
   * @param resume whether to go on from checkpoints; without it, unfinished runs begin anew
   */
  public RunScheduler(RunStore store, int threads, boolean resume) {
    this.store = store;
    this.threads = threads;
    this.resume = resume;
  }

  /** The runs in the order in which they are begun: by estimated time, longest first. */
  public List<RunSpec> order(Collection<RunSpec> runs) {
    List<RunSpec> order = new ArrayList<>(runs);
    order.sort(Comparator.comparingDouble(this::estimatedSeconds).reversed());
    return order;
  }

  /** About how long a run takes on one core of a typical machine. */
  public double estimatedSeconds(RunSpec spec) {
    return RunCost.seconds(spec, store.split(spec).train());
  }

  /**
   * Trains runs.
   *
   * @param runs what to train
   * @param listener hears how it goes
   * @param cancelled asked often; once true, running runs keep what they have and the rest is left
   * @return the results of those that came to their end
   * @throws InputException if a run cannot be trained; the others are broken off as if cancelled
   */
  public Map<RunSpec, RunResult> run(
      Collection<RunSpec> runs, Listener listener, BooleanSupplier cancelled) {
    Deque<RunSpec> open = new ArrayDeque<>(order(runs));
    int lanes = Math.max(1, Math.min(threads, open.size()));
    int perRun = Math.max(1, threads / lanes);
    AtomicBoolean failed = new AtomicBoolean();
    BooleanSupplier stop = () -> failed.get() || cancelled.getAsBoolean();
    Map<RunSpec, RunResult> results = new ConcurrentHashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(lanes);
    try {
      List<Future<?>> lanesDone = new ArrayList<>();
      for (int lane = 0; lane < lanes; lane++) {
        lanesDone.add(
            pool.submit(
                () -> {
                  try {
                    work(open, perRun, listener, stop, results);
                  } catch (RuntimeException | Error e) {
                    failed.set(true);
                    throw e;
                  }
                }));
      }
      await(lanesDone);
    } finally {
      pool.shutdown();
    }
    Map<RunSpec, RunResult> inOrder = new LinkedHashMap<>();
    for (RunSpec spec : runs) {
      if (results.containsKey(spec)) {
        inOrder.put(spec, results.get(spec));
      }
    }
    return inOrder;
  }

  private static void await(List<Future<?>> lanes) {
    RuntimeException first = null;
    for (Future<?> lane : lanes) {
      try {
        lane.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        first = first == null ? (RuntimeException) e.getCause() : first;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while runs were trained", e);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void work(
      Deque<RunSpec> open,
      int perRun,
      Listener listener,
      BooleanSupplier stop,
      Map<RunSpec, RunResult> results) {
    while (!stop.getAsBoolean()) {
      RunSpec spec;
      synchronized (open) {
        spec = open.poll();
      }
      if (spec == null) {
        return;
      }
      synchronized (listener) {
        listener.started(spec);
      }
      TrainingRun run = store.run(spec, spec.preset(), perRun);
      RunResult result = run.execute(resume, steps(spec, run, listener), stop);
      if (result.complete()) {
        results.put(spec, result);
      }
      synchronized (listener) {
        listener.finished(spec, result);
      }
    }
  }

  /** Passes a run's progress on, a hundred times an epoch at most. */
  private static RunListener steps(RunSpec spec, TrainingRun run, Listener listener) {
    return new RunListener() {
      private int stepsPerEpoch;
      private int done;

      @Override
      public void started(int doneEpochs, int planned, int steps) {
        stepsPerEpoch = steps;
        done = doneEpochs;
        synchronized (listener) {
          listener.trained(spec, done);
        }
      }

      @Override
      public void stepped(int step) {
        if (step % Math.max(1, stepsPerEpoch / 100) == 0) {
          tell(done + (double) step / stepsPerEpoch);
        }
      }

      @Override
      public void epochDone(EpochRecord record, boolean best) {
        done = record.epoch();
        synchronized (listener) {
          listener.trained(spec, done);
        }
        tell(done);
      }

      private void tell(double epochsDone) {
        synchronized (listener) {
          listener.progressed(spec, run.share(epochsDone));
        }
      }
    };
  }
}
