package bsl.paper;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.losses.BilateralSoftmaxLoss;
import bsl.losses.BilateralSoftmaxLoss.Mode;
import bsl.losses.ScoreBatch;
import bsl.losses.SoftmaxLoss;
import bsl.losses.theory.EntropicRisk;
import bsl.losses.theory.KullbackLeiblerBall;
import bsl.losses.theory.NumericalDuality;
import bsl.report.Column;
import bsl.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Checks the paper's theory numerically. The scores are like those of a trained model: cosines
 * around 0.1 with standard deviation 0.25. The numbers are the same on every machine.
 */
public final class TheoryTable {
  private static final int FEW = 8;
  private static final int MANY = 400;

  /**
   * One statement in one setting.
   *
   * @param statement what is claimed
   * @param setting for which parameters
   * @param left one side of the claim
   * @param right the other side
   * @param allowed by how much they may differ
   */
  public record Row(String statement, String setting, double left, double right, double allowed) {
    /** By how much the sides differ. */
    public double error() {
      return Math.abs(left - right);
    }

    /** Whether that is allowed. */
    public boolean holds() {
      return error() <= allowed;
    }
  }

  private final List<Row> rows = new ArrayList<>();

  /** Works everything out; takes a second or so. */
  public TheoryTable() {
    penalisedDuality();
    ballDuality();
    temperatureOfARadius();
    meanAndVariance();
    negativesOfSoftmaxLoss();
    positivesOfBilateralLoss();
  }

  /** All rows. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  private static double[] scores(int n) {
    RandomStream random = RandomStream.of(1, Purpose.TEST, n);
    double[] scores = new double[n];
    Arrays.setAll(
        scores, j -> (float) Math.max(-1, Math.min(1, 0.1 + 0.25 * random.nextGaussian())));
    return scores;
  }

  private static double[] uniform(int n) {
    double[] probabilities = new double[n];
    Arrays.fill(probabilities, 1.0 / n);
    return probabilities;
  }

  private void add(String statement, String setting, double left, double right, double allowed) {
    rows.add(new Row(statement, setting, left, right, allowed));
  }

  private void penalisedDuality() {
    double[] f = scores(FEW);
    EntropicRisk risk = EntropicRisk.uniform(f);
    NumericalDuality search = new NumericalDuality(f, uniform(FEW));
    double[] temperatures = {0.05, 0.1, 0.3, 1};
    for (double tau : temperatures) {
      add(
          "tau log E exp(f/tau) = max_Q E_Q[f] - tau KL",
          "tau = " + tau,
          risk.value(tau),
          search.penalised(tau).value(),
          1e-7);
    }
    int top = largest(f);
    for (double tau : temperatures) {
      add(
          "largest weight of the maximiser = that of softmax(f/tau)",
          "tau = " + tau,
          risk.worstCase(tau)[top],
          search.penalised(tau).distribution()[top],
          1e-3);
    }
  }

  private static int largest(double[] f) {
    int top = 0;
    for (int j = 1; j < f.length; j++) {
      top = f[j] > f[top] ? j : top;
    }
    return top;
  }

  private void ballDuality() {
    double[] f = scores(FEW);
    EntropicRisk risk = EntropicRisk.uniform(f);
    NumericalDuality search = new NumericalDuality(f, uniform(FEW));
    for (double radius : new double[] {0.01, 0.1, 0.5}) {
      KullbackLeiblerBall ball = new KullbackLeiblerBall(risk, radius);
      add(
          "max over KL <= eta of E_Q[f] = min_tau tau log E exp(f/tau) + tau eta",
          "eta = " + radius,
          search.constrained(radius).value(),
          ball.value(),
          1e-7);
    }
  }

  /**
   * To first order the relative error is skewness sqrt(2 eta) / 3; the next term is of order eta.
   */
  private void temperatureOfARadius() {
    EntropicRisk risk = EntropicRisk.uniform(scores(MANY));
    double skewness = risk.centralMoment(3) / Math.pow(risk.variance(), 1.5);
    for (double radius : new double[] {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1}) {
      KullbackLeiblerBall ball = new KullbackLeiblerBall(risk, radius);
      double exact = ball.temperature();
      double approximate = ball.approximateTemperature();
      double order = Math.sqrt(2 * radius);
      add(
          "tau* = sqrt(Var / 2 eta) (1 + O(sqrt eta))",
          String.format(
              Locale.ROOT, "eta = %.0e, off by %+.2f%%", radius, 100 * (approximate / exact - 1)),
          exact,
          approximate,
          approximate * (Math.abs(skewness) * order / 3 + 2 * radius));
    }
  }

  private void meanAndVariance() {
    EntropicRisk risk = EntropicRisk.uniform(scores(MANY));
    double fourth = Math.abs(risk.centralMoment(4)) + 3 * Math.pow(risk.variance(), 2);
    for (double tau : new double[] {0.3, 1, 10, 100}) {
      add(
          "remainder of E + Var/2tau, times tau^2 = k3/6 + O(1/tau)",
          "tau = " + tau,
          tau * tau * risk.remainder(tau),
          risk.centralMoment(3) / 6,
          fourth / (12 * tau));
    }
  }

  private void negativesOfSoftmaxLoss() {
    double[] f = scores(MANY);
    double tau = 0.1;
    EntropicRisk risk = EntropicRisk.uniform(f);
    ScoreBatch batch = new ScoreBatch(new int[] {0}, MANY);
    batch.setPositive(0, 0.5f);
    for (int j = 0; j < MANY; j++) {
      batch.setNegative(0, j, (float) f[j]);
    }
    double value = batch.evaluate(new SoftmaxLoss(tau));
    add(
        "SL = (worst case - s+)/tau + log N",
        "tau = " + tau,
        value,
        (risk.value(tau) - 0.5) / tau + Math.log(MANY),
        1e-5);
    double[] worst = risk.worstCase(tau);
    int top = largest(f);
    add(
        "gradient of SL = worst-case weights / tau",
        "the hardest negative",
        batch.negative(0, top),
        worst[top] / tau,
        1e-5);
  }

  private void positivesOfBilateralLoss() {
    double tau = 0.15;
    double[] s = {0.8, 0.6, -0.1};
    ScoreBatch batch = new ScoreBatch(new int[3], 1);
    for (int b = 0; b < 3; b++) {
      batch.setPositive(b, (float) s[b]);
      batch.setNegative(b, 0, 0f);
    }
    batch.evaluate(BilateralSoftmaxLoss.codeForm(tau, 1, Mode.MULTI));
    double[] weights = EntropicRisk.uniform(s).worstCase(tau);
    for (int b = 0; b < 3; b++) {
      add(
          "BSL weighs a user's positives in proportion to exp(s/tau)",
          "s = " + s[b],
          -tau * batch.positive(b),
          weights[b],
          1e-6);
    }
  }

  /** Whether every row holds. */
  public boolean holds() {
    return rows.stream().allMatch(Row::holds);
  }

  /** The rows as a table. */
  public Table table() {
    Table table =
        new Table(
            "",
            "The paper's statements, checked numerically",
            Column.statement("statement", "statement"),
            Column.statement("setting", "setting"),
            Column.number("left", "left", "%.5g"),
            Column.number("right", "right", "%.5g"),
            Column.number("error", "error", "%.1e"),
            Column.number("allowed", "allowed", "%.1e"),
            Column.text("holds", "verdict"));
    for (Row row : rows) {
      table.add(
          row.statement(),
          row.setting(),
          row.left(),
          row.right(),
          row.error(),
          row.allowed(),
          row.holds() ? "holds" : "FAILS");
    }
    return table;
  }
}
