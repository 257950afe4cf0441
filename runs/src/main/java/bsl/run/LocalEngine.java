package bsl.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Trains runs on the cores of this machine, as many at a time as there are threads, one thread
 * each, or several where there are few runs. That keeps all cores busy where a single run would
 * wait at barriers, and changes no result, because a run gives the same bits on any number of
 * threads. A run that diverges, or cannot be trained for another reason of its own, does not keep
 * the others.
 *
 * <p>Several processes can share the work on one store. Each trains runs that nobody else is
 * training, and in the end waits for those that others are. If another process ends without
 * finishing a run, it is trained here.
 */
public final class LocalEngine implements RunEngine {
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

  private final int threads;
  private final LongSupplier nanoTime;

  /**
   * @param threads threads to use
   * @throws IllegalArgumentException if it is below 1
   */
  public LocalEngine(int threads) {
    this(threads, System::nanoTime);
  }

  LocalEngine(int threads, LongSupplier nanoTime) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
    this.threads = threads;
    this.nanoTime = nanoTime;
  }

  @Override
  public int lanes() {
    return threads;
  }

  @Override
  public int mostThreadsPerRun() {
    return threads;
  }

  @Override
  public Map<RunSpec, RunResult> train(
      Job job, RunScheduler.Listener listener, BooleanSupplier cancelled) {
    Map<RunSpec, RunFailure> failures = new ConcurrentHashMap<>();
    Map<RunSpec, RunResult> results =
        schedule(
            job.store(),
            job.runs(),
            () -> false,
            cancelled,
            orFailed(
                (spec, perRun, stop) -> trained(spec, perRun, job, listener, stop),
                failure -> failures.put(failure.spec(), failure),
                listener),
            listener);
    if (!failures.isEmpty()) {
      throw new RunsFailedException(
          job.runs().stream().filter(failures::containsKey).map(failures::get).toList(), results);
    }
    return results;
  }

  private static Optional<RunResult> trained(
      RunSpec spec,
      int threads,
      RunEngine.Job job,
      RunScheduler.Listener listener,
      BooleanSupplier stop) {
    TrainingRun run = job.store().run(spec, spec.preset(), threads);
    RunResult result =
        run.execute(job.resume(), new StepListener(spec, run::share, listener), stop);
    synchronized (listener) {
      listener.finished(spec, result);
    }
    return result.complete() ? Optional.of(result) : Optional.empty();
  }

  @Override
  public void advance(
      RunStore store,
      Map<RunSpec, Integer> epochs,
      RunScheduler.AdvanceListener listener,
      BooleanSupplier closed,
      BooleanSupplier cancelled) {
    schedule(
        store,
        List.copyOf(epochs.keySet()),
        closed,
        cancelled,
        orFailed(
            (spec, perRun, stop) -> {
              TrainingRun run = store.run(spec, spec.preset(), perRun);
              advance(spec, epochs.get(spec), run, perRun, listener, stop);
              return Optional.empty();
            },
            failure -> {},
            listener),
        listener);
  }

  /** The same, but that a run which cannot be trained is told of and does not end the others. */
  private static <R> Work<R> orFailed(
      Work<R> work, Consumer<RunFailure> failures, RunScheduler.Listener listener) {
    return (spec, perRun, stop) -> {
      try {
        return work.on(spec, perRun, stop);
      } catch (RunHeldException e) {
        throw e;
      } catch (InputException e) {
        RunFailure failure = new RunFailure(spec, e.getMessage());
        failures.accept(failure);
        synchronized (listener) {
          listener.failed(failure);
        }
        return Optional.empty();
      }
    };
  }

  /** There is nothing to give back. */
  @Override
  public void close() {}

  private void advance(
      RunSpec spec,
      int epochs,
      TrainingRun run,
      int perRun,
      RunScheduler.AdvanceListener listener,
      BooleanSupplier stop) {
    long start = nanoTime.getAsLong();
    try {
      StepListener steps = new StepListener(spec, run::share, listener);
      List<EpochRecord> curve = run.advance(epochs, steps, stop);
      double seconds = seconds(start, perRun);
      if (curve.size() >= epochs || !stop.getAsBoolean()) {
        OptionalInt from = steps.begunAt();
        synchronized (listener) {
          listener.advanced(spec, curve, from.orElse(curve.size()), from.isPresent() ? seconds : 0);
        }
      }
    } catch (DivergedException e) {
      double seconds = seconds(start, perRun);
      synchronized (listener) {
        listener.diverged(spec, e, seconds);
      }
    }
  }

  /** Of all threads together. They wait for each other, so it is more than one thread takes. */
  private double seconds(long start, int perRun) {
    return perRun * (nanoTime.getAsLong() - start) / 1e9;
  }

  /** Does something to a run on so many threads, until it is told to stop. */
  private interface Work<R> {
    Optional<R> on(RunSpec spec, int threads, BooleanSupplier stop);
  }

  private <R> Map<RunSpec, R> schedule(
      RunStore store,
      List<RunSpec> runs,
      BooleanSupplier closed,
      BooleanSupplier cancelled,
      Work<R> work,
      RunScheduler.Listener listener) {
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
                    work(store, open, perRun, listener, closed, stop, work, results);
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
    Throwable first = null;
    for (Future<?> lane : lanes) {
      try {
        lane.get();
      } catch (ExecutionException e) {
        first = first == null ? e.getCause() : first;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while runs were trained", e);
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw (RuntimeException) first;
    }
  }

  private static <R> void work(
      RunStore store,
      Open open,
      int perRun,
      RunScheduler.Listener listener,
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

  private static void leave(
      RunSpec spec, String holder, Open open, RunScheduler.Listener listener) {
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
}
