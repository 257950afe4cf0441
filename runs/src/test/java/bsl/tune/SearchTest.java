package bsl.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.run.InputException;
import bsl.run.Presets;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search with a trainer that takes a second for an epoch, by a clock that it sets. */
class SearchTest {
  private static final RunSpec BASE =
      TrialDraws.asTrial(Presets.spec("fast", "some", "mf", "bsl").with(SettingKey.EPOCHS, 27));

  private final FakeTrainer trainer = new FakeTrainer((n, epochs) -> n % 7 + 0.01 * epochs, 1);
  private final List<Integer> brackets = new ArrayList<>();
  private int lanes = 1;
  private double spentBefore;
  private Meter meter = new Meter(1, 0, 0);

  private static TrialDraws draws() {
    return draws(false);
  }

  /**
   * @param near whether the first trial stays
   */
  private static TrialDraws draws(boolean near) {
    SearchSpace space =
        new SearchSpace(
            List.of(Dimension.between(SettingKey.TAU, "0.01", "1", true, false, "test")));
    return new TrialDraws(BASE, space, near, run -> run);
  }

  private List<Standing> search(TuningPlan plan, boolean decided, AtomicBoolean cancelled) {
    TimeBudget budget = new TimeBudget(plan.budgetSeconds(), spentBefore, trainer::nanoTime);
    return new Search(
            trainer, draws(), plan, budget, lanes, meter, brackets, () -> {}, TuningListener.SILENT)
        .run(decided, cancelled::get);
  }

  private List<Standing> search(TuningPlan plan) {
    return search(plan, false, new AtomicBoolean());
  }

  /** A search by a trainer of its own, from the beginning. */
  private static List<Standing> search(FakeTrainer trainer, TuningPlan plan, List<Integer> sizes) {
    TimeBudget budget = new TimeBudget(plan.budgetSeconds(), 0, trainer::nanoTime);
    Meter meter = new Meter(1, 0, 0);
    return new Search(
            trainer, draws(), plan, budget, 1, meter, sizes, () -> {}, TuningListener.SILENT)
        .run(false, () -> false);
  }

  private double seconds() {
    return trainer.nanos / 1e9;
  }

  @Test
  void aNumberOfTrialsIsOneCompetitionWhateverItTakes() {
    List<Standing> ended = search(TuningPlan.ofTrials(27));

    // 27 x 3, 9 x 6 more and 3 x 18 more epochs.
    assertThat(seconds()).isEqualTo(27 * 3 + 9 * 6 + 3 * 18);
    assertThat(ended).extracting(s -> s.trial().number()).hasSize(27).isSorted();
    assertThat(ended.stream().filter(s -> s.epochs() == 27)).hasSize(3);
    assertThat(brackets).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 200, 500, 600, 3000})
  void aBudgetIsUsedAndKept(double budget) {
    List<Standing> ended = search(TuningPlan.ofSeconds(budget).withSeeds(1));

    assertThat(seconds()).isLessThanOrEqualTo(budget);
    // What is left is less than the smallest competition takes: 3 x 9 + 18 epochs.
    assertThat(seconds()).isGreaterThan(budget - 3 * 9 - 18);
    assertThat(Search.best(ended).orElseThrow().epochs()).isEqualTo(27);
    assertThat(brackets.stream().mapToInt(n -> n).sum()).isEqualTo(ended.size());
    assertThat(brackets).as("two compare little").allMatch(size -> size >= 3);
  }

  /** Is behind at each rung but the last, where it is the best. */
  private static double lateFirst(int number, int epochs) {
    return number > 1 ? number % 7 + 0.01 * epochs : epochs == 27 ? 100 : -1;
  }

  private List<Standing> search(
      FakeTrainer by, TrialDraws draws, TuningPlan plan, TuningListener listener) {
    TimeBudget budget = new TimeBudget(plan.budgetSeconds(), spentBefore, by::nanoTime);
    return new Search(by, draws, plan, budget, lanes, meter, brackets, () -> {}, listener)
        .run(false, () -> false);
  }

  private List<Standing> searchNear(FakeTrainer near, double budget) {
    TuningPlan plan = TuningPlan.ofSeconds(budget).withSeeds(1);
    return search(near, draws(true), plan, TuningListener.SILENT);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 5, 20, 30, 45, 60, 63, 80, 100, 150, 200, 500, 3000})
  void theFirstTrialComesToTheEndWhateverTheBudget(double budget) {
    FakeTrainer near = new FakeTrainer(SearchTest::lateFirst, 1);
    List<Standing> ended = searchNear(near, budget);

    assertThat(ended.get(0).epochs()).isEqualTo(27);
    assertThat(Search.best(ended).orElseThrow().trial().number()).isEqualTo(1);
    // Nothing is trained that the budget has no room for, but the first trial.
    assertThat(near.nanos / 1e9).isLessThanOrEqualTo(Math.max(27, budget));
    // What is left is less than the smallest competition takes.
    assertThat(near.nanos / 1e9).isGreaterThan(budget - 3 * 9 - 18 - 18);
  }

  /** Three trials of nine epochs, of which one, and the first one, go on to the end. */
  @Test
  void aBudgetForFewTrialsBringsAnotherOneToTheEnd() {
    FakeTrainer near = new FakeTrainer((n, epochs) -> n, 1);
    // The three epochs by which the speed was measured are planned for once more.
    List<Standing> ended = searchNear(near, 3 * 9 + 2 * 18 + 3);

    assertThat(brackets).containsExactly(3);
    assertThat(ended).extracting(Standing::epochs).containsExactly(27, 9, 27);
    assertThat(Search.best(ended).orElseThrow().trial().number()).isEqualTo(3);
  }

  /** So it is after a short search: there is as much time for others as without it. */
  @Test
  void noTimeIsKeptForAFirstTrialThatIsKnown() {
    FakeTrainer known = new FakeTrainer(SearchTest::lateFirst, 1);
    known.knows(1, 27);
    searchNear(known, 100);
    List<Integer> sizes = new ArrayList<>();
    search(new FakeTrainer((n, epochs) -> n, 1), TuningPlan.ofSeconds(100).withSeeds(1), sizes);

    assertThat(brackets.get(0)).isEqualTo(sizes.get(0));
  }

  /** Nothing of it is to be trained then, so that all of the time is for others. */
  @ParameterizedTest
  @CsvSource({"30, true", "40, true", "60, true", "30, false", "40, false", "60, false"})
  void aFirstTrialThatIsKnownOrFailsLeavesTheTimeToOthers(double budget, boolean known) {
    FakeTrainer near = new FakeTrainer((n, epochs) -> n % 7 + 0.01 * epochs, 1);
    if (known) {
      near.knows(1, 27);
    } else {
      near.failing.put(1, "diverges");
    }
    searchNear(near, budget);

    assertThat(brackets.get(0)).isGreaterThanOrEqualTo(9);
    assertThat(near.nanos / 1e9).isBetween(budget - 6, budget + 18);
  }

  /** As an earlier session has planned on a machine that was much faster then. */
  @Test
  void timeForTheFirstTrialIsKeptFromOthers() {
    brackets.add(81);
    FakeTrainer near = new FakeTrainer(SearchTest::lateFirst, 1);
    List<Standing> ended = searchNear(near, 40);

    assertThat(ended.get(0).epochs()).isEqualTo(27);
    // The first trial has 24 epochs to go after the first rung, and a leg there has three.
    assertThat(near.nanos / 1e9).isBetween(40.0, 40.0 + 3);
  }

  @Test
  void aSearchThatIsDecidedTrainsNoFirstTrialEither() {
    FakeTrainer near = new FakeTrainer(SearchTest::lateFirst, 1);
    brackets.add(9);
    TimeBudget time = new TimeBudget(100, 0, near::nanoTime);
    TuningPlan plan = TuningPlan.ofSeconds(100).withSeeds(1);
    new Search(near, draws(true), plan, time, 1, meter, brackets, () -> {}, TuningListener.SILENT)
        .run(true, () -> false);

    assertThat(near.trained).isEmpty();
  }

  @Test
  void theTimeLeftCountsTheFirstTrialBesideTheBest() {
    List<Double> left = new ArrayList<>();
    TuningListener listener =
        new TuningListener() {
          @Override
          public void arrived(Standing standing, boolean now, TuningStatus status) {
            left.add(status.secondsLeft());
          }
        };
    FakeTrainer near = new FakeTrainer(SearchTest::lateFirst, 1);
    search(near, draws(true), TuningPlan.ofTrials(9).withSeeds(1), listener);

    // After the first of nine: 8 x 3, 3 x 6 and 18 epochs, and 6 and 18 of the first trial.
    assertThat(left.get(0)).isEqualTo(8 * 3 + 3 * 6 + 18 + 6 + 18);
    assertThat(left.get(0)).isEqualTo(near.nanos / 1e9 - 3);
  }

  @Test
  void timeIsKeptForTheSeedsOfTheWinner() {
    search(TuningPlan.ofSeconds(500).withSeeds(4));

    assertThat(seconds()).isBetween(500.0 - 3 * 27 - 45, 500.0 - 3 * 27);
  }

  @Test
  void theSeedsOfTheWinnerTakeHalfOfTheTimeAtMost() {
    search(TuningPlan.ofSeconds(500).withSeeds(100));

    // What is left is less than the smallest competition takes.
    assertThat(seconds()).isBetween(250.0 - 45, 250.0);
  }

  /**
   * Nine trials of three epochs are measured, one after the other by this clock. On 16 lanes 81
   * trials take six rounds of 3 epochs, two of 6 and one of 18, and 80 trials a round of 3 less. A
   * second seed takes 27, as it has one lane. That is 27 + 18 + 12 + 18 + 27, or 102 in all.
   */
  @ParameterizedTest
  @CsvSource({"102, 81", "101, 80"})
  void rungsAreFilledUpByTheLanes(double seconds, int trials) {
    lanes = 16;
    search(TuningPlan.ofSeconds(seconds).withSeeds(2));

    assertThat(brackets.get(0)).isEqualTo(trials);
  }

  /** Two trials of three epochs are measured, and eight pairs of them fit into what is left. */
  @Test
  void moreLanesCompareMoreTrialsAtTheFirstRung() {
    lanes = 2;
    search(TuningPlan.ofSeconds(2 * 3 + 8 * 3).withSeeds(1));

    assertThat(brackets).containsExactly(16);
  }

  /** Three trials are measured after three epochs. They compete after nine, where one arrives. */
  @Test
  void whatWasMeasuredIsKeptThoughTheCompetitionIsClosed() {
    lanes = 3;
    FakeTrainer near = new FakeTrainer((n, epochs) -> n, 1);
    List<Standing> ended = searchNear(near, 24 + 2 * 3 + 0.5);

    assertThat(ended).extracting(Standing::epochs).containsExactly(27, 3, 3);
  }

  @Test
  void theTimeLeftIsNoMoreThanTheBudgetHas() {
    brackets.add(81);
    List<Double> left = new ArrayList<>();
    List<Double> inBudget = new ArrayList<>();
    TuningListener listener =
        new TuningListener() {
          @Override
          public void arrived(Standing standing, boolean now, TuningStatus status) {
            left.add(status.secondsLeft());
            inBudget.add(Math.max(0, 40 - seconds()));
          }
        };
    search(trainer, draws(), TuningPlan.ofSeconds(40).withSeeds(1), listener);

    assertThat(left).isEqualTo(inBudget).contains(37.0, 1.0, 0.0);
  }

  @Test
  void timeThatIsOverStillTrainsOneThatDoesNotFail() {
    spentBefore = 1;
    trainer.failing.put(1, "training diverged in epoch 1");
    trainer.failing.put(2, "training diverged in epoch 1");
    List<Standing> ended = search(TuningPlan.ofSeconds(0.5).withSeeds(1));

    assertThat(Search.best(ended).orElseThrow().trial().number()).isEqualTo(3);
  }

  @Test
  void aSlowMachineIsMeasuredBeforeItIsPlannedFor() {
    FakeTrainer slow = new FakeTrainer((n, epochs) -> n, 100);
    TuningPlan plan = TuningPlan.ofSeconds(20_000).withSeeds(1);
    search(slow, plan, brackets);

    assertThat(slow.nanos / 1e9).isLessThanOrEqualTo(20_000);
    assertThat(brackets.get(0)).isBetween(9, 40);
  }

  /** A finished first trial takes no time, and says nothing of the speed. */
  @Test
  void theSpeedIsMeasuredByTrialsThatAreNotKnownYet() {
    TuningPlan plan = TuningPlan.ofSeconds(900).withSeeds(1);
    List<List<Integer>> planned = new ArrayList<>();
    for (int known = 0; known < 2; known++) {
      FakeTrainer slow = new FakeTrainer((n, epochs) -> n % 7 + 0.01 * epochs, 3);
      if (known == 1) {
        slow.knows(1, 27);
      }
      List<Integer> sizes = new ArrayList<>();
      List<Standing> ended = search(slow, plan, sizes);
      planned.add(sizes.subList(0, 1));
      assertThat(slow.nanos / 1e9).isLessThanOrEqualTo(900);
      assertThat(Search.best(ended).orElseThrow().trial().number() % 7).isEqualTo(6);
    }

    assertThat(planned.get(1)).isEqualTo(planned.get(0));
  }

  /** As after Ctrl-C in the middle of the first legs, two of whose three epochs are there. */
  @Test
  void whatWasTrainedBeforeDoesNotMakeTheMachineFaster() {
    FakeTrainer slow = new FakeTrainer((n, epochs) -> n % 7 + 0.01 * epochs, 3);
    for (int n = 1; n <= 9; n++) {
      slow.knows(n, 2);
    }
    search(slow, draws(), TuningPlan.ofTrials(9), TuningListener.SILENT);

    assertThat(slow.trained).contains(List.of(1, 2, 3));
    assertThat(meter.slowness()).as("an epoch takes three seconds").isEqualTo(3);
  }

  @Test
  void trialsThatAreAllKnownKeepWhatTheyCameTo() {
    for (int n = 1; n <= 9; n++) {
      trainer.knows(n, 27);
    }
    spentBefore = 1000;
    brackets.add(9);
    List<Standing> ended = search(TuningPlan.ofSeconds(30).withSeeds(1));

    assertThat(trainer.trained).as("no time is left to measure the speed").isEmpty();
    assertThat(ended).hasSize(9);
    Standing best = Search.best(ended).orElseThrow();
    assertThat(best.trial().number()).isEqualTo(6);
    assertThat(best.epochs()).isEqualTo(27);
  }

  /** 200 draws miss the last of 400 combinations more often than not. */
  @Test
  void everyCombinationOfListsIsFound() {
    List<String> values =
        IntStream.rangeClosed(1, 20).mapToObj(i -> String.valueOf(0.1 * i)).toList();
    SearchSpace space =
        new SearchSpace(
            List.of(
                Dimension.ofChoices(SettingKey.TAU, values, "test"),
                Dimension.ofChoices(SettingKey.TAU_RATIO, values, "test")));
    TrialDraws draws = new TrialDraws(BASE, space, false, run -> run);

    List<Trial> trials = draws.trials(0, 500);

    assertThat(trials).hasSize(400);
    assertThat(trials).extracting(Trial::run).doesNotHaveDuplicates();
    assertThat(trials).extracting(Trial::number).last().isEqualTo(400);
  }

  @Test
  void whenTimeRunsOutNothingIsBegunAndTheBestSoFarWins() {
    // Speed was measured as a hundred times what it is now, so that far too much is planned.
    meter = new Meter(1, 1, 100);
    List<Standing> ended = search(TuningPlan.ofSeconds(40).withSeeds(1));

    assertThat(brackets).containsExactly(81);
    // Fourteen trials of three seconds: the last begins before 40 seconds are over.
    assertThat(seconds()).isEqualTo(42);
    assertThat(ended.stream().filter(s -> s.epochs() > 0)).hasSize(14);
    assertThat(Search.best(ended).orElseThrow().trial().number()).isEqualTo(6);
  }

  @Test
  void noBudgetIsTooSmallForAWinner() {
    List<Standing> ended = search(TuningPlan.ofSeconds(0.001));

    assertThat(Search.best(ended)).isPresent();
    assertThat(seconds()).as("one trial at the first rung").isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 40, 60, 100})
  void timeThatIsSpentBeforeAnythingIsBegunLeavesTheTrialsThatWereMeasured(double seconds) {
    TuningPlan plan = TuningPlan.ofSeconds(seconds).withSeeds(1);
    TimeBudget budget = new TimeBudget(seconds, 0, trainer::nanoTime);
    Runnable longPause = () -> trainer.nanos += (long) 1e12;
    List<Standing> ended =
        new Search(
                trainer,
                draws(),
                plan,
                budget,
                1,
                meter,
                brackets,
                longPause,
                TuningListener.SILENT)
            .run(false, () -> false);

    assertThat(Search.best(ended)).isPresent();
  }

  @Test
  void aBudgetForNoWholeTrainingComparesAsManyAsItCanAtTheFirstRung() {
    List<Standing> ended = search(TuningPlan.ofSeconds(20).withSeeds(1));

    assertThat(trainer.trained).hasSize(7).allMatch(leg -> leg.get(2) == 3);
    assertThat(Search.best(ended).orElseThrow().trial().number()).isEqualTo(6);
  }

  @Test
  void brokenOffItGoesOnWithTheTimeThatIsLeft() {
    TuningPlan plan = TuningPlan.ofSeconds(300).withSeeds(1);
    AtomicBoolean cancelled = new AtomicBoolean();
    FakeTrainer whole = new FakeTrainer((n, epochs) -> n % 7 + 0.01 * epochs, 1);
    List<Integer> wholeBrackets = new ArrayList<>();
    search(whole, plan, wholeBrackets);
    TimeBudget budget = new TimeBudget(300, 0, trainer::nanoTime);
    TuningListener breaking =
        new TuningListener() {
          @Override
          public void arrived(Standing standing, boolean now, TuningStatus status) {
            cancelled.set(standing.trial().number() == 11);
          }
        };
    new Search(trainer, draws(), plan, budget, 1, meter, brackets, () -> {}, breaking)
        .run(false, cancelled::get);
    assertThat(cancelled).isTrue();
    cancelled.set(false);
    spentBefore = budget.spent();
    // A clock of its own for the next session.
    trainer.nanos = 0;
    search(plan);

    assertThat(trainer.trained).isEqualTo(whole.trained);
    assertThat(brackets).isEqualTo(wholeBrackets);
  }

  @Test
  void onceDecidedNothingIsTrained() {
    TuningPlan plan = TuningPlan.ofSeconds(300).withSeeds(1);
    List<Standing> first = search(plan);
    int trained = trainer.trained.size();
    List<Standing> again = search(plan, true, new AtomicBoolean());

    assertThat(trainer.trained).hasSize(trained);
    assertThat(again)
        .extracting(Standing::value)
        .isEqualTo(first.stream().map(Standing::value).toList());
  }

  @Test
  void ifEveryTrialFailsTheReasonIsGiven() {
    for (int n = 1; n <= 4; n++) {
      trainer.failing.put(n, "training diverged in epoch 1");
    }

    assertThatThrownBy(() -> search(TuningPlan.ofTrials(4)))
        .isInstanceOf(InputException.class)
        .hasMessage("no trial could be trained: training diverged in epoch 1");
  }

  @Test
  void theTimeLeftCountsWhatIsToCome() {
    List<Double> left = new ArrayList<>();
    TuningListener listener =
        new TuningListener() {
          @Override
          public void arrived(Standing standing, boolean now, TuningStatus status) {
            left.add(status.secondsLeft());
          }
        };
    new Search(
            trainer,
            draws(),
            TuningPlan.ofTrials(9).withSeeds(3),
            new TimeBudget(Double.POSITIVE_INFINITY, 0, trainer::nanoTime),
            1,
            meter,
            brackets,
            () -> {},
            listener)
        .run(false, () -> false);

    // After the first of nine: 8 x 3, 3 x 6 and 18 epochs, and two more seeds of 27.
    assertThat(left.get(0)).isEqualTo(8 * 3 + 3 * 6 + 18 + 2 * 27);
    assertThat(left).last().isEqualTo(2 * 27.0);
  }

  @Test
  void moreThreadsThanTrialsThatCompeteTrainNoFurtherOnes() {
    lanes = 16;
    List<Standing> ended = search(TuningPlan.ofSeconds(0.001));

    assertThat(brackets).containsExactly(ended.size());
    assertThat(trainer.trained).extracting(leg -> leg.get(0)).allMatch(n -> n <= ended.size());
  }

  @Test
  void theFirstTrialKeepsWhatTheSpaceHasOfTheBase() {
    SearchSpace space =
        new SearchSpace(
            List.of(
                Dimension.between(SettingKey.TAU, "0.01", "1", true, false, "test"),
                Dimension.ofChoices(SettingKey.EPOCHS, List.of("9"), "test")));
    Trial first = new TrialDraws(BASE, space, false, run -> run).trials(0, 1).get(0);

    assertThat(first.run().text(SettingKey.TAU)).isEqualTo(BASE.text(SettingKey.TAU));
    assertThat(first.run().epochs()).isEqualTo(9);
    assertThat(first.tries(BASE)).as("with other epochs").isFalse();
    assertThat(first.tries(BASE.with(SettingKey.EPOCHS, 9))).isTrue();
  }

  @Test
  void whatFailedIsNotAmongTheBest() {
    trainer.failing.put(3, "training diverged in epoch 9");
    List<Standing> ended = search(TuningPlan.ofTrials(9));

    assertThat(ended.stream().sorted(Standing.BEST_FIRST).map(s -> s.trial().number()))
        .endsWith(3)
        .first()
        .isEqualTo(Search.best(ended).orElseThrow().trial().number());
  }

  @Test
  void whatFailedOnTheWayIsNotAmongTheBestEither() {
    List<Trial> trials = draws().trials(0, 2);
    Standing failed = new Standing(trials.get(0));
    failed.reaches(3, 5);
    failed.reaches(9, 6);
    failed.fails("training diverged in epoch 10");
    Standing slow = new Standing(trials.get(1));
    slow.reaches(3, 1);

    assertThat(List.of(failed, slow).stream().sorted(Standing.BEST_FIRST).toList())
        .containsExactly(slow, failed);
    assertThat(Search.best(List.of(failed, slow))).contains(slow);
  }
}
