package bsl.spark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger tasks = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public void onTaskStart() {
      if (tasks.incrementAndGet() > 1) {
        try {
          end.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void shutdown() {
      end.countDown();
    }
  }
}
