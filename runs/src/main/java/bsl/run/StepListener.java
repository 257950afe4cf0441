package bsl.run;

import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;

/** Passes the progress of one of many runs on, a hundred times an epoch at most. */
public final class StepListener implements RunListener {
  private final RunSpec spec;
  private final DoubleUnaryOperator share;
  private final RunScheduler.Listener listener;
  private int stepsPerEpoch;
  private int done;
  private OptionalInt begunAt = OptionalInt.empty();

  /**
   * @param spec the run
   * @param share the share of the run's time that a number of epochs takes
   * @param listener hears how it goes
   */
  public StepListener(RunSpec spec, DoubleUnaryOperator share, RunScheduler.Listener listener) {
    this.spec = spec;
    this.share = share;
    this.listener = listener;
  }

  @Override
  public void started(int doneEpochs, int planned, int steps) {
    stepsPerEpoch = steps;
    done = doneEpochs;
    begunAt = OptionalInt.of(doneEpochs);
    synchronized (listener) {
      listener.started(spec);
      listener.trained(spec, done);
    }
    tell(done);
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

  /**
   * Epochs that the run had when its training began. What lies behind them was trained now. Empty
   * if nothing was trained.
   */
  public OptionalInt begunAt() {
    return begunAt;
  }

  private void tell(double epochsDone) {
    synchronized (listener) {
      listener.progressed(spec, share.applyAsDouble(epochsDone));
    }
  }
}
