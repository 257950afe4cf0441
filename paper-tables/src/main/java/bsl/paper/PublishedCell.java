package bsl.paper;

import bsl.run.RunSpec;
import java.util.Optional;

/**
 * Published Recall@20 and NDCG@20 of a cell, from whichever table has them: the main table's runs,
 * the table of contrastive backbones, or the bars by cutoff.
 *
 * @param recall20 Recall@20
 * @param ndcg20 NDCG@20
 */
record PublishedCell(double recall20, double ndcg20) {
  private static final int K = 20;

  /**
   * What is published of a run's data set, backbone and loss. Empty if nothing is, or if the run
   * cannot be set beside it.
   */
  static Optional<PublishedCell> of(RunSpec spec) {
    if (!PublishedSettings.comparable(spec)) {
      return Optional.empty();
    }
    return PublishedRun.of(spec.dataset(), spec.backbone(), spec.lossName())
        .map(run -> new PublishedCell(run.recall20(), run.ndcg20()))
        .or(
            () ->
                PublishedContrastive.of(spec)
                    .map(row -> new PublishedCell(row.recall20(), row.ndcg20())))
        .or(() -> PublishedCutoff.of(spec, K).map(at -> new PublishedCell(at.recall(), at.ndcg())));
  }
}
