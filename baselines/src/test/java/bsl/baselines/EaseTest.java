package bsl.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.UserScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.BlockRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EaseTest {
  /** Scores as the paper writes them, from the items' inverse in double. */
  private static double[][] scores(Interactions train, double lambda) {
    RealMatrix x = new BlockRealMatrix(train.users(), train.items());
    for (int u = 0; u < train.users(); u++) {
      for (int item : train.itemsOf(u)) {
        x.setEntry(u, item, 1);
      }
    }
    RealMatrix gram = x.transpose().multiply(x);
    for (int i = 0; i < train.items(); i++) {
      gram.addToEntry(i, i, lambda);
    }
    RealMatrix weights = MatrixUtils.inverse(gram);
    for (int j = 0; j < train.items(); j++) {
      double diagonal = weights.getEntry(j, j);
      for (int i = 0; i < train.items(); i++) {
        weights.setEntry(i, j, i == j ? 0 : -weights.getEntry(i, j) / diagonal);
      }
    }
    return x.multiply(weights).getData();
  }

  private static UserScorer fit(Interactions train, double lambda) {
    try (WorkPool pool = new WorkPool(2)) {
      return BaselineKinds.fit("ease", Map.of("lambda", lambda), train, FitContext.of(pool));
    }
  }

  /** With fewer items the inverse is of items, with fewer users of users. */
  @Test
  void scoresAreThoseOfThePaperFromEitherSide() {
    Seeds.check(
        40,
        random -> {
          int users = 1 + random.nextInt(60);
          int items = 1 + random.nextInt(60);
          double lambda = 0.5 + 10 * random.nextDouble();
          Interactions train = Pairs.random(users, items, random.nextInt(600), random);

          assertThat(furthest(train, lambda))
              .as("%d users, %d items, lambda %s", users, items, lambda)
              .isLessThan(2e-5);
        });
  }

  /** How far scores are from double, at most. */
  private static double furthest(Interactions train, double lambda) {
    double[][] expected = scores(train, lambda);
    UserScorer scorer = fit(train, lambda);
    float[] scores = new float[train.items()];
    double furthest = 0;
    for (int u = 0; u < train.users(); u++) {
      Arrays.fill(scores, Float.NaN);
      scorer.score(u, scores);
      for (int i = 0; i < scores.length; i++) {
        double away = Math.abs(scores[i] - expected[u][i]);
        furthest = Math.max(furthest, away);
      }
    }
    return furthest;
  }

  /** Several tiles, and enough terms for rounding errors to add up. */
  @ParameterizedTest
  @CsvSource({"560, 520", "520, 560"})
  void severalTilesAreAsCloseToDoubleAsSinglePrecisionLets(int users, int items) {
    Interactions train = Pairs.random(users, items, 25_000, RandomStream.of(1, Purpose.TEST));

    assertThat(furthest(train, 20)).isLessThan(1e-5);
  }

  /**
   * Users that are alike make the inverse large, and popular items make much of it cancel. The
   * smaller lambda, the more of the digits are lost.
   */
  @ParameterizedTest
  @CsvSource({"360, 300", "300, 360", "300, 302", "520, 280"})
  void scoresAreAsCloseToDoubleAsPromisedOrRefused(int users, int items) {
    boolean fitted = false;
    boolean refused = false;
    for (int kinds : new int[] {users, users / 3}) {
      Interactions train = alike(users, items, kinds, 130 * kinds);
      for (double lambda : new double[] {100, 20, 1, 0.1, 0.01, 1e-3, 1e-4, 1e-5}) {
        double furthest = 0;
        try {
          furthest = furthest(train, lambda);
          fitted = true;
        } catch (IllegalArgumentException e) {
          refused = true;
          assertThat(e).hasMessageContaining(" is too small for single precision: ");
          assertThat(lambda).isLessThan(5);
        }
        assertThat(furthest).as("%d kinds, lambda %s", kinds, lambda).isLessThan(0.04);
      }
    }

    assertThat(fitted && refused).isTrue();
  }

  /** Users of some kinds, those of a kind with the same items, of which few are in most demand. */
  private static Interactions alike(int users, int items, int kinds, int draws) {
    RandomStream random = RandomStream.of(7, Purpose.TEST);
    List<TreeSet<Integer>> ofKind = new ArrayList<>();
    for (int kind = 0; kind < kinds; kind++) {
      ofKind.add(new TreeSet<>());
    }
    for (int draw = 0; draw < draws; draw++) {
      int kind = random.nextInt(kinds);
      ofKind.get(kind).add((int) (items * Math.pow(random.nextDouble(), 3)));
    }
    int[][] pairs =
        IntStream.range(0, users)
            .boxed()
            .flatMap(user -> ofKind.get(user % kinds).stream().map(item -> new int[] {user, item}))
            .toArray(int[][]::new);
    return Interactions.of(
        users,
        items,
        Arrays.stream(pairs).mapToInt(pair -> pair[0]).toArray(),
        Arrays.stream(pairs).mapToInt(pair -> pair[1]).toArray());
  }

  /**
   * Bundles of five items that nearly always go together, for users who have nothing to do with
   * those of the most popular items. In double a score is 0.13 from what single precision gives.
   */
  @Test
  void itemsThatAreNearlyAlikeAreLookedAtAsWell() {
    int users = 6000;
    int popular = 24;
    int slots = 175;
    int bundles = 60;
    RandomStream random = RandomStream.of(5, Purpose.TEST);
    BitSet[] itemsOf = new BitSet[users];
    for (int user = 0; user < users; user++) {
      itemsOf[user] = new BitSet();
      boolean ofPopular = user >= users / 2;
      for (int item = 0; item < popular + 5 * slots; item++) {
        boolean inBundle = item >= popular && (item - popular) % slots < bundles;
        double rate = item < popular ? 0.9 : inBundle ? 0 : 0.05;
        itemsOf[user].set(item, item < popular == ofPopular && random.nextDouble() < rate);
      }
      for (int bundle = 0; !ofPopular && bundle < bundles; bundle++) {
        boolean has = random.nextDouble() < 0.8;
        for (int copy = 0; copy < 5; copy++) {
          itemsOf[user].set(popular + bundle + copy * slots, has);
        }
      }
    }
    for (int copy = 0; copy < 5; copy++) {
      for (int bundle = 0; bundle < bundles; bundle++) {
        itemsOf[random.nextInt(users)].clear(popular + bundle + copy * slots);
      }
    }
    int[] pairUsers =
        IntStream.range(0, users)
            .flatMap(user -> itemsOf[user].stream().map(item -> user))
            .toArray();
    int[] pairItems = Arrays.stream(itemsOf).flatMapToInt(BitSet::stream).toArray();
    Interactions train = Interactions.of(users, popular + 5 * slots, pairUsers, pairItems);

    assertThatThrownBy(() -> fit(train, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" is too small for single precision: scores are off by");
  }

  /** What is measured for some items is how far the scores of those items are from double. */
  @ParameterizedTest
  @CsvSource({"360, 300, 0.1", "300, 360, 0.1", "70, 60, 1e-3", "60, 70, 1e-3"})
  void theErrorThatIsMeasuredIsThatOfTheScores(int users, int items, float lambda) {
    Interactions train = alike(users, items, users, 60 * users);
    boolean byUsers = users < items;
    Interactions transposed = train.transpose();
    try (WorkPool pool = new WorkPool(2)) {
      SymmetricTiles inverse =
          byUsers
              ? CoOccurrence.plusDiagonal(train, transposed, lambda, pool, () -> {})
              : CoOccurrence.plusDiagonal(transposed, train, lambda, pool, () -> {});
      SymmetricInverse.invert(inverse, lambda, Kernels.best(), pool, share -> {});
      double[] diagonal =
          byUsers
              ? EaseByUsers.diagonal(transposed, lambda, inverse, pool, () -> {})
              : EaseByItems.diagonal(inverse);
      double measured =
          new EaseAccuracy(train, transposed, byUsers, lambda, inverse)
              .furthest(diagonal, pool, share -> {});

      assertThat(furthest(train, lambda)).isBetween(0.8 * measured, 2 * measured);
    }
  }

  @Test
  void aLambdaThatSinglePrecisionCannotTellFromZeroIsRefused() {
    Interactions twins =
        Interactions.of(3, 2, new int[] {0, 0, 1, 1, 2, 2}, new int[] {0, 1, 0, 1, 0, 1});

    assertThatThrownBy(() -> fit(twins, 1e-9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "baseline ease: lambda 1.0E-9 is too small for single precision: pivot ");
  }

  /** The inverse is half a square of floats, and there is a little beside it for each thread. */
  @Test
  void moreMemoryThanThereIsIsRefusedBeforehand() {
    Interactions train = Interactions.of(2_000_000, 3_000_000, new int[] {0}, new int[] {0});
    double square = 2e6 * 2e6 / 2 * Float.BYTES / (1 << 30);
    try (WorkPool pool = new WorkPool(1)) {
      FitContext context = FitContext.of(pool);
      MatchResult heap =
          refusal(
              train,
              context,
              "needs (.*) GiB of Java heap, and there is room for [0-9.]+ [GM]iB;"
                  + " -Xmx([0-9]+)g would be enough");
      double needed = Double.parseDouble(heap.group(1));
      assertThat(needed).isBetween(square, 1.05 * square);
      // Half as much again for young objects, what is used now, and up to the next whole number.
      double used = (double) Runtime.getRuntime().maxMemory() / (1 << 30);
      assertThat(Double.parseDouble(heap.group(2)))
          .isBetween(1.5 * needed - 1, 1.5 * needed + used + 1);

      MatchResult limit =
          refusal(
              train,
              context.withMemoryLimit(1L << 30),
              "needs (.*) GiB of memory, and 1\\.0 GiB are allowed");
      assertThat(Double.parseDouble(limit.group(1))).isEqualTo(needed);
    }
  }

  private static MatchResult refusal(Interactions train, FitContext context, String pattern) {
    Throwable refused = catchThrowable(() -> BaselineKinds.fit("ease", Map.of(), train, context));
    assertThat(refused).isInstanceOf(InsufficientMemoryException.class);
    Matcher matcher =
        Pattern.compile("ease on 2,000,000 users and 3,000,000 items " + pattern)
            .matcher(refused.getMessage());
    assertThat(matcher.matches()).as(refused.getMessage()).isTrue();
    return matcher;
  }

  /**
   * Whatever takes long on large data asks whether to go on: counting by tiles, the diagonal of P
   * by some items, and the check by one item at a time.
   */
  @ParameterizedTest
  @CsvSource({"700, 520, 3, 0", "520, 700, 3, 3"})
  void everyPartOfAFitAsksWhetherToGoOn(int users, int items, int tiles, int diagonal) {
    Interactions train = Pairs.random(users, items, 20_000, RandomStream.of(1, Purpose.TEST));
    List<Double> shares = new ArrayList<>();
    try (WorkPool pool = new WorkPool(1)) {
      FitContext context = FitContext.of(pool).withListener(shares::add);
      BaselineKinds.fit("ease", Map.of(), train, context);
    }

    // At the beginning, for each row of tiles, and when the inverse begins.
    assertThat(shares).filteredOn(share -> share == 0).hasSize(1 + tiles + 1);
    // When the inverse ends, for the diagonal, and for the first item.
    assertThat(shares).filteredOn(share -> share == 0.98).hasSize(1 + diagonal + 1);
    // From eight items of all kinds to eight of each.
    assertThat(shares).filteredOn(share -> share > 0.98 && share < 1).hasSizeBetween(7, 23);
  }
}
