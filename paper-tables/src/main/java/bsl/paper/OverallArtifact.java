package bsl.paper;

import bsl.run.Presets;
import bsl.run.RunSpec;
import java.util.List;

/** The main table: every loss on every data set. So far matrix factorisation, SL and BSL. */
public final class OverallArtifact implements Artifact {
  private static final String BACKBONE = "mf";
  private static final List<String> LOSSES = List.of("sl", "bsl");

  @Override
  public String id() {
    return "overall";
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    return scope.datasets().stream()
        .flatMap(
            dataset ->
                LOSSES.stream().map(loss -> Presets.spec(scope.preset(), dataset, BACKBONE, loss)))
        .toList();
  }

  @Override
  public ArtifactReport report(Scope scope, FinishedRuns runs) {
    OverallTable table =
        new OverallTable(runs(scope).stream().map(spec -> cell(spec, runs)).toList());
    return new ArtifactReport(table.markdown(), table.csv(), table.holds());
  }

  private static OverallCell cell(RunSpec spec, FinishedRuns runs) {
    PublishedRun published =
        PublishedRun.of(spec.dataset(), spec.backbone(), spec.lossName()).orElseThrow();
    return new OverallCell(published, runs.result(spec), runs.folder(spec).toString());
  }
}
