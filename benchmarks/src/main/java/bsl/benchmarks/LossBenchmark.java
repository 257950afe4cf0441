package bsl.benchmarks;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.kernel.Kernels;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.losses.NegativeWeights;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What do value and gradient of a loss cost per pair and negative: for a tile of pairs as the
 * trainer hands it over, and for the row that many pairs of one user share, with weights and
 * without? And what does the positive side cost once per mini-batch?
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class LossBenchmark extends LauncherJvm {
  private static final int BATCH = 8192;

  /** The positive side of a mini-batch with users as active as those of yelp2018. */
  @State(Scope.Benchmark)
  public static class Positives {
    /** Name of the loss. */
    @Param({
      "sl",
      "infonce",
      "bsl",
      "bpr",
      "bce",
      "mse",
      "ccl",
      "psl-tanh",
      "psl-atan",
      "psl-relu",
      "mean-variance",
      "renyi"
    })
    String kind;

    RankingLoss loss;
    PositiveSide side;

    /** Draws the pairs. */
    @Setup
    public void setUp() {
      loss = MeasuredLosses.create(kind);
      Interactions train = SyntheticDatasets.make(SyntheticPreset.YELP2018, 1).train();
      int[] pairUsers = train.pairUsers();
      RandomStream random = RandomStream.of(1, Purpose.TEST, 10);
      int[] users = new int[BATCH];
      side = new PositiveSide();
      for (int b = 0; b < BATCH; b++) {
        users[b] = pairUsers[random.nextInt(pairUsers.length)];
      }
      side.reset(users, BATCH);
      for (int b = 0; b < BATCH; b++) {
        side.setScore(b, (float) random.nextDouble());
      }
      loss.preparePositives(side, 0, side.groups().groups());
    }
  }

  /** A tile of negative scores. */
  @State(Scope.Benchmark)
  public static class Tile {
    private static final int ROWS = 48;
    private static final int SKEW = 16;

    /** Negatives N. */
    @Param("1024")
    int negatives;

    private final Kernels kernels = Kernels.best();
    private final float[] lanes = new float[Kernels.VIRTUAL_LANES];
    private float[] scores;
    private float[] values;
    private final ScoreTile tile = new ScoreTile();

    /** Makes the scores. */
    @Setup
    public void setUp() {
      int stride = negatives + SKEW;
      scores = RandomMatrix.uniform(ROWS * stride, 1, 0);
      values = new float[ROWS * stride];
      tile.view(values, 0, stride, 0, ROWS, negatives);
    }

    /** Sums exp(score / 0.11) over the tile. */
    float exponentials(ScoreTile tile) {
      float sum = 0;
      for (int r = 0; r < ROWS; r++) {
        sum +=
            kernels
                .rows()
                .expSum(tile.values(), tile.rowOffset(r), negatives, 1 / 0.11f, 1 / 0.11f, lanes);
      }
      return sum;
    }

    /** The tile with fresh scores. */
    ScoreTile refilled(ElementCounter counter) {
      System.arraycopy(scores, 0, values, 0, values.length);
      counter.elements += ROWS * negatives;
      return tile;
    }
  }

  /** The row of a user with many positives. */
  @State(Scope.Benchmark)
  public static class User {
    /** Positives of the user. */
    @Param("64")
    int userPositives;

    /** Negatives that all of them share. */
    @Param("4096")
    int userNegatives;

    private float[] scores;
    private float[] values;
    private final ScoreTile plain = new ScoreTile();
    private final ScoreTile weighted = new ScoreTile();

    /** Makes the scores and weights. */
    @Setup
    public void setUp() {
      scores = RandomMatrix.uniform(userNegatives, 2, 0);
      values = new float[userNegatives];
      float[] random = RandomMatrix.uniform(userNegatives, 3, 0);
      float[] weights = new float[userNegatives];
      for (int j = 0; j < userNegatives; j++) {
        weights[j] = j % 64 == 0 ? 0 : Math.abs(random[j]) + 0.01f;
      }
      plain.viewUser(values, 0, userNegatives, 0, userPositives, null);
      weighted.viewUser(values, 0, userNegatives, 0, userPositives, new NegativeWeights(weights));
    }

    /** A row with fresh scores. */
    ScoreTile refilled(ScoreTile tile, ElementCounter counter) {
      System.arraycopy(scores, 0, values, 0, values.length);
      counter.elements += (long) userPositives * userNegatives;
      return tile;
    }
  }

  /** Value and gradient of a tile, copying the scores into it included. */
  @Benchmark
  public double tile(Positives positives, Tile tile, ElementCounter counter) {
    return positives.loss.evaluate(tile.refilled(counter), positives.side);
  }

  /** Value and gradient of a user's row; elements are pairs times negatives, as in a tile. */
  @Benchmark
  public double user(Positives positives, User user, ElementCounter counter) {
    return positives.loss.evaluate(user.refilled(user.plain, counter), positives.side);
  }

  /** The same with weights. */
  @Benchmark
  public double weightedUser(Positives positives, User user, ElementCounter counter) {
    return positives.loss.evaluate(user.refilled(user.weighted, counter), positives.side);
  }

  /** Copying the scores into the tile, which {@link #tile} includes. */
  @Benchmark
  public ScoreTile copy(Tile tile, ElementCounter counter) {
    return tile.refilled(counter);
  }

  /** Copying, and one exponential per score: the floor of the losses that have exponentials. */
  @Benchmark
  public float exponentials(Tile tile, ElementCounter counter) {
    return tile.exponentials(tile.refilled(counter));
  }

  /** The positive side of a whole mini-batch; elements are pairs. */
  @Benchmark
  public PositiveSide preparePositives(Positives positives, ElementCounter counter) {
    positives.loss.preparePositives(positives.side, 0, positives.side.groups().groups());
    counter.elements += BATCH;
    return positives.side;
  }
}
