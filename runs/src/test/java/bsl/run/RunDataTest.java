package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.noise.PositiveNoise;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a data set is cut for a run. */
class RunDataTest {
  private static final Split DATA = TrainingRunTest.parity(40, 60, 6, 3);

  private static RunSpec spec(String... assignments) {
    Settings settings = Settings.ofAssignments(List.of("dataset=parity"));
    List.of(assignments).forEach(settings::setAssignment);
    return RunSpec.of(settings);
  }

  /** The pairs that are not among others. */
  private static Interactions without(Interactions all, Interactions others) {
    int[] users = all.pairUsers();
    int[] items = all.pairItems();
    int[] kept =
        IntStream.range(0, all.size()).filter(p -> !others.contains(users[p], items[p])).toArray();
    return Interactions.of(
        all.users(),
        all.items(),
        IntStream.of(kept).map(p -> users[p]).toArray(),
        IntStream.of(kept).map(p -> items[p]).toArray());
  }

  /** A pair that was held out may be hit by noise, as a test pair may. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void noiseIsDrawnWithTheRunsSeedForThePairsThatRemain(long seed) {
    RunData data =
        RunData.of(
            DATA,
            spec(
                "protocol=held-out",
                "held_out_fraction=0.4",
                "positive_noise=0.5",
                "seed=" + seed));
    Interactions remain = without(DATA.train(), data.validation());
    Interactions noise = new PositiveNoise(0.5, seed).drawnFor(remain);

    assertThat(data.validation().size()).isPositive();
    assertThat(remain.size()).isEqualTo(DATA.train().size() - data.validation().size());
    assertThat(noise.size()).isPositive();
    assertThat(data.noise()).isEqualTo(noise);
    assertThat(without(data.train(), noise)).isEqualTo(remain);
    assertThat(data.train().size()).isEqualTo(remain.size() + noise.size());
    assertThat(data.noise())
        .isNotEqualTo(new PositiveNoise(0.5, 3 - seed).drawnFor(remain))
        .isNotEqualTo(new PositiveNoise(0.5, seed).drawnFor(DATA.train()));
  }

  private static void requireSame(Split split, Split trainedOn) {
    RunData.of(split, spec())
        .requireSame(Path.of("run"), "parity", RunData.of(trainedOn, spec()).digests());
  }

  /** One more user without pairs is another data set, though all pairs are the same. */
  @Test
  void saysHowADataSetDiffersFromTheOneOfARun() {
    String message = "run: data set parity is not what the run was trained on: ";
    Split wide = Split.of("parity", DATA.train().widened(41, 60), DATA.test().widened(41, 60));
    Split otherTest = Split.of("parity", DATA.train(), without(DATA.test(), oneTestPair()));
    Split other = TrainingRunTest.parity(40, 60, 6, 4);

    requireSame(DATA, DATA);
    requireSame(wide, wide);
    assertThatThrownBy(() -> requireSame(wide, DATA))
        .isInstanceOf(InputException.class)
        .hasMessage(message + "numbers of users and items differ");
    assertThatThrownBy(() -> requireSame(DATA, wide))
        .hasMessage(message + "numbers of users and items differ");
    assertThatThrownBy(() -> requireSame(otherTest, DATA))
        .hasMessage(message + "test pairs differ");
    assertThatThrownBy(() -> requireSame(other, DATA))
        .hasMessage(message + "test and train pairs differ");
    assertThatThrownBy(() -> requireSame(other, wide))
        .hasMessage(message + "test and train pairs differ");
  }

  /** The first test pair. */
  private static Interactions oneTestPair() {
    int[] item = {DATA.test().pairItems()[0]};
    return Interactions.of(40, 60, new int[] {DATA.test().pairUsers()[0]}, item);
  }

  /** A tenth of at most nine pairs, rounded down, is none. */
  @Test
  void aFractionThatHoldsOutNothingIsBadInput() {
    assertThatThrownBy(() -> RunData.of(DATA, spec("protocol=held-out", "held_out_fraction=0.1")))
        .isInstanceOf(InputException.class)
        .hasMessage("held_out_fraction 0.1 holds out no pair of any user of data set parity");
    assertThat(RunData.of(DATA, spec("held_out_fraction=0.1")).selectsOnTest())
        .as("protocol paper holds out nothing")
        .isTrue();
  }
}
