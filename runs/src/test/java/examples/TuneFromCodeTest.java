package examples;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Split;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.tune.Standing;
import bsl.tune.TuningResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneFromCodeTest {
  @TempDir private Path folder;

  @Test
  void theBestSettingsAreInThePreset() {
    Split split = SyntheticDatasets.make(SyntheticPreset.TINY, 1);
    Path preset = folder.resolve("mine.yaml");

    TuningResult result =
        TuneFromCode.tune(split, folder.resolve("runs"), folder.resolve("search"), preset);

    assertThat(result.complete()).isTrue();
    assertThat(result.trials()).hasSize(27);
    Standing first = result.trials().get(0);
    Standing winner = result.winner().orElseThrow();
    assertThat(first.epochs()).as("it comes to its end in any case").isEqualTo(30);
    assertThat(winner.value()).isGreaterThanOrEqualTo(first.value());
    RunSpec found = Presets.spec(preset.toString(), "mine", "mf", "bsl");
    assertThat(winner.trial().values().keySet())
        .isNotEmpty()
        .allSatisfy(key -> assertThat(found.text(key)).isEqualTo(winner.trial().run().text(key)));
  }
}
