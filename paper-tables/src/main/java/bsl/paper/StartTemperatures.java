package bsl.paper;

import bsl.run.RunSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says which runs began with another temperature than the one that they are called by, beside
 * claims that compare them with runs that did not.
 */
final class StartTemperatures {
  private StartTemperatures() {}

  /** A sentence that names the runs of cells; empty if the temperature is constant in all. */
  static String note(List<Cell> cells) {
    String titles =
        cells.stream()
            .map(Cell::first)
            .filter(run -> run.tau(1) != run.tau())
            .map(RunSpec::title)
            .distinct()
            .collect(Collectors.joining(", "));
    return titles.isEmpty()
        ? ""
        : "The temperature is another one in the first epochs (`tau_start`) of " + titles + ".";
  }
}
