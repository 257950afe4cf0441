package bsl.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bsl.core.Interactions;
import bsl.data.DatasetCatalog;
import bsl.data.DatasetEntry;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.eval.GroupShares;
import bsl.eval.PerUserMetrics;
import bsl.eval.PopularityGroups;
import bsl.eval.RankedItems;
import bsl.eval.SeedSample;
import bsl.report.Check;
import bsl.report.Claim;
import bsl.report.Estimate;
import bsl.report.Figure;
import bsl.report.HtmlPage;
import bsl.report.Leaning;
import bsl.report.Rendered;
import bsl.report.Report;
import bsl.report.ReportFolder;
import bsl.report.Table;
import bsl.report.Verdict;
import bsl.run.EpochRecord;
import bsl.run.ModelFiles;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunFolder;
import bsl.run.RunListener;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.ScoreStatistics;
import bsl.run.SettingKey;
import bsl.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts on one small trained model that stands for every run. */
class SmallArtifactsTest {
  private static final Scope SCOPE = Scope.paper("ml-1m");

  @TempDir Path folder;

  /** Every spec is answered with the same small run. */
  private class OneRun implements FinishedRuns {
    private final RunSpec spec =
        RunSpec.of(
            Presets.spec("fast", "tiny", "mf", "sl")
                .asSettings("test")
                .set(SettingKey.EPOCHS, "3", "test"));
    private final RunData data = RunData.of(SyntheticDatasets.make(SyntheticPreset.TINY, 1), spec);
    private final RunResult result;

    private OneRun() {
      this(folder, 1);
    }

    private OneRun(Path where, int threads) {
      result =
          new TrainingRun(spec, data, "fast", threads, new RunFolder(where))
              .execute(false, RunListener.SILENT, () -> false);
    }

    @Override
    public RunResult result(RunSpec any) {
      return result;
    }

    @Override
    public Optional<PerUserMetrics> perUser(RunSpec any) {
      return new RunFolder(folder).perUser();
    }

    @Override
    public Path folder(RunSpec any) {
      return folder;
    }

    @Override
    public String link(RunSpec any) {
      return "runs/one";
    }

    @Override
    public List<EpochRecord> curve(RunSpec any) {
      return new RunFolder(folder).curve();
    }

    @Override
    public RunData data(RunSpec any) {
      return data;
    }
  }

  @Test
  void everyArtifactIsMadeOfWhatItAskedFor() {
    OneRun runs = new OneRun();
    ReportFolder out = new ReportFolder(folder.resolve("out"), Rendered.IMPRINT);
    List<Report> reports = new ArrayList<>();
    for (Artifact artifact : Artifact.all()) {
      Report report = artifact.report(SCOPE, runs);

      assertThat(report.id()).isEqualTo(artifact.id());
      assertThat(out.write(report)).exists();
      reports.add(report);
    }

    assertThat(reports).extracting(Report::id).doesNotHaveDuplicates().hasSize(17);
    assertThat(out.write(new HtmlPage("all", List.of(), reports))).exists();
  }

  @Test
  void everyVerdictThatProfileQuickDecidesIsAClaimOfItsArtifact() {
    OneRun runs = new OneRun();
    for (Expectations.Expected expected : Expectations.all()) {
      for (String dataset : expected.datasets()) {
        Scope quick = new Scope(Profile.QUICK, "fast", List.of(dataset), Scope.BACKBONES, 1);
        Artifact artifact = Artifact.of(expected.report()).orElseThrow();

        assertThat(artifact.report(quick, runs).claims())
            .filteredOn(claim -> claim.dataset().equals(dataset))
            .extracting(Claim::id)
            .contains(expected.claim());
      }
    }
  }

  @Test
  void mapsThatAreComparedHaveOneScale() {
    List<Figure> maps =
        new EmbeddingMapArtifact()
            .report(SCOPE, new OneRun()).blocks().stream()
                .filter(Figure.class::isInstance)
                .map(Figure.class::cast)
                .toList();

    assertThat(maps).hasSize(6);
    assertThat(maps).extracting(Figure::bounds).containsOnly(maps.get(0).bounds());
    Figure.Bounds shown = maps.get(0).bounds().orElseThrow();
    for (Figure map : maps) {
      for (Figure.Series series : map.series()) {
        assertThat(Arrays.stream(series.x())).allMatch(x -> x > shown.fromX() && x < shown.toX());
        assertThat(Arrays.stream(series.y())).allMatch(y -> y > shown.fromY() && y < shown.toY());
      }
    }
  }

  @Test
  void fairnessSharesRecallOutAndGivesAVerdict() {
    OneRun runs = new OneRun();
    Report report = new FairnessArtifact().report(SCOPE, runs);

    Table table = (Table) report.blocks().get(report.blocks().size() - 1);
    assertThat(table.rows()).hasSize(5);
    double sum = 0;
    for (Object share : table.rows().get(0).cells().subList(2, 12)) {
      sum += ((Estimate) share).mean();
    }
    assertThat(sum).isCloseTo(runs.metric((RunSpec) null, "recall@20"), within(1e-9));
    assertThat(table.columns().get(13).title()).isEqualTo("groups 1 to 5");
    for (Table.Row row : table.rows()) {
      double[] shares =
          row.cells().subList(2, 12).stream()
              .mapToDouble(cell -> ((Estimate) cell).mean())
              .toArray();
      double unpopular = Arrays.stream(shares).limit(5).sum();
      double popular = Arrays.stream(shares).skip(5).sum();
      assertThat(((Estimate) row.cells().get(13)).mean())
          .isCloseTo(unpopular / (unpopular + popular), within(1e-12));
      assertThat(Math.abs(unpopular - popular)).as("halves that differ").isGreaterThan(1e-3);
    }
    // SL is evaluated with cosines, BPR with inner products, of the same model.
    double sl = ((Estimate) table.rows().get(0).cells().get(14)).mean();
    double bpr = ((Estimate) table.rows().get(2).cells().get(14)).mean();
    assertThat(report.claims().get(0).verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(report.claims().get(0).finding().leaning())
        .isEqualTo(sl < bpr ? Leaning.FOR : sl > bpr ? Leaning.AGAINST : Leaning.NEITHER);
    assertThat(report.holds()).isTrue();
  }

  @Test
  void statisticsOfScoresComeFromTheCurve() {
    OneRun runs = new OneRun();
    EpochRecord best = runs.curve(null).get(runs.result(null).bestEpoch() - 1);

    assertThat(best.metrics())
        .containsAllEntriesOf(
            new ScoreStatistics(runs.data(null).train()).of(ModelFiles.read(folder)));
    assertThat(ScoreStatisticsArtifact.last((RunSpec) null, ScoreStatistics.NEGATIVE_MEAN, runs))
        .isEqualTo(runs.curve(null).get(2).metrics().get(ScoreStatistics.NEGATIVE_MEAN));
    assertThat(ScoreStatisticsArtifact.last((RunSpec) null, "no such key", runs)).isNaN();
  }

  @Test
  void fairnessTrainsTheBaselinesAsTheyUsuallyAre() {
    assertThat(new FairnessArtifact().runs(SCOPE))
        .containsExactly(
            Presets.spec("fast", "ml-1m", "mf", "sl"),
            Presets.spec("fast", "ml-1m", "mf", "bsl"),
            Presets.spec("baseline", "ml-1m", "mf", "bpr"),
            Presets.spec("baseline", "ml-1m", "mf", "bce"),
            Presets.spec("baseline", "ml-1m", "mf", "mse"));
  }

  @Test
  void theTableOfDataSetsNoticesOtherData() {
    Report report = new DatasetsArtifact().report(SCOPE, new OneRun());

    assertThat(report.holds()).isFalse();
    assertThat(Rendered.markdown(report))
        .contains("| ml-1m | 200 | 150 |")
        .contains("| NO |")
        .contains("| gowalla |  |  |  |  |  | left out |");
  }

  /** The catalogue has amazon's part by its file, valid, and runs call it validation. */
  @Test
  void everyPartThatTheCatalogueKnowsIsAPartOfRuns() {
    for (DatasetEntry entry : DatasetCatalog.entries()) {
      assertThat(entry.digests().keySet().stream().map(FinishedRuns::part).toList())
          .as(entry.name())
          .isSubsetOf("train", "validation", "test");
    }
    assertThat(DatasetCatalog.entry("amazon").orElseThrow().digests()).containsKey("valid");
  }

  @Test
  void chartsHaveContrastiveBackbonesBesideTheirPublishedOwnTraining() {
    Scope sgl = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("sgl"), 1);
    OneRun runs = new OneRun();
    Report cutoffs = new CutoffsArtifact().report(sgl, runs);
    Report sizes = new EmbeddingSizeArtifact().report(sgl, runs);
    Report times = new TimeToAccuracyArtifact().report(sgl, runs);

    assertThat(cutoffs.checks())
        .extracting(Check::what)
        .containsExactly("ml-1m sgl bpr NDCG@5", "ml-1m sgl bpr NDCG@10", "ml-1m sgl bpr NDCG@15");
    assertThat(new EmbeddingSizeArtifact().runs(sgl))
        .extracting(RunSpec::lossName)
        .as("the paper's chart has its own training alone")
        .containsExactly("bpr", "bpr", "bpr");
    assertThat(sizes.checks()).extracting(Check::expected).containsExactly(0.246, 0.2491, 0.2486);
    assertThat(sizes.claims()).isEmpty();
    Table table = (Table) times.blocks().get(times.blocks().size() - 1);
    assertThat(table.rows()).hasSize(3);
    assertThat(times.blocks())
        .filteredOn(Figure.class::isInstance)
        .hasSize(3)
        .flatExtracting(block -> ((Figure) block).series())
        .as("no times are published")
        .extracting(Figure.Series::name)
        .containsOnly("ours");
  }

  /** The preset of BSL there has another temperature at first, and that of SL has not. */
  @Test
  void whatIsComparedByRhoOrNoiseHasTheSameTemperatureInAllEpochs() {
    Scope gowalla = new Scope(Profile.PAPER, "fast", List.of("gowalla"), List.of("mf"), 1);
    RunSpec preset = Presets.spec("fast", "gowalla", "mf", "bsl");
    assertThat(preset.tau(1)).isEqualTo(2 * preset.tau());

    for (Artifact artifact :
        List.of(new TauRatioArtifact(), new BslAblationArtifact(), new PositiveNoiseArtifact())) {
      assertThat(artifact.runs(gowalla))
          .as(artifact.id())
          .isNotEmpty()
          .allMatch(run -> run.tau(1) == run.tau());
    }
  }

  @Test
  void timeToAccuracyShowsMiniBatchesOfPairsWhereTheyAreThere() {
    Scope mf = new Scope(Profile.PAPER, "fast", List.of("ml-1m", "gowalla"), List.of("mf"), 1);
    RunSpec pairs = Presets.spec("pairwise", "ml-1m", "mf", "bsl");
    List<EpochRecord> curve = List.of(new EpochRecord(1, 1, 7, Map.of("ndcg@20", 0.2)));
    FinishedRuns runs =
        new OneRun() {
          @Override
          public Optional<List<EpochRecord>> curveIfThere(RunSpec spec) {
            return Optional.of(curve)
                .filter(there -> spec.equals(pairs) || spec.dataset().equals("gowalla"));
          }
        };

    Map<String, List<String>> series =
        new TimeToAccuracyArtifact()
            .report(mf, runs).blocks().stream()
                .filter(Figure.class::isInstance)
                .map(Figure.class::cast)
                .collect(
                    Collectors.toMap(
                        Figure::name,
                        figure -> figure.series().stream().map(Figure.Series::name).toList()));

    assertThat(series.get("ml-1m-mf-bsl"))
        .containsExactly("ours", "ours, preset pairwise", "authors, GPU");
    assertThat(series.get("ml-1m-mf-sl")).as("not there").containsExactly("ours", "authors, GPU");
    assertThat(series.get("gowalla-mf-bsl"))
        .as("with a constant temperature")
        .containsExactly("ours", "ours, preset pairwise", "authors, GPU");
    assertThat(series.get("gowalla-mf-sl")).as("itself").containsExactly("ours", "authors, GPU");
  }

  @Test
  void timeToAccuracyHasNoNumberOfThreadsWhereRunsDiffer() {
    Scope two = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), 2);
    RunResult onTwo = new OneRun(folder.resolve("two"), 2).result;
    FinishedRuns differ =
        new OneRun() {
          @Override
          public RunResult result(RunSpec spec) {
            return spec.seed() == 2 ? onTwo : super.result(spec);
          }
        };

    assertThat(threads(new TimeToAccuracyArtifact().report(two, new OneRun()))).containsOnly(1);
    assertThat(threads(new TimeToAccuracyArtifact().report(two, differ)))
        .hasSize(2)
        .containsOnlyNulls();
  }

  /** The published numbers are of the test set, and such a curve is of validation pairs. */
  @Test
  void timeToAccuracyTakesNoSharesOfCurvesOverValidationPairs() {
    Scope mf = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), 1);
    FakeRuns onTest = new FakeRuns(spec -> Map.of("ndcg@20", 0.9));
    Report report = new TimeToAccuracyArtifact().report(mf, onTest.selectedOnValidation());

    assertThat(Rendered.markdown(new TimeToAccuracyArtifact().report(mf, onTest)))
        .contains("| ml-1m | mf | sl | 1 | 10 |");
    assertThat(Rendered.markdown(report)).contains("| ml-1m | mf | sl | 1 |  |  |  |  |  |  |");
    assertThat(report.blocks()).hasAtLeastOneElementOfType(Figure.class);
  }

  @Test
  void theoryLooksAtACleanRunWhateverThePresetHas() throws IOException {
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"),
            "base: fast\npositive_noise: 0.2\nlosses:\n  sl: {tau: 0.15}\n");
    Scope scope = new Scope(Profile.PAPER, own.toString(), List.of("ml-1m"), List.of("mf"), 1);

    assertThat(new TheoryArtifact().runs(scope))
        .extracting(RunSpec::positiveNoise)
        .containsExactly(0.0, 0.2, 0.2);
  }

  private static List<Object> threads(Report report) {
    Table table = (Table) report.blocks().get(report.blocks().size() - 1);
    assertThat(table.columns().get(3).title()).isEqualTo("threads");
    return table.rows().stream().map(row -> row.cells().get(3)).toList();
  }

  @Test
  void cutoffsStandBesideThePublishedOnes() {
    OneRun runs = new OneRun();
    Report report = new CutoffsArtifact().report(SCOPE, runs);

    double published = PublishedCutoff.of("ml-1m", "mf", "sl", 5).orElseThrow().ndcg();
    double ours = runs.metric((RunSpec) null, "ndcg@5");
    assertThat(report.checks()).hasSize(4 * 3);
    assertThat(report.checks().get(0).passes()).isEqualTo(ours >= 0.98 * published);
    assertThat(report.checks().get(0).expected()).isEqualTo(published);
    assertThat(report.blocks())
        .filteredOn(Figure.class::isInstance)
        .map(block -> ((Figure) block).series())
        .first()
        .satisfies(
            series ->
                assertThat(series)
                    .extracting(Figure.Series::name)
                    .containsExactly("sl", "sl, published", "bsl", "bsl, published"))
        .satisfies(series -> assertThat(series.get(1).y()[0]).isEqualTo(published));
  }

  /**
   * Shares of Recall@20 that are alike in so many of the ten groups, and 0 in the others. Two users
   * of three find an item of each of these groups, the third one finds nothing.
   */
  private static GroupShares alikeIn(int groups) {
    int[] users = IntStream.range(0, 30).map(pair -> pair / 10).toArray();
    int[] items = IntStream.range(0, 30).map(pair -> pair % 10).toArray();
    Interactions pairs = Interactions.of(3, 10, users, items);
    GroupShares shares = new GroupShares(pairs, new PopularityGroups(pairs, 10), 10);
    RankedItems ranking =
        new RankedItems() {
          @Override
          public int size() {
            return groups;
          }

          @Override
          public int item(int rank) {
            return rank;
          }

          @Override
          public float score(int rank) {
            return -rank;
          }
        };
    shares.ranked(0, ranking);
    shares.ranked(1, ranking);
    return shares;
  }

  /** The Gini coefficient of ten shares, g of which are alike and the others 0, is 1 - g / 10. */
  @Test
  void fairnessOfTwoLossesIsComparedSeedBySeedAndUserByUser() {
    List<GroupShares> ours = List.of(alikeIn(8), alikeIn(5), alikeIn(9));
    List<GroupShares> theirs = List.of(alikeIn(4), alikeIn(3), alikeIn(2));
    SeedSample smaller = SeedSample.of(0.6 - 0.2, 0.7 - 0.5, 0.8 - 0.1);

    assertThat(FairnessArtifact.fairer(ours, theirs))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.effect()).isCloseTo(smaller.effect(), within(1e-12));
              assertThat(one.low()).isCloseTo(smaller.interval(0.95).low(), within(1e-12));
            });
  }

  @Test
  void alignmentOfBslIsTakenFromThatOfSl() {
    Path other = folder.resolve("other");
    OneRun runs =
        new OneRun() {
          @Override
          public Path folder(RunSpec spec) {
            return spec.lossName().equals("bsl") ? other : super.folder(spec);
          }
        };
    RunSpec seed2 = runs.spec.with(SettingKey.SEED, 2);
    new TrainingRun(seed2, runs.data(seed2), "fast", 1, new RunFolder(other))
        .execute(false, RunListener.SILENT, () -> false);
    Interactions train = runs.data(seed2).train();
    Interactions noise = runs.data(seed2).noise();
    double closer =
        new EmbeddingGeometry(ModelFiles.read(folder)).alignment(train, noise)
            - new EmbeddingGeometry(ModelFiles.read(other)).alignment(train, noise);

    List<Claim> claims = new EmbeddingMapArtifact().report(SCOPE, runs).claims();

    assertThat(Math.abs(closer)).as("models that differ").isGreaterThan(1e-4);
    assertThat(claims)
        .hasSize(3)
        .allSatisfy(claim -> assertThat(claim.finding().effect()).isCloseTo(closer, within(1e-12)));
  }

  @Test
  void fairnessToAllLossesOnAllDataSetsIsCorrectedTogether() {
    assertThat(
            new FairnessArtifact().report(Scope.paper("ml-1m", "gowalla"), new OneRun()).claims())
        .hasSize(2 * 3)
        .allMatch(claim -> claim.finding().tests() == 2 * 3);
  }
}
