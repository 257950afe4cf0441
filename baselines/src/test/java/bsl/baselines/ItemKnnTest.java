package bsl.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.core.Interactions;
import bsl.core.WorkPool;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemKnnTest {
  /** Similarity by its definition. */
  private static double similarity(Interactions train, int one, int other, double shrink) {
    int common = 0;
    int users = 0;
    int usersOfOther = 0;
    for (int u = 0; u < train.users(); u++) {
      boolean hasOne = train.contains(u, one);
      boolean hasOther = train.contains(u, other);
      users += hasOne ? 1 : 0;
      usersOfOther += hasOther ? 1 : 0;
      common += hasOne && hasOther ? 1 : 0;
    }
    return common == 0 ? 0 : common / (Math.sqrt((double) users * usersOfOther) + shrink);
  }

  /** All items sorted, which is another way than a heap. */
  private static double[][] scores(Interactions train, int k, double shrink) {
    double[][] scores = new double[train.users()][train.items()];
    for (int item = 0; item < train.items(); item++) {
      int itself = item;
      List<Integer> nearest =
          IntStream.range(0, train.items())
              .filter(other -> other != itself && similarity(train, itself, other, shrink) > 0)
              .boxed()
              .sorted(
                  Comparator.comparing(
                          (Integer other) -> (float) -similarity(train, itself, other, shrink))
                      .thenComparing(other -> other))
              .limit(k)
              .toList();
      for (int u = 0; u < train.users(); u++) {
        for (int other : nearest) {
          if (train.contains(u, other)) {
            scores[u][item] += similarity(train, item, other, shrink);
          }
        }
      }
    }
    return scores;
  }

  @Test
  void scoresAreSumsOverTheNearestOfAllItemsSorted() {
    Seeds.check(
        30,
        random -> {
          int users = 1 + random.nextInt(30);
          int items = 1 + random.nextInt(30);
          int k = 1 + random.nextInt(8);
          double shrink = random.nextInt(2) * 5 * random.nextDouble();
          Interactions train = Pairs.random(users, items, random.nextInt(200), random);
          double[][] expected = scores(train, k, shrink);
          try (WorkPool pool = new WorkPool(2)) {
            var scorer =
                BaselineKinds.fit(
                    "itemknn", Map.of("k", k, "shrink", shrink), train, FitContext.of(pool));
            float[] scores = new float[items];
            for (int u = 0; u < users; u++) {
              scorer.score(u, scores);
              for (int i = 0; i < items; i++) {
                double away = Math.abs(scores[i] - expected[u][i]);
                assertThat(away <= 1e-5)
                    .as(
                        "user %s, item %s, k %s, shrink %s: %s instead of %s",
                        u, i, k, shrink, scores[i], expected[u][i])
                    .isTrue();
              }
            }
          }
        });
  }

  /** Golden values: items 0 and 1 share two of 2 and 3 users, items 0 and 2 one of 2 and 1. */
  @Test
  void similaritiesAreCosinesByHand() {
    Interactions train =
        Interactions.of(4, 3, new int[] {0, 0, 0, 1, 1, 2}, new int[] {0, 1, 2, 0, 1, 1});
    try (WorkPool pool = new WorkPool(1)) {
      float[] scores = new float[3];
      BaselineKinds.fit("itemknn", Map.of("k", 2, "shrink", 0), train, FitContext.of(pool))
          .score(2, scores);

      assertThat(scores)
          .containsExactly((float) (2 / Math.sqrt(6)), 0f, (float) (1 / Math.sqrt(3)));

      BaselineKinds.fit("itemknn", Map.of("k", 1, "shrink", 3), train, FitContext.of(pool))
          .score(2, scores);

      // Item 2 is nearer to item 0 (1 / (sqrt 2 + 3)) than to item 1 (1 / (sqrt 3 + 3)).
      assertThat(scores).containsExactly((float) (2 / (Math.sqrt(6) + 3)), 0f, 0f);
    }
  }
}
