package examples;

import bsl.tribuo.InteractionDataSource;
import bsl.tribuo.RecommenderTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.multilabel.MultiLabel;

/** A recommender that is trained and saved through the API of Tribuo. */
public final class TribuoExample {
  private TribuoExample() {}

  /**
   * Trains matrix factorisation with bilateral softmax loss on a data set and saves the model.
   *
   * @param data the folder that data sets lie in
   * @param file where to save the model
   */
  public static Model<MultiLabel> train(Path data, Path file) throws IOException {
    var pairs = new MutableDataset<>(new InteractionDataSource(data, "tiny", false));
    var trainer = new RecommenderTrainer("mf", "bsl", Map.of("epochs", "10"));
    Model<MultiLabel> model = trainer.train(pairs);
    model.serializeToFile(file); // protobuf
    return model;
  }
}
