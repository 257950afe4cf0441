package bsl.paper;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.run.ScoreStatistics;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * How a model's embeddings lie on the unit sphere: a map of the items, alignment and uniformity
 * (Wang and Isola, ICML 2020).
 */
public final class EmbeddingGeometry {
  private static final int SAMPLE = 20_000;
  private static final double TEMPERATURE = 2;

  private final Embeddings model;

  /**
   * @param model final embeddings
   */
  public EmbeddingGeometry(Embeddings model) {
    this.model = model;
  }

  /**
   * Items in the plane of their two principal components, each scaled to length 1 before.
   *
   * @param items which items, at least two
   * @return their coordinates: {@code [0]} along the first component, {@code [1]} along the second
   */
  public double[][] map(int[] items) {
    EmbeddingTable table = model.items();
    double[][] rows = new double[items.length][table.dimension()];
    for (int i = 0; i < items.length; i++) {
      double norm = Math.sqrt(table.squaredNorm(items[i]));
      for (int d = 0; norm != 0 && d < table.dimension(); d++) {
        rows[i][d] = table.values()[table.offset(items[i]) + d] / norm;
      }
    }
    RealMatrix points = new Array2DRowRealMatrix(rows, false);
    RealMatrix covariance = new Covariance(points).getCovarianceMatrix();
    EigenDecomposition components = new EigenDecomposition(covariance);
    double[] values = components.getRealEigenvalues();
    int[] largest =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -values[c]))
            .limit(2)
            .mapToInt(Integer::intValue)
            .toArray();
    // A table of one dimension has no second component.
    double[][] map = new double[2][items.length];
    for (int axis = 0; axis < largest.length; axis++) {
      map[axis] = points.operate(components.getEigenvector(largest[axis])).toArray();
    }
    return map;
  }

  /**
   * Mean squared distance of user and item of a pair, on the unit sphere; the smaller the closer.
   *
   * @param pairs the pairs, at least one; some 20,000 of them are looked at, evenly spread
   * @param except pairs that are left out
   */
  public double alignment(Interactions pairs, Interactions except) {
    double sum = 0;
    int count = 0;
    int step = Math.max(1, pairs.size() / SAMPLE);
    int[] userAt = pairs.pairUsers();
    for (int at = 0; at < pairs.size(); at += step) {
      int user = userAt[at];
      int item = pairs.itemAt(at);
      if (!except.contains(user, item)) {
        sum += squaredDistance(model.users(), user, model.items(), item);
        count++;
      }
    }
    return sum / count;
  }

  /**
   * Logarithm of the mean of exp(-2 |x - y|^2) over pairs of items on the unit sphere; the smaller
   * the more evenly they are spread.
   */
  public double uniformity() {
    EmbeddingTable items = model.items();
    RandomStream random = RandomStream.of(0, Purpose.RESAMPLING);
    double sum = 0;
    for (int n = 0; n < SAMPLE; n++) {
      int one = random.nextInt(items.rows());
      int two = random.nextInt(items.rows());
      sum += Math.exp(-TEMPERATURE * squaredDistance(items, one, items, two));
    }
    return Math.log(sum / SAMPLE);
  }

  private static double squaredDistance(EmbeddingTable a, int row, EmbeddingTable b, int other) {
    return 2 - 2 * ScoreStatistics.cosine(a, row, b, other);
  }
}
