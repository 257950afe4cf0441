package bsl.benchmarks;

import bsl.core.optim.Adam;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How does a training step over users grow with users, items, pairs and d? MF with BSL on pairs
 * with a long tail on both sides ({@link PowerLawPairs}).
 */
@State(Scope.Benchmark)
public class UserGrowthBenchmark extends UserBenchmark {
  @Param("50000")
  int users;

  @Param("50000")
  int items;

  /** Observed pairs, up to ten millions. */
  @Param("1000000")
  int pairs;

  /** Floats per embedding d. */
  @Param("64")
  int dimension;

  /** Users per step. */
  @Param("32")
  int batchUsers;

  /** Items sampled per step; 0, or as many as there are, for all items. */
  @Param("4096")
  int negatives;

  @Param({"1", "2"})
  int threads;

  /** Makes the data. */
  @Setup
  public void setUp() {
    measure(
        new UserWorkload(
            PowerLawPairs.make(users, items, pairs, 1),
            batchUsers,
            negatives,
            dimension,
            Adam.Mode.CLOSED_FORM,
            threads));
  }
}
