package bsl.paper;

import bsl.run.RunSpec;
import java.util.List;
import java.util.Optional;

/**
 * Published metrics of a run at one cutoff.
 *
 * @param dataset name of the data set
 * @param backbone name of the backbone
 * @param loss name of the loss; {@code own} for a contrastive backbone's own
 * @param k the cutoff K
 * @param recall Recall@K
 * @param ndcg NDCG@K
 */
public record PublishedCutoff(
    String dataset, String backbone, String loss, int k, double recall, double ndcg) {
  private static final List<PublishedCutoff> ALL =
      PublishedFiles.read(PublishedCutoff.class, "cutoffs.csv");

  /** All published cutoffs. */
  public static List<PublishedCutoff> all() {
    return ALL;
  }

  /**
   * The published metrics of a run's data set, backbone and loss. Empty if there are none, or if
   * the run cannot be set beside them.
   */
  public static Optional<PublishedCutoff> of(RunSpec spec, int k) {
    return of(spec.dataset(), spec.backbone(), ContrastiveBackbones.publishedLoss(spec), k)
        .filter(any -> PublishedSettings.comparable(spec));
  }

  /** The published metrics of a cell, if there are any. */
  public static Optional<PublishedCutoff> of(String dataset, String backbone, String loss, int k) {
    return all().stream()
        .filter(
            c ->
                c.dataset().equals(dataset)
                    && c.backbone().equals(backbone)
                    && c.loss().equals(loss)
                    && c.k() == k)
        .findFirst();
  }
}
