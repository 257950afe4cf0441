package bsl.backbones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.EmbeddingTable;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.kernel.Kernels;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** k-means against brute force in double precision. */
class PrototypesTest {
  private static final int ITERATIONS = 50;

  private static RandomStream stream(long seed) {
    return RandomStream.of(seed, Purpose.CLUSTERING, 1);
  }

  private static Prototypes prototypes(EmbeddingTable points, int count) {
    return Prototypes.of(points, count, ITERATIONS, stream(7), Kernels.best());
  }

  /** Points about centres that are far apart: row r belongs to centre {@code r mod groups}. */
  private static EmbeddingTable groups(int rows, int groups, int dimension, double spread) {
    RandomStream random = RandomStream.of(5, Purpose.TEST, rows, groups);
    EmbeddingTable table = new EmbeddingTable(rows, dimension);
    for (int r = 0; r < rows; r++) {
      float[] point = new float[dimension];
      for (int d = 0; d < dimension; d++) {
        double centre = 10 * RandomStream.of(6, Purpose.TEST, r % groups, d).nextGaussian();
        point[d] = (float) (centre + spread * random.nextGaussian());
      }
      table.setRow(r, point);
    }
    return table;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += ((double) a[d] - b[d]) * ((double) a[d] - b[d]);
    }
    return sum;
  }

  private static float[] mean(EmbeddingTable points, Set<Integer> rows) {
    double[] sums = new double[points.dimension()];
    for (int r : rows) {
      for (int d = 0; d < sums.length; d++) {
        sums[d] += points.row(r)[d];
      }
    }
    float[] mean = new float[sums.length];
    for (int d = 0; d < sums.length; d++) {
      mean[d] = (float) (sums[d] / rows.size());
    }
    return mean;
  }

  private static Set<Integer> members(Prototypes prototypes, int rows, int prototype) {
    Set<Integer> members = new HashSet<>();
    for (int r = 0; r < rows; r++) {
      if (prototypes.of(r) == prototype) {
        members.add(r);
      }
    }
    return members;
  }

  private static double inertia(EmbeddingTable points, Prototypes prototypes) {
    double sum = 0;
    for (int r = 0; r < points.rows(); r++) {
      sum += squaredDistance(points.row(r), prototypes.centroids().row(prototypes.of(r)));
    }
    return sum;
  }

  @Test
  void groupsFarApartAreFound() {
    EmbeddingTable points = groups(150, 5, 8, 0.5);

    Prototypes prototypes = prototypes(points, 5);

    assertThat(prototypes.centroids().rows()).isEqualTo(5);
    for (int r = 0; r < 150; r++) {
      assertThat(prototypes.of(r)).isEqualTo(prototypes.of(r % 5));
    }
  }

  @ParameterizedTest
  @CsvSource({"150, 40, 8, 12", "200, 200, 3, 33", "70, 70, 40, 2", "64, 64, 1, 1", "9, 9, 2, 9"})
  void eachRowHasItsNearestAndEachCentroidIsTheMeanOfItsRows(
      int rows, int groups, int dimension, int count) {
    EmbeddingTable points = groups(rows, groups, dimension, 3);

    Prototypes prototypes = prototypes(points, count);

    EmbeddingTable centroids = prototypes.centroids();
    assertThat(centroids.rows()).isEqualTo(count);
    assertThat(centroids.dimension()).isEqualTo(dimension);
    assertNearest(points, prototypes);
    for (int c = 0; c < count; c++) {
      float[] mean = mean(points, members(prototypes, rows, c));
      assertThat(squaredDistance(centroids.row(c), mean)).isLessThan(1e-8);
    }
  }

  private static void assertNearest(EmbeddingTable points, Prototypes prototypes) {
    EmbeddingTable centroids = prototypes.centroids();
    Set<Integer> used = new HashSet<>();
    for (int r = 0; r < points.rows(); r++) {
      double smallest = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centroids.rows(); c++) {
        smallest = Math.min(smallest, squaredDistance(points.row(r), centroids.row(c)));
      }
      double own = squaredDistance(points.row(r), centroids.row(prototypes.of(r)));
      assertThat(own).isCloseTo(smallest, within(1e-3));
      used.add(prototypes.of(r));
    }
    assertThat(used).as("prototypes with rows").hasSize(centroids.rows());
  }

  @Test
  void twoGroupsAreCutWhereBruteForceCutsThem() {
    EmbeddingTable points = groups(11, 2, 3, 2);
    double best = Double.POSITIVE_INFINITY;
    for (int cut = 1; cut < 1 << 10; cut++) {
      Set<Integer> inside = new HashSet<>();
      Set<Integer> outside = new HashSet<>();
      for (int r = 0; r < 11; r++) {
        ((cut >> r & 1) == 1 ? inside : outside).add(r);
      }
      float[] meanInside = mean(points, inside);
      float[] meanOutside = mean(points, outside);
      double sum = 0;
      for (int r = 0; r < 11; r++) {
        sum += squaredDistance(points.row(r), inside.contains(r) ? meanInside : meanOutside);
      }
      best = Math.min(best, sum);
    }

    assertThat(inertia(points, prototypes(points, 2))).isCloseTo(best, within(1e-4 * best));
  }

  @Test
  void ofManyRowsASampleIsClusteredAndAllAreAssigned() {
    EmbeddingTable points = groups(2000, 6, 8, 1);
    assertThat(points.rows()).isGreaterThan(6 * Prototypes.POINTS_PER_PROTOTYPE);

    Prototypes prototypes = prototypes(points, 6);

    assertNearest(points, prototypes);
    for (int c = 0; c < 6; c++) {
      Set<Integer> members = members(prototypes, 2000, c);
      double apart = squaredDistance(prototypes.centroids().row(c), mean(points, members));
      assertThat(apart).as("not the mean of all, but near").isBetween(1e-6, 1.0);
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 3, 8", "20, 20, 30", "1, 1, 4", "50, 1, 5", "300, 2, 4"})
  void fewerDistinctRowsThanPrototypesAreAPrototypeEach(int rows, int distinct, int count) {
    EmbeddingTable points = groups(rows, distinct, 4, 0);

    Prototypes prototypes = prototypes(points, count);

    assertThat(prototypes.centroids().rows()).isEqualTo(distinct);
    for (int r = 0; r < rows; r++) {
      float[] centroid = prototypes.centroids().row(prototypes.of(r));
      assertThat(squaredDistance(points.row(r), centroid)).isLessThan(1e-9);
    }
  }

  @Test
  void theStreamFixesTheBitsOnAllKernels() {
    EmbeddingTable points = groups(1500, 300, 24, 3);

    Prototypes one = Prototypes.of(points, 12, 6, stream(1), Kernels.best());
    Prototypes same = Prototypes.of(points, 12, 6, stream(1), Kernels.scalar());
    Prototypes other = Prototypes.of(points, 12, 6, stream(2), Kernels.best());

    assertThat(same.centroids().values()).isEqualTo(one.centroids().values());
    for (int r = 0; r < 1500; r++) {
      assertThat(same.of(r)).isEqualTo(one.of(r));
    }
    assertThat(other.centroids().values()).isNotEqualTo(one.centroids().values());
  }

  @Test
  void rowsThatAreNoNumbersAreNamed() {
    EmbeddingTable points = new EmbeddingTable(5, 2);
    points.values()[points.offset(3) + 1] = Float.NaN;

    assertThatThrownBy(() -> Prototypes.of(points, 2, 3, stream(1), Kernels.best()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 3 has no finite direction");
  }

  @ParameterizedTest
  @CsvSource({"5, 0, 1", "5, 2, 0", "0, 2, 1"})
  void wrongArgumentsAreNamed(int rows, int count, int iterations) {
    EmbeddingTable points = new EmbeddingTable(rows, 2);

    assertThatThrownBy(() -> Prototypes.of(points, count, iterations, stream(1), Kernels.best()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(count + " prototypes")
        .hasMessageContaining(rows + " x 2");
  }
}
