package examples;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.data.DatasetWriter;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;

class TribuoExampleTest {
  @TempDir private Path data;

  @Test
  void theModelThatIsReadBackRecommendsTheSameItems() throws IOException {
    DatasetWriter.write(SyntheticDatasets.make(SyntheticPreset.TINY, 1), data);
    Path file = data.resolve("model.pb");
    Model<MultiLabel> trained = TribuoExample.train(data, file);
    Example<MultiLabel> user =
        new ArrayExample<>(
            MultiLabelFactory.UNKNOWN_MULTILABEL, new String[] {"7"}, new double[] {1});

    MultiLabel items = trained.predict(user).getOutput();

    assertThat(items.getNameSet()).hasSize(20);
    Model<MultiLabel> back = Model.deserializeFromFile(file).castModel(MultiLabel.class);
    assertThat(back.predict(user).getOutput().toString()).isEqualTo(items.toString());
  }
}
