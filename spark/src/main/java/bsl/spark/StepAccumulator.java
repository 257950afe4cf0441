package bsl.spark;

import org.apache.spark.util.AccumulatorV2;

/**
 * Carries a run's progress to the driver: Spark sends what accumulators hold with each heartbeat of
 * an executor. It holds the last step, and adds up nothing.
 */
final class StepAccumulator extends AccumulatorV2<RunStep, RunStep> {
  private static final long serialVersionUID = 1L;

  private RunStep last;

  @Override
  public synchronized boolean isZero() {
    return last == null;
  }

  @Override
  public synchronized StepAccumulator copy() {
    StepAccumulator copy = new StepAccumulator();
    copy.last = last;
    return copy;
  }

  @Override
  public synchronized void reset() {
    last = null;
  }

  @Override
  public synchronized void add(RunStep step) {
    last = step;
  }

  @Override
  public void merge(AccumulatorV2<RunStep, RunStep> other) {
    if (!other.isZero()) {
      add(other.value());
    }
  }

  @Override
  public synchronized RunStep value() {
    return last;
  }
}
