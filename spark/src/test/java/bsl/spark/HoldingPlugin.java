package bsl.spark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/** Lets each executor do one task and holds all others, so that a job is sure not to end. */
public final class HoldingPlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Holding();
  }

  private static final class Holding implements ExecutorPlugin {
    private static final long LOOK_MILLIS = 100;

    private final AtomicInteger tasks = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public void onTaskStart() {
      if (tasks.incrementAndGet() > 1) {
        try {
          hold(TaskContext.get());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    /** A task that is cancelled just before it starts is marked, and its thread not interrupted. */
    private void hold(TaskContext task) throws InterruptedException {
      boolean ended = false;
      while (!ended && !task.isInterrupted()) {
        ended = end.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void shutdown() {
      end.countDown();
    }
  }
}
