package bsl.cli;

import bsl.core.CountText;
import bsl.paper.ReproductionPlan;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says which runs are to be trained, and about how long that takes. */
final class RunPlanText {
  private RunPlanText() {}

  /** A line for each run that is not finished, and one for all. */
  static List<String> lines(ReproductionPlan plan) {
    List<String> lines = new ArrayList<>();
    Map<String, Set<String>> distinctions = distinctions(plan.open());
    for (ReproductionPlan.OpenRun run : plan.open()) {
      lines.add(
          "run "
              + run.folder().getFileName()
              + distinction(run.spec(), distinctions.get(run.spec().title()))
              + ", up to "
              + CountText.of(run.spec().epochs(), "epoch")
              + (run.trained() == 0 ? "" : ", " + run.trained() + " of them trained")
              + ", about "
              + Times.text(run.secondsLeft())
              + " on one core");
    }
    lines.add(summary(plan));
    return lines;
  }

  /** The line for all runs. */
  static String summary(ReproductionPlan plan) {
    return CountText.of(plan.runs(), "run")
        + ", "
        + plan.finished()
        + " of them finished before; about "
        + Times.text(plan.seconds())
        + " on "
        + CountText.of(plan.threads(), "thread");
  }

  /** The settings that differ among runs of one data set, backbone and loss, by their title. */
  private static Map<String, Set<String>> distinctions(List<ReproductionPlan.OpenRun> open) {
    Map<String, Map<String, Object>> first = new HashMap<>();
    Map<String, Set<String>> distinct = new HashMap<>();
    for (ReproductionPlan.OpenRun run : open) {
      String title = run.spec().title();
      Map<String, Object> settings = run.spec().asMap();
      Map<String, Object> others = first.computeIfAbsent(title, any -> settings);
      Set<String> keys = distinct.computeIfAbsent(title, any -> new HashSet<>());
      settings.forEach(
          (key, value) -> {
            if (!value.equals(others.get(key))) {
              keys.add(key);
            }
          });
    }
    return distinct;
  }

  /** A run's settings of these, in the order in which it has them. */
  private static String distinction(RunSpec spec, Set<String> keys) {
    StringBuilder text = new StringBuilder();
    spec.asMap()
        .forEach(
            (key, value) -> {
              if (keys.contains(key)) {
                text.append(", ").append(key).append(' ').append(value);
              }
            });
    return text.toString();
  }
}
