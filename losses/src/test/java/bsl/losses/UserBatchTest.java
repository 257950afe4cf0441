package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.losses.BilateralSoftmaxLoss.Mode;
import org.junit.jupiter.api.Test;

class UserBatchTest {
  private final UserBatch batch = new UserBatch();

  /** Two users, three pairs; BPR of one negative is log(1 + exp(negative - positive)). */
  @Test
  void scoresBecomeDerivativesOfTheMeanOverAllPositives() {
    float[] positives = {0.5f, -1f};
    float[] negatives = {0.25f, 1.5f, 0.75f};
    float[] otherPositives = {2f};
    float[] otherNegatives = {1f};
    batch.add(positives, negatives, new NegativeWeights(new float[] {1, 3, 0}));
    batch.add(otherPositives, otherNegatives);
    assertThat(batch.pairs()).isEqualTo(3);

    double value = batch.evaluate(new BprLoss());

    double expected =
        softplus(0.25 - 0.5) / 4
            + 3 * softplus(1.5 - 0.5) / 4
            + softplus(0.25 + 1) / 4
            + 3 * softplus(1.5 + 1) / 4
            + softplus(1 - 2);
    assertThat(value).isCloseTo(expected / 3, within(1e-6));
    double first = sigmoid(0.25 - 0.5) / 12;
    double second = 3 * sigmoid(1.5 - 0.5) / 12;
    assertThat((double) positives[0]).isCloseTo(-first - second, within(1e-7));
    assertThat((double) negatives[0]).isCloseTo(first + sigmoid(0.25 + 1) / 12, within(1e-7));
    assertThat((double) negatives[1]).isCloseTo(second + 3 * sigmoid(2.5) / 12, within(1e-7));
    assertThat(negatives[2]).isZero();
    assertThat((double) otherPositives[0]).isCloseTo(-sigmoid(-1) / 3, within(1e-7));
    assertThat((double) otherNegatives[0]).isCloseTo(sigmoid(-1) / 3, within(1e-7));
  }

  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Equal negatives of weight 1 add log 1 = 0, so that only the positive side is left. */
  @Test
  void theExpectationOverPositivesIsOverThoseOfOneUser() {
    batch.add(new float[] {0.9f, 0.1f}, new float[] {0});
    batch.add(new float[] {0.4f}, new float[] {0});

    double ofFirst = -Math.log((Math.exp(0.9 / 0.2) + Math.exp(0.1 / 0.2)) / 2);
    assertThat(batch.evaluate(BilateralSoftmaxLoss.codeForm(0.2, 1, Mode.MULTI)))
        .isCloseTo((2 * ofFirst - 0.4 / 0.2) / 3, within(1e-6));
  }

  /** Positives 0 and 2 share an expectation, and no group is shared with the other user. */
  @Test
  void theExpectationOverPositivesIsOverThoseOfAGroup() {
    batch.add(new float[] {0.9f, 0.5f, 0.1f}, new int[] {1, 0, 1}, new float[] {0}, null);
    batch.add(new float[] {0.4f}, new int[] {0}, new float[] {0}, null);

    double ofTwo = -Math.log((Math.exp(0.9 / 0.2) + Math.exp(0.1 / 0.2)) / 2);
    assertThat(batch.evaluate(BilateralSoftmaxLoss.codeForm(0.2, 1, Mode.MULTI)))
        .isCloseTo((2 * ofTwo - 0.5 / 0.2 - 0.4 / 0.2) / 4, within(1e-6));
  }

  /** One array of groups may serve all users in turn. */
  @Test
  void groupsAreThoseOfWhenAUserWasAdded() {
    int[] groups = {0, 0};
    batch.add(new float[] {0.9f, 0.1f}, groups, new float[] {0}, null);
    groups[1] = 1;

    double ofBoth = -Math.log((Math.exp(0.9 / 0.2) + Math.exp(0.1 / 0.2)) / 2);
    assertThat(batch.evaluate(BilateralSoftmaxLoss.codeForm(0.2, 1, Mode.MULTI)))
        .isCloseTo(ofBoth, within(1e-6));
  }

  /** A user's own items are taken out of a copy. */
  @Test
  void eachUserMayHaveWeightsOfItsOwn() {
    NegativeWeights weights = NegativeWeights.ones(2);
    for (int own = 0; own < 2; own++) {
      NegativeWeights ofUser = weights.copy();
      ofUser.multiply(own, 0);
      batch.add(new float[] {0}, own == 0 ? new float[] {9, 1} : new float[] {1, 9}, ofUser);
    }

    assertThat(batch.evaluate(new BprLoss())).isCloseTo(softplus(1), within(1e-6));
  }

  /** They are read at the end, when they are those of the last user or of none. */
  @Test
  void weightsThatWereChangedAfterAUserWasAddedAreRefused() {
    NegativeWeights weights = NegativeWeights.ones(2);
    batch.add(new float[1], new float[2], weights);
    weights.multiply(0, 0);
    batch.add(new float[1], new float[2], weights);
    weights.restore(new int[] {0}, 0, 1);
    // As for a user without own items among the negatives.
    batch.add(new float[1], new float[2], weights);
    weights.restore(new int[0], 0, 0);

    assertThatThrownBy(() -> batch.evaluate(new BprLoss()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the weights of user 0 of the batch were changed after it was added; give each user a"
                + " copy() of them");
    assertThat(batch.pairs()).isZero();
  }

  @Test
  void weightsThatWereRestoredAfterAUserWasAddedAreRefused() {
    NegativeWeights weights = NegativeWeights.ones(2);
    weights.multiply(0, 0);
    batch.add(new float[1], new float[2], weights);
    weights.restore(new int[] {0}, 0, 1);

    assertThatThrownBy(() -> batch.evaluate(new BprLoss()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the weights of user 0 of the batch were changed");
  }

  @Test
  void isEmptyAfterAnEvaluationAndCanBeFilledAgain() {
    for (int round = 0; round < 2; round++) {
      float[] negatives = {1f};
      batch.add(new float[] {round}, negatives);
      assertThat(batch.evaluate(new BprLoss())).isCloseTo(softplus(1 - round), within(1e-6));
      assertThat(batch.pairs()).isZero();
    }

    assertThatThrownBy(() -> batch.evaluate(new BprLoss()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no user in the batch");
  }

  @Test
  void anErrorNamesThePairAndEmptiesTheBatch() {
    batch.add(new float[] {0, 0}, new float[] {0});
    batch.add(new float[] {0, Float.NaN}, new float[] {0});

    assertThatThrownBy(() -> batch.evaluate(new BprLoss()))
        .isInstanceOf(NonFiniteScoreException.class)
        .hasMessageContaining("pair 3 of the batch");
    assertThat(batch.pairs()).isZero();
  }

  @Test
  void refusesUsersThatAreNone() {
    assertThatThrownBy(() -> batch.add(new float[0], new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a user with 0 positives and 2 negatives");
    assertThatThrownBy(() -> batch.add(new float[1], new float[0]))
        .hasMessage("a user with 1 positives and 0 negatives");
    assertThatThrownBy(() -> batch.add(new float[1], new float[3], NegativeWeights.ones(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 negatives with 4 weights");
    assertThatThrownBy(() -> batch.add(new float[2], new int[1], new float[1], null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 positives with 1 groups");
    assertThatThrownBy(() -> batch.add(new float[2], new int[] {0, -1}, new float[1], null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("group of positive 1 is outside [0, 2): -1");
    assertThatThrownBy(() -> batch.add(new float[2], new int[] {2, 0}, new float[1], null))
        .hasMessage("group of positive 0 is outside [0, 2): 2");
    assertThat(batch.pairs()).isZero();
  }

  /** The weights are added to the batch only, so that the users before can still be evaluated. */
  @Test
  void refusesWeightsThatAreAllZero() {
    NegativeWeights none = NegativeWeights.ones(2);
    none.multiply(0, 0);
    none.multiply(1, 0);
    float[] negatives = {1};
    batch.add(new float[] {0}, negatives);

    assertThatThrownBy(() -> batch.add(new float[1], new float[2], none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no negative has a weight above 0");
    assertThat(batch.pairs()).isEqualTo(1);
    assertThat(batch.evaluate(new BprLoss())).isCloseTo(softplus(1), within(1e-6));
    assertThat((double) negatives[0]).isCloseTo(sigmoid(1), within(1e-7));
  }

  /** A buffer that is used for every user would hold the last user's derivatives only. */
  @Test
  void refusesAnArrayTwice() {
    float[] buffer = new float[3];
    batch.add(new float[1], buffer);

    assertThatThrownBy(() -> batch.add(new float[1], buffer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("these scores are in the batch already; each user needs arrays of its own");
    assertThatThrownBy(() -> batch.add(buffer, new float[1]))
        .isInstanceOf(IllegalArgumentException.class);
    float[] other = new float[2];
    assertThatThrownBy(() -> batch.add(other, other)).isInstanceOf(IllegalArgumentException.class);
  }
}
