package bsl.backbones;

import bsl.core.EmbeddingTable;
import bsl.core.RandomStream;
import bsl.core.kernel.Kernels;
import bsl.core.kernel.ProductKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer.EmptyClusterStrategy;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/**
 * Prototypes of embeddings: the centroids of k-means clusters, and which of them is nearest to each
 * embedding. NCL (Lin et al., WWW 2022) draws embeddings towards their prototypes.
 *
 * <p>k-means++ and the iterations are those of Commons Math. They run over {@value
 * #POINTS_PER_PROTOTYPE} embeddings per prototype at most, drawn at random; faiss, which the
 * authors use, does so from 256. Then each embedding goes to its nearest prototype. One thread does
 * all, so the bits depend on nothing but the arguments. Immutable.
 */
final class Prototypes {
  /**
   * On trained embeddings (gowalla, users, 200 prototypes) the mean squared distance is within 2%
   * of that with all points, in less than half the time.
   */
  static final int POINTS_PER_PROTOTYPE = 64;

  private static final int ROWS_PER_BLOCK = 64;

  private final EmbeddingTable centroids;
  private final int[] assignment;

  private Prototypes(EmbeddingTable centroids, int[] assignment) {
    this.centroids = centroids;
    this.assignment = assignment;
  }

  /**
   * Clusters a table's rows.
   *
   * @param points the embeddings, by Euclidean distance; divide them by their norms first if
   *     directions are what counts
   * @param count number of prototypes, at least 1; there are fewer if there are fewer distinct rows
   * @param iterations of k-means at most, at least 1
   * @param random what to draw at random from
   * @param kernels implementation of the inner loops
   * @throws IllegalArgumentException if a number is less than 1, there are no rows, or a value is
   *     not finite, as after a training that has diverged
   */
  static Prototypes of(
      EmbeddingTable points, int count, int iterations, RandomStream random, Kernels kernels) {
    if (count < 1 || iterations < 1 || points.rows() == 0) {
      throw new IllegalArgumentException(
          "no " + count + " prototypes of " + points + " in " + iterations + " iterations");
    }
    requireFinite(points);
    List<DoublePoint> sample = sample(points, count, random);
    List<CentroidCluster<DoublePoint>> clusters =
        new KMeansPlusPlusClusterer<DoublePoint>(
                Math.min(count, sample.size()),
                iterations,
                new EuclideanDistance(),
                new Well19937c(random.nextLong()),
                EmptyClusterStrategy.FARTHEST_POINT)
            .cluster(sample);
    EmbeddingTable centres = new EmbeddingTable(clusters.size(), points.dimension());
    for (int c = 0; c < centres.rows(); c++) {
      double[] centre = clusters.get(c).getCenter().getPoint();
      for (int d = 0; d < centre.length; d++) {
        centres.values()[centres.offset(c) + d] = (float) centre[d];
      }
    }
    return withoutEmpty(centres, nearest(points, centres, kernels.products()));
  }

  private static void requireFinite(EmbeddingTable points) {
    for (int row = 0; row < points.rows(); row++) {
      for (int d = 0; d < points.dimension(); d++) {
        if (!Float.isFinite(points.values()[points.offset(row) + d])) {
          throw new IllegalArgumentException("row " + row + " has no finite direction");
        }
      }
    }
  }

  /** All rows, or as many as count, drawn without replacement. */
  private static List<DoublePoint> sample(EmbeddingTable points, int count, RandomStream random) {
    int[] rows = new int[points.rows()];
    Arrays.setAll(rows, r -> r);
    int size = (int) Math.min(rows.length, (long) count * POINTS_PER_PROTOTYPE);
    if (size < rows.length) {
      random.shuffle(rows);
    }
    List<DoublePoint> sample = new ArrayList<>(size);
    for (int n = 0; n < size; n++) {
      double[] point = new double[points.dimension()];
      for (int d = 0; d < point.length; d++) {
        point[d] = points.values()[points.offset(rows[n]) + d];
      }
      sample.add(new DoublePoint(point));
    }
    return sample;
  }

  /**
   * The nearest centre of each point, the first of them if two are. The squared distance is the
   * point's squared norm, which all centres share, less twice {@code point . centre - |centre|^2 /
   * 2}.
   */
  private static int[] nearest(
      EmbeddingTable points, EmbeddingTable centres, ProductKernels kernels) {
    int count = centres.rows();
    int stride = points.stride();
    int padded = EmbeddingTable.paddedTo(Kernels.PANEL, count);
    float[] panels = new float[padded * stride];
    ProductKernels.packPanels(
        centres.values(), centres.offset(0), stride, count, stride, panels, 0);
    float[] halfSquares = new float[count];
    for (int c = 0; c < count; c++) {
      halfSquares[c] = (float) (centres.squaredNorm(c) / 2);
    }
    int[] nearest = new int[points.rows()];
    float[] products = new float[ROWS_PER_BLOCK * padded];
    for (int begin = 0; begin < nearest.length; begin += ROWS_PER_BLOCK) {
      int rows = Math.min(ROWS_PER_BLOCK, nearest.length - begin);
      int offset = points.offset(begin);
      kernels.product(
          points.values(), offset, stride, rows, stride, panels, padded, products, 0, padded);
      for (int r = 0; r < rows; r++) {
        nearest[begin + r] = nearest(products, r * padded, halfSquares);
      }
    }
    return nearest;
  }

  private static int nearest(float[] products, int offset, float[] halfSquares) {
    int nearest = 0;
    float highest = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < halfSquares.length; c++) {
      float closeness = products[offset + c] - halfSquares[c];
      if (closeness > highest) {
        highest = closeness;
        nearest = c;
      }
    }
    return nearest;
  }

  /** A prototype of nothing would be a negative of everything. */
  private static Prototypes withoutEmpty(EmbeddingTable centres, int[] assignment) {
    int[] numbers = new int[centres.rows()];
    for (int c : assignment) {
      numbers[c] = 1;
    }
    int kept = 0;
    for (int c = 0; c < numbers.length; c++) {
      numbers[c] = numbers[c] == 0 ? -1 : kept++;
    }
    EmbeddingTable centroids = new EmbeddingTable(kept, centres.dimension());
    for (int c = 0; c < numbers.length; c++) {
      if (numbers[c] >= 0) {
        centroids.setRow(numbers[c], centres.row(c));
      }
    }
    for (int r = 0; r < assignment.length; r++) {
      assignment[r] = numbers[assignment[r]];
    }
    return new Prototypes(centroids, assignment);
  }

  /** One row per prototype; to be read only. */
  EmbeddingTable centroids() {
    return centroids;
  }

  /** The prototype nearest to each row, a row of {@link #centroids}; each has one at least. */
  int of(int row) {
    return assignment[row];
  }
}
