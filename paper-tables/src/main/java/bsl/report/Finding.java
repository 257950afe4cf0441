package bsl.report;

/**
 * The numbers behind a verdict. Of a claim with several parts they are those of the part that
 * decides it.
 *
 * @param seeds number of seeds; 0 if nothing was measured
 * @param effect what was tested, positive where it speaks for the claim
 * @param low lower end of its 95% interval; NaN if there is none
 * @param high upper end of its 95% interval; NaN if there is none
 * @param threshold the number that the effect is tested against
 * @param pValue probability of such an effect if the true one were the threshold, by Holm's
 *     correction over the family of the claim; NaN if it was not tested
 * @param tests number of tests in the family
 * @param leaning to which side the evidence leans
 */
public record Finding(
    int seeds,
    double effect,
    double low,
    double high,
    double threshold,
    double pValue,
    int tests,
    Leaning leaning) {
  /** Nothing was measured. */
  public static final Finding NONE =
      new Finding(
          0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, Leaning.NEITHER);
}
