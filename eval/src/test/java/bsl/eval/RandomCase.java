package bsl.eval;

import bsl.core.EmbeddingTable;
import bsl.core.Embeddings;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import java.util.List;

/** Random embeddings with relevant and masked pairs. */
record RandomCase(Embeddings embeddings, Interactions relevant, List<Interactions> masked) {

  /**
   * Embeddings of few distinct values, so that equal scores abound; and of such values that every
   * score is exact in {@code float}: entries -1, 0 and 1, and norms 0, 1, 2 or 4.
   */
  static RandomCase quantised(int users, int items, int dimension, long seed) {
    RandomStream random = RandomStream.of(seed, RandomStream.Purpose.TEST);
    return of(
        new Embeddings(quantised(users, dimension, random), quantised(items, dimension, random)),
        random);
  }

  /** Standard normal embeddings. */
  static RandomCase gaussian(int users, int items, int dimension, long seed) {
    RandomStream random = RandomStream.of(seed, RandomStream.Purpose.TEST);
    return of(
        new Embeddings(gaussian(users, dimension, random), gaussian(items, dimension, random)),
        random);
  }

  private static RandomCase of(Embeddings embeddings, RandomStream random) {
    int users = embeddings.users().rows();
    int items = embeddings.items().rows();
    return new RandomCase(
        embeddings,
        pairs(users, items, random),
        List.of(pairs(users, items, random), pairs(users, items, random)));
  }

  /** Users with no item, a few items, or every one. */
  private static Interactions pairs(int users, int items, RandomStream random) {
    int[] degree = new int[users];
    int size = 0;
    for (int u = 0; u < users; u++) {
      int most = Math.min(items, 12);
      degree[u] = random.nextInt(10) == 0 ? items : random.nextInt(most + 1);
      size += degree[u];
    }
    int[] pairUsers = new int[size];
    int[] pairItems = new int[size];
    int p = 0;
    for (int u = 0; u < users; u++) {
      for (int d = 0; d < degree[u]; d++) {
        pairUsers[p] = u;
        pairItems[p++] = degree[u] == items ? d : random.nextInt(items);
      }
    }
    return Interactions.of(users, items, pairUsers, pairItems);
  }

  private static EmbeddingTable quantised(int rows, int dimension, RandomStream random) {
    EmbeddingTable table = new EmbeddingTable(rows, dimension);
    int[] nonZeros = {0, 1, 4, 16};
    for (int r = 0; r < rows; r++) {
      int count = nonZeros[random.nextInt(nonZeros.length)];
      int[] places = new int[dimension];
      for (int d = 0; d < dimension; d++) {
        places[d] = d;
      }
      random.shuffle(places);
      if (count <= dimension) {
        for (int n = 0; n < count; n++) {
          table.values()[table.offset(r) + places[n]] = random.nextInt(2) == 0 ? 1f : -1f;
        }
      }
    }
    return table;
  }

  private static EmbeddingTable gaussian(int rows, int dimension, RandomStream random) {
    EmbeddingTable table = new EmbeddingTable(rows, dimension);
    for (int r = 0; r < rows; r++) {
      for (int d = 0; d < dimension; d++) {
        table.values()[table.offset(r) + d] = (float) random.nextGaussian();
      }
    }
    return table;
  }
}
