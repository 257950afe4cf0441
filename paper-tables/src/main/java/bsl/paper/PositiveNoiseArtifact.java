package bsl.paper;

import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The paper's curves of SL and BSL against positive noise, MF, with the temperatures and ratios
 * that the authors found best at each level.
 *
 * <p>The claim: BSL's lead over SL grows with the noise. With one seed a verdict says what this
 * seed shows and no more; nothing is asserted.
 */
public final class PositiveNoiseArtifact implements Artifact {
  private static final String ORIGIN = "positive-noise";

  /**
   * The authors' best setting.
   *
   * @param rate positive noise
   * @param tau temperature of SL
   * @param bslTau temperature of BSL
   * @param ratio rho of BSL
   */
  private record Level(double rate, double tau, double bslTau, double ratio) {}

  private static final Map<String, List<Level>> LEVELS =
      Map.of(
          "yelp2018",
          List.of(
              new Level(0, 0.11, 0.11, 1.10),
              new Level(0.2, 0.12, 0.12, 1.12),
              new Level(0.4, 0.13, 0.13, 1.11)),
          "gowalla",
          List.of(
              new Level(0, 0.08, 0.08, 1.22),
              new Level(0.2, 0.09, 0.09, 1.23),
              new Level(0.4, 0.10, 0.11, 1.20)),
          "ml-1m",
          List.of(
              new Level(0, 0.17, 0.17, 1.06),
              new Level(0.2, 0.19, 0.19, 1.06),
              new Level(0.4, 0.21, 0.21, 1.05)));

  @Override
  public String id() {
    return ORIGIN;
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      for (Level level : LEVELS.get(dataset)) {
        runs.add(sl(scope, dataset, level));
        runs.add(bsl(scope, dataset, level));
      }
    }
    return runs;
  }

  private static RunSpec sl(Scope scope, String dataset, Level level) {
    return noisy(scope, dataset, "sl", level.rate(), level.tau(), 1);
  }

  private static RunSpec bsl(Scope scope, String dataset, Level level) {
    return noisy(scope, dataset, "bsl", level.rate(), level.bslTau(), level.ratio());
  }

  private static RunSpec noisy(
      Scope scope, String dataset, String loss, double rate, double tau, double ratio) {
    return RunSpec.of(
        Presets.spec(scope.preset(), dataset, "mf", loss)
            .asSettings(ORIGIN)
            .set(SettingKey.POSITIVE_NOISE, Double.toString(rate), ORIGIN)
            .set(SettingKey.TAU, Double.toString(tau), ORIGIN)
            .set(SettingKey.TAU_RATIO, Double.toString(ratio), ORIGIN));
  }

  @Override
  public ArtifactReport report(Scope scope, FinishedRuns runs) {
    StringBuilder text = new StringBuilder("# Positive noise: SL and BSL, MF\n\n");
    StringBuilder csv = new StringBuilder("dataset,noise,loss,recall20,ndcg20,run\n");
    for (String dataset : scope.datasets()) {
      text.append("## ").append(dataset);
      text.append(
          """


          | noise | SL, Recall@20 | BSL | lead | SL, NDCG@20 | BSL | lead |
          |---:|---:|---:|---:|---:|---:|---:|
          """);
      List<Double> leads = new ArrayList<>();
      for (Level level : LEVELS.get(dataset)) {
        RunSpec sl = sl(scope, dataset, level);
        RunSpec bsl = bsl(scope, dataset, level);
        double[] recall = {metric(sl, runs, "recall@20"), metric(bsl, runs, "recall@20")};
        double[] ndcg = {metric(sl, runs, "ndcg@20"), metric(bsl, runs, "ndcg@20")};
        leads.add(ndcg[1] / ndcg[0] - 1);
        text.append(
            String.format(
                Locale.ROOT,
                "| %.0f%% | %.5f | %.5f | %+.1f%% | %.5f | %.5f | %+.1f%% |%n",
                100 * level.rate(),
                recall[0],
                recall[1],
                100 * (recall[1] / recall[0] - 1),
                ndcg[0],
                ndcg[1],
                100 * (ndcg[1] / ndcg[0] - 1)));
        csv.append(line(dataset, level, sl, runs)).append(line(dataset, level, bsl, runs));
      }
      text.append(verdict(leads));
    }
    return new ArtifactReport(text.toString(), csv.toString(), true);
  }

  private static double metric(RunSpec spec, FinishedRuns runs, String key) {
    return runs.result(spec).metrics().get(key);
  }

  private static String line(String dataset, Level level, RunSpec spec, FinishedRuns runs) {
    return String.join(
            ",",
            dataset,
            Double.toString(level.rate()),
            spec.lossName(),
            Double.toString(metric(spec, runs, "recall@20")),
            Double.toString(metric(spec, runs, "ndcg@20")),
            runs.folder(spec).toString())
        + "\n";
  }

  private static String verdict(List<Double> leads) {
    boolean grows = true;
    for (int level = 1; level < leads.size(); level++) {
      grows &= leads.get(level) > leads.get(level - 1);
    }
    return String.format(
        "%nBSL's lead in NDCG@20 %s from level to level (one seed).%n%n",
        grows ? "grows" : "does not grow");
  }
}
