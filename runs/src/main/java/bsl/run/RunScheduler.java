package bsl.run;

import bsl.core.Interactions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 *
 * <p>Several processes can share the work on one store. Each trains runs that nobody else is
 * training, and in the end waits for those that others are. If another process ends without
 * finishing a run, it is trained here.
 */
public final class RunScheduler {
  /** Hears how it goes; called from several threads, one at a time. */
  public interface Listener {
    /**
     * A run begins, or goes on. Not called for a run that another process has finished meanwhile.
     */
    default void started(RunSpec spec) {}

    /**
     * A run is being trained by another process; other runs go first.
     *
     * @param holder who that is, for messages
     */
    default void heldByOther(RunSpec spec, String holder) {}

    /** A run has come this far. */
    default void progressed(RunSpec spec, double share) {}

    /** A run has trained so many epochs, those of earlier sessions among them. */
    default void trained(RunSpec spec, int epochs) {}

    /** A run is done, complete or not. */
    default void finished(RunSpec spec, RunResult result) {}
  }

  /** How often to look whether another process has finished a run. */
  private static final long LOOK_MILLIS = 500;

  /** Runs that are still to be trained: by nobody so far, or by others when last looked at. */
  private static final class Open {
    private final Deque<RunSpec> free;
    private final Deque<RunSpec> held = new ArrayDeque<>();
    private final Set<RunSpec> known = new HashSet<>();

    Open(List<RunSpec> runs) {
      free = new ArrayDeque<>(runs);
    }

    /** The next run to try: free ones first, then those that others held. Null if none is left. */
    synchronized RunSpec next() {
      return free.isEmpty() ? held.poll() : free.poll();
    }

    /** Takes back a run that somebody else holds; says whether that is news. */
    synchronized boolean heldByOther(RunSpec spec) {
      held.add(spec);
      return known.add(spec);
    }

    /** Waits a moment if only runs are left that others hold. */
    synchronized void pause() throws InterruptedException {
      if (free.isEmpty()) {
        wait(LOOK_MILLIS);
      }
    }
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
   * About how long some epochs of a run take on one core of a typical machine.
   *
   * @param from epochs that are done
   * @param to epochs that are to be done
   */
  public double secondsBetween(RunSpec spec, double from, double to) {
    Interactions train = store.split(spec).train();
    double share = RunCost.share(spec, train, to) - RunCost.share(spec, train, from);
    return share * RunCost.seconds(spec, train);
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
    Map<RunSpec, RunResult> results =
        schedule(
            order(runs),
            () -> false,
            cancelled,
            (spec, perRun, stop) -> {
              TrainingRun run = store.run(spec, spec.preset(), perRun);
              RunResult result = execute(spec, run, listener, stop);
              synchronized (listener) {
                listener.finished(spec, result);
              }
              return result.complete() ? Optional.of(result) : Optional.empty();
            },
            listener);
    Map<RunSpec, RunResult> inOrder = new LinkedHashMap<>();
    for (RunSpec spec : runs) {
      if (results.containsKey(spec)) {
        inOrder.put(spec, results.get(spec));
      }
    }
    return inOrder;
  }

  /** Executes a run and says of one that diverges which it is. */
  private RunResult execute(
      RunSpec spec, TrainingRun run, Listener listener, BooleanSupplier stop) {
    try {
      return run.execute(resume, steps(spec, run, listener), stop);
    } catch (DivergedException e) {
      throw new DivergedException(store.folder(spec).getFileName() + ": " + e.getMessage(), e);
    }
  }

  /** Hears how it goes with runs that are advanced; called from several threads, one at a time. */
  public interface AdvanceListener extends Listener {
    /**
     * A run has come to where it was to come.
     *
     * @param curve its learning curve so far
     * @param seconds how long it took now
     */
    default void advanced(RunSpec spec, List<EpochRecord> curve, double seconds) {}

    /** A run's training has diverged. */
    default void diverged(RunSpec spec, DivergedException failure, double seconds) {}
  }

  /**
   * Brings runs up to an epoch and leaves them there; see {@link TrainingRun#advance}. They are
   * begun in the order in which they are given. One that diverges does not keep the others.
   *
   * @param epochs how far each run is to come, in the order of their beginning
   * @param listener hears how it goes
   * @param closed asked before a run is begun; once true, the rest is left and running ones come to
   *     where they were to come
   * @param cancelled asked often; once true, running runs keep what they have and the rest is left
   * @throws InputException if a run cannot be trained; the others are broken off as if cancelled
   */
  public void advance(
      Map<RunSpec, Integer> epochs,
      AdvanceListener listener,
      BooleanSupplier closed,
      BooleanSupplier cancelled) {
    schedule(
        List.copyOf(epochs.keySet()),
        closed,
        cancelled,
        (spec, perRun, stop) -> {
          advance(spec, epochs.get(spec), perRun, listener, stop);
          return Optional.empty();
        },
        listener);
  }

  private void advance(
      RunSpec spec, int epochs, int perRun, AdvanceListener listener, BooleanSupplier stop) {
    long start = System.nanoTime();
    TrainingRun run = store.run(spec, spec.preset(), perRun);
    try {
      List<EpochRecord> curve = run.advance(epochs, steps(spec, run, listener), stop);
      if (curve.size() >= epochs || !stop.getAsBoolean()) {
        synchronized (listener) {
          listener.advanced(spec, curve, seconds(start));
        }
      }
    } catch (DivergedException e) {
      synchronized (listener) {
        listener.diverged(spec, e, seconds(start));
      }
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Does something to a run on so many threads, until it is told to stop. */
  private interface Work<R> {
    Optional<R> on(RunSpec spec, int threads, BooleanSupplier stop);
  }

  private <R> Map<RunSpec, R> schedule(
      List<RunSpec> runs,
      BooleanSupplier closed,
      BooleanSupplier cancelled,
      Work<R> work,
      Listener listener) {
    Open open = new Open(runs);
    int lanes = Math.max(1, Math.min(threads, runs.size()));
    int perRun = Math.max(1, threads / lanes);
    AtomicBoolean failed = new AtomicBoolean();
    BooleanSupplier stop = () -> failed.get() || cancelled.getAsBoolean();
    Map<RunSpec, R> results = new ConcurrentHashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(lanes);
    try {
      List<Future<?>> lanesDone = new ArrayList<>();
      for (int lane = 0; lane < lanes; lane++) {
        lanesDone.add(
            pool.submit(
                () -> {
                  try {
                    work(open, perRun, listener, closed, stop, work, results);
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
    return results;
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

  private <R> void work(
      Open open,
      int perRun,
      Listener listener,
      BooleanSupplier closed,
      BooleanSupplier stop,
      Work<R> work,
      Map<RunSpec, R> results) {
    while (!stop.getAsBoolean() && !closed.getAsBoolean()) {
      RunSpec spec = open.next();
      if (spec == null) {
        return;
      }
      // Asked first, because making a run ready takes a while.
      Optional<String> holder = new RunFolder(store.folder(spec)).holder();
      if (holder.isPresent()) {
        leave(spec, holder.get(), open, listener);
        continue;
      }
      try {
        work.on(spec, perRun, stop).ifPresent(result -> results.put(spec, result));
      } catch (RunHeldException e) {
        leave(spec, e.holder(), open, listener);
      }
    }
  }

  private static void leave(RunSpec spec, String holder, Open open, Listener listener) {
    if (open.heldByOther(spec)) {
      synchronized (listener) {
        listener.heldByOther(spec, holder);
      }
    }
    try {
      open.pause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another process trained a run", e);
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
          listener.started(spec);
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
