package bsl.benchmarks;

import bsl.backbones.AuxiliaryTerm;
import bsl.backbones.ContrastCandidates;
import bsl.backbones.ContrastSettings;
import bsl.backbones.LayerMean;
import bsl.backbones.LearningRateSchedule;
import bsl.backbones.LightGcl;
import bsl.backbones.LightGcn;
import bsl.backbones.MatrixFactorization;
import bsl.backbones.Ncl;
import bsl.backbones.NormalizedGraph;
import bsl.backbones.Penalised;
import bsl.backbones.RankingTrainer;
import bsl.backbones.Sgl;
import bsl.backbones.ShallowSteps;
import bsl.backbones.SimGcl;
import bsl.backbones.TruncatedSvd;
import bsl.backbones.XSimGcl;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.Adam;
import bsl.core.sampling.EpochBatches;
import bsl.core.sampling.NegativeSampler;
import bsl.core.sampling.NegativeSharing;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a training step of LightGCN and of the contrastive backbones cost, depending on the
 * number of pairs, layers, dimensions and B? Random graphs with 18 pairs per node, as dense as
 * yelp2018, BSL, shared negatives.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class GraphStepBenchmark extends LauncherJvm {
  private static final int PAIRS_PER_NODE = 18;
  private static final long SEED = 1;
  private static final int STEPS = 20;
  private static final double CONTRAST_WEIGHT = 0.1;
  private static final double CONTRAST_TEMPERATURE = 0.2;
  private static final int CONTRAST_PAIRS = 2048;
  private static final double EDGE_DROPOUT = 0.1;
  private static final double NOISE = 0.1;
  private static final int SVD_RANK = 5;
  private static final int PROTOTYPES = 200;
  private static final int ITERATIONS = 10;

  /** Observed pairs; A-hat has twice as many entries. */
  @Param("1000000")
  int pairs;

  /** Layers L beyond layer 0. */
  @Param({"1", "3"})
  int layers;

  /** Floats per embedding d. */
  @Param("64")
  int dimension;

  /** Pairs per mini-batch B. */
  @Param("8192")
  int batch;

  /** Shared negatives N. */
  @Param("1024")
  int negatives;

  @Param({"1", "2"})
  int threads;

  /**
   * {@code lightgcn}, {@code sgl}, {@code simgcl}, {@code xsimgcl}, {@code lightgcl} or {@code
   * ncl}. Views and prototypes are made once in each measurement, as once in an epoch.
   */
  @Param("lightgcn")
  String backbone;

  private WorkPool pool;
  private EpochBatches batches;
  private RankingTrainer trainer;
  private int epoch;

  /** Makes graph, model and trainer. */
  @Setup
  public void setUp() {
    Kernels kernels = Kernels.best();
    pool = new WorkPool(threads);
    int nodes = Math.max(2, pairs / PAIRS_PER_NODE);
    Interactions train = random(nodes / 2, nodes - nodes / 2);
    NegativeSampler uniform = NegativeSampler.uniform(train.items());
    batches =
        new EpochBatches(train, batch, NegativeSharing.SHARED, negatives, uniform, SEED, pool);
    NormalizedGraph graph = NormalizedGraph.of(train);
    Embeddings parameters =
        MatrixFactorization.initial(train.users(), train.items(), dimension, SEED);
    LightGcn model =
        new LightGcn(
            new LayerMean(graph, parameters, layers, kernels, pool),
            new ShallowSteps(0, 0),
            Penalised.ALL_LAYERS,
            term(train, graph, parameters, kernels),
            Adam.Mode.DENSE,
            kernels,
            pool);
    trainer =
        new RankingTrainer(
            model,
            MeasuredLosses.create("bsl"),
            ScoreFunction.COSINE,
            batches,
            train.items(),
            dimension,
            0,
            1e-5,
            new LearningRateSchedule(1e-3, 0, 0, 1),
            SEED,
            kernels,
            pool);
  }

  private AuxiliaryTerm term(
      Interactions train, NormalizedGraph graph, Embeddings parameters, Kernels kernels) {
    ContrastSettings settings =
        new ContrastSettings(CONTRAST_WEIGHT, CONTRAST_TEMPERATURE, CONTRAST_PAIRS, SEED);
    switch (backbone) {
      case "lightgcn":
        return AuxiliaryTerm.NONE;
      case "sgl":
        return new Sgl(
            train,
            parameters,
            layers,
            EDGE_DROPOUT,
            ContrastCandidates.STEP,
            settings,
            kernels,
            pool);
      case "simgcl":
        LayerMean views = new LayerMean(graph, parameters, layers, kernels, pool);
        return new SimGcl(train, views, NOISE, settings, kernels, pool);
      case "xsimgcl":
        return new XSimGcl(train, parameters, 1, NOISE, settings, kernels, pool);
      case "lightgcl":
        TruncatedSvd svd = TruncatedSvd.of(graph, SVD_RANK, SEED, kernels, pool);
        return new LightGcl(
            train,
            graph,
            svd,
            parameters,
            ContrastCandidates.STEP,
            ScoreFunction.COSINE,
            settings,
            kernels,
            pool);
      case "ncl":
        return new Ncl(
            train, parameters, CONTRAST_WEIGHT, PROTOTYPES, ITERATIONS, settings, kernels, pool);
      default:
        throw new IllegalArgumentException("no such backbone here: " + backbone);
    }
  }

  /** Users as active as one another, items with a long tail. */
  private Interactions random(int users, int items) {
    RandomStream random = RandomStream.of(SEED, Purpose.TEST, 12);
    int[] pairUsers = new int[pairs];
    int[] pairItems = new int[pairs];
    for (int p = 0; p < pairs; p++) {
      double skewed = random.nextDouble();
      pairUsers[p] = random.nextInt(users);
      pairItems[p] = (int) (items * skewed * skewed);
    }
    return Interactions.of(users, items, pairUsers, pairItems);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** A step, in the mean over some, the shuffling of an epoch included. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public int step() {
    int done = 0;
    while (done < STEPS) {
      int[] steps = {0};
      int left = STEPS - done;
      trainer.trainEpoch(++epoch, d -> steps[0] = d, () -> steps[0] == left);
      done += steps[0];
    }
    return done;
  }
}
