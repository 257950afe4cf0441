package bsl.paper;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The authors' learning curves, from the training logs beside the reference implementation. */
public final class PublishedCurve {
  /**
   * One epoch of one of the authors' runs.
   *
   * @param dataset name of the data set
   * @param backbone name of the backbone
   * @param loss name of the loss
   * @param epoch number of the epoch, counted from 1
   * @param gpuSeconds training time so far on a GPU
   * @param recall20 Recall@20 on the validation set
   * @param ndcg20 NDCG@20 on the validation set
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Point(
      String dataset,
      String backbone,
      String loss,
      int epoch,
      @JsonProperty("cumulative_gpu_train_seconds") double gpuSeconds,
      @JsonProperty("validation_recall20") double recall20,
      @JsonProperty("validation_ndcg20") double ndcg20) {}

  private static final List<Point> ALL = PublishedFiles.read(Point.class, "learning-curves.csv");

  private PublishedCurve() {}

  /** The curve of a cell, by epoch; empty if there is none. */
  public static List<Point> of(String dataset, String backbone, String loss) {
    return ALL.stream()
        .filter(
            p ->
                p.dataset().equals(dataset)
                    && p.backbone().equals(backbone)
                    && p.loss().equals(loss))
        .toList();
  }
}
