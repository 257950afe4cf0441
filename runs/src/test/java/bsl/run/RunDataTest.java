package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.noise.PositiveNoise;
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
