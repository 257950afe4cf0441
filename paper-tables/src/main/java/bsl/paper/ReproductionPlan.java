package bsl.paper;

import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What a reproduction has to train.
 *
 * @param runs number of runs that the artifacts are made of, finished ones among them
 * @param open the runs that are not finished, in the order in which they are begun
 * @param threads number of threads they are trained with
 * @param mostPerRun how many of them a run takes at most when others are free
 * @param deviations data sets that are not what the catalogue knows by their name, with a line per
 *     difference
 */
public record ReproductionPlan(
    int runs,
    List<OpenRun> open,
    int threads,
    int mostPerRun,
    Map<String, List<String>> deviations) {
  /**
   * A run to train.
   *
   * @param spec its settings
   * @param folder where it is kept
   * @param trained epochs that a checkpoint has already
   * @param seconds about how long all of its epochs take on one core
   * @param secondsLeft about how long those take that are not trained yet
   */
  public record OpenRun(
      RunSpec spec, Path folder, int trained, double seconds, double secondsLeft) {
    /** What a scheduler knows of a run. */
    public static OpenRun of(RunSpec spec, RunStore store, RunScheduler scheduler) {
      int trained = scheduler.epochsTrained(spec);
      return new OpenRun(
          spec,
          store.folder(spec),
          trained,
          scheduler.estimatedSeconds(spec),
          scheduler.secondsBetween(spec, trained, spec.epochs()));
    }
  }

  /** Number of runs that were finished before. */
  public int finished() {
    return runs - open.size();
  }

  /** The runs' settings, in the order in which they are begun. */
  public List<RunSpec> specs() {
    return open.stream().map(OpenRun::spec).toList();
  }

  /** About how long it takes from now on, in seconds on the clock. */
  public double seconds() {
    int lanes = Math.max(1, Math.min(threads, open.size()));
    int perRun = Math.max(1, Math.min(mostPerRun, threads / lanes));
    PriorityQueue<Double> free = new PriorityQueue<>();
    for (int lane = 0; lane < lanes; lane++) {
      free.add(0.0);
    }
    for (OpenRun run : open) {
      free.add(free.remove() + run.secondsLeft() / perRun);
    }
    List<Double> ends = new ArrayList<>(free);
    return ends.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}
