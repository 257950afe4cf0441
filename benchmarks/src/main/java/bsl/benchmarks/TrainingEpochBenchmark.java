package bsl.benchmarks;

import bsl.backbones.LearningRateSchedule;
import bsl.backbones.MatrixFactorization;
import bsl.backbones.RankingTrainer;
import bsl.core.Interactions;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.NegativeSampler;
import bsl.core.sampling.NegativeSharing;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.losses.RankingLoss;
import java.util.Arrays;
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
 * How long does an epoch of MF with BSL take, and what is the gap to its products alone made of? d
 * = 64, N shared negatives, cosine scores, lazy Adam, no dropout, no L2 term.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(value = 1, jvmArgsAppend = JvmFlags.HEAP)
public class TrainingEpochBenchmark extends LauncherJvm {
  private static final int DIMENSION = 64;
  private static final long SEED = 1;

  @Param("YELP2018")
  SyntheticPreset preset;

  /** Pairs per mini-batch B. */
  @Param({"2048", "8192"})
  int batch;

  /** Shared negatives N. */
  @Param("1024")
  int negatives;

  @Param({"1", "2"})
  int threads;

  private WorkPool pool;
  private EpochBatches batches;
  private RankingTrainer trainer;
  private RankingLoss loss;
  private EpochFloor floor;
  private int epoch;

  /** Makes data, model and trainer. */
  @Setup
  public void setUp() {
    Kernels kernels = Kernels.best();
    pool = new WorkPool(threads);
    Interactions train = SyntheticDatasets.make(preset, SEED).train();
    batches =
        new EpochBatches(
            train,
            batch,
            NegativeSharing.SHARED,
            negatives,
            NegativeSampler.uniform(preset.items()),
            SEED,
            pool);
    loss = MeasuredLosses.create("bsl");
    trainer =
        new RankingTrainer(
            new MatrixFactorization(
                MatrixFactorization.initial(preset.users(), preset.items(), DIMENSION, SEED),
                Adam.Mode.LAZY,
                kernels,
                pool),
            loss,
            ScoreFunction.COSINE,
            batches,
            preset.items(),
            DIMENSION,
            0,
            0,
            new LearningRateSchedule(1e-3, 0, 0, 1),
            SEED,
            kernels,
            pool);
    batches.beginEpoch(0);
    floor =
        new EpochFloor(
            Arrays.copyOf(batches.batch(0).users(), batches.batch(0).size()),
            Math.min(negatives, preset.items()),
            kernels,
            pool);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** One epoch of training. */
  @Benchmark
  public double epoch() {
    return trainer.trainEpoch(++epoch, done -> {}, () -> false);
  }

  /** The products of as many steps. */
  @Benchmark
  public EpochFloor products() {
    for (int s = 0; s < batches.steps(); s++) {
      floor.products();
    }
    return floor;
  }

  /** The products of as many steps with the loss between them. */
  @Benchmark
  public EpochFloor productsAndLoss() {
    for (int s = 0; s < batches.steps(); s++) {
      floor.productsAndLoss(loss);
    }
    return floor;
  }

  /** Shuffling the pairs and drawing the negatives of one epoch. */
  @Benchmark
  public long sampling() {
    batches.beginEpoch(++epoch);
    long sum = 0;
    for (int s = 0; s < batches.steps(); s++) {
      sum += batches.batch(s).negatives()[0];
    }
    return sum;
  }
}
