package bsl.paper;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * One point of the paper's curves against rho.
 *
 * @param dataset name of the data set
 * @param backbone name of the backbone
 * @param ratio rho
 * @param recall20 Recall@20
 * @param ndcg20 NDCG@20
 */
public record PublishedRatio(
    String dataset,
    String backbone,
    @JsonProperty("tau_ratio") double ratio,
    double recall20,
    double ndcg20) {
  private static final List<PublishedRatio> ALL =
      PublishedFiles.read(PublishedRatio.class, "tau-ratio.csv");

  private static final double SAME = 1e-9;

  /** All published points. */
  public static List<PublishedRatio> all() {
    return ALL;
  }

  /** The published point of a cell, if there is one. */
  public static Optional<PublishedRatio> of(String dataset, String backbone, double ratio) {
    return all().stream()
        .filter(
            point ->
                point.dataset().equals(dataset)
                    && point.backbone().equals(backbone)
                    && Math.abs(point.ratio() - ratio) < SAME)
        .findFirst();
  }
}
