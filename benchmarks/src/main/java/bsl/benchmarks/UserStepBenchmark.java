package bsl.benchmarks;

import bsl.core.optim.Adam;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How far is a training step over users from its products alone and from Adam alone? MF with BSL on
 * data shaped like the paper's.
 */
@State(Scope.Benchmark)
public class UserStepBenchmark extends UserBenchmark {
  @Param({"ML_1M", "GOWALLA", "YELP2018"})
  SyntheticPreset preset;

  /** Users per step. */
  @Param("32")
  int batchUsers;

  /** Items sampled per step; 0, or as many as there are, for all items. */
  @Param({"0", "4096"})
  int negatives;

  /** Floats per embedding d. */
  @Param("64")
  int dimension;

  @Param("CLOSED_FORM")
  Adam.Mode adamMode;

  @Param({"1", "2"})
  int threads;

  /** Makes the data. */
  @Setup
  public void setUp() {
    measure(
        new UserWorkload(
            SyntheticDatasets.make(preset, 1).train(),
            batchUsers,
            negatives,
            dimension,
            adamMode,
            threads));
  }
}
