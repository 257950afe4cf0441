package bsl.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schedules that can be worked out by hand. */
class ScalePlanTest {
  @Test
  void theLongestGoFirst() {
    ScalePlan plan = new ScalePlan(List.of(1.0, 2.0, 3.0, 4.0, 5.0), 0, 0, 0);

    assertThat(plan.work()).isEqualTo(15);
    assertThat(plan.seconds(1)).isEqualTo(15);
    assertThat(plan.seconds(2)).as("5 with 2 and 1, 4 with 3").isEqualTo(8);
    assertThat(plan.seconds(100)).as("the longest").isEqualTo(5);
  }

  @Test
  void eachRunCostsItsCoreAndTheDriver() {
    List<Double> equal = Collections.nCopies(10, 3.0);

    assertThat(new ScalePlan(equal, 7, 1, 0.5).seconds(1)).isEqualTo(7 + 10 * 4 + 0.5);
    assertThat(new ScalePlan(equal, 7, 1, 0.5).seconds(10))
        .as("all end at once, and the driver takes one after the other")
        .isEqualTo(7 + 4 + 10 * 0.5);
  }

  @Test
  void aPlanIsRead() throws IOException {
    String plan =
        "left out\nrun a-mf-bsl-1, seed 2, up to 8 epochs, about 95 s on one core\n"
            + "run b, up to 8 epochs, 3 of them trained, about 12 min on one core\n"
            + "run c, up to 8 epochs, about 2.5 h on one core\n"
            + "3 runs, 0 of them finished before; about 2.7 h on 1 thread\n";

    assertThat(ScalePlan.read(new BufferedReader(new StringReader(plan))))
        .containsExactly(95.0, 720.0, 9000.0);
  }
}
