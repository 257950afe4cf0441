package bsl.compare;

import bsl.paper.Cell;
import bsl.run.Presets;
import bsl.run.RunSpec;
import java.util.Optional;

/**
 * One thing that is compared on one data set: a loss on a backbone, or a baseline.
 *
 * @param name the name in tables, such as {@code mf-sl} or {@code ease}
 * @param method name of the loss or the baseline
 * @param preset the preset that its settings come from, as it was named; empty for a baseline
 * @param baseline the baseline; empty for a loss
 * @param cell its runs by seed; for a baseline, the runs whose train pairs it is fitted on
 */
record Contestant(
    String name, String method, String preset, Optional<BaselineChoice> baseline, Cell cell) {
  /** Name of the data set. */
  String dataset() {
    return cell.first().dataset();
  }

  /** Name of the backbone; empty for a baseline. */
  String backbone() {
    return isBaseline() ? "" : cell.first().backbone();
  }

  boolean isBaseline() {
    return baseline.isPresent();
  }

  /** Whether its preset has settings for any data set only, which are tuned to none. */
  boolean isGeneric() {
    return !isBaseline()
        && Presets.isGeneric(preset, dataset(), backbone(), cell.first().lossName());
  }

  /** The run of a seed. */
  RunSpec run(long seed) {
    return cell.runs().stream().filter(run -> run.seed() == seed).findFirst().orElseThrow();
  }

  /** The same contestant with other runs. */
  Contestant with(Cell runs) {
    return new Contestant(name, method, preset, baseline, runs);
  }
}
