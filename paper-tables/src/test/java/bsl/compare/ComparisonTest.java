package bsl.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.eval.PerUserMetrics;
import bsl.run.FitRecord;
import bsl.run.InputException;
import bsl.run.JsonFiles;
import bsl.run.Protocol;
import bsl.run.RunData;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.tune.TuningListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison from code, without the command line. */
class ComparisonTest {
  private static final List<String> LOSSES = List.of("sl", "bsl");
  private static final List<String> BASELINES = List.of("popularity", "ease");

  @TempDir Path folder;

  private final List<String> done = new ArrayList<>();
  private final AtomicBoolean stop = new AtomicBoolean();
  private int stopAfter = Integer.MAX_VALUE;

  private final ComparisonListener listener =
      new ComparisonListener() {
        @Override
        public void fitted(ComparisonPlan.OpenFit fit, FitRecord record) {
          add(fit.baseline());
        }

        @Override
        public void finished(RunSpec spec, RunResult result) {
          if (result.complete()) {
            add(spec.lossName());
          }
        }

        private void add(String what) {
          done.add(what);
          stop.set(done.size() >= stopAfter);
        }
      };

  private RunStore store() {
    return TinyStore.in(folder.resolve("runs"));
  }

  private Comparison comparison(int seeds, Protocol protocol) {
    return new Comparison(TinyStore.request(LOSSES, BASELINES, seeds, protocol), store(), 1);
  }

  @Test
  void trainsFitsTestsAndTheSecondTimeDoesNothing() {
    Comparison first = comparison(3, Protocol.HELD_OUT);
    assertThat(first.plan().openFits()).hasSize(6);
    assertThat(first.plan().runs().open()).hasSize(6);

    assertThat(first.carryOut(listener, stop::get)).isTrue();
    assertThat(done).hasSize(12).startsWith("popularity", "popularity", "popularity", "ease");
    ComparisonResult result = first.result(stop::get);
    assertThat(result.isComplete()).isTrue();
    assertThat(result.ranked("mine")).hasSize(4);
    assertThat(result.tests().family()).isEqualTo(3 * 2);

    done.clear();
    Comparison second = comparison(3, Protocol.HELD_OUT);
    assertThat(second.plan().isDone()).isTrue();
    assertThat(second.carryOut(listener, stop::get)).isTrue();
    assertThat(done).isEmpty();
    assertThat(new ComparisonText(second.result(stop::get)).lines())
        .isEqualTo(new ComparisonText(result).lines());
    assertThat(new ComparisonJson(second.result(stop::get)).asMap().toString())
        .as("every number, from what is kept")
        .isEqualTo(new ComparisonJson(result).asMap().toString());
  }

  /** Fair means: the same pairs to learn from, and the same pairs to rank. */
  @Test
  void baselinesSeeThePairsThatRunsOfTheSeedSee() throws IOException {
    Comparison comparison = comparison(2, Protocol.HELD_OUT);
    comparison.carryOut(listener, stop::get);
    ComparisonResult result = comparison.result(stop::get);

    for (Outcome outcome : result.ranked("mine")) {
      for (long seed = 1; seed <= 2; seed++) {
        if (outcome.contestant().isBaseline()) {
          RunSpec run = trained(result, seed);
          RunData data = RunData.of(TinyStore.load("mine"), run);
          FitRecord record =
              JsonFiles.read(
                  outcome.bySeed().get(seed).folder().resolve("provenance.json"), FitRecord.class);
          assertThat(record.pairDigests())
              .containsEntry("fitted", data.train().digest())
              .containsEntry("masked", data.validation().digest())
              .containsEntry("test", data.test().digest())
              .hasSize(3);
        }
      }
    }
  }

  private static RunSpec trained(ComparisonResult result, long seed) {
    return result.contestants().get("mine").get(0).run(seed);
  }

  @Test
  void underProtocolPaperOneFitStandsForAllSeeds() {
    Comparison comparison = comparison(3, Protocol.PAPER);
    assertThat(comparison.plan().fits()).isEqualTo(2);
    comparison.carryOut(listener, stop::get);
    ComparisonResult result = comparison.result(stop::get);
    assertThat(result.wanted()).as("six runs and two fits").isEqualTo(8);
    assertThat(result.finished()).isEqualTo(8);

    Outcome ease =
        result.ranked("mine").stream()
            .filter(outcome -> outcome.contestant().name().equals("ease"))
            .findFirst()
            .orElseThrow();
    assertThat(ease.isSingleFit()).isTrue();
    assertThat(ease.metric("ndcg@20").hasInterval()).as("there is no spread to show").isFalse();
    assertThat(ease.standardDeviation("ndcg@20")).isNaN();
    assertThat(result.test(ease, "ndcg@20").orElseThrow().decidable())
        .as("runs have seeds")
        .isTrue();
  }

  @Test
  void popularityRecommendsTheMostPopularOnes() {
    Comparison comparison =
        new Comparison(
            TinyStore.request(List.of(), List.of("popularity"), 1, Protocol.PAPER), store(), 1);
    comparison.carryOut(listener, stop::get);
    Outcome outcome = comparison.result(stop::get).ranked("mine").get(0);
    SeedOutcome seed = outcome.bySeed().get(1L);

    int[] degrees = new int[TinyStore.TINY.items()];
    for (int p = 0; p < TinyStore.TINY.train().size(); p++) {
      degrees[TinyStore.TINY.train().itemAt(p)]++;
    }
    double hits = 0;
    int users = 0;
    double popularity = 0;
    int recommended = 0;
    boolean[] seen = new boolean[degrees.length];
    for (int user = 0; user < TinyStore.TINY.users(); user++) {
      if (TinyStore.TINY.test().degree(user) == 0) {
        continue;
      }
      int found = 0;
      boolean[] taken = new boolean[degrees.length];
      for (int rank = 0; rank < 20; rank++) {
        int best = -1;
        for (int item = 0; item < degrees.length; item++) {
          boolean free = !taken[item] && !TinyStore.TINY.train().contains(user, item);
          if (free && (best < 0 || degrees[item] > degrees[best])) {
            best = item;
          }
        }
        taken[best] = true;
        seen[best] = true;
        popularity += degrees[best];
        recommended++;
        found += TinyStore.TINY.test().contains(user, best) ? 1 : 0;
      }
      hits += (double) found / TinyStore.TINY.test().degree(user);
      users++;
    }
    int covered = 0;
    for (boolean item : seen) {
      covered += item ? 1 : 0;
    }
    assertThat(seed.metrics().get("recall@20")).isCloseTo(hits / users, within(1e-12));
    assertThat(seed.use().coverage()).isEqualTo((double) covered / degrees.length);
    assertThat(seed.use().averagePopularity()).isCloseTo(popularity / recommended, within(1e-9));
    assertThat(seed.use().recallShares().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(hits / users, within(1e-9));
  }

  @Test
  void brokenOffItReportsWhatIsFinishedAndGoesOn() throws IOException {
    stopAfter = 9;
    Comparison first = comparison(3, Protocol.HELD_OUT);
    assertThat(first.carryOut(listener, stop::get)).isFalse();
    ComparisonResult part = first.result(stop::get);
    assertThat(part.isComplete()).isFalse();
    assertThat(part.finished()).isEqualTo(9);
    TrainAgain again = new TrainAgain(words -> String.join(" ", words), List.of());
    Path markdown = new ComparisonReport(part, folder.resolve("out"), again).write().get(0);
    assertThat(Files.readString(markdown))
        .contains("Not complete: 9 of 12 runs and fits are finished; `mf-", " of 3 seeds");
    assertThat(new ComparisonText(part).lines())
        .anySatisfy(line -> assertThat(line).matches("mf-b?sl \\([12] of 3 seeds\\) +0\\..*"))
        .anySatisfy(line -> assertThat(line).matches("ease +0\\..*"));
    assertThat(folder.resolve("out/report.html")).isNotEmptyFile();

    stop.set(false);
    stopAfter = Integer.MAX_VALUE;
    done.clear();
    Comparison second = comparison(3, Protocol.HELD_OUT);
    assertThat(second.carryOut(listener, stop::get)).isTrue();
    assertThat(done).hasSize(3).doesNotContainAnyElementsOf(BASELINES);
    assertThat(second.result(stop::get).isComplete()).isTrue();
  }

  /** Runs of the settings that a search starts from are others than those it will find. */
  @Test
  void aSearchThatIsBrokenOffLeavesNoResultOfOtherSettings() {
    Comparison fixed = new Comparison(TinyStore.searching(LOSSES, false), store(), 1);
    assertThat(fixed.carryOut(listener, stop::get)).isTrue();
    assertThat(fixed.result(stop::get).finished()).isEqualTo(2);

    Comparison first = new Comparison(TinyStore.searching(LOSSES, true), store(), 1);
    assertThat(first.plan().runs().open()).as("both are to be trained").hasSize(2);
    assertThat(searchedForSlOnly(first)).isFalse();
    assertThat(first.result(stop::get).finished()).isZero();

    Comparison second = new Comparison(TinyStore.searching(LOSSES, true), store(), 1);
    assertThat(second.carryOut(listener, stop::get)).isTrue();
    assertThat(second.result(stop::get).isComplete()).isTrue();

    Comparison planned = new Comparison(TinyStore.searching(LOSSES, true), store(), 1);
    assertThat(planned.plan().runs().open()).hasSize(2);
    planned.recallSearches();
    assertThat(planned.searches()).isEmpty();
    assertThat(planned.plan().isDone()).isTrue();

    Comparison again = new Comparison(TinyStore.searching(LOSSES, true), store(), 1);
    assertThat(searchedForSlOnly(again)).isFalse();
    assertThat(again.result(stop::get).ranked("mine"))
        .extracting(outcome -> outcome.contestant().name())
        .containsExactly("mf-sl");
  }

  private boolean searchedForSlOnly(Comparison comparison) {
    return comparison.search(
        (name, search) ->
            name.equals("mf-sl")
                ? search.find(1, TuningListener.SILENT, stop::get)
                : Optional.empty());
  }

  @Test
  void aBaselineThatIsBrokenOffBeforeItBeginsLeavesNothing() {
    stop.set(true);
    Comparison comparison = comparison(1, Protocol.HELD_OUT);

    assertThat(comparison.carryOut(listener, stop::get)).isFalse();
    assertThat(comparison.result(stop::get).finished()).isZero();
    assertThat(done).isEmpty();
  }

  /** A fit whose metrics by user are damaged counts as not made. */
  @Test
  void aDamagedFitIsMadeAgain() throws IOException {
    Comparison first = comparison(1, Protocol.HELD_OUT);
    first.carryOut(listener, stop::get);
    Path fit =
        first.result(stop::get).ranked("mine").stream()
            .filter(outcome -> outcome.contestant().name().equals("ease"))
            .findFirst()
            .orElseThrow()
            .folders()
            .get(0);
    Files.writeString(fit.resolve("per-user.npy"), "no matrix");
    done.clear();

    Comparison second = comparison(1, Protocol.HELD_OUT);
    assertThat(second.plan().openFits()).hasSize(1);
    second.carryOut(listener, stop::get);
    assertThat(done).containsExactly("ease");
    assertThat(second.result(stop::get).isComplete()).isTrue();
  }

  @Test
  void whatDoesNotFitIntoMemoryIsRefusedBeforehand() {
    ComparisonPlan.OpenFit huge =
        new ComparisonPlan.OpenFit("mine", "ease", 1, folder.resolve("fit"), 1L << 50);

    assertThatThrownBy(() -> new BaselineFits(store(), 1).requireMemory(huge))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("baseline ease on mine needs 1048576.0 GiB of Java heap, and");
  }

  /** Metrics that runs do not keep by user come from their models. */
  @Test
  void otherMetricsAreEvaluated() {
    comparison(1, Protocol.HELD_OUT).carryOut(listener, stop::get);
    ComparisonRequest request = TinyStore.request(LOSSES, BASELINES, 1, Protocol.HELD_OUT);
    ComparisonRequest others =
        new ComparisonRequest(
            request.datasets(),
            request.backbones(),
            request.losses(),
            request.baselines(),
            request.presets(),
            request.settings(),
            1,
            request.protocol(),
            List.of("map@10", "ndcg@20"),
            request.reference());
    done.clear();
    Comparison comparison = new Comparison(others, store(), 1);
    comparison.carryOut(listener, stop::get);

    assertThat(done).as("nothing is trained for that").isEmpty();
    for (Outcome outcome : comparison.result(stop::get).ranked("mine")) {
      SeedOutcome seed = outcome.bySeed().get(1L);
      PerUserMetrics perUser = seed.perUser();
      for (String metric : others.metrics()) {
        assertThat(perUser.mean().get(metric)).isCloseTo(seed.metrics().get(metric), within(1e-6));
      }
    }
  }

  /** Runs from before it was kept what they recommend are evaluated for it, once. */
  @Test
  void olderRunsAreEvaluatedForWhatTheyRecommend() throws IOException {
    Comparison first = comparison(1, Protocol.HELD_OUT);
    first.carryOut(listener, stop::get);
    ComparisonResult before = first.result(stop::get);
    Map<String, Object> expected = new ComparisonJson(before).asMap();
    for (Outcome outcome : before.ranked("mine")) {
      Files.deleteIfExists(outcome.folders().get(0).resolve("catalogue.json"));
    }
    done.clear();

    stop.set(true);
    assertThat(comparison(1, Protocol.HELD_OUT).result(stop::get).finished())
        .as("no evaluation when it is to stop")
        .isEqualTo(2);
    stop.set(false);
    Comparison second = comparison(1, Protocol.HELD_OUT);
    assertThat(second.plan().isDone()).isTrue();
    assertThat(new ComparisonJson(second.result(stop::get)).asMap().toString())
        .isEqualTo(expected.toString());
    assertThat(before.ranked("mine"))
        .filteredOn(outcome -> !outcome.contestant().isBaseline())
        .allSatisfy(
            outcome ->
                assertThat(outcome.folders().get(0).resolve("catalogue.json")).isNotEmptyFile());
  }
}
