package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.eval.PerUserMetrics;
import bsl.run.EpochRecord;
import bsl.run.Presets;
import bsl.run.Protocol;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunListener;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.SettingKey;
import bsl.run.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What artifacts say of themselves, against what they do. */
class ArtifactDeclarationsTest {
  private static final Scope SCOPE = Scope.paper("ml-1m");

  @TempDir static Path folder;

  private static Record record;

  /** The record of one small run for every spec: result, curve and data, but no model. */
  private record Record(RunResult result, List<EpochRecord> epochs, RunData data)
      implements FinishedRuns {
    @Override
    public RunResult result(RunSpec any) {
      return result;
    }

    @Override
    public Optional<PerUserMetrics> perUser(RunSpec any) {
      return Optional.empty();
    }

    @Override
    public Path folder(RunSpec any) {
      return folder.resolve("no model here");
    }

    @Override
    public String link(RunSpec any) {
      return "runs/record";
    }

    @Override
    public List<EpochRecord> curve(RunSpec any) {
      return epochs;
    }

    @Override
    public RunData data(RunSpec any) {
      return data;
    }
  }

  @BeforeAll
  static void train() {
    RunSpec spec =
        RunSpec.of(
            Presets.spec("fast", "tiny", "mf", "sl")
                .asSettings("test")
                .set(SettingKey.EPOCHS, "1", "test"));
    RunData data = RunData.of(SyntheticDatasets.make(SyntheticPreset.TINY, 1), spec);
    RunFolder run = new RunFolder(folder.resolve("run"));
    RunResult result =
        new TrainingRun(spec, data, "fast", 1, run).execute(false, RunListener.SILENT, () -> false);
    record = new Record(result, run.curve(), data);
  }

  static List<Artifact> artifacts() {
    return Artifact.all();
  }

  static Stream<Artifact> readersOfModels() {
    return Artifact.all().stream().filter(Artifact::readsModels);
  }

  static Stream<Artifact> readersOfRecords() {
    return Artifact.all().stream().filter(artifact -> !artifact.readsModels());
  }

  @ParameterizedTest
  @MethodSource("readersOfRecords")
  void whatSaysThatItReadsNoModelsIsMadeOfRecords(Artifact artifact) {
    assertThat(artifact.report(SCOPE, record).id()).isEqualTo(artifact.id());
  }

  @ParameterizedTest
  @MethodSource("readersOfModels")
  void whatSaysThatItReadsModelsCannotBeMadeWithoutThem(Artifact artifact) {
    assertThatThrownBy(() -> artifact.report(SCOPE, record))
        .hasStackTraceContaining("no model here");
  }

  @Test
  void fourArtifactsReadModels() {
    assertThat(readersOfModels().map(Artifact::id))
        .containsExactly("fairness", "variance-ablation", "embedding-map", "theory");
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void everyRunHasEverySeed(Artifact artifact) {
    Scope three = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), Scope.BACKBONES, 3);

    assertThat(artifact.runs(three))
        .doesNotHaveDuplicates()
        .hasSize(3 * artifact.runs(SCOPE).size())
        .containsAll(artifact.runs(SCOPE));
    for (long seed = 1; seed <= 3; seed++) {
      long of = seed;
      assertThat(artifact.runs(three))
          .filteredOn(run -> run.seed() == of)
          .hasSize(artifact.runs(SCOPE).size());
    }
  }

  @Test
  void fourArtifactsKnowBothProtocols() {
    assertThat(Artifact.all())
        .filteredOn(artifact -> artifact.protocols().contains(Protocol.HELD_OUT))
        .extracting(Artifact::id)
        .containsExactly("overall", "tau-ratio", "positive-noise", "fairness");
    assertThat(Artifact.all()).allMatch(artifact -> artifact.protocols().contains(Protocol.PAPER));
  }

  /** The protocols artifact is about both by itself. */
  @ParameterizedTest
  @MethodSource("artifacts")
  void runsAreUnderTheProtocolOfTheScope(Artifact artifact) {
    for (Protocol protocol : artifact.protocols()) {
      assertThat(artifact.runs(SCOPE.under(protocol)))
          .filteredOn(run -> !artifact.id().equals("protocols"))
          .allMatch(run -> run.protocol() == protocol);
    }
  }

  /** Those whose report of some scope can be made without a model. */
  static Stream<Artifact> madeOfRecordsInSomeScope() {
    return Artifact.all().stream()
        .filter(artifact -> !artifact.readsModels() || artifact.id().equals("theory"));
  }

  @ParameterizedTest
  @MethodSource("madeOfRecordsInSomeScope")
  void checksAreExpectedWhereTheReportHasSome(Artifact artifact) {
    List<Scope> scopes =
        List.of(
            SCOPE,
            new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("ngcf"), 1),
            new Scope(Profile.PAPER, "fast", List.of("small"), List.of("mf"), 1),
            new Scope(Profile.QUICK, "fast", List.of("ml-1m"), Scope.BACKBONES, 1),
            new Scope(Profile.PAPER, "fast", List.of(), Scope.BACKBONES, 1));
    List<Scope> possible =
        scopes.stream()
            .filter(scope -> !artifact.readsModels() || artifact.runs(scope).isEmpty())
            .toList();
    assertThat(possible).isNotEmpty();
    for (Scope scope : possible) {
      assertThat(artifact.report(scope, record).checks().isEmpty())
          .as(artifact.id() + " in " + scope)
          .isNotEqualTo(artifact.expectsChecks(scope));
    }
  }

  @Test
  void theListSaysWhatEachIs() {
    assertThat(Artifact.all())
        .allSatisfy(
            artifact -> {
              assertThat(artifact.title()).isNotBlank();
              assertThat(artifact.paperReference()).isNotBlank().doesNotContain("\n");
              assertThat(artifact.description())
                  .isNotBlank()
                  .doesNotContain("\n")
                  .doesNotEndWith(".")
                  .hasSizeLessThanOrEqualTo(80);
              assertThat(Artifact.of(artifact.id()).map(Artifact::id)).contains(artifact.id());
            });
    assertThat(Artifact.all()).extracting(Artifact::title).doesNotHaveDuplicates();
    assertThat(Artifact.of("no-such")).isEmpty();
  }
}
