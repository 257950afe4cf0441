package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.core.WorkPool;
import bsl.data.ProcessLock;
import bsl.eval.UserScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitFolderTest {
  /** Three users and thirty items; user 2 has no test pair. */
  private static final int ITEMS = 30;

  @TempDir Path folder;

  private static RunData data() {
    Interactions train = Interactions.of(3, ITEMS, new int[] {0, 0, 1, 2}, new int[] {0, 1, 0, 0});
    Interactions test = Interactions.of(3, ITEMS, new int[] {0, 1, 1}, new int[] {2, 1, 29});
    return RunData.of(
        new Split("hand", train, Optional.empty(), test),
        spec().with(SettingKey.PROTOCOL, "paper"));
  }

  private static RunSpec spec() {
    return RunSpec.of(new Settings().set(SettingKey.DATASET, "hand", "test"));
  }

  /** Ranks items by number, the lowest first. */
  private static final UserScorer LOWEST_FIRST =
      (user, scores) -> {
        for (int item = 0; item < scores.length; item++) {
          scores[item] = -item;
        }
      };

  private static TestEvaluation evaluation() {
    try (WorkPool pool = new WorkPool(2)) {
      return TestEvaluation.of(LOWEST_FIRST, spec(), data(), pool);
    }
  }

  private static FitId id(Map<String, String> settings, OptionalLong seed) {
    return new FitId("hand", "lowest", settings, seed, FitId.pairs(data()), 1, Map.of());
  }

  private static FitRecord record(FitId id, TestEvaluation evaluation) {
    return new FitRecord(
        FitRecord.FORMAT,
        id.digest(),
        "hand",
        "lowest",
        Map.of("k", "3"),
        "paper",
        1,
        data().digests(),
        id.pairs(),
        Provenance.softwareOfNow(),
        Map.of(),
        1,
        0.5,
        0.25,
        evaluation.metrics(),
        evaluation.use(),
        List.of(),
        Map.of());
  }

  /** By hand: user 0 is shown items 2 to 21, user 1 items 1 to 20. */
  @Test
  void whatIsRecommendedIsCounted() {
    TestEvaluation evaluation = evaluation();

    assertThat(evaluation.perUser().users()).containsExactly(0, 1);
    assertThat(evaluation.perUser().values("recall@20")).containsExactly(1, 0.5);
    assertThat(evaluation.metrics().get("recall@20")).isEqualTo(0.75);
    assertThat(evaluation.perUser().values("ndcg@20")[0]).isCloseTo(1, within(1e-7));
    CatalogueUse use = evaluation.use();
    assertThat(use.coverage()).isEqualTo(21.0 / ITEMS);
    // Of 40 recommendations one is of item 1, which has one train pair; the others have none.
    assertThat(use.averagePopularity()).isCloseTo(1.0 / 40, within(1e-12));
    // 19 items twice, 2 once, 9 never: the mean absolute difference over twice the mean.
    double differences = 2 * (19 * 2 * 1 + 19 * 9 * 2 + 2 * 9 * 1);
    assertThat(use.gini()).isCloseTo(differences / (2.0 * ITEMS * 40), within(1e-12));
    assertThat(use.recallShares()).hasSize(10);
    assertThat(use.recallShares().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(0.75, within(1e-12));
    assertThat(use.tailShare())
        .as("items 1 and 2 are both less popular than item 0")
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void theTailIsTheLessPopularHalfOfTheGroups() {
    List<Double> shares = List.of(0.01, 0.0, 0.03, 0.0, 0.06, 0.1, 0.0, 0.2, 0.0, 0.1);

    assertThat(new CatalogueUse(1, 0, 1, shares).tailShare()).isCloseTo(0.2, within(1e-12));
    assertThat(new CatalogueUse(1, 0, 1, List.of(0.0, 0.0)).tailShare()).isZero();
  }

  @Test
  void aFitIsReadAsItWasKept() {
    FitId id = id(Map.of(), OptionalLong.empty());
    FitFolder fit = new FitFolder(folder.resolve(id.folderName()));
    TestEvaluation evaluation = evaluation();
    FitRecord record = record(id, evaluation);
    assertThat(fit.record(id.digest())).isEmpty();

    fit.keep(record, 3, evaluation.perUser());

    assertThat(fit.record(id.digest())).contains(record);
    for (String metric : evaluation.metrics().keySet()) {
      assertThat(fit.perUser(record).orElseThrow().values(metric))
          .containsExactly(evaluation.perUser().values(metric));
    }
  }

  @Test
  void anotherFitsRecordIsRefusedAndDamagedMetricsAreNone() throws IOException {
    FitId id = id(Map.of(), OptionalLong.empty());
    FitFolder fit = new FitFolder(folder.resolve("fit"));
    fit.keep(record(id, evaluation()), 3, evaluation().perUser());

    String other = id(Map.of("k", "4"), OptionalLong.empty()).digest();
    assertThatThrownBy(() -> fit.record(other))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("provenance.json: is not the record of this fit");
    Files.delete(folder.resolve("fit/per-user.npy"));
    assertThat(fit.record(id.digest())).isEmpty();
  }

  @Test
  void oneAtATimeFits() throws IOException {
    FitFolder fit = new FitFolder(folder.resolve("fit"));
    try (ProcessLock lock = fit.claim().orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(fit.claim()).isEmpty();
    }
    Optional<ProcessLock> again = fit.claim();
    assertThat(again).isPresent();
    again.get().close();
  }

  @Test
  void whatFixesTheResultIsTheIdentity() {
    FitId id = id(Map.of(), OptionalLong.empty());

    assertThat(id.digest()).isEqualTo(id(Map.of(), OptionalLong.empty()).digest());
    assertThat(id.folderName()).isEqualTo("hand-lowest-" + id.digest().substring(0, 12));
    assertThat(
            List.of(
                id(Map.of("k", "4"), OptionalLong.empty()),
                id(Map.of(), OptionalLong.of(1)),
                new FitId("hand", "other", Map.of(), OptionalLong.empty(), id.pairs(), 1, Map.of()),
                new FitId(
                    "hand", "lowest", Map.of(), OptionalLong.empty(), id.pairs(), 2, Map.of()),
                new FitId("hand", "lowest", Map.of(), OptionalLong.empty(), Map.of(), 1, Map.of()),
                new FitId(
                    "hand",
                    "lowest",
                    Map.of(),
                    OptionalLong.empty(),
                    id.pairs(),
                    1,
                    Map.of("baseline lowest", "SHA-256 00"))))
        .extracting(FitId::digest)
        .doesNotHaveDuplicates()
        .doesNotContain(id.digest());
  }
}
