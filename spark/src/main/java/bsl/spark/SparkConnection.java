package bsl.spark;

import bsl.run.InputException;
import bsl.run.RunEngineKind;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A connection to a cluster, with what has been sent there. */
final class SparkConnection implements AutoCloseable {
  private static final String LOGGING = "log4j2.configurationFile";
  private static final long LOOK_MILLIS = 250;
  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";

  private final RunEngineKind.Options options;
  private final JavaSparkContext context;
  private final SparkEvents events = new SparkEvents();
  private final Map<String, Broadcast<WorkerData>> data = new HashMap<>();
  private final Map<Path, SharedFolder> shared = new HashMap<>();
  private boolean scalarTold;
  private int lanes = 1;

  /**
   * Connects, and waits for the first worker, unless there are workers only for jobs.
   *
   * @throws InputException if there is no such cluster
   * @throws IllegalStateException if the thread is interrupted meanwhile; it stays interrupted
   */
  SparkConnection(RunEngineKind.Options options) {
    // An interrupted thread cannot load Log4j's classes, and a JVM does not try twice.
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(null);
    }
    this.options = options;
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "classpath:bsl/spark/log4j2.properties");
    }
    SparkConf conf = SparkSettings.of(options);
    context = connect(conf);
    try {
      context.sc().addSparkListener(events);
      awaitWorker(conf.getBoolean(DYNAMIC, false));
    } catch (Throwable e) {
      closeAfter(e);
      throw e;
    }
  }

  /** Nobody else could close it, and a JVM has one context at a time. */
  private void closeAfter(Throwable failure) {
    try {
      closeContext();
    } catch (Exception e) {
      // Scala's methods throw checked exceptions that they do not declare.
      failure.addSuppressed(e);
    }
  }

  /** Spark waits while it closes, which an interrupted thread cannot. */
  private void closeContext() {
    boolean interrupted = Thread.interrupted();
    try {
      context.close();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static JavaSparkContext connect(SparkConf conf) {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception | LinkageError e) {
      // Scala's methods throw checked exceptions that they do not declare.
      if (e instanceof InterruptedException) {
        throw interrupted(e);
      }
      throw new InputException(refusal(conf.get("spark.master"), e), e);
    }
  }

  /** Why there is no connection: for the address, unless Spark cannot do with this Java. */
  static String refusal(String master, Throwable failure) {
    return ofJava(failure)
        .map(
            cause ->
                "--engine spark: this Spark does not run on Java "
                    + System.getProperty("java.version")
                    + " ("
                    + firstLine(cause)
                    + "); set JAVA_HOME to a JDK 17 or 21, here and on the workers")
        .orElseGet(() -> "--master " + master + ": cannot be used: " + firstLine(failure));
  }

  /**
   * What says that Spark needs something of Java that this one does not have. Hadoop's client in
   * Spark 4.0 asks {@code Subject.getSubject} who the user is, which throws from Java 23 on and is
   * to be removed. No version is looked at: Spark is the user's, and another one may do without.
   */
  private static Optional<Throwable> ofJava(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean missing =
          cause instanceof UnsupportedOperationException || cause instanceof NoSuchMethodError;
      if (missing && firstLine(cause).contains("getSubject")) {
        return Optional.of(cause);
      }
    }
    return Optional.empty();
  }

  private static IllegalStateException interrupted(Throwable cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while the cluster was waited for", cause);
  }

  /** What a failure says, on one line. */
  static String firstLine(Throwable failure) {
    return Optional.ofNullable(failure.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .filter(line -> !line.isEmpty())
        .orElse(failure.getClass().getName());
  }

  /**
   * @param dynamic whether the cluster gives workers to jobs that wait for them; there are none
   *     before a job then
   */
  private void awaitWorker(boolean dynamic) {
    if (context.isLocal() || dynamic) {
      return;
    }
    IdleWatch watch = new IdleWatch(System.nanoTime());
    // The driver is listed, too. It keeps this list itself, so that nothing is waited for.
    while (context.sc().statusTracker().getExecutorInfos().length < 2) {
      if (isStopped()) {
        throw new InputException(
            isEnding()
                ? "interrupted while the cluster was waited for"
                : "--master " + context.master() + ": the cluster cannot be reached");
      }
      watch.look(true, System.nanoTime()).ifPresent(this::nobodyWorks);
      pause();
    }
    int cores;
    do {
      cores = context.defaultParallelism();
      pause();
    } while (cores < context.defaultParallelism());
  }

  /** Says that no worker has taken the work for some seconds. */
  void nobodyWorks(long seconds) {
    notice(
        "no worker of "
            + context.master()
            + " has taken the work for "
            + seconds
            + " s; has one enough free cores ("
            + SparkSettings.TASK_CPUS
            + ") and memory (spark.executor.memory), and do executors start there? The worker's log"
            + " says");
  }

  /** Whether this JVM is going down: it takes no hooks then. */
  static boolean isEnding() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static void pause() {
    try {
      new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Runs that the workers of now train at a time; of the last that there were, once it has ended.
   */
  int lanes() {
    try {
      int cores = context.defaultParallelism();
      lanes = Math.max(1, cores / context.getConf().getInt(SparkSettings.TASK_CPUS, 1));
    } catch (IllegalStateException e) {
      if (!isStopped()) {
        throw e;
      }
    }
    return lanes;
  }

  JavaSparkContext context() {
    return context;
  }

  SparkEvents events() {
    return events;
  }

  /** Whether the connection has ended. */
  boolean isStopped() {
    return context.sc().isStopped();
  }

  /** Whether the models of all runs are wanted. */
  boolean allModels() {
    return options.allModels();
  }

  /** Tells the user something. */
  void notice(String message) {
    options.notices().accept(message);
  }

  /** Says once if a worker is slower than it need be. */
  void seen(Worker worker) {
    if (worker.scalar() && !scalarTold) {
      scalarTold = true;
      notice(
          "warning: the worker on "
              + worker.host()
              + " trains without vectors, several times slower and to the same bits; does its JVM have"
              + " the module jdk.incubator.vector?");
    }
  }

  /** A run's data set, sent once for all of its runs. */
  Broadcast<WorkerData> data(RunStore store, RunSpec spec) {
    String key = spec.dataset() + store.data(spec).digests();
    return data.computeIfAbsent(key, any -> context.broadcast(workerData(store, spec)));
  }

  private WorkerData workerData(RunStore store, RunSpec spec) {
    Map<String, Object> dataImport = store.data(spec).dataImport();
    Optional<Path> directory = options.sharedData();
    return directory.isPresent()
        ? new ReadData(spec.dataset(), directory.get(), dataImport)
        : new SentData(store.split(spec), dataImport);
  }

  /** The store that workers write into, if they see it. */
  Optional<SharedFolder> shared(RunStore store) {
    return options.sharedRuns()
        ? Optional.of(shared.computeIfAbsent(store.folder(), SharedFolder::new))
        : Optional.empty();
  }

  @Override
  public void close() {
    shared.values().forEach(SharedFolder::close);
    closeContext();
  }
}
