package examples;

import bsl.core.Embeddings;
import bsl.core.Split;
import bsl.data.DatasetCatalog;
import bsl.run.Presets;
import bsl.run.RunListener;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.SettingKey;
import bsl.run.TrainedRun;
import java.io.IOException;
import java.nio.file.Path;

/** A training from code, which does what {@code bsl train} does. */
public final class TrainFromCode {
  private TrainFromCode() {}

  /**
   * What came out.
   *
   * @param recall Recall@20 on the test set
   * @param model final embeddings of users and items
   */
  public record Trained(double recall, Embeddings model) {}

  /**
   * Trains matrix factorisation with bilateral softmax loss, or finds that it has been done.
   *
   * @param data the folder that data sets lie in
   * @param runs the folder that runs lie in
   */
  public static Trained train(Path data, Path runs) throws IOException {
    Split split = DatasetCatalog.load("tiny", data).split();
    RunSpec spec = Presets.spec("fast", "tiny", "mf", "bsl").with(SettingKey.EPOCHS, 40);
    RunStore store = new RunStore(runs, name -> split);
    RunResult result = store.run(spec, "fast", 2).execute(true, RunListener.SILENT, () -> false);
    double recall = result.metrics().get("recall@20");
    Embeddings model = TrainedRun.open(store.folder(spec)).model();
    return new Trained(recall, model);
  }
}
