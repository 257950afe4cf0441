package examples;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.compare.ComparisonResult;
import bsl.compare.ComparisonText;
import bsl.core.Split;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareFromCodeTest {
  @TempDir private Path runs;

  @Test
  void twoLossesAndABaselineAreComparedAndFoundAgain() {
    Split split = SyntheticDatasets.make(SyntheticPreset.TINY, 1);

    ComparisonResult result = CompareFromCode.compare(split, runs);

    assertThat(result.isComplete()).isTrue();
    assertThat(new ComparisonText(result).lines())
        .anySatisfy(line -> assertThat(line).contains("mf-sl"))
        .anySatisfy(line -> assertThat(line).contains("mf-bsl"))
        .anySatisfy(line -> assertThat(line).contains("ease"));

    ComparisonResult again = CompareFromCode.compare(split, runs);
    assertThat(new ComparisonText(again).lines()).isEqualTo(new ComparisonText(result).lines());
  }
}
