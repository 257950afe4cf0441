package bsl.paper;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

  private PublishedCurve() {}

  /** The curve of a cell, by epoch; empty if there is none. */
  public static List<Point> of(String dataset, String backbone, String loss) {
    CsvSchema schema = CsvSchema.emptySchema().withHeader();
    try (InputStream in =
            PublishedCurve.class.getResourceAsStream("published/learning-curves.csv");
        MappingIterator<Point> rows =
            new CsvMapper().readerFor(Point.class).with(schema).readValues(in)) {
      return rows.readAll().stream()
          .filter(
              p ->
                  p.dataset().equals(dataset)
                      && p.backbone().equals(backbone)
                      && p.loss().equals(loss))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
