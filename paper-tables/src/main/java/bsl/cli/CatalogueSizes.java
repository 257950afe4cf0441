package bsl.cli;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.data.DatasetCatalog;
import bsl.data.DatasetEntry;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.paper.Scope;
import java.util.Map;

/**
 * Stands in for data sets where only their sizes count: as many users, items and train pairs as the
 * catalogue says, spread evenly. So the time of a training can be estimated without its data.
 */
final class CatalogueSizes {
  private CatalogueSizes() {}

  /** A data set of the size that the one of this name has. */
  static Split split(String name) {
    if (name.equals(Scope.SYNTHETIC)) {
      return SyntheticDatasets.make(SyntheticPreset.SMALL, 1);
    }
    DatasetEntry entry = DatasetCatalog.entry(name).orElseThrow();
    Map<String, Integer> pairs = entry.pairs();
    return Split.of(name, even(entry, pairs.get("train")), even(entry, 1));
  }

  private static Interactions even(DatasetEntry entry, int pairs) {
    int[] users = new int[pairs];
    int[] items = new int[pairs];
    for (int p = 0; p < pairs; p++) {
      users[p] = p % entry.users();
      items[p] = p / entry.users();
    }
    return Interactions.of(entry.users(), entry.items(), users, items);
  }
}
