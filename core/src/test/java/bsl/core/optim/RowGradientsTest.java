package bsl.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowGradientsTest {
  @Test
  void noRowsCanBeCopied() {
    RowGradients gradients = new RowGradients(32);

    gradients.copyFrom(new RowGradients(32));

    assertThat(gradients.count()).isZero();
    assertThat(gradients.values()).hasSize(gradients.offset(0));
  }

  @Test
  void rowsThatDoNotFitLeaveThingsAsTheyWere() {
    RowGradients gradients = new RowGradients(1 << 20);

    assertThatThrownBy(() -> gradients.reset(1 << 12)).isInstanceOf(ArithmeticException.class);
    gradients.reset(2);

    assertThat(gradients.values()).hasSizeGreaterThanOrEqualTo(gradients.offset(2));
  }

  @Test
  void refusesToCopyRowsOfAnotherStride() {
    RowGradients gradients = new RowGradients(32);

    assertThatThrownBy(() -> gradients.copyFrom(new RowGradients(64)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("strides differ: 32 and 64");
  }

  @Test
  void aCopyHasRowsOccurrencesAndValues() {
    RowGradients one = new RowGradients(2);
    one.reset(2);
    one.setRow(1, 7);
    one.setOccurrences(1, 3);
    one.values()[one.offset(1) + 1] = 5f;
    RowGradients copy = new RowGradients(2);

    copy.copyFrom(one);

    assertThat(copy.count()).isEqualTo(2);
    assertThat(copy.row(1)).isEqualTo(7);
    assertThat(copy.occurrences(1)).isEqualTo(3);
    assertThat(copy.values()[copy.offset(1) + 1]).isEqualTo(5f);
  }
}
