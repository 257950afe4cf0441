package bsl.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Floating-point operations done, two per multiply-add; in throughput mode per second JMH reports
 * them as GFLOP/s beside the score.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class FlopCounter {
  /** In units of 10^9. */
  public double gigaflops;

  /** Counts one product of a {@code rows x terms} and a {@code terms x columns} matrix. */
  void countProduct(int rows, int terms, int columns) {
    gigaflops += 2e-9 * rows * terms * columns;
  }

  /** Counts one inverse of a symmetric matrix. */
  void countInverse(int size) {
    gigaflops += 1e-9 * size * size * size;
  }
}
