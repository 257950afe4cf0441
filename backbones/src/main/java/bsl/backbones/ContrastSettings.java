package bsl.backbones;

/**
 * What contrastive terms have in common.
 *
 * @param weight of the term beside the ranking loss, at least 0
 * @param temperature of InfoNCE, positive; neither it nor the weight may be 0 or infinite only in
 *     single precision
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
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("contrast temperature must be positive: " + temperature);
    }
    requireFloat("contrast weight", weight);
    requireFloat("contrast temperature", temperature);
    if (pairs < 1) {
      throw new IllegalArgumentException("contrast pairs must be positive: " + pairs);
    }
  }

  /**
   * Refuses a positive number that single precision takes for 0 or for infinite.
   *
   * @throws IllegalArgumentException if it does
   */
  static void requireFloat(String name, double value) {
    if (value > Float.MAX_VALUE || value > 0 && (float) value == 0) {
      throw new IllegalArgumentException(name + " is beyond single precision: " + value);
    }
  }
}
