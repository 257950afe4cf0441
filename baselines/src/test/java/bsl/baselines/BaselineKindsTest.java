package bsl.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineKindsTest {
  private static final Interactions TRAIN =
      Interactions.of(3, 4, new int[] {0, 0, 1, 1, 2}, new int[] {0, 2, 2, 3, 2});

  @Test
  void popularityIsTheNumberOfUsers() {
    try (WorkPool pool = new WorkPool(1)) {
      float[] scores = new float[4];
      BaselineKinds.fit("popularity", Map.of(), TRAIN, FitContext.of(pool)).score(1, scores);

      assertThat(scores).containsExactly(1, 0, 3, 1);
    }
  }

  @Test
  void thereAreThoseOfThisProjectAndThoseOfTheClassPath() {
    assertThat(BaselineKinds.names())
        .containsExactly("popularity", "itemknn", "ease", "ials", "newest-items");
    assertThat(BaselineKinds.isStandard("ease")).isTrue();
    assertThat(BaselineKinds.isStandard("newest-items")).isFalse();
  }

  @Test
  void unknownNamesAreRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> BaselineKinds.named("populrity"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("baseline 'populrity' is none of popularity")
        .hasMessageEndingWith("did you mean 'popularity'?");
  }

  @Test
  void unknownHyperparametersAreRefusedWithTheNameOfTheBaseline() {
    try (WorkPool pool = new WorkPool(1)) {
      FitContext context = FitContext.of(pool);
      assertThatThrownBy(() -> BaselineKinds.fit("popularity", Map.of("lambda", 1), TRAIN, context))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("baseline popularity: there is no hyper-parameter 'lambda'; there are none");
    }
  }
}
