package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.ScoreFunction;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.core.optim.RowGradients;
import bsl.losses.NonFiniteScoreException;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** InfoNCE against the same in double precision, which is itself checked by differences. */
class InfoNceTest {
  private static final double WEIGHT = 0.3;

  private final Kernels kernels = Kernels.best();
  private final WorkPool pool = new WorkPool(2);

  @AfterEach
  void closePool() {
    pool.close();
  }

  private static EmbeddingTable table(int seed, int rows, int dimension) {
    EmbeddingTable table = new EmbeddingTable(rows, dimension);
    RandomStream random = RandomStream.of(seed, Purpose.TEST, rows, dimension);
    for (int r = 0; r < rows; r++) {
      float[] row = new float[dimension];
      double length = 0.2 + 2 * random.nextDouble();
      for (int d = 0; d < dimension; d++) {
        row[d] = (float) (length * random.nextGaussian());
      }
      table.setRow(r, row);
    }
    return table;
  }

  /** Distinct rows in random order. */
  private static TableRows rows(int seed, EmbeddingTable table, int count) {
    int[] rows = IntStream.range(0, table.rows()).toArray();
    RandomStream.of(seed, Purpose.TEST, 1).shuffle(rows);
    return new TableRows(table, rows, count);
  }

  /** Each anchor's own candidate at random: some are shared, some are nobody's. */
  private static int[] positives(int seed, int anchors, int candidates) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST, 2);
    return IntStream.range(0, anchors).map(r -> random.nextInt(candidates)).toArray();
  }

  private static int[] used(TableRows rows) {
    return Arrays.copyOf(rows.rows(), rows.count());
  }

  private static AnchorByAnchor naive(
      double temperature, TableRows anchors, TableRows candidates, int[] positives) {
    return new AnchorByAnchor(WEIGHT, temperature, used(anchors), used(candidates), positives);
  }

  private static double[][] doubles(EmbeddingTable table) {
    double[][] rows = new double[table.rows()][table.dimension()];
    for (int r = 0; r < rows.length; r++) {
      float[] row = table.row(r);
      for (int d = 0; d < row.length; d++) {
        rows[r][d] = row[d];
      }
    }
    return rows;
  }

  private static RowGradients gradients(EmbeddingTable table) {
    return new RowGradients(table.stride());
  }

  private static float[] used(RowGradients gradients) {
    return Arrays.copyOfRange(
        gradients.values(), gradients.offset(0), gradients.offset(gradients.count()));
  }

  private static void assertClose(RowGradients actual, TableRows rows, double[][] expected) {
    assertThat(actual.count()).isEqualTo(rows.count()).isEqualTo(expected.length);
    double largest = 0;
    double worst = 0;
    boolean named = true;
    for (int k = 0; k < expected.length; k++) {
      named &= actual.row(k) == rows.rows()[k] && actual.occurrences(k) == 0;
      for (int d = 0; d < actual.stride(); d++) {
        double wanted = d < expected[k].length ? expected[k][d] : 0;
        double error = Math.abs(actual.values()[actual.offset(k) + d] - wanted);
        // NaN must not pass.
        worst = error <= worst ? worst : error;
        largest = Math.max(largest, Math.abs(wanted));
      }
    }
    assertThat(named).as("rows and occurrences").isTrue();
    assertThat(largest).isPositive();
    assertThat(worst).isLessThan(1e-5 * largest);
  }

  private static double difference(
      AnchorByAnchor naive, double[][] anchors, double[][] candidates, double[] row, int d) {
    double at = row[d];
    double h = 1e-5;
    row[d] = at + h;
    double above = naive.value(anchors, candidates);
    row[d] = at - h;
    double below = naive.value(anchors, candidates);
    row[d] = at;
    return (above - below) / (2 * h);
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 40, 33, 5",
    "0.1, 33, 64, 5",
    "0.15, 7, 10, 40",
    "0.2, 64, 31, 8",
    "0.5, 1, 17, 5",
    "1, 20, 45, 64"
  })
  void valueAndGradientsAgreeWithDoublePrecision(
      double temperature, int anchorCount, int candidateCount, int dimension) {
    compare(kernels, temperature, anchorCount, candidateCount, dimension);
  }

  /** On scalar kernels, as vector code that is not yet compiled takes seconds for this. */
  @ParameterizedTest
  @CsvSource({"0.05, 10, 30000, 64", "0.2, 70, 2500, 64", "1, 600, 10, 64"})
  void sizesMayBeVeryDifferent(
      double temperature, int anchorCount, int candidateCount, int dimension) {
    compare(Kernels.scalar(), temperature, anchorCount, candidateCount, dimension);
  }

  private void compare(
      Kernels each, double temperature, int anchorCount, int candidateCount, int dimension) {
    TableRows anchors = rows(3, table(1, anchorCount + 10, dimension), anchorCount);
    TableRows candidates = rows(4, table(2, candidateCount + 5, dimension), candidateCount);
    int[] positives = positives(5, anchorCount, candidateCount);
    AnchorByAnchor naive = naive(temperature, anchors, candidates, positives);
    double[][] anchorTable = doubles(anchors.table());
    double[][] candidateTable = doubles(candidates.table());
    double[][][] expected = naive.gradients(anchorTable, candidateTable);
    RowGradients ofAnchors = gradients(anchors.table());
    RowGradients ofCandidates = gradients(candidates.table());
    double value =
        new InfoNce(temperature, dimension, each, pool)
            .evaluate(WEIGHT, anchors, candidates, positives, ofAnchors, ofCandidates);

    double expectedValue = naive.value(anchorTable, candidateTable);
    assertThat(value).isCloseTo(expectedValue, within(1e-6 * Math.max(1, expectedValue)));
    assertClose(ofAnchors, anchors, expected[0]);
    assertClose(ofCandidates, candidates, expected[1]);
  }

  /** Worked out anchor by anchor, some own scores being beyond the limit and some not. */
  @Test
  void ownInnerProductsAreLimited() {
    double temperature = 0.1;
    TableRows anchors = rows(3, table(1, 40, 6), 30);
    TableRows candidates = rows(4, table(2, 20, 6), 17);
    int[] positives = positives(5, 30, 17);
    double[][] anchorTable = doubles(anchors.table());
    double[][] candidateTable = doubles(candidates.table());
    double[][] expected = new double[30][6];
    double expectedValue = 0;
    int limited = 0;
    for (int r = 0; r < 30; r++) {
      double[] scores = new double[17];
      for (int j = 0; j < 17; j++) {
        for (int d = 0; d < 6; d++) {
          scores[j] += anchorTable[anchors.rows()[r]][d] * candidateTable[candidates.rows()[j]][d];
        }
      }
      double sum = DoubleStream.of(scores).map(s -> Math.exp(s / temperature)).sum();
      double own = scores[positives[r]];
      double most = InfoNce.LARGEST_OWN_SCORE * temperature;
      boolean beyond = Math.abs(own) >= most;
      limited += beyond ? 1 : 0;
      expectedValue +=
          WEIGHT / 30 * (Math.log(sum) - (beyond ? Math.copySign(most, own) : own) / temperature);
      for (int j = 0; j < 17; j++) {
        double share = Math.exp(scores[j] / temperature) / sum;
        double slope = share - (j == positives[r] && !beyond ? 1 : 0);
        for (int d = 0; d < 6; d++) {
          expected[r][d] +=
              WEIGHT / (30 * temperature) * slope * candidateTable[candidates.rows()[j]][d];
        }
      }
    }
    assertThat(limited).isBetween(3, 27);

    RowGradients ofAnchors = gradients(anchors.table());
    double value =
        new InfoNce(temperature, 6, ScoreFunction.INNER_PRODUCT, kernels, pool)
            .evaluate(
                WEIGHT, anchors, candidates, positives, ofAnchors, gradients(candidates.table()));

    assertThat(value).isCloseTo(expectedValue, within(1e-5 * Math.abs(expectedValue)));
    assertClose(ofAnchors, anchors, expected);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 1})
  void gradientsInDoublePrecisionAreThoseOfTheValue(double temperature) {
    TableRows anchors = rows(3, table(1, 15, 6), 12);
    TableRows candidates = rows(4, table(2, 20, 6), 17);
    AnchorByAnchor naive = naive(temperature, anchors, candidates, positives(5, 12, 17));
    double[][] anchorTable = doubles(anchors.table());
    double[][] candidateTable = doubles(candidates.table());
    double[][][] gradients = naive.gradients(anchorTable, candidateTable);
    for (int d = 0; d < 6; d++) {
      for (int k = 0; k < 12; k++) {
        double[] row = anchorTable[anchors.rows()[k]];
        assertThat(gradients[0][k][d])
            .isCloseTo(difference(naive, anchorTable, candidateTable, row, d), within(1e-7));
      }
      for (int k = 0; k < 17; k++) {
        double[] row = candidateTable[candidates.rows()[k]];
        assertThat(gradients[1][k][d])
            .isCloseTo(difference(naive, anchorTable, candidateTable, row, d), within(1e-7));
      }
    }
  }

  /** Each row is an anchor and a candidate, and its gradient is the sum of both. */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 1})
  void anchorsAndCandidatesMayBeRowsOfOneTable(double temperature) {
    EmbeddingTable table = table(1, 20, 6);
    TableRows anchors = rows(3, table, 20);
    TableRows candidates = rows(4, table, 20);
    int[] positives = positives(5, 20, 20);
    RowGradients ofAnchors = gradients(table);
    RowGradients ofCandidates = gradients(table);
    new InfoNce(temperature, 6, kernels, pool)
        .evaluate(WEIGHT, anchors, candidates, positives, ofAnchors, ofCandidates);
    EmbeddingTable sum = new EmbeddingTable(20, 6);
    RowSums.add(ofAnchors, sum, pool);
    RowSums.add(ofCandidates, sum, pool);

    AnchorByAnchor naive = naive(temperature, anchors, candidates, positives);
    double[][] rows = doubles(table);
    double[][] expected = new double[20][6];
    double largest = 0;
    for (int r = 0; r < 20; r++) {
      for (int d = 0; d < 6; d++) {
        expected[r][d] = difference(naive, rows, rows, rows[r], d);
        largest = Math.max(largest, Math.abs(expected[r][d]));
      }
    }
    for (int r = 0; r < 20; r++) {
      for (int d = 0; d < 6; d++) {
        assertThat((double) sum.row(r)[d]).isCloseTo(expected[r][d], within(1e-5 * largest));
      }
    }
  }

  /** Prototypes: anchors of a cluster share a candidate, which is not trained. */
  @Test
  void anchorsMayShareCandidatesThatAreConstants() {
    TableRows anchors = rows(3, table(1, 50, 16), 50);
    TableRows prototypes = rows(4, table(2, 4, 16), 4);
    int[] cluster = IntStream.range(0, 50).map(r -> r % 3).toArray();
    InfoNce infoNce = new InfoNce(0.1, 16, kernels, pool);
    RowGradients alone = gradients(anchors.table());
    double value = infoNce.evaluate(WEIGHT, anchors, prototypes, cluster, alone, null);
    RowGradients ofAnchors = gradients(anchors.table());
    RowGradients ofPrototypes = gradients(prototypes.table());
    double both = infoNce.evaluate(WEIGHT, anchors, prototypes, cluster, ofAnchors, ofPrototypes);

    assertThat(value).isEqualTo(both);
    assertThat(used(alone)).isEqualTo(used(ofAnchors));
    AnchorByAnchor naive = naive(0.1, anchors, prototypes, cluster);
    double[][] anchorTable = doubles(anchors.table());
    double[][] prototypeTable = doubles(prototypes.table());
    double[][][] expected = naive.gradients(anchorTable, prototypeTable);
    assertThat(value).isCloseTo(naive.value(anchorTable, prototypeTable), within(1e-6));
    assertClose(alone, anchors, expected[0]);
    assertClose(ofPrototypes, prototypes, expected[1]);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 130, 75", "0.2, 100, 400", "1, 1, 65"})
  void threadsKernelsAndChunksChangeNoBit(double temperature, int anchorCount, int candidateCount) {
    TableRows anchors = rows(3, table(1, anchorCount, 20), anchorCount);
    TableRows candidates = rows(4, table(2, candidateCount, 20), candidateCount);
    int[] positives = positives(5, anchorCount, candidateCount);
    double expected = 0;
    float[] expectedOfAnchors = null;
    float[] expectedOfCandidates = null;
    for (int threads = 1; threads <= 4; threads++) {
      for (Kernels each : new Kernels[] {kernels, Kernels.scalar()}) {
        // In one, in chunks of 64 anchors, and in chunks of as few as there may be.
        for (int mostScores : new int[] {1 << 24, 64 * candidateCount, 1}) {
          try (WorkPool threadPool = new WorkPool(threads)) {
            RowGradients ofAnchors = gradients(anchors.table());
            RowGradients ofCandidates = gradients(candidates.table());
            double value =
                new InfoNce(temperature, 20, each, threadPool, mostScores)
                    .evaluate(WEIGHT, anchors, candidates, positives, ofAnchors, ofCandidates);
            if (expectedOfAnchors == null) {
              expected = value;
              expectedOfAnchors = used(ofAnchors);
              expectedOfCandidates = used(ofCandidates);
            }
            assertThat(value).isEqualTo(expected);
            assertThat(used(ofAnchors)).isEqualTo(expectedOfAnchors);
            assertThat(used(ofCandidates)).isEqualTo(expectedOfCandidates);
          }
        }
      }
    }
  }

  /** Sizes go up and down, and gradients hold another step's. */
  @Test
  void stepsLeaveNothingBehind() {
    InfoNce reused = new InfoNce(0.2, 12, kernels, pool, 32 * 90);
    RowGradients ofAnchors = new RowGradients(32);
    RowGradients ofCandidates = new RowGradients(32);
    int[][] sizes = {{60, 90}, {20, 30}, {100, 40}, {1, 1}, {45, 90}};
    for (int s = 0; s < sizes.length; s++) {
      TableRows anchors = rows(s, table(s, 100, 12), sizes[s][0]);
      TableRows candidates = rows(s + 10, table(s + 10, 90, 12), sizes[s][1]);
      int[] positives = positives(s, sizes[s][0], sizes[s][1]);
      RowGradients freshOfAnchors = new RowGradients(32);
      RowGradients freshOfCandidates = new RowGradients(32);
      double fresh =
          new InfoNce(0.2, 12, kernels, pool)
              .evaluate(1, anchors, candidates, positives, freshOfAnchors, freshOfCandidates);
      double value = reused.evaluate(1, anchors, candidates, positives, ofAnchors, ofCandidates);

      assertThat(value).isEqualTo(fresh);
      assertThat(used(ofAnchors)).isEqualTo(used(freshOfAnchors));
      assertThat(used(ofCandidates)).isEqualTo(used(freshOfCandidates));
    }
  }

  @Test
  void aSingleCandidateLeavesNothingToLearn() {
    TableRows anchors = rows(3, table(1, 9, 10), 9);
    TableRows candidate = rows(4, table(2, 9, 10), 1);
    RowGradients ofAnchors = gradients(anchors.table());
    RowGradients ofCandidate = gradients(candidate.table());
    double value =
        new InfoNce(0.1, 10, kernels, pool)
            .evaluate(1, anchors, candidate, new int[9], ofAnchors, ofCandidate);

    assertThat(value).isCloseTo(0, within(1e-6));
    // Slopes of about 1 that cancel, in single precision.
    for (RowGradients gradients : new RowGradients[] {ofAnchors, ofCandidate}) {
      for (float element : used(gradients)) {
        assertThat(element).isCloseTo(0f, within(1e-6f));
      }
    }
  }

  @Test
  void aZeroRowHasCosineZeroWithEveryOther() {
    TableRows anchors = rows(3, table(1, 12, 8), 12);
    TableRows candidates = rows(4, table(2, 14, 8), 14);
    anchors.table().setRow(anchors.rows()[5], new float[8]);
    candidates.table().setRow(candidates.rows()[7], new float[8]);
    int[] positives = positives(5, 12, 14);
    positives[2] = 7;
    RowGradients ofAnchors = gradients(anchors.table());
    RowGradients ofCandidates = gradients(candidates.table());
    double value =
        new InfoNce(0.2, 8, kernels, pool)
            .evaluate(WEIGHT, anchors, candidates, positives, ofAnchors, ofCandidates);

    AnchorByAnchor naive = naive(0.2, anchors, candidates, positives);
    double[][] anchorTable = doubles(anchors.table());
    double[][] candidateTable = doubles(candidates.table());
    assertThat(value).isCloseTo(naive.value(anchorTable, candidateTable), within(1e-6));
    double[][][] expected = naive.gradients(anchorTable, candidateTable);
    // The zero rows' own gradients, by far the largest, and then the others'.
    assertClose(ofAnchors, anchors, expected[0]);
    assertClose(ofCandidates, candidates, expected[1]);
    Arrays.fill(expected[0][5], 0);
    Arrays.fill(expected[1][7], 0);
    Arrays.fill(ofAnchors.values(), ofAnchors.offset(5), ofAnchors.offset(6), 0f);
    Arrays.fill(ofCandidates.values(), ofCandidates.offset(7), ofCandidates.offset(8), 0f);
    assertClose(ofAnchors, anchors, expected[0]);
    assertClose(ofCandidates, candidates, expected[1]);
  }

  @Test
  void weightZeroReadsNothingAndOverwritesGradients() {
    TableRows anchors = rows(3, table(1, 40, 8), 35);
    TableRows candidates = rows(4, table(2, 40, 8), 30);
    int[] positives = positives(5, 35, 30);
    InfoNce infoNce = new InfoNce(0.2, 8, kernels, pool);
    RowGradients ofAnchors = gradients(anchors.table());
    RowGradients ofCandidates = gradients(candidates.table());
    infoNce.evaluate(1, anchors, candidates, positives, ofAnchors, ofCandidates);
    ofAnchors.setOccurrences(3, 4);
    Arrays.fill(anchors.table().values(), Float.NaN);
    TableRows others = rows(6, anchors.table(), 20);

    assertThat(infoNce.evaluate(0, others, candidates, positives, ofAnchors, ofCandidates))
        .isZero();
    assertThat(used(ofAnchors)).hasSize(20 * 32).containsOnly(0f);
    assertThat(used(ofCandidates)).hasSize(30 * 32).containsOnly(0f);
    for (int k = 0; k < 20; k++) {
      assertThat(ofAnchors.row(k)).isEqualTo(others.rows()[k]);
      assertThat(ofAnchors.occurrences(k)).isZero();
    }
    assertThat(infoNce.evaluate(0, others, candidates, positives, ofAnchors, null)).isZero();
  }

  @Test
  void aNanIsNamedByItsAnchor() {
    TableRows anchors = rows(3, table(1, 90, 8), 80);
    TableRows candidates = rows(4, table(2, 40, 8), 40);
    anchors.table().values()[anchors.table().offset(anchors.rows()[70])] = Float.NaN;
    InfoNce infoNce = new InfoNce(0.2, 8, kernels, pool, 1);
    RowGradients ofAnchors = gradients(anchors.table());

    assertThatThrownBy(() -> infoNce.evaluate(1, anchors, candidates, new int[80], ofAnchors, null))
        .isInstanceOf(NonFiniteScoreException.class)
        .hasMessageContaining("pair 70 ");
  }

  @Test
  void whatHasNoValueIsRefused() {
    TableRows some = rows(3, table(1, 9, 8), 9);
    TableRows none = new TableRows(some.table(), new int[0], 0);
    TableRows wide = rows(3, table(1, 9, 40), 9);
    InfoNce infoNce = new InfoNce(0.2, 8, kernels, pool);
    RowGradients gradients = gradients(some.table());
    int[] positives = new int[9];

    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> infoNce.evaluate(weight, some, some, positives, gradients, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("weight");
    }
    for (TableRows wrong : new TableRows[] {none, wide}) {
      assertThatThrownBy(() -> infoNce.evaluate(1, wrong, some, positives, gradients, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rows of");
      assertThatThrownBy(() -> infoNce.evaluate(1, some, wrong, positives, gradients, null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rows of");
    }
    assertThatThrownBy(() -> infoNce.evaluate(1, some, some, positives, gradients, gradients))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradients of their own");
    positives[8] = 9;
    assertThatThrownBy(() -> infoNce.evaluate(1, some, some, positives, gradients, null))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new TableRows(some.table(), new int[3], 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 rows");
    assertThatThrownBy(() -> new InfoNce(0, 8, kernels, pool))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
