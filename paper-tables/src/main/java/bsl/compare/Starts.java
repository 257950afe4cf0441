package bsl.compare;

import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.tune.ShortSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings that presets leave open on data that they do not know, and what short searches have
 * found for them.
 */
public final class Starts {
  private final Map<RunSpec, RunSpec> found = new HashMap<>();

  /**
   * A short search for what is compared.
   *
   * @param model name of the model, such as {@code mf-sl}
   * @param dataset name of the data set
   * @param run the run with the preset's settings
   * @param search the search
   */
  public record Open(String model, String dataset, RunSpec run, ShortSearch search) {}

  /**
   * The searches that a comparison begins with.
   *
   * @param store where their trials are kept
   * @param searches folder of searches
   * @return one for each loss, backbone and data set of which a preset knows nothing, if the loss
   *     has settings to look for that are not given
   * @throws bsl.run.InputException if a data set cannot be loaded, or settings do not go together
   */
  public static List<Open> open(ComparisonRequest request, RunStore store, Path searches) {
    List<Open> all = new ArrayList<>();
    new Contestants(request, new Starts())
        .byDataset()
        .forEach(
            (dataset, contestants) -> {
              for (Contestant contestant : contestants) {
                if (contestant.isGeneric()) {
                  RunSpec run = contestant.cell().first();
                  var given = request.settings().of(run.backbone(), run.lossName()).keys();
                  ShortSearch.of(store, run, given, searches)
                      .ifPresent(
                          search -> all.add(new Open(contestant.name(), dataset, run, search)));
                }
              }
            });
    return all;
  }

  /** Remembers what a search has found. */
  public void found(Open open, RunSpec run) {
    found.put(open.run(), run);
  }

  /** A run with what was found for it, or as it is. */
  RunSpec of(RunSpec run) {
    return found.getOrDefault(run, run);
  }
}
