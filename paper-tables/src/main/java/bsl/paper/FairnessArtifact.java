package bsl.paper;

import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.FullRankingEvaluator;
import bsl.eval.GroupShares;
import bsl.eval.PopularityGroups;
import bsl.run.ModelFiles;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The paper's figure of fairness: what each of ten groups of items, equally many train interactions
 * each, contributes to Recall@20, by loss. MF; SL and BSL with preset {@code fast}, the others as
 * they are usually trained (preset {@code baseline}).
 *
 * <p>The claim: SL spreads recall more evenly over the groups than BPR, BCE and MSE do. The paper
 * shows it as bars without numbers; here it is the Gini coefficient of the ten shares, and the
 * share of the five less popular groups. Nothing is asserted: each data set has its verdict.
 */
public final class FairnessArtifact implements Artifact {
  private static final int CUTOFF = 20;
  private static final List<String> LOSSES = List.of("sl", "bsl", "bpr", "bce", "mse");
  private static final List<String> CLAIMED_LESS_FAIR = List.of("bpr", "bce", "mse");

  @Override
  public String id() {
    return "fairness";
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    return scope.datasets().stream()
        .flatMap(dataset -> LOSSES.stream().map(loss -> spec(scope, dataset, loss)))
        .toList();
  }

  private static RunSpec spec(Scope scope, String dataset, String loss) {
    String preset = CLAIMED_LESS_FAIR.contains(loss) ? "baseline" : scope.preset();
    return Presets.spec(preset, dataset, "mf", loss);
  }

  @Override
  public ArtifactReport report(Scope scope, FinishedRuns runs) {
    StringBuilder text = new StringBuilder("# Recall@20 by popularity of the items\n\n");
    StringBuilder csv = new StringBuilder("dataset,loss,group,share,inequality,run\n");
    for (String dataset : scope.datasets()) {
      text.append("## ").append(dataset).append("\n\n| loss |");
      StringBuilder line = new StringBuilder("\n|---|");
      for (int g = 1; g <= PopularityGroups.PAPER; g++) {
        text.append(" group ").append(g).append(" |");
        line.append("---:|");
      }
      text.append(" Recall@20 | groups 1 to 5 | Gini |").append(line).append("---:|---:|---:|\n");
      Map<String, Double> inequalities = new TreeMap<>();
      for (String loss : LOSSES) {
        RunSpec spec = spec(scope, dataset, loss);
        GroupShares shares = shares(spec, runs);
        inequalities.put(loss, shares.inequality());
        text.append(row(loss, shares));
        for (int g = 0; g < PopularityGroups.PAPER; g++) {
          csv.append(
              String.format(
                  Locale.ROOT,
                  "%s,%s,%d,%s,%s,%s%n",
                  dataset,
                  loss,
                  g + 1,
                  shares.shares()[g],
                  shares.inequality(),
                  runs.folder(spec)));
        }
      }
      text.append(verdict(inequalities));
    }
    return new ArtifactReport(text.toString(), csv.toString(), true);
  }

  private static GroupShares shares(RunSpec spec, FinishedRuns runs) {
    RunData data = runs.data(spec);
    GroupShares shares =
        new GroupShares(
            data.test(), new PopularityGroups(data.train(), PopularityGroups.PAPER), CUTOFF);
    try (WorkPool pool = new WorkPool(Runtime.getRuntime().availableProcessors())) {
      new FullRankingEvaluator(
              data.test(), data.maskedInTest(), spec.testScore(), Kernels.best(), pool, CUTOFF)
          .evaluate(ModelFiles.read(runs.folder(spec)), shares);
    }
    return shares;
  }

  private static String row(String loss, GroupShares shares) {
    StringBuilder row = new StringBuilder("| " + loss + " |");
    double sum = 0;
    double unpopular = 0;
    double[] values = shares.shares();
    for (int g = 0; g < values.length; g++) {
      sum += values[g];
      unpopular += g < values.length / 2 ? values[g] : 0;
      row.append(String.format(Locale.ROOT, " %.5f |", values[g]));
    }
    return row
        + String.format(
            Locale.ROOT,
            " %.5f | %.1f%% | %.3f |%n",
            sum,
            sum == 0 ? 0 : 100 * unpopular / sum,
            shares.inequality());
  }

  private static String verdict(Map<String, Double> inequalities) {
    List<String> less = new ArrayList<>();
    List<String> more = new ArrayList<>();
    for (String other : CLAIMED_LESS_FAIR) {
      (inequalities.get("sl") < inequalities.get(other) ? less : more).add(other);
    }
    return String.format(
        "%nSL is more even than: %s; not more even than: %s. The claim %s.%n%n",
        less.isEmpty() ? "none" : String.join(", ", less),
        more.isEmpty() ? "none" : String.join(", ", more),
        more.isEmpty() ? "holds" : "does not hold");
  }
}
