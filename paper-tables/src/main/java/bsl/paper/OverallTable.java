package bsl.paper;

import bsl.run.RunResult;
import java.util.List;
import java.util.Locale;

/**
 * The paper's main table for the cells that were run, ours beside the published numbers.
 *
 * @param cells the cells, in the order of the rows
 */
public record OverallTable(List<OverallCell> cells) {
  /** Whether every cell is within tolerance. */
  public boolean holds() {
    return cells.stream().allMatch(OverallCell::withinTolerance);
  }

  /** The table in Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Overall performance (paper, main table): matrix factorisation\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "A cell passes if Recall@20 and NDCG@20 are each at least %.0f%% of the published.%n%n",
            100 * (1 - OverallCell.TOLERANCE)));
    text.append(
        "| data set | backbone | loss | Recall@20 | published | deviation | NDCG@20 | published |"
            + " deviation | epoch | training s | GPU s, authors | protocol | verdict |\n"
            + "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---|\n");
    for (OverallCell cell : cells) {
      RunResult ours = cell.ours();
      PublishedRun published = cell.published();
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %.5f | %.5f | %+.1f%% | %.5f | %.5f | %+.1f%% | %d/%d | %.0f | %.0f"
                  + " | %s | %s |%n",
              published.dataset(),
              published.backbone(),
              published.loss(),
              cell.recall(),
              published.recall20(),
              100 * cell.recallDeviation(),
              cell.ndcg(),
              published.ndcg20(),
              100 * cell.ndcgDeviation(),
              ours.bestEpoch(),
              ours.epochs(),
              ours.trainSeconds(),
              published.gpuTrainSeconds(),
              ours.protocol(),
              cell.withinTolerance() ? "pass" : "FAIL"));
    }
    return text.toString();
  }

  /** The table as comma-separated values, one line per cell. */
  public String csv() {
    StringBuilder text = new StringBuilder();
    text.append(
        "dataset,backbone,loss,recall20,published_recall20,ndcg20,published_ndcg20,best_epoch,"
            + "epochs,train_seconds,protocol,seed,pass,run_folder\n");
    for (OverallCell cell : cells) {
      text.append(
          String.join(
              ",",
              cell.published().dataset(),
              cell.published().backbone(),
              cell.published().loss(),
              Double.toString(cell.recall()),
              Double.toString(cell.published().recall20()),
              Double.toString(cell.ndcg()),
              Double.toString(cell.published().ndcg20()),
              Integer.toString(cell.ours().bestEpoch()),
              Integer.toString(cell.ours().epochs()),
              Double.toString(cell.ours().trainSeconds()),
              cell.ours().protocol(),
              Long.toString(cell.ours().seed()),
              Boolean.toString(cell.withinTolerance()),
              cell.runFolder()));
      text.append('\n');
    }
    return text.toString();
  }
}
