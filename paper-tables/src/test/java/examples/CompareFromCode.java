package examples;

import bsl.compare.Comparison;
import bsl.compare.ComparisonListener;
import bsl.compare.ComparisonRequest;
import bsl.compare.ComparisonResult;
import bsl.compare.PresetChoice;
import bsl.compare.SettingChoice;
import bsl.core.Split;
import bsl.run.Protocol;
import bsl.run.RunStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A comparison from code, which does what {@code bsl compare} does. */
public final class CompareFromCode {
  private CompareFromCode() {}

  /**
   * Compares two losses and a baseline, with epochs selected on pairs that are held out.
   *
   * @param split pairs of train and test
   * @param runs the folder that runs lie in
   */
  public static ComparisonResult compare(Split split, Path runs) {
    List<String> backbones = List.of("mf");
    List<String> losses = List.of("sl", "bsl");
    List<String> baselines = List.of("ease");
    ComparisonRequest request =
        new ComparisonRequest(
            List.of("mine"),
            backbones,
            losses,
            baselines,
            PresetChoice.of(List.of(), backbones, losses),
            SettingChoice.of(List.of(), backbones, losses, baselines),
            ComparisonRequest.SEEDS,
            Protocol.HELD_OUT,
            ComparisonRequest.METRICS,
            Optional.empty()); // the reference: the first loss
    RunStore store = new RunStore(runs, name -> split);
    Comparison comparison = new Comparison(request, store, 2);
    comparison.carryOut(new ComparisonListener() {}, () -> false);
    ComparisonResult result = comparison.result(() -> false);
    return result;
  }
}
