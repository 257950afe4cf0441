package bsl.paper;

import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The paper's curves of losses against negative noise, MF, and the best temperature of SL at each
 * level. At level r each of a user's train positives has weight r among the user's negatives where
 * other items have weight 1.
 *
 * <p>The claims: SL is robust to false negatives where BPR, BCE and MSE are not, and its best
 * temperature grows with the noise. With one seed a verdict says what this seed shows and no more;
 * nothing is asserted.
 */
public final class NegativeNoiseArtifact implements Artifact {
  private static final String ORIGIN = "negative-noise";

  private static final String DATASET = "ml-1m";

  private static final int NEGATIVES = 64;
  private static final int EPOCHS = 24;
  private static final List<Double> LEVELS = List.of(1.0, 5.0, 10.0);
  private static final List<Double> TEMPERATURES = List.of(0.11, 0.14, 0.17, 0.21, 0.26);
  private static final List<String> OTHERS = List.of("bpr", "bce", "mse");
  private static final String METRIC = "ndcg@20";

  @Override
  public String id() {
    return ORIGIN;
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    List<RunSpec> runs = new ArrayList<>();
    if (scope.datasets().contains(DATASET)) {
      for (double level : LEVELS) {
        TEMPERATURES.forEach(tau -> runs.add(sl(scope, level, tau)));
        OTHERS.forEach(loss -> runs.add(other(loss, level)));
      }
    }
    return runs;
  }

  private static RunSpec sl(Scope scope, double level, double tau) {
    Settings settings = Presets.spec(scope.preset(), DATASET, "mf", "sl").asSettings(ORIGIN);
    return RunSpec.of(noisy(settings, level).set(SettingKey.TAU, Double.toString(tau), ORIGIN));
  }

  /** One negative's weight per positive, as preset baseline has it, and twice its rate. */
  private static RunSpec other(String loss, double level) {
    Settings settings = Presets.spec("baseline", DATASET, "mf", loss).asSettings(ORIGIN);
    return RunSpec.of(
        noisy(settings, level)
            .set(SettingKey.NEGATIVE_WEIGHT, Double.toString(1.0 / NEGATIVES), ORIGIN)
            .set(SettingKey.LEARNING_RATE, "0.002", ORIGIN));
  }

  private static Settings noisy(Settings settings, double level) {
    return settings
        .set(SettingKey.NEGATIVE_SAMPLING, "independent", ORIGIN)
        .set(SettingKey.NEGATIVES, Integer.toString(NEGATIVES), ORIGIN)
        .set(SettingKey.NEGATIVE_NOISE, Double.toString(level), ORIGIN)
        .set(SettingKey.EPOCHS, Integer.toString(EPOCHS), ORIGIN)
        .set(SettingKey.EVALUATE_EVERY, "2", ORIGIN);
  }

  @Override
  public ArtifactReport report(Scope scope, FinishedRuns runs) {
    StringBuilder text = new StringBuilder("# Negative noise: NDCG@20, MF, " + DATASET + "\n\n");
    StringBuilder csv = new StringBuilder("dataset,loss,tau,noise,recall20,ndcg20,run\n");
    if (runs(scope).isEmpty()) {
      text.append("Not run: the data set ").append(DATASET).append(" is not at hand.\n");
      return new ArtifactReport(text.toString(), csv.toString(), true);
    }
    text.append("| loss |");
    StringBuilder line = new StringBuilder("\n|---|");
    for (double level : LEVELS) {
      text.append(String.format(Locale.ROOT, " r = %.0f |", level));
      line.append("---:|");
    }
    text.append(" kept |").append(line).append("---:|\n");
    for (double tau : TEMPERATURES) {
      row("sl, tau " + tau, LEVELS.stream().map(level -> sl(scope, level, tau)).toList(), runs)
          .appendTo(text, csv);
    }
    Row best = row("sl, best tau", LEVELS.stream().map(l -> best(scope, l, runs)).toList(), runs);
    best.appendTo(text, new StringBuilder());
    List<String> lessRobust = new ArrayList<>();
    for (String loss : OTHERS) {
      Row row = row(loss, LEVELS.stream().map(level -> other(loss, level)).toList(), runs);
      row.appendTo(text, csv);
      if (row.kept() < best.kept()) {
        lessRobust.add(loss);
      }
    }
    text.append(verdict(LEVELS.stream().map(l -> tau(best(scope, l, runs))).toList(), lessRobust));
    return new ArtifactReport(text.toString(), csv.toString(), true);
  }

  /**
   * A loss against the noise.
   *
   * @param title what it is
   * @param values NDCG@20 at each level
   * @param csv the lines on them
   */
  private record Row(String title, List<Double> values, String csv) {
    /** What the highest level leaves of the value at the lowest. */
    double kept() {
      return values.get(values.size() - 1) / values.get(0);
    }

    void appendTo(StringBuilder text, StringBuilder lines) {
      text.append("| ").append(title).append(" |");
      values.forEach(value -> text.append(String.format(Locale.ROOT, " %.5f |", value)));
      text.append(String.format(Locale.ROOT, " %.1f%% |%n", 100 * kept()));
      lines.append(csv);
    }
  }

  private static Row row(String title, List<RunSpec> specs, FinishedRuns runs) {
    StringBuilder csv = new StringBuilder();
    List<Double> values = new ArrayList<>();
    for (RunSpec spec : specs) {
      values.add(metric(spec, runs, METRIC));
      csv.append(
          String.join(
              ",",
              DATASET,
              spec.lossName(),
              spec.lossName().equals("sl") ? Double.toString(tau(spec)) : "",
              Double.toString(spec.negativeNoise()),
              Double.toString(metric(spec, runs, "recall@20")),
              Double.toString(metric(spec, runs, METRIC)),
              runs.folder(spec) + "\n"));
    }
    return new Row(title, values, csv.toString());
  }

  private static RunSpec best(Scope scope, double level, FinishedRuns runs) {
    return TEMPERATURES.stream()
        .map(tau -> sl(scope, level, tau))
        .max(Comparator.comparingDouble(spec -> metric(spec, runs, METRIC)))
        .orElseThrow();
  }

  private static double metric(RunSpec spec, FinishedRuns runs, String key) {
    return runs.result(spec).metrics().get(key);
  }

  private static double tau(RunSpec spec) {
    return (double) spec.asMap().get(SettingKey.TAU.key());
  }

  private static String verdict(List<Double> bestTaus, List<String> lessRobust) {
    boolean grows = bestTaus.get(bestTaus.size() - 1) > bestTaus.get(0);
    for (int level = 1; level < bestTaus.size(); level++) {
      grows &= bestTaus.get(level) >= bestTaus.get(level - 1);
    }
    return String.format(
        "%nSL's best temperature by level: %s; it %s with the noise. SL keeps more than: %s (of %s). One seed.%n",
        String.join(", ", bestTaus.stream().map(String::valueOf).toList()),
        grows ? "grows" : "does not grow",
        lessRobust.isEmpty() ? "none" : String.join(", ", lessRobust),
        String.join(", ", OTHERS));
  }
}
