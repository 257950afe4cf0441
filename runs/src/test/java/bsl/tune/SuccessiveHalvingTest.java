package bsl.tune;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuccessiveHalvingTest {
  private static final BooleanSupplier NEVER = () -> false;

  private static class Silent implements SuccessiveHalving.Listener {
    @Override
    public void rungBegins(int rung, int rungs, List<TrialTrainer.Leg> legs) {}

    @Override
    public void arrived(TrialTrainer.Leg leg, Standing standing, TrialTrainer.Effort effort) {}

    @Override
    public void held(TrialTrainer.Leg leg, String holder) {}

    @Override
    public void progressed(TrialTrainer.Leg leg, double share) {}
  }

  private static final SuccessiveHalving.Listener SILENT = new Silent();

  static List<Trial> trials(int count, int epochs) {
    RunSpec base = Presets.spec("fast", "some", "mf", "bsl").with(SettingKey.EPOCHS, epochs);
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> new Trial(n, base.with(SettingKey.TAU, 0.01 * n), Map.of(), false))
        .toList();
  }

  private static List<Standing> run(FakeTrainer trainer, int trials, int epochs) {
    return new SuccessiveHalving(trainer, 1, SILENT)
        .run(trials(trials, epochs), NEVER, NEVER, NEVER);
  }

  @Test
  void finalistsComeToTheEnd() {
    // Trial 3 leads by less than trial 2 gains in the last two thirds.
    FakeTrainer trainer =
        new FakeTrainer((n, epochs) -> n == 2 && epochs == 27 ? 100 : n + epochs, 1);
    List<Standing> ended =
        new SuccessiveHalving(trainer, 2, SILENT).run(trials(3, 27), NEVER, NEVER, NEVER);

    assertThat(trainer.trained)
        .containsExactly(
            List.of(1, 0, 9),
            List.of(2, 0, 9),
            List.of(3, 0, 9),
            List.of(3, 9, 27),
            List.of(2, 9, 27));
    assertThat(Search.best(ended).orElseThrow().trial().number()).isEqualTo(2);
  }

  @Test
  void aTrialThatStaysComesToTheEndBesideTheBest() {
    FakeTrainer trainer = new FakeTrainer((n, epochs) -> n == 1 && epochs == 27 ? 100 : n, 1);
    List<Trial> trials = new ArrayList<>(trials(9, 27));
    Trial first = trials.get(0);
    trials.set(0, new Trial(1, first.run(), first.values(), true));
    List<Standing> ended =
        new SuccessiveHalving(trainer, 1, SILENT).run(trials, NEVER, NEVER, NEVER);

    assertThat(trainer.trained.subList(9, 15))
        .containsExactly(
            List.of(1, 3, 9),
            List.of(9, 3, 9),
            List.of(8, 3, 9),
            List.of(7, 3, 9),
            List.of(1, 9, 27),
            List.of(9, 9, 27));
    assertThat(trainer.dropped).noneMatch(drop -> drop.get(0) == 1);
    assertThat(Search.best(ended).orElseThrow().trial().number()).isEqualTo(1);
  }

  @Test
  void aTrialThatStaysComesToTheEndThoughNothingElseIsBegun() {
    FakeTrainer trainer = new FakeTrainer((n, epochs) -> n, 1);
    List<Trial> trials = new ArrayList<>(trials(9, 27));
    Trial first = trials.get(0);
    trials.set(0, new Trial(1, first.run(), first.values(), true));
    List<Standing> ended =
        new SuccessiveHalving(trainer, 1, SILENT)
            .run(trials, () -> trainer.trained.size() >= 4, NEVER, NEVER);

    assertThat(trainer.trained)
        .containsExactly(
            List.of(1, 0, 3),
            List.of(2, 0, 3),
            List.of(3, 0, 3),
            List.of(4, 0, 3),
            List.of(1, 3, 9),
            List.of(1, 9, 27));
    assertThat(Search.best(ended).orElseThrow().trial().number()).isEqualTo(1);

    FakeTrainer closed = new FakeTrainer((n, epochs) -> n, 1);
    new SuccessiveHalving(closed, 1, SILENT).run(trials, () -> true, () -> true, NEVER);
    assertThat(closed.trained).as("once the search is over").isEmpty();
  }

  @Test
  void theBestThirdGoesOnFromWhereItIs() {
    // By hand. Nine trials of 27 epochs stop after 3, 9 and 27. After 3 epochs the values are
    // 5 1 9 2 8 3 7 4 6: trials 3, 5 and 7 go on, best first. After 9 epochs trial 5 leads.
    double[] early = {5, 1, 9, 2, 8, 3, 7, 4, 6};
    double[] late = {0, 0, 10, 0, 12, 0, 11, 0, 0};
    FakeTrainer trainer =
        new FakeTrainer((n, epochs) -> epochs == 3 ? early[n - 1] : late[n - 1] + epochs, 1);
    List<Standing> ended = run(trainer, 9, 27);

    List<List<Integer>> expected = new ArrayList<>();
    IntStream.rangeClosed(1, 9).forEach(n -> expected.add(List.of(n, 0, 3)));
    expected.add(List.of(3, 3, 9));
    expected.add(List.of(5, 3, 9));
    expected.add(List.of(7, 3, 9));
    expected.add(List.of(5, 9, 27));
    assertThat(trainer.trained).isEqualTo(expected);
    assertThat(trainer.dropped)
        .containsExactly(
            List.of(9, 0, 3),
            List.of(1, 0, 3),
            List.of(8, 0, 3),
            List.of(6, 0, 3),
            List.of(4, 0, 3),
            List.of(2, 0, 3),
            List.of(7, 1, 9),
            List.of(3, 1, 9));
    assertThat(ended)
        .extracting(s -> s.trial().number())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(ended.get(4).reached())
        .containsExactly(
            new Standing.Reached(3, 8), new Standing.Reached(9, 21), new Standing.Reached(27, 39));
    assertThat(Search.best(ended)).contains(ended.get(4));
  }

  @Test
  void whoHasComeFurtherIsTheWinnerThoughAnEarlierValueWasHigher() {
    // Trial 2 is better after 3 epochs than trial 1 will ever be, but is overtaken.
    FakeTrainer trainer =
        new FakeTrainer((n, epochs) -> n == 2 ? 10 - epochs : n == 1 ? 7 - 0.1 * epochs : 0, 1);
    List<Standing> ended = run(trainer, 9, 27);

    assertThat(ended.get(1).value()).isEqualTo(1);
    assertThat(Search.best(ended).orElseThrow().trial().number()).isEqualTo(1);
    assertThat(Search.best(ended).orElseThrow().value()).isLessThan(7);
  }

  @Test
  void equalTrialsGoByTheirNumbers() {
    FakeTrainer trainer = new FakeTrainer((n, epochs) -> 1, 1);
    List<Standing> ended = run(trainer, 9, 27);

    assertThat(Search.best(ended).orElseThrow().trial().number()).isEqualTo(1);
  }

  @Test
  void failuresMakeRoomForNobodyAndDoNotEndIt() {
    FakeTrainer trainer = new FakeTrainer((n, epochs) -> n, 1);
    IntStream.rangeClosed(3, 9).forEach(n -> trainer.failing.put(n, "diverged"));
    List<Standing> ended = run(trainer, 9, 27);

    assertThat(trainer.trained)
        .containsExactly(
            List.of(1, 0, 3),
            List.of(2, 0, 3),
            List.of(2, 3, 9),
            List.of(1, 3, 9),
            List.of(2, 9, 27));
    assertThat(ended.get(8).failure()).contains("diverged");
  }

  @Test
  void aTrialThatStaysAndFailsIsNotTriedAgain() {
    FakeTrainer trainer = new FakeTrainer((n, epochs) -> n, 1);
    trainer.failing.put(1, "diverged");
    List<Trial> trials = new ArrayList<>(trials(9, 27));
    trials.set(0, new Trial(1, trials.get(0).run(), Map.of(), true));
    List<Integer> failed = new ArrayList<>();
    SuccessiveHalving.Listener listener =
        new Silent() {
          @Override
          public void arrived(TrialTrainer.Leg leg, Standing standing, TrialTrainer.Effort effort) {
            standing.failure().ifPresent(why -> failed.add(leg.trial().number()));
          }
        };
    new SuccessiveHalving(trainer, 1, listener).run(trials, NEVER, NEVER, NEVER);

    assertThat(failed).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "27, 30, '3 9 30', '27 9 3'",
    "26, 30, '3 9 30', '26 8 2'",
    "9, 27, '3 9 27', '9 3 1'",
    "8, 27, '9 27', '8 2'",
    "3, 60, '21 60', '3 1'",
    "2, 60, '60', '2'",
    "1, 1, '1', '1'",
    "81, 4, '1 4', '81 27'",
    "81, 2, '2', '81'",
    "81, 10, '1 3 10', '81 27 9'",
    "9, 60, '7 21 60', '9 3 1'",
    "9, 100, '11 33 100', '9 3 1'",
  })
  void rungsAreAtANinthAThirdAndTheEnd(int trials, int epochs, String rungs, String sizes) {
    int count = Rungs.count(trials, epochs);
    List<Integer> at = Rungs.of(epochs, count);

    assertThat(at).isEqualTo(numbers(rungs));
    assertThat(IntStream.range(0, count).mapToObj(r -> Rungs.trialsAt(trials, r, 1)).toList())
        .isEqualTo(numbers(sizes));
    // A run is evaluated at multiples of this, and at its end.
    int every = Rungs.evaluateEvery(epochs);
    assertThat(at.subList(0, count - 1)).allMatch(rung -> rung % every == 0);
  }

  private static List<Integer> numbers(String text) {
    return List.of(text.split(" ")).stream().map(Integer::valueOf).toList();
  }
}
