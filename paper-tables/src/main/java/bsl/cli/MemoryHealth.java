package bsl.cli;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.data.DatasetCatalog;
import bsl.data.DatasetEntry;
import bsl.run.Presets;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what can be trained in the Java heap, by the estimate of {@link HeapNeed}. */
final class MemoryHealth {
  private static final long MEBIBYTE = 1L << 20;
  private static final int ROWS = 2000;
  private static final int PAIRS_PER_USER = 20;

  private MemoryHealth() {}

  static HealthCheck check() {
    long heap = Runtime.getRuntime().maxMemory();
    List<String> tooLarge = new ArrayList<>();
    long most = 0;
    for (DatasetEntry entry : DatasetCatalog.entries()) {
      for (String backbone : List.of("mf", "lightgcn")) {
        RunSpec spec = Presets.spec(Presets.DEFAULT, entry.name(), backbone, "bsl");
        long need = HeapNeed.ofTraining(spec, CatalogueSizes.split(entry.name()));
        if (need > heap) {
          tooLarge.add(entry.name() + " with " + backbone);
          most = Math.max(most, need);
        }
      }
    }
    String state =
        String.format(
            Locale.ROOT,
            "%,d MiB of Java heap: mf fits about %,d users and items in all, %d train pairs a user",
            heap / MEBIBYTE,
            rowsThatFit(heap),
            PAIRS_PER_USER);
    return tooLarge.isEmpty()
        ? HealthCheck.ok("memory", state)
        : HealthCheck.warning(
            "memory",
            state + "; too large: " + String.join(", ", tooLarge),
            "set BSL_JAVA_OPTS=-Xmx" + (most / MEBIBYTE + 1) + "m for these");
  }

  /** The need grows in proportion to users, items and pairs, beyond what every run needs. */
  private static long rowsThatFit(long heap) {
    RunSpec spec = Presets.spec(Presets.DEFAULT, "another", "mf", "bsl");
    double small = HeapNeed.ofTraining(spec, even(ROWS));
    double large = HeapNeed.ofTraining(spec, even(2 * ROWS));
    double perRow = (large - small) / (2.0 * ROWS);
    double base = small - perRow * 2 * ROWS;
    return Math.max(0, (long) ((heap - base) / perRow));
  }

  private static Split even(int rows) {
    int[] users = new int[rows * PAIRS_PER_USER];
    int[] items = new int[users.length];
    for (int p = 0; p < users.length; p++) {
      users[p] = p / PAIRS_PER_USER;
      items[p] = p % rows;
    }
    Interactions pairs = Interactions.of(rows, rows, users, items);
    return Split.of("another", pairs, Interactions.of(rows, rows, new int[1], new int[1]));
  }
}
