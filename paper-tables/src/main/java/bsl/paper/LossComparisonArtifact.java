package bsl.paper;

import bsl.run.Presets;
import bsl.run.RunSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The paper's bar chart of losses, BPR, MSE, BCE and SL on MF and LightGCN, and beside it what the
 * same losses reach when they are tuned.
 *
 * <p>The paper does not say how its baselines were trained. The <i>usual</i> setting, preset {@code
 * baseline}, has raw inner products and as much weight on the negatives as one negative per
 * positive has; the <i>best found</i> is preset {@code fast}.
 */
public final class LossComparisonArtifact implements Artifact {
  private static final String DATASET = "yelp2018";
  private static final List<String> BACKBONES = List.of("mf", "lightgcn");

  /** In the paper's order, best first. */
  private static final List<String> LOSSES = List.of("sl", "bpr", "bce", "mse");

  private static final double TOLERANCE = 0.05;

  @Override
  public String id() {
    return "loss-comparison";
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    if (!scope.datasets().contains(DATASET)) {
      return List.of();
    }
    return BACKBONES.stream()
        .flatMap(
            backbone ->
                LOSSES.stream()
                    .flatMap(loss -> List.of(usual(backbone, loss), best(backbone, loss)).stream()))
        .distinct()
        .toList();
  }

  private static RunSpec usual(String backbone, String loss) {
    return loss.equals("sl")
        ? best(backbone, loss)
        : Presets.spec("baseline", DATASET, backbone, loss);
  }

  private static RunSpec best(String backbone, String loss) {
    return Presets.spec("fast", DATASET, backbone, loss);
  }

  @Override
  public ArtifactReport report(Scope scope, FinishedRuns runs) {
    StringBuilder text =
        new StringBuilder("# Comparison of losses: " + DATASET + ", Recall@20\n\n");
    StringBuilder csv = new StringBuilder("dataset,backbone,loss,setting,recall20,published,run\n");
    if (runs(scope).isEmpty()) {
      text.append("Not run: the data set ").append(DATASET).append(" is not at hand.\n");
      return new ArtifactReport(text.toString(), csv.toString(), true);
    }
    text.append(
        """
        Usual: raw inner products and as much weight on the negatives as one negative per positive has (preset
        `baseline`; SL has preset `fast`). Best found: preset `fast`. The published numbers are read off a chart.

        | backbone | loss | published | usual | deviation | | best found | deviation |
        |---|---|---:|---:|---:|---|---:|---:|
        """);
    boolean holds = true;
    StringBuilder verdicts = new StringBuilder();
    for (String backbone : BACKBONES) {
      Map<String, Double> usual = new LinkedHashMap<>();
      Map<String, Double> best = new LinkedHashMap<>();
      for (String loss : LOSSES) {
        usual.put(loss, recall(usual(backbone, loss), runs));
        best.put(loss, recall(best(backbone, loss), runs));
        text.append(row(backbone, loss, usual.get(loss), best.get(loss)));
        csv.append(line(usual(backbone, loss), "usual", usual.get(loss), runs));
        csv.append(line(best(backbone, loss), "best", best.get(loss), runs));
      }
      holds &= falling(usual);
      verdicts.append(verdict(backbone, "as usually trained", usual));
      verdicts.append(verdict(backbone, "at the best found of each", best));
    }
    text.append("\nThe paper's order is SL > BPR > BCE > MSE.\n\n").append(verdicts);
    return new ArtifactReport(text.toString(), csv.toString(), holds);
  }

  private static double recall(RunSpec spec, FinishedRuns runs) {
    return runs.result(spec).metrics().get("recall@20");
  }

  private static String row(String backbone, String loss, double usual, double best) {
    double published = PublishedBar.of(DATASET, backbone, loss).orElseThrow().recall20();
    double deviation = usual / published - 1;
    String mark = "open";
    if (Math.abs(deviation) <= TOLERANCE) {
      mark = "within 5%";
    } else if (deviation > 0) {
      mark = "above";
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.4f | %.5f | %+.1f%% | %s | %.5f | %+.1f%% |%n",
        backbone,
        loss,
        published,
        usual,
        100 * deviation,
        mark,
        best,
        100 * (best / published - 1));
  }

  private static String line(RunSpec spec, String setting, double recall, FinishedRuns runs) {
    return String.join(
            ",",
            DATASET,
            spec.backbone(),
            spec.lossName(),
            setting,
            Double.toString(recall),
            Double.toString(
                PublishedBar.of(DATASET, spec.backbone(), spec.lossName())
                    .orElseThrow()
                    .recall20()),
            runs.folder(spec).toString())
        + "\n";
  }

  private static boolean falling(Map<String, Double> recalls) {
    List<Double> values = List.copyOf(recalls.values());
    for (int k = 1; k < values.size(); k++) {
      if (values.get(k) >= values.get(k - 1)) {
        return false;
      }
    }
    return true;
  }

  private static String verdict(String backbone, String setting, Map<String, Double> recalls) {
    String order =
        recalls.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .map(entry -> entry.getKey().toUpperCase(Locale.ROOT))
            .reduce((a, b) -> a + " > " + b)
            .orElseThrow();
    return String.format(
        "- %s, %s: %s; the paper's order %s.%n",
        backbone, setting, order, falling(recalls) ? "holds" : "does not hold");
  }
}
