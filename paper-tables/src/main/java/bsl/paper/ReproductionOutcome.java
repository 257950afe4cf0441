package bsl.paper;

import bsl.report.Check;
import bsl.report.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a reproduction came to.
 *
 * @param page the page with all reports; nothing if there is none
 * @param reports the reports that were made, in their order
 * @param files the main file of each of them
 * @param missing the artifacts that were not made, or not of all data sets
 */
public record ReproductionOutcome(
    Optional<Path> page, List<Report> reports, List<Path> files, List<Missing> missing) {
  /**
   * An artifact that is not complete.
   *
   * @param artifact its name
   * @param written whether there is a report of a part of it
   * @param stopped whether it was left out, though there are runs for it, because it evaluates
   *     models and the work was to stop
   * @param finished number of its runs that are finished
   * @param runs number of its runs
   */
  public record Missing(
      String artifact, boolean written, boolean stopped, int finished, int runs) {}

  /** Numbers and statements that are asserted. */
  public List<Check> checks() {
    return reports.stream().flatMap(report -> report.checks().stream()).toList();
  }

  /** Numbers that are out of tolerance, and statements that do not hold although expected to. */
  public List<Check> failed() {
    return reports.stream().flatMap(report -> report.failed().stream()).toList();
  }

  /** Whether nothing is missing, every number is within its tolerance and every statement holds. */
  public boolean holds() {
    return missing.isEmpty() && failed().isEmpty();
  }
}
