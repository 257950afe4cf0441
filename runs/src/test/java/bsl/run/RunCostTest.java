package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunCostTest {
  private static final Interactions TRAIN = TrainingRunTest.parity(120, 80, 10, 3).train();
  private static final Interactions LARGE = TrainingRunTest.parity(2000, 3000, 30, 3).train();

  private static RunSpec spec(String... assignments) {
    Settings settings = new Settings();
    for (String assignment : List.of("dataset=parity", "batch_size=100", "epochs=8")) {
      settings.setAssignment(assignment);
    }
    for (String assignment : assignments) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings);
  }

  @Test
  void epochsThatAreAlikeHaveEqualShares() {
    RunSpec spec = spec("backbone=lightgcn", "layers=3");

    assertThat(RunCost.share(spec, TRAIN, 0)).isZero();
    assertThat(RunCost.share(spec, TRAIN, 2)).isCloseTo(0.25, within(1e-12));
    assertThat(RunCost.share(spec, TRAIN, 8)).isEqualTo(1);
  }

  @Test
  void shallowEpochsHaveSmallerShares() {
    RunSpec spec = spec("backbone=lightgcn", "layers=3", "shallow_epochs=4");

    double shallow = RunCost.share(spec, TRAIN, 4);

    assertThat(RunCost.share(spec, TRAIN, 2)).isCloseTo(shallow / 2, within(1e-12));
    assertThat(RunCost.share(spec, TRAIN, 6)).isCloseTo((1 + shallow) / 2, within(1e-12));
    assertThat(shallow).isLessThan(0.5);
  }

  @Test
  void delayedPropagationMakesDeepEpochsCheap() {
    RunSpec spec = spec("backbone=lightgcn", "layers=3", "shallow_epochs=4");
    RunSpec delayed = spec.with(SettingKey.PROPAGATE_EVERY, 16);

    assertThat(RunCost.seconds(delayed, TRAIN)).isLessThan(RunCost.seconds(spec, TRAIN));
    assertThat(RunCost.share(delayed, TRAIN, 4)).isGreaterThan(0.5);
    assertThat(RunCost.seconds(spec("backbone=sgl", "propagate_every=16"), TRAIN))
        .isEqualTo(RunCost.seconds(spec("backbone=sgl"), TRAIN));
  }

  @Test
  void positiveNoiseCosts() {
    double clean = RunCost.seconds(spec(), TRAIN);

    assertThat(RunCost.seconds(spec("positive_noise=0.4"), TRAIN)).isGreaterThan(1.1 * clean);
  }

  private static double userWise(String... assignments) {
    return seconds(List.of("batch_users=64", "negatives=0", "evaluate_every=30"), assignments);
  }

  private static double seconds(List<String> start, String... assignments) {
    Settings settings = Settings.ofAssignments(start).setAssignment("dataset=large");
    for (String assignment : assignments) {
      settings.setAssignment(assignment);
    }
    return RunCost.seconds(RunSpec.of(settings), LARGE);
  }

  @Test
  void anEpochOfUsersCostsItsScores() {
    // 30 epochs of 6 x 2,000 users x 3,000 items x 64 flop at 33 Gflop/s, Adam on top.
    double products = 30 * 6.0 * 2000 * 3000 * 64 / 33e9;

    assertThat(userWise()).isBetween(products, 2 * products);
    assertThat(userWise("negatives=100", "batch_users=8") / userWise("batch_users=8"))
        .isLessThan(0.9);
    assertThat(userWise("loss=bpr")).isGreaterThan(2 * userWise("loss=sl"));
    assertThat(userWise("batch_users=8")).isGreaterThan(1.5 * userWise());
    assertThat(userWise("batch_users=8", "negatives=10", "adam=closed-form"))
        .isLessThan(0.5 * userWise("batch_users=8", "negatives=10"));
  }

  @Test
  void aGraphIsPropagatedOncePerStepOfUsers() {
    double mf = userWise("batch_users=500");
    double four = userWise("batch_users=500", "backbone=lightgcn") - mf;
    double eight = userWise("batch_users=250", "backbone=lightgcn") - userWise("batch_users=250");

    assertThat(eight).isCloseTo(2 * four, within(1e-9 * eight));
    assertThat(userWise("batch_users=500", "batch_size=7", "backbone=lightgcn") - mf)
        .isCloseTo(four, within(1e-9 * four));
  }

  @Test
  void anAuxiliaryTermComparesItsNodesWithEachOther() {
    double thousand = userWise("batch_users=500", "backbone=sgl", "contrast_pairs=1000");
    double half = userWise("batch_users=500", "backbone=sgl", "contrast_pairs=500");

    // 30 epochs of 4 steps, users with users and items with items, 6 x 64 flop at 33 Gflop/s.
    double scores = 2 * (1000.0 * 1000 - 500 * 500);
    assertThat(thousand - half).isCloseTo(30 * 4 * 6.0 * 64 * scores / 33e9, within(1e-9));
    double amongAll =
        userWise(
            "batch_users=500", "backbone=sgl", "contrast_pairs=500", "contrast_candidates=all");
    assertThat(amongAll - half)
        .isCloseTo(30 * 4 * 6.0 * 64 * 500.0 * (2000 + 3000 - 2 * 500) / 33e9, within(1e-9));
    assertThat(userWise("backbone=sgl", "contrast_weight=0"))
        .isEqualTo(userWise("backbone=lightgcn"));
    assertThat(userWise("backbone=sgl", "shallow_epochs=30", "shallow_layers=0"))
        .as("shallow steps leave the term out")
        .isEqualTo(userWise("backbone=lightgcn", "shallow_epochs=30", "shallow_layers=0"));
  }

  /** There are 2,000 users, so that 2,500 pairs have all of them, and 2,500 of 3,000 items. */
  @Test
  void anAuxiliaryTermComparesNoMoreNodesThanThereAre() {
    String[] among = {
      "batch_users=500", "backbone=sgl", "contrast_pairs=2500", "contrast_candidates=step"
    };
    String[] all = {
      "batch_users=500", "backbone=sgl", "contrast_pairs=2500", "contrast_candidates=all"
    };

    assertThat(userWise(all) - userWise(among))
        .isCloseTo(30 * 4 * 6.0 * 64 * 2500.0 * (3000 - 2500) / 33e9, within(1e-9));
  }

  private static double pairWise(String... assignments) {
    return seconds(List.of("batch_size=1000", "epochs=30", "evaluate_every=30"), assignments);
  }

  /** Six flop for each of 64 elements of a score, at 33 Gflop/s, in each of 30 epochs. */
  private static double scoresOfPairs(double negatives) {
    return 30.0 * LARGE.size() * negatives * 6 * 64 / 33e9;
  }

  @Test
  void anEpochOfPairsCostsItsScores() {
    assertThat(pairWise("negatives=700") - pairWise("negatives=200"))
        .isCloseTo(scoresOfPairs(500), within(1e-9));
    assertThat(pairWise("negatives=0")).isEqualTo(pairWise("negatives=3000"));
  }

  @Test
  void inBatchNegativesAreThoseOfTheMiniBatch() {
    String inBatch = "negative_sampling=in-batch";

    assertThat(pairWise(inBatch, "batch_size=1500") - pairWise(inBatch))
        .isCloseTo(scoresOfPairs(500), within(1e-9));
    assertThat(pairWise(inBatch, "negatives=7")).isEqualTo(pairWise(inBatch, "negatives=700"));
  }

  /** Two nanoseconds for each element of a negative; but all items are scored with a product. */
  @Test
  void negativesOfAPairsOwnCostNoMoreThanAllItems() {
    String own = "negative_sampling=independent";

    assertThat(pairWise(own, "negatives=30") - pairWise(own, "negatives=10"))
        .isCloseTo(30.0 * LARGE.size() * 20 * 64 * 2e-9, within(1e-9));
    assertThat(pairWise(own, "negatives=100000")).isEqualTo(pairWise("negatives=0"));
  }

  /** An evaluation scores 2,000 users with 3,000 items: two flop for each of 64 elements. */
  @Test
  void anEvaluationCostsWhereThereIsOne() {
    assertThat(pairWise("evaluate_every=1") - pairWise("evaluate_every=30"))
        .isCloseTo(29 * 2.0 * 64 * 2000 * 3000 / 33e9, within(1e-9));
  }

  @Test
  void usersHaveNoMoreNegativesThanThereAreItems() {
    assertThat(userWise("negatives=100000")).isEqualTo(userWise("negatives=0"));
  }

  /** All rows of a graph have a gradient in each step. */
  @Test
  void adamInClosedFormSparesNothingOverAGraph() {
    assertThat(userWise("backbone=lightgcn", "adam=closed-form"))
        .isEqualTo(userWise("backbone=lightgcn"));
  }

  /** A layer takes a product forward and one back, of which two in all are half a product each. */
  @Test
  void twoLayersTakeThreeTimesTheProductsOfOne() {
    double one = userWise("backbone=lightgcn", "layers=1") - userWise();
    double two = userWise("backbone=lightgcn", "layers=2") - userWise();

    assertThat(two).isCloseTo(3 * one, within(1e-9 * two));
  }

  /** The last row of a user is half full on average; a user has one row at least. */
  @Test
  void usersOfManyPairsHaveSeveralRows() {
    DataSize size = new DataSize(2000, 3000, 60_000);
    RunSpec spec = spec("batch_users=64");

    assertThat(size.rows(spec)).isEqualTo(2000);
    assertThat(size.rows(spec.with(SettingKey.PAIRS_PER_USER, 20))).isEqualTo(3000 + 1000);
    assertThat(size.steps(spec.with(SettingKey.PAIRS_PER_USER, 20))).isEqualTo(63);
    assertThat(size.rows(spec.with(SettingKey.PAIRS_PER_USER, 1000))).isEqualTo(2000);
  }

  @Test
  void sharesOfRunsOverUsersAreSharesOfTheirEpochs() {
    RunSpec spec = spec("batch_users=16", "negatives=0", "backbone=lightgcn", "layers=3");

    assertThat(RunCost.share(spec, TRAIN, 2)).isCloseTo(0.25, within(1e-12));
    assertThat(RunCost.share(spec.with(SettingKey.SHALLOW_EPOCHS, 4), TRAIN, 4)).isLessThan(0.5);
  }
}
