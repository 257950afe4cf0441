package bsl.paper;

import bsl.report.Check;
import java.util.List;
import java.util.Optional;

/**
 * Marks a published number that we do not reach and cannot explain yet. Tables show the mark. Our
 * own recorded number is asserted instead of the published one, so that a change is noticed.
 *
 * @param number data set, backbone, loss and metric
 * @param recorded what came out when it was recorded
 * @param evidence what is known about it
 */
record OpenDiscrepancy(String number, double recorded, String evidence) {
  /** Leaves room for changes of the preset. Another machine gives the same bits. */
  private static final double TOLERANCE = 0.02;

  private static final List<OpenDiscrepancy> ALL =
      List.of(
          new OpenDiscrepancy(
              "yelp2018 mf mse Recall@20", 0.0343, "17% below; tuned it is above (docs/losses.md)"),
          new OpenDiscrepancy(
              "yelp2018 lightgcn mse Recall@20", 0.0399, "14% below, as for mf (docs/losses.md)"));

  /** The open discrepancy of a number, if it is one. */
  static Optional<OpenDiscrepancy> of(String number) {
    return ALL.stream().filter(known -> known.number().equals(number)).findFirst();
  }

  Check check(double value) {
    return Check.near(number + ", against our own record", value, recorded, TOLERANCE);
  }
}
