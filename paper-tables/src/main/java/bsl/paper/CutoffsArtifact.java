package bsl.paper;

import bsl.run.RunResult;
import bsl.run.RunSpec;
import java.util.List;
import java.util.Locale;

/** The paper's bars of NDCG at smaller cutoffs, of the main table's runs. */
public final class CutoffsArtifact implements Artifact {
  private static final int[] CUTOFFS = {5, 10, 15};
  private static final double TOLERANCE = 0.02;

  private final OverallArtifact overall = new OverallArtifact();

  @Override
  public String id() {
    return "cutoffs";
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    return overall.runs(scope);
  }

  @Override
  public ArtifactReport report(Scope scope, FinishedRuns runs) {
    StringBuilder text = new StringBuilder("# NDCG at smaller cutoffs\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "Each of ours is to be at least %.0f%% of the published number; protocol `paper`.%n%n",
            100 * (1 - TOLERANCE)));
    text.append("| data set | backbone | loss |");
    StringBuilder line = new StringBuilder("\n|---|---|---|");
    for (int k : CUTOFFS) {
      text.append(" NDCG@").append(k).append(" | published | |");
      line.append("---:|---:|---:|");
    }
    text.append(line).append('\n');
    StringBuilder csv = new StringBuilder("dataset,backbone,loss,k,ndcg,published,pass,run\n");
    boolean holds = true;
    for (RunSpec spec : runs(scope)) {
      RunResult ours = runs.result(spec);
      text.append("| ").append(spec.dataset()).append(" | ").append(spec.backbone());
      text.append(" | ").append(spec.lossName()).append(" |");
      for (int k : CUTOFFS) {
        double value = ours.metrics().get("ndcg@" + k);
        double published =
            PublishedCutoff.of(spec.dataset(), spec.backbone(), spec.lossName(), k)
                .orElseThrow()
                .ndcg();
        double deviation = value / published - 1;
        boolean pass = deviation >= -TOLERANCE;
        holds &= pass;
        text.append(
            String.format(
                Locale.ROOT,
                " %.5f | %.5f | %+.1f%%%s |",
                value,
                published,
                100 * deviation,
                pass ? "" : " open"));
        csv.append(
            String.join(
                ",",
                spec.dataset(),
                spec.backbone(),
                spec.lossName(),
                Integer.toString(k),
                Double.toString(value),
                Double.toString(published),
                Boolean.toString(pass),
                runs.folder(spec).toString()));
        csv.append('\n');
      }
      text.append('\n');
    }
    return new ArtifactReport(text.toString(), csv.toString(), holds);
  }
}
