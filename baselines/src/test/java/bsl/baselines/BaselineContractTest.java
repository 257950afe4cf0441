package bsl.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Hyperparameter;
import bsl.core.HyperparameterValues;
import bsl.core.Interactions;
import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import bsl.eval.UserScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every baseline promises. */
class BaselineContractTest {
  /** Several tiles of EASE and blocks of the others; more users than items, and fewer. */
  private static final List<Interactions> TRAINS =
      List.of(
          Pairs.random(700, 520, 20_000, RandomStream.of(1, Purpose.TEST)),
          Pairs.random(520, 700, 20_000, RandomStream.of(2, Purpose.TEST)));

  static Stream<BaselineKind> all() {
    return BaselineKinds.all().stream();
  }

  /** Values that keep a fit short and make every one of them count. */
  private static Map<String, String> given(BaselineKind kind) {
    return switch (kind.name()) {
      case "itemknn" -> Map.of("k", "20");
      case "ials" -> Map.of("epochs", "2", "dimension", "40");
      default -> Map.of();
    };
  }

  private static HyperparameterValues values(BaselineKind kind) {
    return HyperparameterValues.of(kind.hyperparameters(), given(kind));
  }

  private static int[][] bits(Interactions train, UserScorer scorer) {
    float[] scores = new float[train.items()];
    return IntStream.range(0, train.users())
        .mapToObj(
            user -> {
              Arrays.fill(scores, Float.NaN);
              scorer.score(user, scores);
              int[] bits = new int[scores.length];
              Arrays.setAll(bits, i -> Float.floatToRawIntBits(scores[i]));
              return bits;
            })
        .toArray(int[][]::new);
  }

  private static int[][] fitted(
      BaselineKind kind, Interactions train, int threads, Kernels kernels, long seed) {
    try (WorkPool pool = new WorkPool(threads)) {
      FitContext context = FitContext.of(pool).withKernels(kernels).withSeed(seed);
      return bits(train, kind.fit(train, values(kind), context));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void bitsDependNeitherOnThreadsNorOnKernels(BaselineKind kind) {
    for (Interactions train : TRAINS) {
      int[][] bits = fitted(kind, train, 1, Kernels.best(), 1);

      assertThat(Kernels.best()).isNotSameAs(Kernels.scalar());
      assertThat(Arrays.deepEquals(fitted(kind, train, 3, Kernels.best(), 1), bits)).isTrue();
      assertThat(Arrays.deepEquals(fitted(kind, train, 2, Kernels.scalar(), 1), bits)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void itSaysWhetherTheSeedHasAnInfluence(BaselineKind kind) {
    int[][] first = fitted(kind, TRAINS.get(0), 1, Kernels.best(), 1);
    int[][] second = fitted(kind, TRAINS.get(0), 1, Kernels.best(), 2);

    assertThat(!Arrays.deepEquals(first, second)).isEqualTo(kind.usesSeed());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyItemHasAFiniteScoreForUsersAndItemsWithoutPairs(BaselineKind kind) {
    for (Interactions train :
        List.of(
            TRAINS.get(0).widened(703, 524),
            TRAINS.get(1).widened(523, 704),
            Interactions.of(0, 2, new int[0], new int[0]),
            Interactions.of(2, 0, new int[0], new int[0]),
            Interactions.of(3, 2, new int[0], new int[0]),
            Interactions.of(2, 3, new int[0], new int[0]),
            Interactions.of(1, 1, new int[1], new int[1]))) {
      for (int[] scores : fitted(kind, train, 2, Kernels.best(), 1)) {
        assertThat(
                Arrays.stream(scores).allMatch(bits -> Float.isFinite(Float.intBitsToFloat(bits))))
            .as("%s", train)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void usersThatAreNotThereAreRefused(BaselineKind kind) {
    Interactions train = TRAINS.get(0);
    try (WorkPool pool = new WorkPool(1)) {
      UserScorer scorer = kind.fit(train, values(kind), FitContext.of(pool));
      float[] scores = new float[train.items()];

      assertThatThrownBy(() -> scorer.score(train.users(), scores))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> scorer.score(-1, scores))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void progressRisesFromZeroToOne(BaselineKind kind) {
    List<Double> shares = new ArrayList<>();
    try (WorkPool pool = new WorkPool(2)) {
      kind.fit(TRAINS.get(0), values(kind), FitContext.of(pool).withListener(shares::add));
    }

    assertThat(shares).isSorted().startsWith(0.0).endsWith(1.0);
    assertThat(shares).allMatch(share -> share >= 0 && share <= 1);
  }

  /** Wherever it is asked, a fit that is cancelled ends there, and the pool can be used again. */
  @ParameterizedTest
  @MethodSource("all")
  void aCancelledFitEndsWhereItIsAsked(BaselineKind kind) {
    try (WorkPool pool = new WorkPool(2)) {
      int asked = questions(kind, pool, Integer.MAX_VALUE);
      for (int last = 1; last <= asked; last += Math.max(1, asked / 5)) {
        int allowed = last;
        assertThatThrownBy(() -> questions(kind, pool, allowed))
            .isInstanceOf(CancellationException.class);
      }

      assertThat(questions(kind, pool, Integer.MAX_VALUE)).isEqualTo(asked);
    }
  }

  /** How often a fit asks whether it is cancelled, which it is from one question on. */
  private static int questions(BaselineKind kind, WorkPool pool, int from) {
    int[] asked = {0};
    FitListener listener =
        new FitListener() {
          @Override
          public void progress(double share) {}

          @Override
          public boolean cancelled() {
            assertThat(asked[0]).as("asked again after it was cancelled").isLessThan(from);
            return ++asked[0] >= from;
          }
        };
    kind.fit(TRAINS.get(0), values(kind), FitContext.of(pool).withListener(listener));
    return asked[0];
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatNeedsMoreMemoryThanAllowedIsNotBegun(BaselineKind kind) {
    Interactions train = TRAINS.get(0);
    long bytes = kind.bytes(train, values(kind));
    try (WorkPool pool = new WorkPool(1)) {
      FitContext context = FitContext.of(pool);

      assertThat(bytes).isPositive();
      assertThatThrownBy(() -> kind.fit(train, values(kind), context.withMemoryLimit(bytes - 1)))
          .isInstanceOf(InsufficientMemoryException.class)
          .hasMessageContaining(kind.name())
          .hasMessageNotContaining("\n");
      assertThat(kind.fit(train, values(kind), context.withMemoryLimit(bytes))).isNotNull();
    }
  }

  /**
   * A hyper-parameter that is declared and not read would show up as another result for nothing.
   */
  @ParameterizedTest
  @MethodSource("all")
  void everyHyperparameterHasAnInfluence(BaselineKind kind) {
    Interactions train = TRAINS.get(1);
    int[][] before = fitted(kind, train, 1, Kernels.best(), 1);
    for (Hyperparameter parameter : kind.hyperparameters()) {
      String other = parameter.range().allows("0.2") ? "0.2" : "3";
      Map<String, String> changed = new HashMap<>(given(kind));
      changed.put(parameter.name(), other);
      try (WorkPool pool = new WorkPool(1)) {
        UserScorer scorer = BaselineKinds.fit(kind.name(), changed, train, FitContext.of(pool));

        assertThat(Arrays.deepEquals(bits(train, scorer), before)).as(parameter.name()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void valuesOutsideTheirRangeAreRefused(BaselineKind kind) {
    assertThat(kind.description()).isNotBlank().doesNotEndWith(".");
    for (Hyperparameter parameter : kind.hyperparameters()) {
      for (String bad : List.of("-1", "NaN", "many", "")) {
        try (WorkPool pool = new WorkPool(1)) {
          FitContext context = FitContext.of(pool);
          assertThatThrownBy(
                  () ->
                      BaselineKinds.fit(
                          kind.name(), Map.of(parameter.name(), bad), TRAINS.get(0), context))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith("baseline " + kind.name() + ": " + parameter.name());
        }
      }
    }
  }
}
