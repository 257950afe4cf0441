package bsl.cli;

import bsl.paper.ReproductionPlan;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;

/** Says which runs are to be trained, and about how long that takes. */
final class RunPlanText {
  private RunPlanText() {}

  /** A line for each run that is not finished, and one for all. */
  static List<String> lines(ReproductionPlan plan) {
    List<String> lines = new ArrayList<>();
    for (ReproductionPlan.OpenRun run : plan.open()) {
      lines.add(
          "run "
              + run.folder().getFileName()
              + distinction(run.spec(), plan.open())
              + ", up to "
              + run.spec().epochs()
              + " epochs, about "
              + Times.text(run.seconds())
              + " on one core");
    }
    lines.add(summary(plan));
    return lines;
  }

  /** The line for all runs. */
  static String summary(ReproductionPlan plan) {
    return plan.runs()
        + " runs, "
        + plan.finished()
        + " of them finished before; about "
        + Times.text(plan.seconds())
        + " on "
        + plan.threads()
        + (plan.threads() == 1 ? " thread" : " threads");
  }

  /** The settings that tell a run from others of its data set, backbone and loss. */
  private static String distinction(RunSpec spec, List<ReproductionPlan.OpenRun> open) {
    StringBuilder text = new StringBuilder();
    List<RunSpec> alike =
        open.stream()
            .map(ReproductionPlan.OpenRun::spec)
            .filter(other -> other.title().equals(spec.title()))
            .toList();
    spec.asMap()
        .forEach(
            (key, value) -> {
              if (alike.stream().anyMatch(other -> !other.asMap().get(key).equals(value))) {
                text.append(", ").append(key).append(' ').append(value);
              }
            });
    return text.toString();
  }
}
