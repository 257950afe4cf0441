package bsl.backbones;

/**
 * Says which first steps train a graph backbone with fewer layers than it has. Such steps cost a
 * fraction. A step with one layer has no product over all entries of the graph. A step without
 * layers is one of matrix factorisation.
 *
 * @param steps number of first steps with fewer layers, at least 0
 * @param layers their number of layers, at least 0
 */
public record ShallowSteps(int steps, int layers) {
  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public ShallowSteps {
    if (steps < 0) {
      throw new IllegalArgumentException("shallowSteps must be at least 0: " + steps);
    }
    if (layers < 0) {
      throw new IllegalArgumentException("shallow layers must be at least 0: " + layers);
    }
  }

  /** Whether a step is one of them. */
  boolean includes(int step) {
    return step < steps;
  }

  /** Layers of a step. */
  int depth(int step, int allLayers) {
    return includes(step) ? Math.min(layers, allLayers) : allLayers;
  }
}
