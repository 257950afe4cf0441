package bsl.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value for each of some hyper-parameters: those given, and defaults for the others. Immutable.
 */
public final class HyperparameterValues {
  private final Map<String, String> values;

  private HyperparameterValues(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Fills in defaults and checks.
   *
   * @param declared the hyper-parameters that there are
   * @param given values by name, as texts or numbers
   * @throws IllegalArgumentException if a name is not declared or a value not allowed
   */
  public static HyperparameterValues of(List<Hyperparameter> declared, Map<String, ?> given) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>(given.keySet());
    for (Hyperparameter parameter : declared) {
      Object there = given.get(parameter.name());
      String value = there == null ? parameter.fallback() : there.toString();
      if (!parameter.range().allows(value)) {
        throw new IllegalArgumentException(
            parameter.name() + " '" + value + "' " + parameter.range().refusal(value));
      }
      values.put(parameter.name(), parameter.range().canonical(value));
      unknown.remove(parameter.name());
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no hyper-parameter '"
              + unknown.get(0)
              + "'; there "
              + (values.isEmpty() ? "are none" : "is " + String.join(", ", values.keySet())));
    }
    return new HyperparameterValues(values);
  }

  /**
   * A value as text.
   *
   * @throws IllegalArgumentException if the hyper-parameter is not declared
   */
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("hyper-parameter " + name + " is not declared");
    }
    return value;
  }

  /**
   * A value as a number.
   *
   * @throws IllegalArgumentException if the hyper-parameter is not declared or not a number
   */
  public double real(String name) {
    return Double.parseDouble(text(name));
  }

  /**
   * A value as a whole number.
   *
   * @throws IllegalArgumentException if the hyper-parameter is not declared or not a whole number
   */
  public long whole(String name) {
    return Long.parseLong(text(name));
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
