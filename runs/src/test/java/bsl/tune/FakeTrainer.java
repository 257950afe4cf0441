package bsl.tune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleBiFunction;

/** Trains nothing: a trial's value is what a function says, and an epoch takes one second. */
final class FakeTrainer implements TrialTrainer {
  /** What was trained: trial number, from, to. */
  final List<List<Integer>> trained = new ArrayList<>();

  final List<List<Integer>> dropped = new ArrayList<>();
  final Map<Integer, String> failing = new HashMap<>();
  private final Map<Integer, Integer> epochs = new HashMap<>();
  private final ToDoubleBiFunction<Integer, Integer> value;
  private final double slowness;
  long nanos;

  /**
   * @param value of a trial by its number, after some epochs
   * @param slowness seconds that an epoch takes for each that it is estimated to take
   */
  FakeTrainer(ToDoubleBiFunction<Integer, Integer> value, double slowness) {
    this.value = value;
    this.slowness = slowness;
  }

  /** What an earlier training has left. */
  void knows(int number, int epochsDone) {
    epochs.put(number, epochsDone);
  }

  long nanoTime() {
    return nanos;
  }

  @Override
  public double estimatedSeconds(Leg leg) {
    return leg.to() - leg.from();
  }

  @Override
  public int knownEpochs(Trial trial) {
    return epochs.getOrDefault(trial.number(), 0);
  }

  @Override
  public void train(
      List<Leg> legs, Arrivals arrivals, BooleanSupplier closed, BooleanSupplier cancelled) {
    for (Leg leg : legs) {
      int number = leg.trial().number();
      int done = epochs.getOrDefault(number, 0);
      Effort effort = Effort.NONE;
      if (done < leg.to()) {
        if (closed.getAsBoolean() || cancelled.getAsBoolean()) {
          continue;
        }
        if (failing.containsKey(number)) {
          arrivals.failed(leg, failing.get(number));
          continue;
        }
        trained.add(List.of(number, done, leg.to()));
        effort = new Effort(slowness * (leg.to() - done), leg.to() - done);
        nanos += (long) (1e9 * effort.seconds());
        epochs.put(number, leg.to());
      }
      arrivals.arrived(leg, value.applyAsDouble(number, leg.to()), effort);
    }
  }

  @Override
  public void dropped(Trial trial, int rung, int epochs) {
    dropped.add(List.of(trial.number(), rung, epochs));
  }
}
