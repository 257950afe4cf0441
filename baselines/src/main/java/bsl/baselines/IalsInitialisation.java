package bsl.baselines;

import bsl.core.EmbeddingTable;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;

/** Random embeddings to begin with. */
final class IalsInitialisation {
  private IalsInitialisation() {}

  /** Fills a table with normal numbers; each row has its own stream. */
  static void fill(EmbeddingTable table, double deviation, long seed) {
    for (int row = 0; row < table.rows(); row++) {
      RandomStream random = RandomStream.of(seed, Purpose.INITIALISATION, row);
      int at = table.offset(row);
      for (int d = 0; d < table.dimension(); d++) {
        table.values()[at + d] = (float) (deviation * random.nextGaussian());
      }
    }
  }
}
