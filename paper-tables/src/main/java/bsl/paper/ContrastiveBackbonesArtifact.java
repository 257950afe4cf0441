package bsl.paper;

import bsl.report.Claim;
import bsl.report.Column;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.RunSpec;
import java.util.List;

/**
 * Shows the paper's table of contrastive backbones. The backbones are not built yet. Our cells are
 * blank, and the claim is not run.
 */
public final class ContrastiveBackbonesArtifact implements Artifact {
  @Override
  public String id() {
    return "contrastive-backbones";
  }

  @Override
  public String title() {
    return "Contrastive backbones";
  }

  @Override
  public String paperReference() {
    return "table of contrastive backbones";
  }

  @Override
  public String description() {
    return "SGL, SimGCL and LightGCL with their own loss, SL and BSL: published numbers only";
  }

  @Override
  public boolean needsData() {
    return false;
  }

  @Override
  public List<String> backbones() {
    return List.of();
  }

  @Override
  public List<RunSpec> runs(Scope scope) {
    return List.of();
  }

  @Override
  public Report report(Scope scope, FinishedRuns runs) {
    Table table =
        new Table(
            "",
            "Contrastive backbones with their own loss, SL and BSL",
            Column.text("dataset", "data set"),
            Column.text("backbone", "backbone"),
            Column.text("loss", "loss"),
            Column.number("recall20", "Recall@20", "%.5f"),
            Column.number("published_recall20", "published", "%.5f"),
            Column.number("ndcg20", "NDCG@20", "%.5f"),
            Column.number("published_ndcg20", "published", "%.5f"),
            Column.text("remark", "remark"));
    for (PublishedContrastive row : PublishedContrastive.all()) {
      table.add(
          row.dataset(),
          row.backbone(),
          row.loss(),
          null,
          row.recall20(),
          null,
          row.ndcg20(),
          "not run");
    }
    return new Report(
        id(),
        title(),
        List.of(
            new Paragraph("SGL, SimGCL and LightGCL are not built yet; our cells are blank."),
            table),
        List.of(
            new Claim(
                "contrastive-backbones-gain",
                5,
                "",
                "SL and BSL lift contrastive backbones above their own training",
                Verdict.NOT_RUN,
                "these backbones are not built yet")),
        List.of());
  }
}
