package bsl.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.eval.Selection.OnTest;
import bsl.eval.Selection.OnValidation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgedTest {
  private static PerUserMetrics metrics(int[] users, double... recalls) {
    return new PerUserMetrics(users, Map.of("recall@20", recalls));
  }

  @Test
  void pairsTwoModelsThatWereSelectedAlike() {
    Judged<OnTest> first = new Judged<>(new OnTest(), metrics(new int[] {3, 5}, 0.5, 1));
    Judged<OnTest> second = new Judged<>(new OnTest(), metrics(new int[] {3, 5}, 0.25, 0.5));

    assertThat(first.against(second, "recall@20").meanDifference()).isEqualTo(0.375);
    assertThat(first.selection()).isEqualTo(new OnTest());
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void refusesOtherSelectionsEvenWhereTheCompilerWasSilenced() {
    Judged first = new Judged<>(new OnTest(), metrics(new int[] {3, 5}, 0.5, 1));
    Judged second = new Judged<>(new OnValidation(), metrics(new int[] {3, 5}, 0.5, 1));

    assertThatThrownBy(() -> first.against(second, "recall@20"))
        .hasMessage("selected differently: OnTest[] and OnValidation[]");
  }

  @Test
  void refusesOtherUsers() {
    Judged<OnTest> first = new Judged<>(new OnTest(), metrics(new int[] {3, 5}, 0.5, 1));
    Judged<OnTest> second = new Judged<>(new OnTest(), metrics(new int[] {3, 6}, 0.5, 1));

    assertThatThrownBy(() -> first.against(second, "recall@20"))
        .hasMessage("the two were evaluated on different users");
  }
}
