package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BprLoss;
import bsl.losses.MeanSquaredErrorLoss;
import bsl.losses.PositiveSide;
import bsl.losses.RankingLoss;
import bsl.losses.ScoreTile;
import bsl.losses.SoftmaxLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedding that is found has the least loss nearby, by the loss's formula in double. */
class FoldInTest {
  private static final int ITEMS = 40;
  private static final int DIMENSION = 6;
  private static final double TAU = 0.3;
  private static final double NORM = 1.7;

  private final EmbeddingTable items = gaussian(ITEMS, DIMENSION, 1);
  private final Interactions histories =
      Interactions.of(4, ITEMS, new int[] {0, 0, 0, 1, 2, 2}, new int[] {3, 5, 8, 30, 0, 39});

  private static EmbeddingTable gaussian(int rows, int dimension, int seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST);
    EmbeddingTable table = new EmbeddingTable(rows, dimension);
    for (int r = 0; r < rows; r++) {
      for (int d = 0; d < dimension; d++) {
        double sum = 0;
        for (int n = 0; n < 12; n++) {
          sum += random.nextDouble();
        }
        table.values()[table.offset(r) + d] = (float) (sum - 6);
      }
    }
    return table;
  }

  private EmbeddingTable folded(
      RankingLoss loss, ScoreFunction score, float[] weights, double own, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      return new FoldIn(items, loss, score, NORM, 1, weights, own, Kernels.best(), pool)
          .embeddings(histories);
    }
  }

  /** Softmax loss in double precision, all items as negatives with weights. */
  private double softmax(double[] user, int which, ScoreFunction score, double[] weights) {
    double[] scores = scores(user, score);
    double sum = 0;
    for (int i = 0; i < ITEMS; i++) {
      sum += weights[i] * Math.exp(scores[i] / TAU);
    }
    double mean = 0;
    for (int item : histories.itemsOf(which)) {
      mean += Math.log(sum) - scores[item] / TAU;
    }
    return mean / histories.degree(which);
  }

  /** Bayesian personalised ranking in double precision. */
  private double bpr(double[] user, int which, ScoreFunction score) {
    double[] scores = scores(user, score);
    double sum = 0;
    for (int item : histories.itemsOf(which)) {
      for (int i = 0; i < ITEMS; i++) {
        sum += Math.log1p(Math.exp(scores[i] - scores[item]));
      }
    }
    return sum / histories.degree(which) / ITEMS;
  }

  private double[] scores(double[] user, ScoreFunction score) {
    double[] scores = new double[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      double square = 0;
      double own = 0;
      for (int d = 0; d < DIMENSION; d++) {
        double value = items.values()[items.offset(i) + d];
        scores[i] += user[d] * value;
        square += value * value;
        own += user[d] * user[d];
      }
      if (score == ScoreFunction.COSINE) {
        scores[i] /= Math.sqrt(square) * Math.sqrt(own);
      }
    }
    return scores;
  }

  /** A function of a user's embedding. */
  private interface Loss {
    double of(double[] user, int which);
  }

  /** No small turn of the embedding, in many directions, makes the loss smaller. */
  private void assertLeast(EmbeddingTable found, Loss loss) {
    RandomStream random = RandomStream.of(9, Purpose.TEST);
    for (int user = 0; user < 3; user++) {
      double[] at = doubles(found.row(user));
      double least = loss.of(at, user);
      for (int n = 0; n < 200; n++) {
        double[] turned = at.clone();
        for (int d = 0; d < DIMENSION; d++) {
          turned[d] += 0.05 * NORM * (2 * random.nextDouble() - 1);
        }
        double scale = NORM / length(turned);
        for (int d = 0; d < DIMENSION; d++) {
          turned[d] *= scale;
        }
        assertThat(loss.of(turned, user)).as("user %d", user).isGreaterThan(least - 2e-5);
      }
    }
  }

  private static double[] doubles(float[] row) {
    double[] doubles = new double[row.length];
    Arrays.setAll(doubles, d -> row[d]);
    return doubles;
  }

  private static double length(double[] row) {
    return Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
  }

  @ParameterizedTest
  @EnumSource(ScoreFunction.class)
  void hasTheLeastSoftmaxLoss(ScoreFunction score) {
    double[] ones = new double[ITEMS];
    Arrays.fill(ones, 1);

    EmbeddingTable found = folded(new SoftmaxLoss(TAU), score, null, 1, 1);

    assertLeast(found, (user, which) -> softmax(user, which, score, ones));
    for (int user = 0; user < 3; user++) {
      assertThat(length(doubles(found.row(user)))).isCloseTo(NORM, within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(ScoreFunction.class)
  void hasTheLeastLossOfPairs(ScoreFunction score) {
    assertLeast(folded(new BprLoss(), score, null, 1, 1), (user, which) -> bpr(user, which, score));
  }

  /** A sum over negatives: each item counts as a quarter of one, so all of them as ten. */
  @ParameterizedTest
  @EnumSource(ScoreFunction.class)
  void hasTheLeastSumOfSquares(ScoreFunction score) {
    float[] quarters = new float[ITEMS];
    Arrays.fill(quarters, 0.25f);

    EmbeddingTable found = folded(new MeanSquaredErrorLoss(0.5), score, quarters, 1, 1);

    assertLeast(
        found,
        (user, which) -> {
          double[] scores = scores(user, score);
          double sum = 0;
          for (double each : scores) {
            sum += 0.5 * 0.25 * each * each / 2;
          }
          for (int item : histories.itemsOf(which)) {
            sum += Math.pow(scores[item] - 1, 2) / 2 / histories.degree(which);
          }
          return sum;
        });
  }

  @Test
  void weighsNegativesAndAUsersOwnItems() {
    float[] popularity = new float[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      popularity[i] = i % 7;
    }

    EmbeddingTable found = folded(new SoftmaxLoss(TAU), ScoreFunction.COSINE, popularity, 0.25, 1);

    assertLeast(
        found,
        (user, which) -> {
          double[] weights = new double[ITEMS];
          Arrays.setAll(weights, i -> popularity[i] * (histories.contains(which, i) ? 0.25 : 1));
          return softmax(user, which, ScoreFunction.COSINE, weights);
        });
  }

  @Test
  void hasTheSameBitsOnAnyNumberOfThreadsAndWithScalarKernels() {
    EmbeddingTable one = folded(new SoftmaxLoss(TAU), ScoreFunction.COSINE, null, 1, 1);
    EmbeddingTable three = folded(new SoftmaxLoss(TAU), ScoreFunction.COSINE, null, 1, 3);
    EmbeddingTable scalar;
    try (WorkPool pool = new WorkPool(2)) {
      scalar =
          new FoldIn(
                  items,
                  new SoftmaxLoss(TAU),
                  ScoreFunction.COSINE,
                  NORM,
                  1,
                  null,
                  1,
                  Kernels.scalar(),
                  pool)
              .embeddings(histories);
    }

    assertThat(three.values()).isEqualTo(one.values());
    assertThat(scalar.values()).isEqualTo(one.values());
  }

  @Test
  void givesZerosToUsersOfWhomNothingIsKnown() {
    EmbeddingTable found = folded(new SoftmaxLoss(TAU), ScoreFunction.COSINE, null, 1, 2);

    assertThat(found.rows()).isEqualTo(4);
    assertThat(found.row(3)).containsOnly(0f);
  }

  @Test
  void findsSomethingForItemsThatCancelOut() {
    for (int d = 0; d < DIMENSION; d++) {
      items.values()[items.offset(39) + d] = -items.values()[items.offset(0) + d];
    }

    EmbeddingTable found = folded(new SoftmaxLoss(TAU), ScoreFunction.COSINE, null, 1, 1);

    assertThat(length(doubles(found.row(2)))).isCloseTo(NORM, within(1e-5));
  }

  /** Item 0 is a zero, and the next two cancel out. */
  @ParameterizedTest
  @EnumSource(ScoreFunction.class)
  void findsSomethingWhereTheFirstItemIsZero(ScoreFunction score) {
    for (int d = 0; d < DIMENSION; d++) {
      items.values()[items.offset(0) + d] = 0;
      items.values()[items.offset(2) + d] = -items.values()[items.offset(1) + d];
    }
    Interactions ofOne = Interactions.of(1, ITEMS, new int[3], new int[] {0, 1, 2});
    try (WorkPool pool = new WorkPool(1)) {
      EmbeddingTable found =
          new FoldIn(items, new SoftmaxLoss(TAU), score, NORM, 1, null, 1, Kernels.best(), pool)
              .embeddings(ofOne);

      assertThat(length(doubles(found.row(0)))).isCloseTo(NORM, within(1e-5));
    }
  }

  /** The ends of the range give the direction of a norm in its middle. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-6, 1e6, 1e19})
  void cosinesAreTheSameForEveryNorm(double norm) {
    EmbeddingTable usual = folded(new SoftmaxLoss(TAU), ScoreFunction.COSINE, null, 1, 1);
    try (WorkPool pool = new WorkPool(1)) {
      EmbeddingTable found =
          new FoldIn(
                  items,
                  new SoftmaxLoss(TAU),
                  ScoreFunction.COSINE,
                  norm,
                  1,
                  null,
                  1,
                  Kernels.best(),
                  pool)
              .embeddings(histories);

      for (int user = 0; user < 3; user++) {
        double[] row = doubles(found.row(user));
        double[] expected = doubles(usual.row(user));
        assertThat(length(row) / norm).isCloseTo(1, within(1e-6));
        for (int d = 0; d < DIMENSION; d++) {
          assertThat(row[d] / norm).isCloseTo(expected[d] / NORM, within(2e-3));
        }
      }
    }
  }

  /** Items 3 and 8 of user 0 are one group, as the first and the third; item 5 is the other. */
  @ParameterizedTest
  @EnumSource(ScoreFunction.class)
  void expectationsAreOverTheGroupsThatItemsAreDealtOutTo(ScoreFunction score) {
    double rho = 0.8;
    RankingLoss loss = BilateralSoftmaxLoss.codeForm(TAU, rho, BilateralSoftmaxLoss.Mode.MULTI);
    EmbeddingTable found;
    try (WorkPool pool = new WorkPool(1)) {
      found =
          new FoldIn(items, loss, score, NORM, 2, null, 1, Kernels.best(), pool)
              .embeddings(histories);
    }

    assertLeast(
        found,
        (user, which) -> {
          double[] scores = scores(user, score);
          int[] own = histories.itemsOf(which);
          double negatives = 0;
          for (double each : scores) {
            negatives += Math.exp(each / TAU) / ITEMS;
          }
          double positives = 0;
          for (int group = 0; group < 2; group++) {
            double sum = 0;
            int count = 0;
            for (int k = group; k < own.length; k += 2) {
              sum += Math.exp(scores[own[k]] / TAU);
              count++;
            }
            positives += count == 0 ? 0 : count * Math.log(sum / count);
          }
          return rho * Math.log(negatives) - positives / own.length;
        });
  }

  /** Where a slope hardly changes, Barzilai and Borwein would go twenty radians and more. */
  @Test
  void noStepIsLongerThanHalfARadian() {
    Trace trace = new Trace((n, at) -> new double[] {-at[1], -1, 0, 0});

    EmbeddingTable found = trace.search();

    double longest = 0;
    for (int n = 1; n < trace.visited.size(); n++) {
      double cosine = 0;
      for (int d = 0; d < 4; d++) {
        cosine += trace.visited.get(n)[d] * trace.visited.get(n - 1)[d];
      }
      longest = Math.max(longest, Math.acos(Math.min(1, cosine)));
    }
    assertThat(longest).isBetween(0.4, 0.5);
    assertThat((double) found.row(0)[1]).as("downhill").isCloseTo(1, within(1e-3));
  }

  /** The last evaluation is followed by a step that nobody has looked at. */
  @Test
  void whatIsFoundHasBeenEvaluated() {
    // A slope that turns with every step, so that the search would go on without end.
    Trace trace =
        new Trace(
            (n, at) -> {
              double[] all = {-n, 0, 0, 0};
              all[1 + n % 3] = 1;
              return all;
            });

    EmbeddingTable found = trace.search();

    assertThat(trace.visited).hasSize(FoldIn.EVALUATIONS);
    assertThat(doubles(found.row(0))).containsExactly(trace.visited.get(FoldIn.EVALUATIONS - 1));
  }

  /**
   * A loss that notes down where it is asked. The items are the unit vectors, so that the scores
   * are the user's embedding and the derivatives of the scores are the gradient.
   */
  private static final class Trace implements RankingLoss {
    /** What a place costs. */
    private interface Landscape {
      /** The loss, then its derivatives along the coordinates but the first. */
      double[] at(int evaluation, double[] place);
    }

    private final Landscape landscape;
    private final List<double[]> visited = new ArrayList<>();

    Trace(Landscape landscape) {
      this.landscape = landscape;
    }

    EmbeddingTable search() {
      EmbeddingTable units = new EmbeddingTable(4, 4);
      for (int d = 0; d < 4; d++) {
        units.values()[units.offset(d) + d] = 1;
      }
      try (WorkPool pool = new WorkPool(1)) {
        return new FoldIn(
                units, this, ScoreFunction.INNER_PRODUCT, 1, 1, null, 1, Kernels.best(), pool)
            .embeddings(Interactions.of(1, 4, new int[1], new int[1]));
      }
    }

    @Override
    public double evaluate(ScoreTile tile, PositiveSide positives) {
      double[] place = new double[4];
      for (int d = 0; d < 4; d++) {
        place[d] = tile.values()[tile.rowOffset(0) + d];
      }
      visited.add(place);
      double[] all = landscape.at(visited.size(), place);
      positives.setGradient(0, 0);
      tile.values()[tile.rowOffset(0)] = 0;
      for (int d = 1; d < 4; d++) {
        tile.values()[tile.rowOffset(0) + d] = (float) all[d];
      }
      return all[0];
    }
  }

  /** Items that go on being trained do not change what was taken of them. */
  @Test
  void itemsAreThoseOfTheBeginning() {
    float[] before = folded(new SoftmaxLoss(TAU), ScoreFunction.COSINE, null, 1, 1).values();
    try (WorkPool pool = new WorkPool(1)) {
      FoldIn fold =
          new FoldIn(
              items,
              new SoftmaxLoss(TAU),
              ScoreFunction.COSINE,
              NORM,
              1,
              null,
              1,
              Kernels.best(),
              pool);
      items.copyFrom(gaussian(ITEMS, DIMENSION, 2));

      assertThat(fold.embeddings(histories).values()).isEqualTo(before);
    }
  }

  /** 1e-12 is the smallest weight that there is, and a third of it none. */
  @Test
  void aWeightOfOwnItemsThatIsNoneTogetherWithThatOfAnItemIsRefused() {
    float[] weights = new float[ITEMS];
    Arrays.fill(weights, 1f);
    weights[5] = 1f / 3;

    assertThatThrownBy(() -> folded(new SoftmaxLoss(TAU), ScoreFunction.COSINE, weights, 1e-12, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "weight of own pairs 1.0E-12 times the weight 0.33333334 of item 5");
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (WorkPool pool = new WorkPool(1)) {
      RankingLoss loss = new SoftmaxLoss(TAU);
      FoldIn fold =
          new FoldIn(items, loss, ScoreFunction.COSINE, 1, 1, null, 1, Kernels.best(), pool);

      assertThatThrownBy(() -> fold.embeddings(Interactions.of(1, 3, new int[1], new int[1])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("do not fit");
      for (double norm : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThatThrownBy(
                () ->
                    new FoldIn(
                        items, loss, ScoreFunction.COSINE, norm, 1, null, 1, Kernels.best(), pool))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("norm " + norm);
      }
      for (double norm : new double[] {1e-13, 1e20}) {
        assertThatThrownBy(
                () ->
                    new FoldIn(
                        items, loss, ScoreFunction.COSINE, norm, 1, null, 1, Kernels.best(), pool))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "single precision has no cosines of embeddings of norm %s, only from 1.0E-12 to"
                    + " 1.0E19",
                norm);
      }
      for (double own : new double[] {-1, Double.NaN, 1e-13, Double.POSITIVE_INFINITY}) {
        assertThatThrownBy(
                () ->
                    new FoldIn(
                        items, loss, ScoreFunction.COSINE, 1, 1, null, own, Kernels.best(), pool))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageEndingWith(": " + own);
      }
      assertThatThrownBy(
              () ->
                  new FoldIn(
                      items,
                      loss,
                      ScoreFunction.COSINE,
                      1,
                      1,
                      new float[3],
                      1,
                      Kernels.best(),
                      pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 weights");
    }
  }
}
