package bsl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Split;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapNeedTest {
  private static final Split SMALL = SyntheticDatasets.make(SyntheticPreset.SMALL, 1);
  private static final RunSpec PAIRS = RunSpec.of(Settings.ofAssignments(List.of("dataset=small")));

  @Test
  void scoresOfMiniBatchesOfUsersAreCounted() {
    RunSpec all = PAIRS.with(SettingKey.BATCH_USERS, 2000).with(SettingKey.NEGATIVES, 0);
    RunSpec few = all.with(SettingKey.BATCH_USERS, 10).with(SettingKey.NEGATIVES, 10);
    long ofPairs = HeapNeed.ofTraining(PAIRS, SMALL);
    long scores = 2000L * 1500 * Float.BYTES;

    assertThat(HeapNeed.ofTraining(all, SMALL) - ofPairs).isBetween(scores, 3 * scores);
    assertThat(HeapNeed.ofTraining(few, SMALL) - ofPairs).isBetween(0L, scores / 4);
  }
}
