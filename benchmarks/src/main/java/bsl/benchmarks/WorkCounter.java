package bsl.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Floor of what is measured, in operations and bytes. In average-time mode JMH reports the time per
 * 10^9 of each; {@link bsl.benchmarks.track.WorkTable} makes a table of it.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class WorkCounter {
  /** Floating-point operations in units of 10^9. */
  public double gigaflops;

  /** Bytes in units of 10^9. */
  public double gigabytes;

  /** Counts some more. */
  void count(double flop, double bytes) {
    gigaflops += 1e-9 * flop;
    gigabytes += 1e-9 * bytes;
  }
}
