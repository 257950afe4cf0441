package bsl.spark;

import bsl.run.InputException;
import bsl.run.RunFailure;
import bsl.run.RunFiles;
import bsl.run.RunFolder;
import bsl.run.RunHeldException;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Brings many runs through the cluster. Each is a job of its own with one task, so that what
 * happens to one is nothing to the others. The loop submits, hears what Spark says, and takes what
 * has come back; all of it in one thread, which is the only one that writes into the driver's
 * store.
 */
final class RunJobs {
  /** A run that fails so often is given up. */
  private static final int MOST_FAILURES = 2;

  /** A run whose JVM is lost so often is given up: it may be what kills it. */
  private static final int MOST_LOSSES = 4;

  private static final long WAIT_MILLIS = 100;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** What went wrong with a run so far. */
  private static final class Mishaps {
    private int failures;
    private int losses;
  }

  /** A run that has come back and cannot be taken yet. */
  private record Arrived(RunSpec spec, RunOutcome outcome) {}

  private final SparkConnection spark;
  private final Goal goal;
  private final RunScheduler.Listener listener;
  private final BooleanSupplier closed;
  private final BooleanSupplier cancelled;
  private final Deque<RunSpec> waiting;
  private final Deque<RunSpec> held = new ArrayDeque<>();
  private final Set<RunSpec> toldHeld = new HashSet<>();
  private final Deque<Arrived> arrived = new ArrayDeque<>();
  private final Map<Long, Flight> flights = new LinkedHashMap<>();
  private final Map<RunSpec, Mishaps> mishaps = new HashMap<>();
  private long flightsBegun;
  private long lastLook;
  private final IdleWatch watch = new IdleWatch(System.nanoTime());

  /**
   * @param runs in the order in which to begin
   * @param closed once true, no run is begun any more
   * @param cancelled once true, runs are broken off
   */
  RunJobs(
      SparkConnection spark,
      Goal goal,
      List<RunSpec> runs,
      RunScheduler.Listener listener,
      BooleanSupplier closed,
      BooleanSupplier cancelled) {
    this.spark = spark;
    this.goal = goal;
    this.listener = listener;
    this.closed = closed;
    this.cancelled = cancelled;
    this.waiting = new ArrayDeque<>(runs);
  }

  /** Returns when all runs are done or given up, or when there is to be no more. */
  void run() {
    try {
      while (!isOver()) {
        if (cancelled.getAsBoolean()) {
          land();
          return;
        }
        if (closed.getAsBoolean()) {
          callOffWhatHasNotBegun();
        }
        requireConnection();
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while runs were trained", e);
    } finally {
      breakOff();
    }
  }

  private void step() throws InterruptedException {
    try {
      look();
      submit();
      hear(WAIT_MILLIS);
      boolean idle = !flights.isEmpty() && flights.values().stream().noneMatch(Flight::isStarted);
      watch.look(idle, System.nanoTime()).ifPresent(spark::nobodyWorks);
      land();
    } catch (RuntimeException e) {
      requireStopped(e);
    }
  }

  /**
   * Spark fails in various ways while its connection ends, which the loop asks next. Anything else
   * is thrown.
   */
  private void requireStopped(RuntimeException failure) {
    if (failure instanceof InputException || !spark.isStopped()) {
      throw failure;
    }
  }

  private boolean isOver() {
    return waiting.isEmpty() && held.isEmpty() && arrived.isEmpty() && flights.isEmpty();
  }

  /**
   * Spark ends the connection by itself when the process is told to end. Whoever may cancel hears
   * of that at the same time, but not always first.
   */
  private void requireConnection() throws InterruptedException {
    if (!spark.isStopped()) {
      return;
    }
    long start = System.nanoTime();
    while (!cancelled.getAsBoolean()) {
      if (!SparkConnection.isEnding() || System.nanoTime() - start > PATIENCE_NANOS) {
        throw new InputException("the cluster has ended the connection; what is finished is kept");
      }
      spark.events().next(WAIT_MILLIS);
    }
  }

  private void callOffWhatHasNotBegun() {
    waiting.clear();
    held.clear();
    flights.values().stream().filter(flight -> !flight.isStarted()).forEach(Flight::cancel);
  }

  /** Looks again, now and then, at what others are at work on. */
  private void look() {
    if (System.nanoTime() - lastLook < LOOK_NANOS) {
      return;
    }
    lastLook = System.nanoTime();
    waiting.addAll(held);
    held.clear();
    for (int n = arrived.size(); n > 0; n--) {
      take(arrived.poll());
    }
  }

  private void submit() {
    int most = 2 * spark.lanes();
    while (flights.size() < most && !waiting.isEmpty() && !spark.isStopped()) {
      RunSpec spec = waiting.poll();
      try {
        submitUnlessThere(spec);
      } catch (InputException e) {
        giveUp(spec, e.getMessage());
      }
    }
  }

  private void submitUnlessThere(RunSpec spec) {
    if (goal.isThere(spec)) {
      return;
    }
    Optional<String> holder = new RunFolder(goal.store().folder(spec)).holder();
    if (holder.isPresent()) {
      held.add(spec);
      tellHeld(spec, holder.get());
    } else {
      submit(spec);
    }
  }

  private void tellHeld(RunSpec spec, String holder) {
    if (toldHeld.add(spec)) {
      synchronized (listener) {
        listener.heldByOther(spec, holder);
      }
    }
  }

  private void submit(RunSpec spec) {
    // First what may fail for this run.
    Broadcast<WorkerData> data = spark.data(goal.store(), spec);
    Broadcast<LinkedHashMap<String, byte[]>> before = before(spec);
    long number = ++flightsBegun;
    StepAccumulator progress = new StepAccumulator();
    spark.context().sc().register(progress);
    spark.events().follow(progress, number);
    RunTask task = new RunTask(data, before, progress);
    String name = goal.store().folder(spec).getFileName().toString();
    spark.context().setLocalProperty(SparkEvents.FLIGHT, Long.toString(number));
    spark.context().setLocalProperty("spark.job.description", name);
    JavaFutureAction<List<RunOutcome>> job =
        spark.context().parallelize(List.of(goal.order(spec)), 1).map(task).collectAsync();
    flights.put(number, new Flight(spec, progress, before, job));
  }

  private Broadcast<LinkedHashMap<String, byte[]>> before(RunSpec spec) {
    if (!goal.sendsBefore()) {
      return null;
    }
    RunFiles files = RunFiles.ofUnfinished(goal.store().folder(spec));
    return files.isEmpty() ? null : spark.context().broadcast(new LinkedHashMap<>(files.asMap()));
  }

  private void hear(long millis) throws InterruptedException {
    Optional<SparkEvents.Event> event = spark.events().next(millis);
    while (event.isPresent()) {
      Flight flight = flights.get(event.get().flight());
      if (flight != null) {
        hear(event.get(), flight);
      }
      event = spark.events().next(0);
    }
  }

  private void hear(SparkEvents.Event event, Flight flight) {
    synchronized (listener) {
      switch (event.kind()) {
        case STARTED -> {
          flight.start();
          listener.started(flight.spec());
        }
        case STEPPED -> {
          listener.trained(flight.spec(), event.step().epochs());
          listener.progressed(flight.spec(), event.step().share());
        }
        case ENDED -> flight.end();
        case JOB_ENDED -> {}
      }
    }
  }

  private void land() throws InterruptedException {
    List<Flight> landed = new ArrayList<>();
    for (Iterator<Flight> all = flights.values().iterator(); all.hasNext(); ) {
      Flight flight = all.next();
      if (flight.isDone()) {
        all.remove();
        spark.events().leave(flight.progress());
        forget(flight);
        landed.add(flight);
      }
    }
    for (Flight flight : landed) {
      Optional<RunOutcome> outcome = flight.outcome();
      if (outcome.isPresent()) {
        spark.seen(outcome.get().worker());
        take(new Arrived(flight.spec(), outcome.get()));
      } else if (!cancelled.getAsBoolean() && !flight.isCancelled() && !spark.isStopped()) {
        lost(flight.spec(), flight.loss());
      }
    }
  }

  private void forget(Flight flight) {
    try {
      flight.forget();
    } catch (RuntimeException e) {
      requireStopped(e);
    }
  }

  private void take(Arrived run) {
    RunOutcome outcome = run.outcome();
    try {
      switch (outcome.kind()) {
        case DONE -> goal.done(run.spec(), outcome);
        case CANCELLED -> waiting.addFirst(run.spec());
        case DIVERGED -> goal.diverged(run.spec(), outcome);
        case FAILED -> failed(run.spec(), on(outcome.worker()) + outcome.message());
      }
    } catch (RunHeldException e) {
      tellHeld(run.spec(), e.holder());
      arrived.add(run);
    } catch (InputException e) {
      failed(run.spec(), on(outcome.worker()) + e.getMessage());
    }
  }

  private static String on(Worker worker) {
    return "on " + worker.host() + ", executor " + worker.executor() + ": ";
  }

  private Mishaps mishaps(RunSpec spec) {
    return mishaps.computeIfAbsent(spec, any -> new Mishaps());
  }

  private void failed(RunSpec spec, String why) {
    if (++mishaps(spec).failures < MOST_FAILURES) {
      again(spec, "failed " + why);
    } else {
      giveUp(spec, "failed twice, now " + why);
    }
  }

  private void lost(RunSpec spec, String why) {
    if (isDropped(why)) {
      giveUp(spec, "was trained, but Spark drops its result: " + why);
    } else if (++mishaps(spec).losses < MOST_LOSSES) {
      again(spec, "was lost: " + why);
    } else {
      giveUp(spec, "lost " + MOST_LOSSES + " times, now: " + why);
    }
  }

  /**
   * Whether a result came to its end and is larger than the user lets Spark take. It would be so
   * again after another training.
   *
   * @param why what Spark says, which names the setting
   */
  static boolean isDropped(String why) {
    return why.contains(SparkSettings.RESULT_LIMIT);
  }

  private void again(RunSpec spec, String why) {
    String name = goal.store().folder(spec).getFileName().toString();
    if (closed.getAsBoolean()) {
      spark.notice("run " + name + " " + why);
    } else {
      spark.notice("run " + name + " " + why + "; it is trained again");
      waiting.addFirst(spec);
    }
  }

  private void giveUp(RunSpec spec, String why) {
    RunFailure failure = new RunFailure(spec, why);
    spark.notice("run " + failure.text());
    goal.failed(failure);
  }

  /** What failed or was lost meanwhile may have been so because it was broken off. */
  private void takeWhatIsDone() throws InterruptedException {
    for (Flight flight : flights.values()) {
      Optional<RunOutcome> outcome = flight.isDone() ? flight.outcome() : Optional.empty();
      if (outcome.isPresent() && outcome.get().kind() == RunOutcome.Kind.DONE) {
        take(new Arrived(flight.spec(), outcome.get()));
      }
    }
  }

  /**
   * Cancels what is in the cluster. In a shared store the workers then write checkpoints, which is
   * waited for. What comes to its end meanwhile is taken.
   */
  private void breakOff() {
    flights.values().forEach(Flight::cancel);
    long start = System.nanoTime();
    try {
      while (flights.values().stream().anyMatch(Flight::isRunning)
          && !spark.isStopped()
          && System.nanoTime() - start < PATIENCE_NANOS) {
        hear(WAIT_MILLIS);
      }
      takeWhatIsDone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    flights
        .values()
        .forEach(
            flight -> {
              spark.events().leave(flight.progress());
              forget(flight);
            });
    flights.clear();
  }
}
