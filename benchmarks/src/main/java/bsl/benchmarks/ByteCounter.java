package bsl.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Bytes moved; in throughput mode per second JMH reports them as GB/s beside the score. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class ByteCounter {
  /** In units of 10^9. */
  public double gigabytes;

  /** Counts some more. */
  void count(long bytes) {
    gigabytes += 1e-9 * bytes;
  }
}
