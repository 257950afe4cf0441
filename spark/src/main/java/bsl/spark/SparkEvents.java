package bsl.spark;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import scala.collection.Iterator;

/**
 * What Spark's scheduler says of the tasks of runs. Spark calls it from a thread of its own; it
 * only puts aside what it hears, so that the driver's loop takes all in order.
 */
final class SparkEvents extends SparkListener {
  /** The job's property with the number of its flight. */
  static final String FLIGHT = "bsl.flight";

  /** What happened. */
  enum Kind {
    STARTED,
    STEPPED,
    ENDED,
    JOB_ENDED
  }

  /**
   * Something that happened.
   *
   * @param flight the number of the flight
   * @param step how far the run is; null unless {@code STEPPED}
   */
  record Event(Kind kind, long flight, RunStep step) {}

  private final Map<Integer, Long> byStage = new ConcurrentHashMap<>();
  private final Map<Integer, Long> byJob = new ConcurrentHashMap<>();
  private final Map<Long, Long> byAccumulator = new ConcurrentHashMap<>();
  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();

  /** Says whose progress an accumulator has. */
  void follow(StepAccumulator progress, long flight) {
    byAccumulator.put(progress.id(), flight);
  }

  /** The opposite of {@link #follow}. */
  void leave(StepAccumulator progress) {
    byAccumulator.remove(progress.id());
  }

  /** The next event, if there is one before long. */
  Optional<Event> next(long millis) throws InterruptedException {
    return Optional.ofNullable(queue.poll(millis, TimeUnit.MILLISECONDS));
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    String flight = job.properties() == null ? null : job.properties().getProperty(FLIGHT);
    if (flight != null) {
      long number = Long.parseLong(flight);
      byJob.put(job.jobId(), number);
      Iterator<Object> stages = job.stageIds().iterator();
      while (stages.hasNext()) {
        byStage.put((Integer) stages.next(), number);
      }
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd job) {
    add(Kind.JOB_ENDED, byJob.remove(job.jobId()), null);
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    add(Kind.STARTED, byStage.get(task.stageId()), null);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    TaskInfo info = task.taskInfo();
    add(Kind.ENDED, byStage.get(task.stageId()), null);
    if (info != null && info.successful()) {
      byStage.remove(task.stageId());
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    update
        .accumUpdates()
        .foreach(
            task -> {
              task._4().foreach(this::step);
              return null;
            });
  }

  private Object step(AccumulableInfo info) {
    Long flight = byAccumulator.get(info.id());
    if (flight != null && info.update().isDefined() && info.update().get() instanceof RunStep s) {
      add(Kind.STEPPED, flight, s);
    }
    return null;
  }

  private void add(Kind kind, Long flight, RunStep step) {
    if (flight != null) {
      queue.add(new Event(kind, flight, step));
    }
  }
}
