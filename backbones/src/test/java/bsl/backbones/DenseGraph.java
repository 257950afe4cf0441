package bsl.backbones;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;

/** A-hat of a bipartite graph as a full matrix in double precision, users before items. */
final class DenseGraph {
  private final int users;
  private final double[][] normalised;

  DenseGraph(Interactions pairs) {
    users = pairs.users();
    int nodes = users + pairs.items();
    double[][] adjacent = new double[nodes][nodes];
    double[] degrees = new double[nodes];
    int[] pairUsers = pairs.pairUsers();
    for (int p = 0; p < pairUsers.length; p++) {
      int item = users + pairs.itemAt(p);
      adjacent[pairUsers[p]][item] = 1;
      adjacent[item][pairUsers[p]] = 1;
      degrees[pairUsers[p]]++;
      degrees[item]++;
    }
    normalised = adjacent;
    for (int a = 0; a < nodes; a++) {
      for (int b = 0; b < nodes; b++) {
        normalised[a][b] *= adjacent[a][b] == 0 ? 0 : 1 / Math.sqrt(degrees[a] * degrees[b]);
      }
    }
  }

  /** Random pairs; about every fourth user and item has none. */
  static Interactions random(int users, int items, double density, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.TEST, users, items);
    int[] pairUsers = new int[users * items];
    int[] pairItems = new int[users * items];
    int size = 0;
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        if (u % 4 != 3 && i % 4 != 0 && random.nextDouble() < density) {
          pairUsers[size] = u;
          pairItems[size++] = i;
        }
      }
    }
    return Interactions.of(
        users, items, Arrays.copyOf(pairUsers, size), Arrays.copyOf(pairItems, size));
  }

  int users() {
    return users;
  }

  /** A-hat times a matrix of one row per node. */
  double[][] propagate(double[][] x) {
    int width = x[0].length;
    double[][] product = new double[x.length][width];
    for (int a = 0; a < x.length; a++) {
      for (int b = 0; b < x.length; b++) {
        for (int d = 0; normalised[a][b] != 0 && d < width; d++) {
          product[a][d] += normalised[a][b] * x[b][d];
        }
      }
    }
    return product;
  }
}
