package bsl.paper;

import bsl.run.RunSpec;
import java.util.List;
import java.util.Optional;

/**
 * One row of the paper's table of contrastive backbones.
 *
 * @param dataset name of the data set
 * @param backbone name of the backbone
 * @param loss {@code own} (BPR and InfoNCE), {@code sl} or {@code bsl}
 * @param recall20 Recall@20
 * @param ndcg20 NDCG@20
 */
public record PublishedContrastive(
    String dataset, String backbone, String loss, double recall20, double ndcg20) {
  private static final List<PublishedContrastive> ALL =
      PublishedFiles.read(PublishedContrastive.class, "contrastive-backbones.csv");

  /** All rows. */
  public static List<PublishedContrastive> all() {
    return ALL;
  }

  /** The published row of a run's data set, backbone and loss, if there is one. */
  public static Optional<PublishedContrastive> of(RunSpec spec) {
    String loss = ContrastiveBackbones.publishedLoss(spec);
    return all().stream()
        .filter(
            row ->
                row.dataset().equals(spec.dataset())
                    && row.backbone().equals(spec.backbone())
                    && row.loss().equals(loss))
        .findFirst();
  }
}
