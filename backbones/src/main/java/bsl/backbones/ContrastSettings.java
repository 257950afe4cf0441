package bsl.backbones;

import bsl.losses.Parameter;

/**
 * What contrastive terms have in common.
 *
 * @param weight of the term beside the ranking loss, at least 0 and one that a float can hold
 * @param temperature of InfoNCE, as {@link Parameter#requireTemperature} allows
 * @param pairs train pairs whose users and items a step compares, at least 1
 * @param seed the run's seed
 */
public record ContrastSettings(double weight, double temperature, int pairs, long seed) {
  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public ContrastSettings {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("contrast weight must be at least 0: " + weight);
    }
    requireFloat("contrast weight", weight);
    Parameter.requireTemperature("contrast temperature", temperature);
    if (pairs < 1) {
      throw new IllegalArgumentException("contrast pairs must be positive: " + pairs);
    }
  }

  /**
   * Refuses a number that is infinite in single precision, in which it is used.
   *
   * @throws IllegalArgumentException if it is
   */
  static void requireFloat(String name, double value) {
    if (value > Float.MAX_VALUE) {
      throw new IllegalArgumentException(name + " is beyond single precision: " + value);
    }
  }
}
