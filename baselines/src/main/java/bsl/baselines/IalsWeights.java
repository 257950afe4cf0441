package bsl.baselines;

/**
 * The weights of the terms of implicit ALS.
 *
 * @param unobserved alpha0, the weight of all pairs beside 1 for those in train
 * @param lambda the weight of the L2 term
 * @param frequency nu, the power of the number of pairs in the L2 term
 */
record IalsWeights(double unobserved, double lambda, double frequency) {
  /**
   * The weight of a row's squared norm.
   *
   * @param degree number of the row's pairs
   * @param others number of rows on the other side
   */
  double regularisation(int degree, int others) {
    return lambda * StrictMath.pow(degree + unobserved * others, frequency);
  }
}
