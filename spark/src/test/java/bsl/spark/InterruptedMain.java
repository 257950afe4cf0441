package bsl.spark;

import bsl.run.RunEngineKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;

/** A driver that is interrupted before, while and after it waits for workers, each time anew. */
final class InterruptedMain {
  private static final AtomicReference<Thread> WAITING = new AtomicReference<>();

  private InterruptedMain() {}

  /** Interrupts the driver as soon as there is a worker, once. */
  public static final class Interruption extends SparkListener {
    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
      Thread waiting = WAITING.getAndSet(null);
      if (waiting != null) {
        waiting.interrupt();
      }
    }
  }

  /** Arguments: Spark's settings. */
  public static void main(String[] arguments) {
    Map<String, String> conf = new HashMap<>();
    for (String one : arguments) {
      int equals = one.indexOf('=');
      conf.put(one.substring(0, equals), one.substring(equals + 1));
    }
    conf.put("spark.extraListeners", Interruption.class.getName());
    RunEngineKind.Options options =
        new RunEngineKind.Options(
            Optional.empty(), conf, false, Optional.empty(), true, notice -> {});
    // Before.
    Thread.currentThread().interrupt();
    connect(options);
    // While it waits for a worker.
    WAITING.set(Thread.currentThread());
    connect(options);
    // After, by itself.
    connect(options);
  }

  /** Whatever came of the engine, Spark refuses a second context beside one that has not ended. */
  private static void connect(RunEngineKind.Options options) {
    try (SparkEngine engine = new SparkEngine(options)) {
      System.out.println("lanes " + engine.lanes());
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    System.out.println("interrupted " + Thread.interrupted());
    SparkConf second = new SparkConf().setAppName("second").setMaster("local[1]");
    try (JavaSparkContext context = new JavaSparkContext(second.set("spark.ui.enabled", "false"))) {
      System.out.println("second context on " + context.master());
    }
  }
}
