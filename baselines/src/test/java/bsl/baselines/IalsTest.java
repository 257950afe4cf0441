package bsl.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;

class IalsTest {
  /** The objective written out, all in double, solved by another library. */
  private record Reference(
      Interactions train, int dimension, double alpha0, double lambda, double nu) {
    /** Embeddings of the rows of {@code pairs} that minimise the objective. */
    RealMatrix solve(Interactions pairs, RealMatrix fixed) {
      RealMatrix solved = new Array2DRowRealMatrix(pairs.users(), dimension);
      for (int row = 0; row < pairs.users(); row++) {
        RealMatrix left = new Array2DRowRealMatrix(dimension, dimension);
        RealVector right = new ArrayRealVector(dimension);
        for (int column = 0; column < pairs.items(); column++) {
          RealVector h = fixed.getRowVector(column);
          double weight = alpha0 + (pairs.contains(row, column) ? 1 : 0);
          left = left.add(h.outerProduct(h).scalarMultiply(weight));
          if (pairs.contains(row, column)) {
            right = right.add(h);
          }
        }
        double l2 = lambda * Math.pow(pairs.degree(row) + alpha0 * pairs.items(), nu);
        for (int d = 0; d < dimension; d++) {
          left.addToEntry(d, d, l2);
        }
        solved.setRowVector(row, new LUDecomposition(left).getSolver().solve(right));
      }
      return solved;
    }

    double[][] scores(int epochs, double deviation, long seed) {
      RealMatrix items = new Array2DRowRealMatrix(train.items(), dimension);
      for (int i = 0; i < train.items(); i++) {
        RandomStream random = RandomStream.of(seed, Purpose.INITIALISATION, i);
        for (int d = 0; d < dimension; d++) {
          items.setEntry(i, d, deviation / Math.sqrt(dimension) * random.nextGaussian());
        }
      }
      RealMatrix users = null;
      for (int epoch = 0; epoch < epochs; epoch++) {
        users = solve(train, items);
        items = solve(train.transpose(), users);
      }
      users = solve(train, items);
      return users.multiply(items.transpose()).getData();
    }

    /** The objective of embeddings. */
    double value(RealMatrix users, RealMatrix items) {
      double value = 0;
      for (int u = 0; u < train.users(); u++) {
        RealVector w = users.getRowVector(u);
        value += l2(train.degree(u), train.items()) * w.dotProduct(w);
        for (int i = 0; i < train.items(); i++) {
          double score = w.dotProduct(items.getRowVector(i));
          value += alpha0 * score * score;
          value += train.contains(u, i) ? (score - 1) * (score - 1) : 0;
        }
      }
      Interactions transposed = train.transpose();
      for (int i = 0; i < train.items(); i++) {
        RealVector h = items.getRowVector(i);
        value += l2(transposed.degree(i), train.users()) * h.dotProduct(h);
      }
      return value;
    }

    private double l2(int degree, int others) {
      return lambda * Math.pow(degree + alpha0 * others, nu);
    }
  }

  @Test
  void scoresAreThoseOfTheSameStepsInDouble() {
    Seeds.check(
        12,
        random -> {
          int users = 1 + random.nextInt(30);
          int items = 1 + random.nextInt(70);
          int dimension = 1 + random.nextInt(40);
          int epochs = 1 + random.nextInt(3);
          double alpha0 = 0.05 + random.nextDouble();
          double lambda = 0.02 + 0.2 * random.nextDouble();
          double nu = random.nextInt(3) * 0.5;
          long seed = random.nextInt(100);
          Interactions train = Pairs.random(users, items, random.nextInt(500), random);
          double[][] expected =
              new Reference(train, dimension, alpha0, lambda, nu).scores(epochs, 0.3, seed);
          Map<String, ?> values =
              Map.of(
                  "dimension",
                  dimension,
                  "epochs",
                  epochs,
                  "alpha0",
                  alpha0,
                  "lambda",
                  lambda,
                  "nu",
                  nu,
                  "init_std",
                  0.3);
          try (WorkPool pool = new WorkPool(2)) {
            var scorer =
                BaselineKinds.fit("ials", values, train, FitContext.of(pool).withSeed(seed));
            float[] scores = new float[items];
            for (int u = 0; u < users; u++) {
              scorer.score(u, scores);
              for (int i = 0; i < items; i++) {
                double away = Math.abs(scores[i] - expected[u][i]);
                assertThat(away <= 1e-4)
                    .as(
                        "user %s, item %s: %s instead of %s, %s",
                        u, i, scores[i], expected[u][i], values)
                    .isTrue();
              }
            }
          }
        });
  }

  /** Pairs are gathered 256 at a time, and sums over all rows are made of blocks of 1,024. */
  @Test
  void scoresAreThoseInDoubleWhereARowHasMorePairsThanAreGatheredAtOnce() {
    RandomStream random = RandomStream.of(2, Purpose.TEST);
    int users = 1_100;
    int items = 6;
    Interactions train = Pairs.random(users, items, 3_000, random);
    assertThat(train.transpose().degree(0)).isGreaterThan(600);
    double[][] expected = new Reference(train, 3, 0.1, 0.05, 1).scores(1, 0.3, 1);
    Map<String, ?> values = Map.of("dimension", 3, "epochs", 1, "lambda", 0.05, "init_std", 0.3);
    try (WorkPool pool = new WorkPool(1)) {
      var scorer = BaselineKinds.fit("ials", values, train, FitContext.of(pool));
      float[] scores = new float[items];
      for (int u = 0; u < users; u++) {
        scorer.score(u, scores);
        for (int i = 0; i < items; i++) {
          assertThat((double) scores[i]).isCloseTo(expected[u][i], within(1e-4));
        }
      }
    }
  }

  /** With a weight of 1 or more zeros are the optimum, and an epoch comes nearer to them. */
  @Test
  void weightsUnderWhichEmbeddingsTendToZerosAreRefused() {
    Interactions train = Pairs.random(40, 50, 400, RandomStream.of(1, Purpose.TEST));
    try (WorkPool pool = new WorkPool(2)) {
      for (Map<String, ?> values : List.of(Map.of("lambda", 3), Map.of("nu", 2, "lambda", 1))) {
        assertThatThrownBy(() -> BaselineKinds.fit("ials", values, train, FitContext.of(pool)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("alpha0 0.1, lambda ")
            .hasMessageContaining(" no score is above ")
            .hasMessageEndingWith("embeddings tend to zeros; take smaller weights");
      }
    }
  }

  /** An embedding of 512 takes 512 times as long as one of 64. */
  @Test
  void asksMoreOftenWhetherToGoOnWhereEmbeddingsAreLong() {
    Interactions train = Pairs.random(100, 20, 400, RandomStream.of(1, Purpose.TEST));
    AtomicInteger questions = new AtomicInteger();
    FitListener listener =
        new FitListener() {
          @Override
          public void progress(double share) {}

          @Override
          public boolean cancelled() {
            questions.incrementAndGet();
            return false;
          }
        };
    try (WorkPool pool = new WorkPool(2)) {
      BaselineKinds.fit(
          "ials",
          Map.of("dimension", 512, "epochs", 1),
          train,
          FitContext.of(pool).withListener(listener));
    }

    // Two rows at a time: a hundred users twice, and twenty items.
    assertThat(questions.get()).isGreaterThan(100);
  }

  /** The reference solves for the objective that the documentation gives: its slope is zero. */
  @Test
  void theReferenceMinimisesTheDocumentedObjective() {
    RandomStream random = RandomStream.of(3, Purpose.TEST);
    Interactions train = Pairs.random(6, 8, 25, random);
    Reference reference = new Reference(train, 3, 0.2, 0.05, 0.7);
    RealMatrix items = new Array2DRowRealMatrix(8, 3);
    IntStream.range(0, 24).forEach(e -> items.setEntry(e / 3, e % 3, random.nextGaussian()));
    RealMatrix users = reference.solve(train, items);
    for (int e = 0; e < 18; e++) {
      double step = 1e-4;
      users.addToEntry(e / 3, e % 3, step);
      double above = reference.value(users, items);
      users.addToEntry(e / 3, e % 3, -2 * step);
      double below = reference.value(users, items);
      users.addToEntry(e / 3, e % 3, step);

      assertThat(Math.abs(above - below) / (2 * step)).isLessThan(1e-6);
    }
  }
}
