package bsl.cli;

import java.util.List;

/** Says that a data set is not the one that the catalogue, and so the paper, knows by its name. */
final class DeviationNote {
  private DeviationNote() {}

  /**
   * One line for people.
   *
   * @param dataset name of the data set
   * @param deviations a line per difference, at least one
   */
  static String of(String dataset, List<String> deviations) {
    return "data set "
        + dataset
        + " is not the catalogue's, so that its numbers cannot be compared with published ones: "
        + String.join("; ", deviations);
  }
}
