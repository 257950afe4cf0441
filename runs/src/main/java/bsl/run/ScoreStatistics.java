package bsl.run;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.Variance;

/**
 * Mean and variance of the cosines that a model gives to train pairs and to negatives: up to 4,096
 * train pairs, evenly spread over the set, and 16 items drawn uniformly for each. The same pairs
 * and items every time, so that what changes from epoch to epoch is the model.
 */
public final class ScoreStatistics {
  /** Mean of the positives' cosines. */
  public static final String POSITIVE_MEAN = "positive_score_mean";

  /** Variance of the positives' cosines. */
  public static final String POSITIVE_VARIANCE = "positive_score_variance";

  /** Mean of the negatives' cosines. */
  public static final String NEGATIVE_MEAN = "negative_score_mean";

  /** Mean over pairs of the variance of the cosines of a pair's negatives. */
  public static final String NEGATIVE_VARIANCE = "negative_score_variance";

  private static final int PAIRS = 4096;
  private static final int NEGATIVES = 16;

  private final int[] users;
  private final int[] positives;
  private final int[] negatives;

  /**
   * Chooses pairs and items.
   *
   * @param train train pairs, at least one
   */
  public ScoreStatistics(Interactions train) {
    int count = Math.min(PAIRS, train.size());
    users = new int[count];
    positives = new int[count];
    negatives = new int[count * NEGATIVES];
    RandomStream random = RandomStream.of(0, Purpose.RESAMPLING);
    int[] userAt = train.pairUsers();
    for (int p = 0; p < count; p++) {
      int at = (int) ((long) p * train.size() / count);
      users[p] = userAt[at];
      positives[p] = train.itemAt(at);
      for (int n = 0; n < NEGATIVES; n++) {
        negatives[p * NEGATIVES + n] = random.nextInt(train.items());
      }
    }
  }

  /** The four numbers by key. */
  public Map<String, Double> of(Embeddings model) {
    double[] positive = new double[users.length];
    double[] negative = new double[negatives.length];
    double variance = 0;
    for (int p = 0; p < users.length; p++) {
      positive[p] = cosine(model, users[p], positives[p]);
      for (int n = p * NEGATIVES; n < (p + 1) * NEGATIVES; n++) {
        negative[n] = cosine(model, users[p], negatives[n]);
      }
      variance += new Variance().evaluate(negative, p * NEGATIVES, NEGATIVES) / users.length;
    }
    Map<String, Double> statistics = new LinkedHashMap<>();
    statistics.put(POSITIVE_MEAN, new Mean().evaluate(positive));
    statistics.put(POSITIVE_VARIANCE, new Variance().evaluate(positive));
    statistics.put(NEGATIVE_MEAN, new Mean().evaluate(negative));
    statistics.put(NEGATIVE_VARIANCE, variance);
    return statistics;
  }

  private static double cosine(Embeddings model, int user, int item) {
    return cosine(model.users(), user, model.items(), item);
  }

  /**
   * Cosine of two rows in double precision; 0 if one of them is zero.
   *
   * @param a table of the first row
   * @param row number of the first row
   * @param b table of the second row, of the same dimension
   * @param other number of the second row
   */
  public static double cosine(EmbeddingTable a, int row, EmbeddingTable b, int other) {
    double product = 0;
    double one = 0;
    double two = 0;
    for (int d = 0; d < a.dimension(); d++) {
      double x = a.values()[a.offset(row) + d];
      double y = b.values()[b.offset(other) + d];
      product += x * y;
      one += x * x;
      two += y * y;
    }
    return one * two == 0 ? 0 : product / Math.sqrt(one * two);
  }
}
