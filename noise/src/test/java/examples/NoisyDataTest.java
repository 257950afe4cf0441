package examples;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Interactions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NoisyDataTest {
  /** Two users of 40 items: user 0 has the even ones, user 1 has ten. */
  private static final Interactions TRAIN = train();

  private static Interactions train() {
    int[] users = new int[30];
    int[] items = new int[30];
    for (int p = 0; p < 30; p++) {
      users[p] = p < 20 ? 0 : 1;
      items[p] = p < 20 ? 2 * p : p;
    }
    return Interactions.of(2, 40, users, items);
  }

  @Test
  void aFifthOfTheTrainPairsIsAddedAndNoneIsLost() {
    Interactions noisy = NoisyData.withFalsePositives(TRAIN);

    assertThat(noisy.degree(0)).isBetween(21, 24);
    assertThat(noisy.degree(1)).isBetween(11, 12);
    for (int user = 0; user < 2; user++) {
      for (int item : TRAIN.itemsOf(user)) {
        assertThat(noisy.contains(user, item)).isTrue();
      }
    }
  }

  /** User 0's positives have weight 20 x 5 = 100, the other items 20: five sixths are false. */
  @Test
  void falseNegativesComeAsOftenAsTheirWeightSays() {
    int[] negatives = NoisyData.withFalseNegatives(TRAIN, 0, 6000, 1);

    assertThat(Arrays.stream(negatives).filter(item -> TRAIN.contains(0, item)).count())
        .isBetween(4870L, 5130L);
    assertThat(NoisyData.withFalseNegatives(TRAIN, 0, 6000, 2)).isNotEqualTo(negatives);
  }
}
