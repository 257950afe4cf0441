package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.eval.PerUserMetrics;
import bsl.paper.Hypotheses.Ratio;
import bsl.run.EpochRecord;
import bsl.run.RunData;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

class HypothesesTest {
  private static final int USERS = 40;
  private static final Scope SCOPE =
      new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), 4);
  private static final Cell SL = SCOPE.cell("ml-1m", "mf", "sl");
  private static final Cell BSL = SCOPE.cell("ml-1m", "mf", "bsl");
  private static final String KEY = FinishedRuns.NDCG;

  /** Runs with metrics by user, drawn by loss and seed. */
  private static final class Drawn implements FinishedRuns {
    private final Map<RunSpec, double[]> byUser = new HashMap<>();
    private RunSpec lacking;
    private RunSpec onValidation;
    private RunSpec nothing;

    double[] of(RunSpec spec) {
      return byUser.computeIfAbsent(
          spec,
          run -> {
            RandomStream random =
                RandomStream.of(run.seed(), Purpose.TEST, run.lossName().length());
            double[] values = new double[USERS];
            Arrays.setAll(
                values,
                u ->
                    run.equals(nothing)
                        ? 0
                        : (float) (0.2 + 0.1 * random.nextDouble() + 0.001 * u));
            return values;
          });
    }

    @Override
    public RunResult result(RunSpec spec) {
      double mean = Arrays.stream(of(spec)).average().orElseThrow();
      FakeRuns fake = new FakeRuns(run -> Map.of(KEY, mean));
      return spec.equals(onValidation)
          ? fake.selectedOnValidation().result(spec)
          : fake.result(spec);
    }

    @Override
    public Optional<PerUserMetrics> perUser(RunSpec spec) {
      int[] users = new int[USERS];
      Arrays.setAll(users, u -> 3 * u);
      return spec.equals(lacking)
          ? Optional.empty()
          : Optional.of(PerUserMetrics.of(users, Map.of(KEY, of(spec))));
    }

    @Override
    public Path folder(RunSpec spec) {
      return Path.of("runs");
    }

    @Override
    public String link(RunSpec spec) {
      return "runs/" + spec.title() + spec.seed();
    }

    @Override
    public List<EpochRecord> curve(RunSpec spec) {
      return List.of();
    }

    @Override
    public RunData data(RunSpec spec) {
      throw new AssertionError("needs no data");
    }
  }

  private static Cell noisy(String loss, double level) {
    return new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), 3)
        .cell("fast", "ml-1m", "mf", loss, run -> run.with(SettingKey.POSITIVE_NOISE, level));
  }

  private final Drawn runs = new Drawn();
  private final Hypotheses that = new Hypotheses(runs);

  /** Users' and seeds' means of differences by loops of their own, tests by Commons Math. */
  @Test
  void pairsRunsBySeedAndUser() {
    double first = 0;
    double reference = 0;
    for (int s = 0; s < 4; s++) {
      for (int u = 0; u < USERS; u++) {
        first += runs.of(BSL.runs().get(s))[u] / USERS / 4;
        reference += runs.of(SL.runs().get(s))[u] / USERS / 4;
      }
    }

    Hypothesis better = that.better(KEY, BSL, SL);
    Hypothesis atLeast = that.atLeast(KEY, BSL, SL);
    Hypothesis leads = that.better(KEY, BSL, SL, 0.15);

    assertThat(better.evidence().seeds()).isEqualTo(4);
    assertThat(better.effect()).isCloseTo(first / reference - 1, within(1e-9));
    assertThat(better.pValue()).isCloseTo(pValue(0), within(1e-9));
    assertThat(atLeast.threshold()).isEqualTo(-0.005);
    assertThat(atLeast.pValue()).isCloseTo(pValue(-0.005), within(1e-9));
    assertThat(leads.threshold()).isEqualTo(0.15);
    assertThat(leads.pValue()).isCloseTo(pValue(0.15), within(1e-9));
    assertThat(better.text())
        .matches("NDCG@20 0\\.\\d{5} against " + String.format(Locale.ROOT, "%.5f", reference));
  }

  /**
   * The largest p-value of what BSL has beyond a multiple of what SL has. Welch's test of the
   * users' means against the seeds' deviations adds the two squared errors.
   */
  private double pValue(double share) {
    double[] ofUsers = new double[USERS];
    double[] ofSeeds = new double[4];
    for (int s = 0; s < 4; s++) {
      for (int u = 0; u < USERS; u++) {
        double beyond = runs.of(BSL.runs().get(s))[u] - (1 + share) * runs.of(SL.runs().get(s))[u];
        ofUsers[u] += beyond / 4;
        ofSeeds[s] += beyond / USERS;
      }
    }
    TTest test = new TTest();
    double mean = StatUtils.mean(ofSeeds);
    double[] deviations = Arrays.stream(ofSeeds).map(of -> of - mean).toArray();
    return Math.max(
        Math.max(test.tTest(0, ofUsers), test.tTest(0, ofSeeds)), test.tTest(ofUsers, deviations));
  }

  @Test
  void aTrendIsASlopePerSeedAndUser() {
    List<Ratio> leads = new ArrayList<>();
    double[] weights = Slope.weights(0, 1, 2);
    Cell[] cells = {SCOPE.cell("ml-1m", "mf", "bpr"), SCOPE.cell("ml-1m", "mf", "bce"), BSL};
    for (int l = 0; l < 3; l++) {
      leads.add(new Ratio(weights[l], cells[l], SL));
    }
    double slope = 0;
    for (int s = 0; s < 4; s++) {
      double[] ratio = new double[3];
      for (int l = 0; l < 3; l++) {
        ratio[l] = runs.metric(cells[l].runs().get(s), KEY) / runs.metric(SL.runs().get(s), KEY);
      }
      slope += (ratio[2] - ratio[0]) / 2 / 4;
    }

    Hypothesis grows = that.ratios("slope", KEY, leads, 10, "%+.2f").get(0);

    assertThat(grows.evidence().effect()).isCloseTo(slope, within(1e-9));
    assertThat(grows.decidable()).isTrue();
    runs.lacking = SL.runs().get(2);
    Hypothesis without = that.ratios("slope", KEY, leads, 10, "%+.2f").get(0);
    assertThat(without.evidence().effect()).isCloseTo(slope, within(1e-9));
    assertThat(without.decidable()).isFalse();
  }

  /** The weights of these points add up to -1.3e-15, which every seed and user would have. */
  @Test
  void roundingIsNoTrend() {
    List<Ratio> leads = new ArrayList<>();
    double[] weights = Slope.weights(0, 0.2, 0.4);
    for (double weight : weights) {
      leads.add(new Ratio(weight, SL, SL));
    }

    assertThat(Arrays.stream(weights).sum()).isNotZero();
    assertThat(that.ratios("slope", KEY, leads, 10, "%+.2f").get(0).pValue()).isEqualTo(1);
    runs.lacking = SL.runs().get(2);
    assertThat(that.ratios("slope", KEY, leads, 10, "%+.2f").get(0).effect()).isZero();
  }

  /** BSL is 1.24 times SL at each level, but for rounding: 1.24, 1.24 and 1.2399999999999998. */
  @Test
  void ratiosThatAreEqualButForRoundingHaveNoTrend() {
    double[] levels = {0, 0.2, 0.4};
    double[] sl = {0.25, 0.24, 0.21};
    double[] weights = Slope.weights(levels);
    List<Ratio> leads = new ArrayList<>();
    for (int l = 0; l < levels.length; l++) {
      leads.add(new Ratio(weights[l], noisy("bsl", levels[l]), noisy("sl", levels[l])));
    }
    FakeRuns alike =
        new FakeRuns(
            spec -> {
              double value = sl[(int) Math.round(spec.positiveNoise() / 0.2)];
              return Map.of(KEY, spec.lossName().equals("bsl") ? 1.24 * value : value);
            });

    Hypothesis slope = new Hypotheses(alike).ratios("slope", KEY, leads, 10, "%+.2f").get(0);

    assertThat(1.24 * sl[2] / sl[2]).isNotEqualTo(1.24 * sl[0] / sl[0]);
    assertThat(slope.effect()).isZero();
    assertThat(slope.pValue()).isEqualTo(1);
  }

  @Test
  void thereIsNoRatioToNothing() {
    runs.nothing = SL.runs().get(2);
    List<Ratio> leads = List.of(new Ratio(-1, BSL, BSL), new Ratio(1, BSL, SL));

    assertThat(that.ratios("slope", KEY, leads, 10, "%+.2f")).isEmpty();
  }

  @Test
  void aRunWithoutMetricsByUserIsNamedAndTheEffectIsThatOfTheResults() {
    Hypothesis whole = that.better(KEY, BSL, SL);
    runs.lacking = BSL.runs().get(1);
    Hypothesis lacking = that.better(KEY, BSL, SL);

    assertThat(lacking.lack())
        .contains("runs/ml-1m-mf-bsl2 has neither metrics by user nor its model");
    assertThat(lacking.evidence().effect()).isCloseTo(whole.evidence().effect(), within(1e-12));
    assertThat(lacking.pValue()).isEqualTo(1);
    assertThat(lacking.leaning()).isEqualTo(whole.leaning());
  }

  @Test
  void runsOfDifferentSelectionsAreNeverPaired() {
    runs.onValidation = SL.runs().get(0);

    assertThatThrownBy(() -> that.better(KEY, BSL, SL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("runs/ml-1m-mf-sl1 was not selected");
  }
}
