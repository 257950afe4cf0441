package bsl.paper;

import java.util.List;

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
}
