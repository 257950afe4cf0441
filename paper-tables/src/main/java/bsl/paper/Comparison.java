package bsl.paper;

import bsl.report.Check;
import bsl.report.Estimate;
import bsl.report.Figure.Series;
import bsl.run.RunSpec;
import java.util.List;
import java.util.Optional;

/**
 * Compares a number of ours with the published one.
 *
 * @param ours our number, a mean over seeds
 * @param published the paper's; {@code null} if it has none
 */
record Comparison(Estimate ours, Double published) {
  static Comparison of(Estimate ours, Optional<Double> published) {
    return new Comparison(ours, published.orElse(null));
  }

  /** Names a run in checks, by its data set, backbone and loss. */
  static String cell(Cell cell) {
    RunSpec spec = cell.first();
    return spec.dataset() + " " + spec.backbone() + " " + spec.lossName();
  }

  /**
   * Deviation of ours from the published number, as a share of it; {@code null} if there is none.
   */
  Double deviation() {
    return published == null ? null : ours.mean() / published - 1;
  }

  /**
   * What a page says of which numbers are asserted.
   *
   * @param rule the rule of profile {@code paper}
   */
  static String asserted(Scope scope, String rule) {
    return scope.full() ? rule : "Profile `quick` asserts no number.";
  }

  /** Says whether there is a published number that the scope's runs should reach. */
  boolean counts(Scope scope) {
    return scope.comparable() && published != null;
  }

  /**
   * Makes bars of our numbers. If all of them count, pale bars of the published ones stand beside.
   */
  static List<Series> bars(String name, List<Comparison> numbers, Scope scope) {
    Series ours = Errors.bars(name, numbers.stream().map(Comparison::ours).toList());
    if (!numbers.stream().allMatch(number -> number.counts(scope))) {
      return List.of(ours);
    }
    double[] theirs = numbers.stream().mapToDouble(Comparison::published).toArray();
    return List.of(ours, Series.bars(name + ", published", theirs).asCompanion());
  }

  /**
   * Adds a check, if the comparison counts, that our number is not below the published one by more
   * than a tolerance. A number that is known not to be reached is held to our own record instead.
   *
   * @param what names the number: data set, backbone, loss and metric
   * @return the open discrepancy, if the number is one
   */
  Optional<OpenDiscrepancy> check(String what, double tolerance, Scope scope, List<Check> checks) {
    if (!counts(scope)) {
      return Optional.empty();
    }
    Optional<OpenDiscrepancy> open = OpenDiscrepancy.of(what);
    checks.add(
        open.map(known -> known.check(ours.mean()))
            .orElseGet(() -> Check.atLeast(what, ours.mean(), published, tolerance)));
    return open;
  }
}
