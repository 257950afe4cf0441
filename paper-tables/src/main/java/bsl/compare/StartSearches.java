package bsl.compare;

import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.tune.ShortSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the settings of losses that presets leave open: where a preset has settings for any data
 * set only, those of the loss are looked for on held-out pairs, as {@code train} does.
 */
final class StartSearches {
  private final ComparisonRequest request;
  private final RunStore store;

  StartSearches(ComparisonRequest request, RunStore store) {
    this.request = request;
    this.store = store;
  }

  /** The searches that some contestants need. */
  Map<Contestant, ShortSearch> of(List<Contestant> contestants) {
    Map<Contestant, ShortSearch> searches = new LinkedHashMap<>();
    if (request.presets().searches()) {
      for (Contestant contestant : contestants) {
        search(contestant).ifPresent(search -> searches.put(contestant, search));
      }
    }
    return searches;
  }

  private Optional<ShortSearch> search(Contestant contestant) {
    if (!contestant.isGeneric()) {
      return Optional.empty();
    }
    RunSpec run = contestant.cell().first();
    return ShortSearch.of(store, run, request.settings().of(run.backbone(), run.lossName()).keys());
  }
}
