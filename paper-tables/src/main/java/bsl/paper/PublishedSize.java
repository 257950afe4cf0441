package bsl.paper;

import bsl.run.RunSpec;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * One bar of the paper's chart of embedding sizes.
 *
 * @param dataset name of the data set
 * @param backbone name of the backbone
 * @param loss name of the loss; {@code own} for a contrastive backbone's own
 * @param dimension floats per embedding
 * @param recall20 Recall@20
 * @param ndcg20 NDCG@20
 */
public record PublishedSize(
    String dataset,
    String backbone,
    String loss,
    @JsonProperty("dim") int dimension,
    double recall20,
    double ndcg20) {
  private static final List<PublishedSize> ALL =
      PublishedFiles.read(PublishedSize.class, "embedding-size.csv");

  /** All published bars. */
  public static List<PublishedSize> all() {
    return ALL;
  }

  /**
   * The published bar of a run's data set, backbone, loss and embedding size. Empty if there is
   * none, or if the run has noise.
   */
  public static Optional<PublishedSize> of(RunSpec spec) {
    String loss = ContrastiveBackbones.publishedLoss(spec);
    return of(spec.dataset(), spec.backbone(), loss, spec.dimension())
        .filter(any -> PublishedSettings.noise(spec).isEmpty());
  }

  /** The published bar of a cell, if there is one. */
  public static Optional<PublishedSize> of(
      String dataset, String backbone, String loss, int dimension) {
    return all().stream()
        .filter(
            bar ->
                bar.dataset().equals(dataset)
                    && bar.backbone().equals(backbone)
                    && bar.loss().equals(loss)
                    && bar.dimension() == dimension)
        .findFirst();
  }
}
