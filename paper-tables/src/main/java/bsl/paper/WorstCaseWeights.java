package bsl.paper;

import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.losses.theory.EntropicRisk;
import bsl.losses.theory.KullbackLeiblerBall;
import bsl.report.Column;
import bsl.report.Estimate;
import bsl.report.Table;
import bsl.run.RunData;
import bsl.run.ScoreStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measures how much weight noise gets in a trained model. The weights are those of the worst case
 * that softmax loss trains against, and those of BSL's positive side. Scores are cosines.
 *
 * <p>Negatives are drawn as in training, uniformly over all items, so that some are false: pairs of
 * the train set or of the test set. Positives are a user's train pairs, so that injected noise is
 * among them. Weights are divided by those of the uniform distribution: 1 is what a mean would
 * give.
 */
public final class WorstCaseWeights {
  private static final int USERS = 1000;
  private static final int NEGATIVES = 1024;
  private static final double[] TEMPERATURES = {0.05, 0.1, 0.17, 0.3, 1};

  /**
   * Weights at one temperature.
   *
   * @param temperature tau
   * @param cleanNegative mean weight of negatives that are neither clean train pairs nor test pairs
   * @param trainNegative mean weight of negatives that are clean train pairs
   * @param testNegative mean weight of negatives that are test pairs
   * @param radius mean over users of the worst case's divergence from the uniform distribution
   * @param approximation mean over users of sqrt(Var / 2 eta) of that radius, beside tau; users
   *     whose scores are equal have none, and it is NaN if all are such
   * @param cleanPositive mean weight, on BSL's positive side, of train pairs that are not noise
   * @param noisyPositive the same of those that are; NaN if there are none
   */
  public record Row(
      double temperature,
      double cleanNegative,
      double trainNegative,
      double testNegative,
      double radius,
      double approximation,
      double cleanPositive,
      double noisyPositive) {}

  private final Embeddings model;
  private final RunData data;
  private final List<Row> rows = new ArrayList<>();

  /**
   * Looks at 1,000 to 1,999 users, or all if they are fewer, and at 1,024 negatives of each. Users
   * without train pairs are left out.
   *
   * @param model final embeddings
   * @param data what they were trained on
   */
  public WorstCaseWeights(Embeddings model, RunData data) {
    this.model = model;
    this.data = data;
    List<Means> means = new ArrayList<>();
    for (double temperature : TEMPERATURES) {
      means.add(new Means(temperature));
    }
    Interactions train = data.train();
    int step = Math.max(1, train.users() / USERS);
    for (int user = 0; user < train.users(); user += step) {
      if (train.degree(user) > 0) {
        add(user, means);
      }
    }
    means.forEach(each -> rows.add(each.row()));
  }

  /**
   * The weights at one of the temperatures.
   *
   * @throws IllegalArgumentException if they were not worked out at that temperature
   */
  public Row at(double temperature) {
    return rows.stream()
        .filter(row -> row.temperature() == temperature)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no weights at tau " + temperature));
  }

  /** One row per temperature. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** A mean in the making. */
  private static final class Mean {
    private double sum;
    private long count;

    void add(double value) {
      sum += value;
      count++;
    }

    double value() {
      return sum / count;
    }
  }

  /** The means at one temperature, in the making. */
  private static final class Means {
    private final double temperature;
    private final Mean cleanNegative = new Mean();
    private final Mean trainNegative = new Mean();
    private final Mean testNegative = new Mean();
    private final Mean radius = new Mean();
    private final Mean approximation = new Mean();
    private final Mean cleanPositive = new Mean();
    private final Mean noisyPositive = new Mean();

    Means(double temperature) {
      this.temperature = temperature;
    }

    Row row() {
      return new Row(
          temperature,
          cleanNegative.value(),
          trainNegative.value(),
          testNegative.value(),
          radius.value(),
          approximation.value(),
          cleanPositive.value(),
          noisyPositive.value());
    }
  }

  private void add(int user, List<Means> means) {
    int[] negatives = negatives(user);
    EntropicRisk negativeRisk = EntropicRisk.uniform(scores(user, negatives));
    int[] positives = data.train().itemsOf(user);
    EntropicRisk positiveRisk = EntropicRisk.uniform(scores(user, positives));
    for (Means at : means) {
      double[] weights = negativeRisk.worstCase(at.temperature);
      for (int j = 0; j < negatives.length; j++) {
        negativeKind(user, negatives[j], at).add(weights[j] * negatives.length);
      }
      double divergence = negativeRisk.divergence(at.temperature);
      at.radius.add(divergence);
      if (divergence > 0) {
        // Equal scores have no worst case, and no temperature that belongs to it.
        at.approximation.add(KullbackLeiblerBall.approximateTemperature(negativeRisk, divergence));
      }
      double[] shares = positiveRisk.worstCase(at.temperature);
      for (int i = 0; i < positives.length; i++) {
        (data.noise().contains(user, positives[i]) ? at.noisyPositive : at.cleanPositive)
            .add(shares[i] * positives.length);
      }
    }
  }

  private Mean negativeKind(int user, int item, Means means) {
    if (data.test().contains(user, item)) {
      return means.testNegative;
    }
    boolean positive = data.train().contains(user, item) && !data.noise().contains(user, item);
    return positive ? means.trainNegative : means.cleanNegative;
  }

  private int[] negatives(int user) {
    RandomStream random = RandomStream.of(1, Purpose.NEGATIVES, user);
    int[] items = new int[NEGATIVES];
    for (int j = 0; j < NEGATIVES; j++) {
      items[j] = random.nextInt(data.train().items());
    }
    return items;
  }

  private double[] scores(int user, int[] items) {
    double[] scores = new double[items.length];
    for (int j = 0; j < items.length; j++) {
      scores[j] = ScoreStatistics.cosine(model.users(), user, model.items(), items[j]);
    }
    return scores;
  }

  /**
   * The weights of the same setting's models as a table of means over seeds.
   *
   * @param models weights of at least one model
   * @param name see {@link Table#name}
   * @param caption which models' they are
   */
  public static Table table(List<WorstCaseWeights> models, String name, String caption) {
    Table table =
        new Table(
            name,
            caption,
            Column.number("tau", "tau", "%.2f"),
            Column.number("clean_negative", "negatives: clean", "%.3f"),
            Column.number("train_negative", "in train", "%.2f"),
            Column.number("test_negative", "in test", "%.2f"),
            Column.number("radius", "radius eta", "%.3f"),
            Column.number("approximation", "sqrt(Var/2eta)", "%.3f"),
            Column.number("clean_positive", "positives: clean", "%.3f"),
            Column.number("noisy_positive", "noise", "%.3f"));
    for (Row first : models.get(0).rows) {
      List<Row> rows = models.stream().map(model -> model.at(first.temperature())).toList();
      table.add(
          first.temperature(),
          mean(rows, Row::cleanNegative),
          mean(rows, Row::trainNegative),
          mean(rows, Row::testNegative),
          mean(rows, Row::radius),
          mean(rows, Row::approximation),
          mean(rows, Row::cleanPositive),
          mean(rows, Row::noisyPositive));
    }
    return table;
  }

  private static Estimate mean(List<Row> rows, ToDoubleFunction<Row> weight) {
    return Cell.estimate(rows.stream().mapToDouble(weight).toArray());
  }
}
