package bsl.backbones;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;

/**
 * Draws the nodes that a contrastive term is over in a step: the users and items of some train
 * pairs, as a mini-batch of that many shuffled pairs would have them. Each node is there once.
 *
 * <p>Contrastive backbones take the nodes of the ranking loss's mini-batch. Mini-batches of users
 * have few users and many items. Nodes of their own keep the term the same whatever the steps are.
 */
final class NodeSampler {
  private final int[] pairUsers;
  private final int[] pairItems;
  private final int pairs;
  private final long seed;

  /**
   * @param train the train pairs
   * @param pairs how many of them a step draws, with replacement; all are taken once where there
   *     are no more
   * @param seed the run's seed
   */
  NodeSampler(Interactions train, int pairs, long seed) {
    if (pairs < 1) {
      throw new IllegalArgumentException("pairs must be positive: " + pairs);
    }
    this.pairUsers = train.pairUsers();
    this.pairItems = train.pairItems();
    this.pairs = pairs;
    this.seed = seed;
  }

  /**
   * The nodes of a step.
   *
   * @param step number of optimiser steps before it
   */
  NodeSample draw(int step) {
    boolean all = pairs >= pairUsers.length;
    int[] users = all ? pairUsers.clone() : new int[pairs];
    int[] items = all ? pairItems.clone() : new int[pairs];
    if (!all) {
      RandomStream random = RandomStream.of(seed, Purpose.CONTRAST, step);
      for (int k = 0; k < pairs; k++) {
        int pair = random.nextInt(pairUsers.length);
        users[k] = pairUsers[pair];
        items[k] = pairItems[pair];
      }
    }
    return new NodeSample(distinct(users), distinct(items));
  }

  private static int[] distinct(int[] nodes) {
    Arrays.sort(nodes);
    int count = 0;
    for (int k = 0; k < nodes.length; k++) {
      if (k == 0 || nodes[k] != nodes[k - 1]) {
        nodes[count++] = nodes[k];
      }
    }
    return Arrays.copyOf(nodes, count);
  }
}
