package bsl.benchmarks;

import bsl.backbones.MatrixFactorization;
import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.ScoreFunction;
import bsl.core.Split;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.eval.Exposure;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.GroupShares;
import bsl.eval.PopularityGroups;
import bsl.eval.RankingMetrics;
import java.util.Arrays;
import java.util.List;
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
 * How long does a full-ranking evaluation take, all metrics up to rank 20, beside the product of
 * all users and all items alone? Random embeddings of d = 64, train pairs masked, every user
 * ranked.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = JvmFlags.HEAP)
public class EvaluationBenchmark extends LauncherJvm {
  private static final int DIMENSION = 64;
  private static final int TILE = 48;
  private static final int GROUP = 5 * TILE;
  private static final int ITEM_BLOCK = 512;
  private static final int SKEW = 16;

  @Param("YELP2018")
  SyntheticPreset preset;

  @Param({"1", "2"})
  int threads;

  private WorkPool pool;
  private Embeddings embeddings;
  private FullRankingEvaluator evaluator;
  private Split split;
  private PopularityGroups groups;
  private MatrixProducts products;
  private ItemMatrix[] itemBlocks;
  private float[] users;
  private float[][] scores;

  /** Makes data and embeddings. */
  @Setup
  public void setUp() {
    Kernels kernels = Kernels.best();
    pool = new WorkPool(threads);
    split = SyntheticDatasets.make(preset, 1);
    embeddings = MatrixFactorization.initial(preset.users(), preset.items(), DIMENSION, 1);
    evaluator =
        new FullRankingEvaluator(
            split.test(), List.of(split.train()), ScoreFunction.COSINE, kernels, pool);
    groups = new PopularityGroups(split.train(), PopularityGroups.PAPER);
    products = new KernelProducts(kernels.products());
    EmbeddingTable table = embeddings.users();
    users = Arrays.copyOfRange(table.values(), table.offset(0), table.offset(table.rows()));
    itemBlocks = new ItemMatrix[WorkPool.blocks(preset.items(), ITEM_BLOCK)];
    for (int b = 0; b < itemBlocks.length; b++) {
      int count = Math.min(ITEM_BLOCK, preset.items() - b * ITEM_BLOCK);
      itemBlocks[b] = ItemMatrix.random(count, DIMENSION, b);
    }
    scores = new float[threads][TILE * (ITEM_BLOCK + SKEW)];
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** The evaluation. */
  @Benchmark
  public RankingMetrics fullRanking() {
    return evaluator.evaluate(embeddings);
  }

  /** The evaluation with shares of ten groups of items and the exposure of all items. */
  @Benchmark
  public double fullRankingWithGroups() {
    GroupShares shares = new GroupShares(split.test(), groups, 20);
    Exposure exposure = new Exposure(preset.items(), 20);
    evaluator.evaluate(embeddings, shares, exposure);
    return shares.inequality() + exposure.gini();
  }

  /** All scores, not looked at: group by group of users, block by block of items. */
  @Benchmark
  public float[][] product() {
    pool.run(
        preset.users(),
        GROUP,
        (begin, end, worker) -> {
          for (ItemMatrix items : itemBlocks) {
            for (int first = begin; first < end; first += TILE) {
              int rows = Math.min(TILE, end - first);
              products.score(users, first, rows, items, scores[worker], ITEM_BLOCK + SKEW);
            }
          }
        });
    return scores;
  }
}
