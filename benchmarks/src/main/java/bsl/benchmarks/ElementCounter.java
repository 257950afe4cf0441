package bsl.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Elements worked on; in average-time mode JMH reports the time per element beside the score. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class ElementCounter {
  /** Scores, parameters, or whatever the benchmark's elements are. */
  public long elements;
}
