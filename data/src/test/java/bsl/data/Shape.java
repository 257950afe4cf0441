package bsl.data;

import bsl.core.Interactions;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * What a data set looks like from afar.
 *
 * @param popularitySlope slope of log popularity over log rank, from the first percent of the items
 *     to half of them
 * @param shareOfTopTenth share of all pairs that the most popular tenth of the items has
 * @param medianDegree median number of a user's items
 * @param logDegreeSpread standard deviation of the logarithm of a user's number of items
 */
record Shape(
    double popularitySlope, double shareOfTopTenth, double medianDegree, double logDegreeSpread) {
  static Shape of(Interactions pairs) {
    int[] popularity = new int[pairs.items()];
    for (int p = 0; p < pairs.size(); p++) {
      popularity[pairs.itemAt(p)]++;
    }
    Arrays.sort(popularity);
    SimpleRegression regression = new SimpleRegression();
    long top = 0;
    for (int rank = 1; rank <= popularity.length; rank++) {
      int count = popularity[popularity.length - rank];
      if (rank >= popularity.length / 100 && rank <= popularity.length / 2) {
        regression.addData(Math.log(rank), Math.log(count));
      }
      if (rank <= popularity.length / 10) {
        top += count;
      }
    }
    DescriptiveStatistics degrees = new DescriptiveStatistics();
    DescriptiveStatistics logs = new DescriptiveStatistics();
    for (int u = 0; u < pairs.users(); u++) {
      degrees.addValue(pairs.degree(u));
      logs.addValue(Math.log(pairs.degree(u)));
    }
    return new Shape(
        regression.getSlope(),
        (double) top / pairs.size(),
        degrees.getPercentile(50),
        logs.getStandardDeviation());
  }
}
