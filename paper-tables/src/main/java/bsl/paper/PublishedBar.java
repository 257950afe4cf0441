package bsl.paper;

import java.util.List;
import java.util.Optional;

/**
 * One bar of the paper's comparison of losses, read off the chart's pixels to about 0.0002.
 *
 * @param dataset name of the data set
 * @param backbone name of the backbone
 * @param loss name of the loss
 * @param recall20 Recall@20
 */
public record PublishedBar(String dataset, String backbone, String loss, double recall20) {
  private static final List<PublishedBar> ALL =
      PublishedFiles.read(PublishedBar.class, "loss-comparison.csv");

  /** All published bars. */
  public static List<PublishedBar> all() {
    return ALL;
  }

  /** The published bar of a cell, if there is one. */
  public static Optional<PublishedBar> of(String dataset, String backbone, String loss) {
    return all().stream()
        .filter(
            bar ->
                bar.dataset().equals(dataset)
                    && bar.backbone().equals(backbone)
                    && bar.loss().equals(loss))
        .findFirst();
  }
}
