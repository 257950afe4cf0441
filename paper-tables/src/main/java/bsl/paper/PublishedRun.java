package bsl.paper;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * One run of the authors: a cell of the main table.
 *
 * @param dataset name of the data set
 * @param backbone name of the backbone
 * @param loss name of the loss
 * @param epochsRun epochs they trained
 * @param bestEpoch the epoch they report
 * @param gpuTrainSeconds their training time on a GPU
 * @param recall20 Recall@20
 * @param ndcg20 NDCG@20
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PublishedRun(
    String dataset,
    String backbone,
    String loss,
    @JsonProperty("epochs_run") int epochsRun,
    @JsonProperty("best_epoch") int bestEpoch,
    @JsonProperty("gpu_train_seconds") double gpuTrainSeconds,
    double recall20,
    double ndcg20) {
  private static final List<PublishedRun> ALL =
      PublishedFiles.read(PublishedRun.class, "main-runs.csv");

  /** All published runs. */
  public static List<PublishedRun> all() {
    return ALL;
  }

  /** The published run of a cell, if there is one. */
  public static Optional<PublishedRun> of(String dataset, String backbone, String loss) {
    return all().stream()
        .filter(
            r ->
                r.dataset().equals(dataset)
                    && r.backbone().equals(backbone)
                    && r.loss().equals(loss))
        .findFirst();
  }
}
