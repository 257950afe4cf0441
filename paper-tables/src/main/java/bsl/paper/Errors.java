package bsl.paper;

import bsl.report.Estimate;
import bsl.report.Figure.Series;
import java.util.List;

/** Makes lines and bars of numbers over seeds, whose intervals are the error bars. */
final class Errors {
  private Errors() {}

  static Series line(String name, double[] x, List<Estimate> numbers) {
    return Series.of(name, x, means(numbers), halfWidths(numbers));
  }

  static Series bars(String name, List<Estimate> numbers) {
    return Series.bars(name, means(numbers), halfWidths(numbers));
  }

  private static double[] means(List<Estimate> numbers) {
    return numbers.stream().mapToDouble(Estimate::mean).toArray();
  }

  /** None for numbers of one seed. */
  private static double[] halfWidths(List<Estimate> numbers) {
    return numbers.stream().anyMatch(Estimate::hasInterval)
        ? numbers.stream().mapToDouble(n -> n.hasInterval() ? n.halfWidth() : 0).toArray()
        : new double[0];
  }
}
