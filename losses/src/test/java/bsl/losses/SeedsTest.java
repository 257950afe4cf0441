package bsl.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void aFailureNamesItsSeed() {
    List<Long> drawn = new ArrayList<>();

    assertThatThrownBy(
            () ->
                Seeds.check(
                    9,
                    random -> {
                      drawn.add(random.nextLong());
                      assertThat(drawn).hasSizeLessThan(4);
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 3 (-Dbsl.test.seed=3 runs it alone): ");
    assertThat(drawn).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void anExceptionIsAFailureToo() {
    assertThatThrownBy(
            () ->
                Seeds.check(
                    2,
                    random -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 0 ")
        .hasMessageContaining("broken");
  }
}
