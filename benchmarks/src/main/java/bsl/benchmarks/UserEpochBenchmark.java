package bsl.benchmarks;

import bsl.core.optim.Adam;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does an epoch over users take, beside its products alone and its Adam alone? MF with BSL
 * on data shaped like the paper's. Shuffling, sampling and the rows that Adam brings up to date
 * between two epochs are part of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class UserEpochBenchmark extends LauncherJvm {
  @Param({"ML_1M", "GOWALLA", "YELP2018"})
  SyntheticPreset preset;

  /** Users per step. */
  @Param("32")
  int batchUsers;

  /** Items sampled per step; 0, or as many as there are, for all items. */
  @Param("4096")
  int negatives;

  /** Floats per embedding d. */
  @Param("64")
  int dimension;

  @Param({"1", "2"})
  int threads;

  private UserWorkload workload;

  /** Makes the data. */
  @Setup
  public void setUp() {
    workload =
        new UserWorkload(
            SyntheticDatasets.make(preset, 1).train(),
            batchUsers,
            negatives,
            dimension,
            Adam.Mode.CLOSED_FORM,
            threads);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    workload.close();
  }

  /** One epoch of training. */
  @Benchmark
  public double epoch(WorkCounter counter) {
    int steps = workload.stepsPerEpoch();
    UserWork work = workload.work();
    counter.count(steps * work.stepFlop(), steps * work.stepBytes());
    return workload.epoch();
  }

  /** The products of as many steps. */
  @Benchmark
  public float[] products(WorkCounter counter) {
    int steps = workload.stepsPerEpoch();
    UserWork work = workload.work();
    counter.count(steps * work.productFlop(), steps * work.productBytes());
    UserProducts products = workload.products();
    for (int s = 0; s < steps; s++) {
      products.products();
    }
    return products.itemSums();
  }

  /** Adam in as many steps. */
  @Benchmark
  public UserAdam adam(WorkCounter counter) {
    int steps = workload.stepsPerEpoch();
    UserWork work = workload.work();
    counter.count(steps * work.adamFlop(), steps * work.adamBytes());
    UserAdam adam = workload.adam();
    for (int s = 0; s < steps; s++) {
      adam.step();
    }
    return adam;
  }
}
