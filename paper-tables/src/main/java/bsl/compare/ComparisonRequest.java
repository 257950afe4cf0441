package bsl.compare;

import bsl.baselines.BaselineKinds;
import bsl.core.NameSuggestion;
import bsl.losses.LossKinds;
import bsl.run.BackboneKinds;
import bsl.run.InputException;
import bsl.run.Protocol;
import bsl.tune.TuningPlan;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be compared: every loss on every backbone, and every baseline, on each data set.
 *
 * @param datasets names of the data sets
 * @param backbones names of the backbones
 * @param losses names of the losses; may be empty where there are baselines
 * @param baselines names of the baselines; may be empty where there are losses
 * @param presets where settings come from
 * @param settings what differs from the presets
 * @param seeds number of seeds; seeds 1, 2, ...
 * @param protocol how the epoch of every run is selected
 * @param metrics what is compared, such as {@code ndcg@20}; rows are sorted by the first
 * @param reference what the others are tested against, see {@link ReferenceRule}; empty for the
 *     first loss, or the first baseline where there is no loss
 */
public record ComparisonRequest(
    List<String> datasets,
    List<String> backbones,
    List<String> losses,
    List<String> baselines,
    PresetChoice presets,
    SettingChoice settings,
    int seeds,
    Protocol protocol,
    List<String> metrics,
    Optional<String> reference) {
  /** What is compared unless other metrics are named. */
  public static final List<String> METRICS = List.of("ndcg@20", "recall@20");

  /** Number of seeds unless another is given. */
  public static final int SEEDS = 5;

  private static final int MOST_SEEDS = 100;

  /**
   * Checks the names.
   *
   * @throws InputException if a name is unknown or given twice, or there is nothing to compare
   */
  public ComparisonRequest {
    requireEach("--dataset", datasets);
    requireKnown("--backbone", "backbone", backbones, BackboneKinds.names());
    requireKnown("--loss", "loss", losses, LossKinds.names());
    requireKnown("--baseline", "baseline", baselines, BaselineKinds.names());
    requireKnown("--metric", "metric", metrics, TuningPlan.metrics());
    if (datasets.isEmpty() || metrics.isEmpty()) {
      throw new InputException("a comparison needs a data set and a metric");
    }
    if (losses.isEmpty() && baselines.isEmpty()) {
      throw new InputException(
          "nothing says what to compare; give --loss, for example --loss sl,bsl, or --baseline");
    }
    if (!losses.isEmpty() && backbones.isEmpty()) {
      throw new InputException("--loss needs a --backbone");
    }
    if (seeds < 1 || seeds > MOST_SEEDS) {
      throw new InputException("--seeds '" + seeds + "' is not from 1 to " + MOST_SEEDS);
    }
  }

  /** What rows are sorted by. */
  public String firstMetric() {
    return metrics.get(0);
  }

  private static void requireEach(String option, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank()) {
        throw new InputException(option + " has an empty name");
      }
      if (!seen.add(name)) {
        throw new InputException(option + " has '" + name + "' twice");
      }
    }
  }

  private static void requireKnown(
      String option, String noun, List<String> names, Collection<String> known) {
    requireEach(option, names);
    for (String name : names) {
      if (!known.contains(name)) {
        throw new InputException(
            option
                + ": "
                + noun
                + " '"
                + name
                + "' is none of "
                + String.join(", ", known)
                + hint(option, name, known));
      }
    }
  }

  private static String hint(String option, String name, Collection<String> known) {
    String meant = NameSuggestion.hint(name, known);
    return meant.isEmpty() && !option.equals("--metric") ? "; is its jar in BSL_CLASSPATH?" : meant;
  }
}
