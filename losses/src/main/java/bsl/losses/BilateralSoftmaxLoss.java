package bsl.losses;

import bsl.core.Grouping;
import bsl.core.kernel.Kernels;
import java.util.Objects;

/**
 * Bilateral softmax loss (BSL), for training on data with false positives as well as false
 * negatives. It is {@link SoftmaxLoss} with the log-expectation-exp form on the positive side, too:
 * positives that the model finds implausible weigh less.
 *
 * <p>Source: Wu et al., <i>BSL: Understanding and Improving Softmax Loss for Recommendation</i>,
 * ICDE 2024. Three parametrisations go by this name:
 *
 * <ul>
 *   <li><b>Code form</b> ({@link #codeForm}), with which all published numbers were made: one
 *       temperature tau and a power rho ("tau1/tau2") on the negative side,
 *       <pre>  l = -log E_{i ~ P+_u}[exp(s_ui / tau)] + rho log E_{j ~ P-_u}[exp(s_uj / tau)]</pre>
 *   <li><b>Paper form</b> ({@link #paperForm}): two temperatures inside the exponentials,
 *       <pre>
 *         l = -tau1 log E_{i ~ P+_u}[exp(s_ui / tau1)] + tau2 log E_{j ~ P-_u}[exp(s_uj / tau2)]
 *       </pre>
 *   <li><b>Power form</b> ({@link #powerForm}), which later benchmarks use:
 *       <pre>  l = -log(exp(s_ui / tau1) / (sum_{j = 1..N} exp(s_uj / tau2))^(tau2 / tau1))</pre>
 * </ul>
 *
 * <p>How they relate: divided by tau1, the paper form has the power tau2 / tau1 on the negative
 * side, as the code form has rho. But its negatives keep the temperature tau2. The two agree, up to
 * that factor, only where tau1 = tau2 and rho = 1. The power form is the paper form divided by
 * tau1, up to the constant (tau2 / tau1) log N.
 *
 * <p>The expectation over positives has two modes.
 *
 * <ul>
 *   <li>{@link Mode#MULTI} takes the mean of exp over those positives of the same user that fall
 *       into the same mini-batch. Every pair keeps its own row in the batch mean, so a user with n
 *       pairs counts n times.
 *   <li>{@link Mode#REWEIGHT} takes the single pair. Then only rho tells the loss from {@link
 *       SoftmaxLoss}.
 * </ul>
 *
 * <p>The negative side of the code form is a mean in mode multi and a sum in mode reweight, as in
 * the reference implementation. The two differ by rho log N and have the same gradient. The paper
 * form takes the mean.
 *
 * <p>Parameters: temperatures from 1e-18 to 1e30, rho from 1e-18 to 1e18. For cosines tau is about
 * 0.05 to 0.3, and the paper explores rho from 0.5 to 2. Inner products need something that keeps
 * embeddings short, such as an L2 term: with rho above 1 the code form has no lower bound, as all
 * scores can fall together.
 *
 * <p>Gradient of the code form: the n positives of a user share -n / (tau B) in proportion to
 * exp(s_ui / tau). The negatives of a pair share rho / (tau B) in proportion to exp(s_uj / tau).
 *
 * <p>Neighbours: with rho = 1 and one positive per user all forms are {@link SoftmaxLoss}, up to
 * factors and constants. The loss is convex in the scores in mode reweight. In mode multi the
 * positive side is concave.
 */
public final class BilateralSoftmaxLoss extends PerUserLoss {
  /** How the expectation over a user's positives is taken. */
  public enum Mode {
    /**
     * Over the user's positives within the mini-batch. It is meant for mini-batches of pairs, in
     * which a user has one or two. Over a user's whole history it trains badly.
     */
    MULTI,
    /** Over the single pair. */
    REWEIGHT
  }

  private final double positiveTemperature;
  private final double positiveFactor;
  private final double negativeTemperature;
  private final double negativeFactor;
  private final boolean averageNegatives;
  private final Mode mode;
  private final NegativeSide negativeSide;

  private BilateralSoftmaxLoss(
      double positiveTemperature,
      double positiveFactor,
      double negativeTemperature,
      double negativeFactor,
      boolean averageNegatives,
      Mode mode,
      Kernels kernels) {
    this.positiveTemperature = positiveTemperature;
    this.positiveFactor = positiveFactor;
    this.negativeTemperature = negativeTemperature;
    this.negativeFactor = negativeFactor;
    this.averageNegatives = averageNegatives;
    this.mode = Objects.requireNonNull(mode, "mode");
    this.negativeSide = new NegativeSide(kernels);
  }

  /**
   * The form with one temperature and a power.
   *
   * @param temperature tau, from 1e-18 to 1e30
   * @param ratio rho, from 1e-18 to 1e18; the paper explores 0.5 to 2
   * @param mode how the expectation over positives is taken
   */
  public static BilateralSoftmaxLoss codeForm(double temperature, double ratio, Mode mode) {
    return codeForm(temperature, ratio, mode, Kernels.best());
  }

  /**
   * The form with one temperature and a power, on given kernels.
   *
   * @param temperature tau, from 1e-18 to 1e30
   * @param ratio rho, from 1e-18 to 1e18
   * @param mode how the expectation over positives is taken
   * @param kernels implementation of the inner loops
   */
  public static BilateralSoftmaxLoss codeForm(
      double temperature, double ratio, Mode mode, Kernels kernels) {
    Parameter.requireTemperature("tau", temperature);
    Parameter.requireWeight("rho", ratio);
    return new BilateralSoftmaxLoss(
        temperature, 1, temperature, ratio, mode == Mode.MULTI, mode, kernels);
  }

  /**
   * The form with two temperatures and a power.
   *
   * @param positiveTemperature tau1, from 1e-18 to 1e30
   * @param negativeTemperature tau2, from 1e-18 to 1e30
   * @param mode how the expectation over positives is taken
   */
  public static BilateralSoftmaxLoss powerForm(
      double positiveTemperature, double negativeTemperature, Mode mode) {
    return powerForm(positiveTemperature, negativeTemperature, mode, Kernels.best());
  }

  /**
   * The form with two temperatures and a power, on given kernels.
   *
   * @param positiveTemperature tau1, from 1e-18 to 1e30
   * @param negativeTemperature tau2, from 1e-18 to 1e30
   * @param mode how the expectation over positives is taken
   * @param kernels implementation of the inner loops
   */
  public static BilateralSoftmaxLoss powerForm(
      double positiveTemperature, double negativeTemperature, Mode mode, Kernels kernels) {
    Parameter.requireTemperature("tau1", positiveTemperature);
    Parameter.requireTemperature("tau2", negativeTemperature);
    return new BilateralSoftmaxLoss(
        positiveTemperature,
        1,
        negativeTemperature,
        negativeTemperature / positiveTemperature,
        false,
        mode,
        kernels);
  }

  /**
   * The form with two temperatures.
   *
   * @param positiveTemperature tau1, from 1e-18 to 1e30
   * @param negativeTemperature tau2, from 1e-18 to 1e30
   * @param mode how the expectation over positives is taken
   */
  public static BilateralSoftmaxLoss paperForm(
      double positiveTemperature, double negativeTemperature, Mode mode) {
    return paperForm(positiveTemperature, negativeTemperature, mode, Kernels.best());
  }

  /**
   * The form with two temperatures, on given kernels.
   *
   * @param positiveTemperature tau1, from 1e-18 to 1e30
   * @param negativeTemperature tau2, from 1e-18 to 1e30
   * @param mode how the expectation over positives is taken
   * @param kernels implementation of the inner loops
   */
  public static BilateralSoftmaxLoss paperForm(
      double positiveTemperature, double negativeTemperature, Mode mode, Kernels kernels) {
    Parameter.requireTemperature("tau1", positiveTemperature);
    Parameter.requireTemperature("tau2", negativeTemperature);
    return new BilateralSoftmaxLoss(
        positiveTemperature,
        positiveTemperature,
        negativeTemperature,
        negativeTemperature,
        true,
        mode,
        kernels);
  }

  @Override
  public void preparePositives(PositiveSide positives, int begin, int end) {
    if (mode == Mode.REWEIGHT) {
      return;
    }
    double slope = positiveFactor / (positiveTemperature * positives.size());
    for (int g = begin; g < end; g++) {
      prepareGroup(positives, g, slope);
    }
  }

  /** The pairs of one group: value of each, and the softmax that shares their common slope. */
  private void prepareGroup(PositiveSide positives, int group, double slope) {
    Grouping groups = positives.groups();
    int begin = groups.begin(group);
    int end = groups.end(group);
    if (end - begin == 1) {
      int pair = groups.position(begin);
      positives.setValue(pair, -positiveFactor * (positives.score(pair) / positiveTemperature));
      positives.setGradient(pair, (float) -slope);
      return;
    }
    double max = Double.NEGATIVE_INFINITY;
    for (int p = begin; p < end; p++) {
      int pair = groups.position(p);
      max = Math.max(max, NonFiniteScoreException.requireFinite(pair, positives.score(pair)));
    }
    double sum = 0;
    for (int p = begin; p < end; p++) {
      sum += StrictMath.exp((positives.score(groups.position(p)) - max) / positiveTemperature);
    }
    int size = end - begin;
    double value = -positiveFactor * (max / positiveTemperature + StrictMath.log(sum / size));
    for (int p = begin; p < end; p++) {
      int pair = groups.position(p);
      double share = StrictMath.exp((positives.score(pair) - max) / positiveTemperature) / sum;
      positives.setValue(pair, value);
      positives.setGradient(pair, (float) (-slope * size * share));
    }
  }

  @Override
  protected double evaluateRow(
      PositiveSide positives, int begin, int end, NegativeScores negatives) {
    double batch = positives.size();
    int pairs = end - begin;
    double positive = 0;
    for (int pair = begin; pair < end; pair++) {
      if (mode == Mode.REWEIGHT) {
        positive += -positiveFactor * positives.score(pair) / positiveTemperature;
        positives.setGradient(pair, (float) (-positiveFactor / (positiveTemperature * batch)));
      } else {
        positive += prepared(positives, pair);
      }
    }
    double total = negatives.total();
    double slope = pairs * negativeFactor / (negativeTemperature * batch);
    double negative = negativeSide.logSumExp(negatives, negativeTemperature, slope, begin);
    if (averageNegatives) {
      negative -= StrictMath.log(total);
    }
    return positive + pairs * negativeFactor * negative;
  }

  private static double prepared(PositiveSide positives, int pair) {
    double value = positives.value(pair);
    if (Double.isNaN(value)) {
      throw new IllegalStateException(
          "pair " + pair + " has no positive side yet: preparePositives comes before evaluate");
    }
    return value;
  }

  @Override
  public String toString() {
    return "BilateralSoftmaxLoss[tau1="
        + positiveTemperature
        + ", tau2="
        + negativeTemperature
        + ", factors="
        + positiveFactor
        + "/"
        + negativeFactor
        + ", mode="
        + mode
        + "]";
  }
}
