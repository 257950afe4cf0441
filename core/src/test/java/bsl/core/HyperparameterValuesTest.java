package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HyperparameterValuesTest {
  private static final List<Hyperparameter> DECLARED =
      List.of(
          new Hyperparameter("tau", "0.1", ValueRange.positive(), "temperature"),
          new Hyperparameter("steps", "3", ValueRange.whole(1, 9), "number of steps"),
          new Hyperparameter("mode", "a", ValueRange.choice("a", "b"), "which way"));

  @Test
  void whatIsNotGivenHasItsDefault() {
    HyperparameterValues values =
        HyperparameterValues.of(DECLARED, Map.of("tau", 0.25, "mode", "b"));

    assertThat(values.real("tau")).isEqualTo(0.25);
    assertThat(values.whole("steps")).isEqualTo(3);
    assertThat(values.text("mode")).isEqualTo("b");
  }

  @Test
  void equalValuesAreEqualTexts() {
    HyperparameterValues values =
        HyperparameterValues.of(DECLARED, Map.of("tau", "+2.50e-1", "steps", "+04"));

    assertThat(values.text("tau")).isEqualTo("0.25");
    assertThat(values.text("steps")).isEqualTo("4");
    assertThat(values.toString()).isEqualTo("{tau=0.25, steps=4, mode=a}");
  }

  @Test
  void whatIsNotDeclaredOrNotAllowedIsRefused() {
    assertThatThrownBy(() -> HyperparameterValues.of(DECLARED, Map.of("rho", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no hyper-parameter 'rho'; there is tau, steps, mode");
    assertThatThrownBy(() -> HyperparameterValues.of(List.of(), Map.of("rho", 1)))
        .hasMessage("there is no hyper-parameter 'rho'; there are none");
    assertThatThrownBy(() -> HyperparameterValues.of(DECLARED, Map.of("steps", 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("steps '10' is not a whole number from 1 to 9");
    HyperparameterValues values = HyperparameterValues.of(DECLARED, Map.of());
    assertThatThrownBy(() -> values.real("rho"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hyper-parameter rho is not declared");
  }

  @Test
  void aHyperparameterHasAWellFormedNameAndAnAllowedDefault() {
    assertThatThrownBy(() -> new Hyperparameter("Tau", "1", ValueRange.positive(), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'Tau'");
    assertThatThrownBy(() -> new Hyperparameter("tau", "-1", ValueRange.positive(), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("default '-1' of hyper-parameter tau is not a positive number");
  }
}
