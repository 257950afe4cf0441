package bsl.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.BackboneKinds;
import bsl.run.EpochRecord;
import bsl.run.InputException;
import bsl.run.MemoryTempDir;
import bsl.run.Presets;
import bsl.run.RunFolder;
import bsl.run.RunListener;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.SettingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches that train. */
class TuningTest {
  static final String SPACE =
      """
      tau: {from: 0.05, to: 0.5, scale: log}
      learning_rate: [0.003, 0.01]
      batch_size: 1024
      negatives: 32
      dimension: 8
      epochs: 10
      """;

  @TempDir(factory = MemoryTempDir.class)
  Path folder;

  private Path space;

  @BeforeEach
  void writeSpace() throws IOException {
    space = Files.writeString(folder.resolve("space.yaml"), SPACE);
  }

  static RunStore store(Path folder) {
    return new RunStore(folder, name -> SyntheticDatasets.make(SyntheticPreset.TINY, 1));
  }

  static RunSpec base() {
    return Presets.spec("fast", "tiny", "mf", "bsl");
  }

  private Tuning tuning(String name, TuningPlan plan, int threads) {
    Path own = folder.resolve(name);
    return new Tuning(
        store(own.resolve("runs")),
        base(),
        space,
        plan,
        own.resolve("search"),
        own.resolve("found.yaml"),
        threads);
  }

  private static TuningResult run(Tuning tuning) {
    return tuning.run(TuningListener.SILENT, () -> false);
  }

  private static List<String> models(TuningResult result) {
    return result.runs().values().stream().map(RunResult::modelSha256).toList();
  }

  private static List<List<Standing.Reached>> reached(TuningResult result) {
    return result.trials().stream().map(Standing::reached).toList();
  }

  private static final TuningPlan NINE = TuningPlan.ofTrials(9).withSeeds(2);

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void theNumberOfThreadsChangesNothing(int threads) {
    TuningResult one = run(tuning("one", NINE, 1));
    TuningResult many = run(tuning("many", NINE, threads));

    assertThat(reached(many)).isEqualTo(reached(one));
    assertThat(many.winner().orElseThrow().trial()).isEqualTo(one.winner().orElseThrow().trial());
    assertThat(models(many)).isEqualTo(models(one)).hasSize(2);
    assertThat(many.complete()).isTrue();
  }

  @Test
  void theWinnerHasTheBitsOfARunThatNeverStopped() {
    TuningResult result = run(tuning("search", NINE, 2));
    RunStore fresh = store(folder.resolve("fresh"));

    assertThat(result.winner().orElseThrow().reached())
        .extracting(Standing.Reached::epochs)
        .containsExactly(1, 3, 10);
    result
        .runs()
        .forEach(
            (spec, stored) -> {
              RunResult whole =
                  fresh.run(spec, "fast", 2).execute(true, RunListener.SILENT, () -> false);
              assertThat(stored.modelSha256()).isEqualTo(whole.modelSha256());
              assertThat(stored.metrics()).isEqualTo(whole.metrics());
            });
    RunSpec first = result.runs().keySet().iterator().next();
    assertThat(first).isEqualTo(result.winner().orElseThrow().trial().run());
    assertThat(result.winner().orElseThrow().value())
        .isEqualTo(result.runs().get(first).validationMetrics().get("ndcg@20"));
  }

  @Test
  void seedsOfTheWinnerAreCounted() {
    List<Integer> done = new ArrayList<>();
    List<Integer> before = new ArrayList<>();
    TuningListener counting =
        new TuningListener() {
          @Override
          public void progressed(TuningStatus status) {
            if (status.rungs() == 0) {
              done.add(status.arrived());
            }
          }

          @Override
          public void won(Standing best, int seeds, int finished) {
            before.add(finished);
          }
        };
    for (int call = 0; call < 2; call++) {
      tuning("search", TuningPlan.ofTrials(2).withSeeds(3), 1).run(counting, () -> false);
    }

    assertThat(done).containsSubsequence(0, 1, 2, 3).allMatch(count -> count <= 3);
    assertThat(before).containsExactly(0, 3);
  }

  @Test
  void nobodyButTheWinnerSeesTheTestSet() {
    TuningResult result = run(tuning("search", NINE, 2));
    RunStore store = store(folder.resolve("search/runs"));
    Standing winner = result.winner().orElseThrow();

    for (Standing standing : result.trials()) {
      RunFolder run = new RunFolder(store.folder(standing.trial().run()));
      assertThat(run.result().isPresent()).isEqualTo(standing == winner);
      assertThat(run.curveSoFar()).hasSize(standing.epochs());
    }
    assertThat(result.runs().keySet()).extracting(RunSpec::seed).containsExactly(1L, 2L);
  }

  @Test
  void theWinnerIsTheBestOfThoseThatWereTrainedToTheEnd() {
    // Everything is trained to the end here, and the selected epochs' metrics are compared.
    TuningResult result =
        run(tuning("metric", TuningPlan.ofTrials(2).withSeeds(1).withMetric("recall@5"), 2));
    RunStore store = store(folder.resolve("metric/runs"));
    List<Double> values = new ArrayList<>();
    for (Standing standing : result.trials()) {
      List<EpochRecord> curve = new RunFolder(store.folder(standing.trial().run())).curveSoFar();
      EpochRecord best = curve.get(0);
      for (EpochRecord record : curve) {
        if (record.metrics().get("recall@20") > best.metrics().get("recall@20")) {
          best = record;
        }
      }
      values.add(best.metrics().get("recall@5"));
    }

    assertThat(result.trials()).extracting(Standing::value).isEqualTo(values);
    assertThat(result.winner().orElseThrow().value())
        .isEqualTo(values.stream().mapToDouble(v -> v).max().orElseThrow());
  }

  @Test
  void whatWasBrokenOffGoesOnToTheSameEnd() {
    TuningResult whole = run(tuning("whole", NINE, 1));
    int sessions = 0;
    TuningResult result;
    do {
      AtomicBoolean stop = new AtomicBoolean();
      int[] left = {60};
      result =
          tuning("broken", NINE, 1)
              .run(
                  new TuningListener() {
                    @Override
                    public void progressed(TuningStatus status) {
                      stop.set(--left[0] <= 0);
                    }
                  },
                  stop::get);
      sessions++;
      assertThat(sessions).isLessThan(100);
    } while (!result.complete());

    assertThat(sessions).isGreaterThan(2);
    assertThat(reached(result)).isEqualTo(reached(whole));
    assertThat(models(result)).isEqualTo(models(whole));
  }

  @Test
  void whatWasTrainedBeforeIsNotTrainedAgain() {
    run(tuning("search", NINE, 2));
    List<Boolean> trained = new ArrayList<>();
    TuningResult more =
        tuning("search", TuningPlan.ofTrials(11).withSeeds(2), 2)
            .run(
                new TuningListener() {
                  @Override
                  public void arrived(Standing standing, boolean now, TuningStatus status) {
                    trained.add(now);
                  }
                },
                () -> false);

    assertThat(more.complete()).isTrue();
    // The two new trials, and whichever of them goes on.
    assertThat(trained.stream().filter(now -> now).count()).isBetween(2L, 4L);
    assertThat(trained).hasSize(11 + 3 + 1);
  }

  @Test
  void onceDecidedTheWinnerStaysWhateverTimeIsLeft() {
    TuningPlan plan = TuningPlan.ofSeconds(1e-3).withSeeds(1);
    TuningResult first = run(tuning("timed", plan, 1));
    TuningResult again = run(tuning("timed", plan, 1));

    assertThat(again.winner().orElseThrow().trial())
        .isEqualTo(first.winner().orElseThrow().trial());
    assertThat(models(again)).isEqualTo(models(first));
    assertThat(first.complete()).isTrue();
  }

  @Test
  void aDecidedSearchWhoseRunsAreGoneIsDoneAgain() throws IOException {
    TuningPlan plan = TuningPlan.ofTrials(3).withSeeds(1);
    TuningResult first = run(tuning("gone", plan, 1));
    Files.move(folder.resolve("gone/runs"), folder.resolve("elsewhere"));

    assertThat(models(run(tuning("gone", plan, 1)))).isEqualTo(models(first));
  }

  /** A clock goes on by ten seconds when a trial has come to a rung. */
  private static TuningListener ticking(AtomicLong seconds) {
    return new TuningListener() {
      @Override
      public void arrived(Standing standing, boolean now, TuningStatus status) {
        seconds.addAndGet(now ? 10 : 0);
      }
    };
  }

  /** By a clock that goes on by ten seconds when a trial has come to a rung. */
  @Test
  void aTimedSearchWhoseRunsAreGoneHasItsTimeAgain() throws IOException {
    AtomicLong seconds = new AtomicLong();
    LongSupplier clock = () -> seconds.get() * 1_000_000_000L;
    TuningListener ticking = ticking(seconds);
    Path preset = folder.resolve("search/found.yaml");
    TuningPlan timed = TuningPlan.ofSeconds(200).withSeeds(1);
    TuningResult first = writingTo(preset, timed, clock).run(ticking, () -> false);
    assertThat(first.trials().stream().filter(Standing::isBegun)).hasSizeGreaterThan(3);
    Files.move(folder.resolve("search/runs"), folder.resolve("elsewhere"));

    TuningResult again = writingTo(preset, timed, clock).run(ticking, () -> false);

    assertThat(again.trials().stream().filter(Standing::isBegun)).hasSizeGreaterThan(3);
    assertThat(again.winner().orElseThrow().value())
        .isGreaterThanOrEqualTo(first.winner().orElseThrow().value());
    assertThat(again.seconds()).as("spent on it anew").isLessThan(2 * first.seconds());
  }

  @Test
  void thePresetTrainsTheWinnersRun() throws IOException {
    TuningResult result =
        run(
            tuning("search", TuningPlan.ofTrials(2).withSeeds(1), 2)
                .describedBy("fast", List.of("Found by: somebody")));
    Path file = result.preset().orElseThrow();
    RunSpec run =
        Presets.spec(file.toString(), "tiny", "mf", "bsl").with(SettingKey.PROTOCOL, "held-out");
    RunStore store = store(folder.resolve("search/runs"));

    assertThat(store.id(run)).isEqualTo(store.id(result.winner().orElseThrow().trial().run()));
    assertThat(store.finished(run)).isPresent();
    assertThat(Files.readString(file))
        .startsWith("# Found by: somebody\n# ndcg@20 0.")
        .contains("base: fast\n", "dataset: tiny\n", "backbone: mf\n")
        .doesNotContain("seed", "protocol");
    assertThat(Presets.spec(file.toString(), "tiny", "mf", "sl"))
        .isEqualTo(Presets.spec("fast", "tiny", "mf", "sl"));
  }

  @Test
  void thePresetTrainsTheWinnersRunOnTheSamePairs() throws IOException {
    RunSpec base = base().with(SettingKey.HELD_OUT_FRACTION, "0.2");
    RunStore store = store(folder.resolve("runs"));
    Path file = folder.resolve("found.yaml");
    TuningResult result =
        run(
            new Tuning(
                store,
                base,
                space,
                TuningPlan.ofTrials(2).withSeeds(1),
                folder.resolve("search"),
                file,
                2));

    assertThat(Files.readString(file)).contains("held_out_fraction: 0.2\n");
    RunSpec run =
        Presets.spec(file.toString(), "tiny", "mf", "bsl").with(SettingKey.PROTOCOL, "held-out");
    assertThat(store.id(run)).isEqualTo(store.id(result.winner().orElseThrow().trial().run()));
  }

  @Test
  void anEditedPresetStaysWhereTheSearchHasNoNews() throws IOException {
    TuningPlan plan = TuningPlan.ofTrials(2).withSeeds(1);
    Path file = run(tuning("search", plan, 2)).preset().orElseThrow();
    Files.writeString(file, "# edited\n" + Files.readString(file));

    run(tuning("search", plan, 2));

    assertThat(Files.readString(file)).startsWith("# edited\n");
  }

  @Test
  void anEditedPresetStaysUnderAnotherLimitWithTheSameWinner() throws IOException {
    TuningResult nine = run(tuning("search", NINE, 2));
    Path file = nine.preset().orElseThrow();
    Files.writeString(file, "# edited\n" + Files.readString(file));

    TuningPlan more = TuningPlan.ofTrials(10).withSeeds(2);
    tuning("search", more, 2).run(TuningListener.SILENT, () -> true);
    TuningResult again = run(tuning("search", NINE, 2));

    assertThat(again.winner().orElseThrow().trial()).isEqualTo(nine.winner().orElseThrow().trial());
    assertThat(Files.readString(file)).as("broken off in between").startsWith("# edited\n");
  }

  /** The number of a trial is no merit: of 27 trials, one behind the first nine wins here. */
  @Test
  void aSmallerLimitLaterDoesNotMakeThePresetWorse() throws IOException {
    TuningResult many = run(tuning("search", TuningPlan.ofTrials(27).withSeeds(1), 2));
    Standing best = many.winner().orElseThrow();
    assertThat(best.trial().number()).as("a winner that three trials lack").isGreaterThan(3);
    String preset = Files.readString(many.preset().orElseThrow());
    TuningPlan three = TuningPlan.ofTrials(3).withSeeds(1);
    TuningResult alone = run(tuning("alone", three, 2));
    assertThat(alone.winner().orElseThrow().value()).isLessThan(best.value());

    for (int call = 0; call < 2; call++) {
      TuningResult few = run(tuning("search", three, 2));

      Standing winner = few.winner().orElseThrow();
      assertThat(winner.trial()).isEqualTo(best.trial());
      assertThat(winner.reached()).isEqualTo(best.reached());
      assertThat(winner.earlier()).isTrue();
      assertThat(few.trials()).hasSize(4);
      assertThat(few.preset().orElseThrow()).hasContent(preset);
    }
    Path runs = folder.resolve("search/runs");
    Files.move(
        runs.resolve(store(runs).folder(best.trial().run()).getFileName()), folder.resolve("x"));
    assertThat(run(tuning("search", three, 2)).winner().orElseThrow().trial())
        .as("what cannot be compared any more")
        .isEqualTo(alone.winner().orElseThrow().trial());
  }

  /** Of 27 trials, the best of the first three is dropped before its last epoch here. */
  @Test
  void aLargerLimitKeepsWhatItDropsOfAnEarlierWinner() {
    TuningPlan many = TuningPlan.ofTrials(27).withSeeds(1);
    Standing best =
        run(tuning("search", TuningPlan.ofTrials(3).withSeeds(1), 2)).winner().orElseThrow();
    int number = best.trial().number();
    assertThat(trial(run(tuning("alone", many, 2)), number).stage())
        .as("dropped without an earlier search")
        .isLessThan(best.stage());

    TuningResult more = run(tuning("search", many, 2));

    assertThat(more.trials()).hasSize(27);
    assertThat(trial(more, number).earlier()).isTrue();
    assertThat(trial(more, number).reached())
        .endsWith(best.reached().get(best.reached().size() - 1));
    assertThat(more.winner().orElseThrow().value()).isGreaterThanOrEqualTo(best.value());
  }

  @Test
  void aFinishedSearchThatIsBrokenOffAtOnceKnowsNoOtherLimit() {
    run(tuning("search", NINE, 2));

    TuningResult again = tuning("search", NINE, 2).run(TuningListener.SILENT, () -> true);

    assertThat(again.complete()).isFalse();
    assertThat(again.trials()).noneMatch(Standing::earlier);
  }

  private static Standing trial(TuningResult result, int number) {
    return result.trials().stream()
        .filter(standing -> standing.trial().number() == number)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPresetThatIsThereBeforeTheSearchIsNotOverwritten() throws IOException {
    Path file = folder.resolve("search/found.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "mine");

    assertThatThrownBy(() -> run(tuning("search", TuningPlan.ofTrials(2), 1)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": is there and is not of this search, unless the search's folder was deleted;"
                + " choose another --name or move it away");
    assertThat(file).hasContent("mine");
    assertThat(folder.resolve("search/runs")).doesNotExist();
  }

  @Test
  void aPresetOfAnotherNameThatIsNotOfTheSearchIsNotOverwritten() throws IOException {
    TuningPlan two = TuningPlan.ofTrials(2).withSeeds(1);
    run(tuning("search", two, 2));
    Path other = Files.writeString(folder.resolve("search/other.yaml"), "mine");

    for (TuningPlan plan : List.of(two, TuningPlan.ofTrials(27).withSeeds(1))) {
      assertThatThrownBy(() -> run(writingTo(other, plan, System::nanoTime)))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(other + ": is there and is not of this search, unless ");
    }
    assertThat(other).hasContent("mine");

    Files.delete(other);
    run(writingTo(other, two, System::nanoTime));
    run(writingTo(other, two, System::nanoTime));
    assertThat(other).content().contains("tau: ");
  }

  /** For example by another search for the same data set, with a folder of its own. */
  @Test
  void aPresetThatComesDuringTheSearchIsNotOverwritten() throws IOException {
    TuningPlan two = TuningPlan.ofTrials(2).withSeeds(1);
    Path preset = folder.resolve("search/found.yaml");
    TuningListener disturbing =
        new TuningListener() {
          @Override
          public void arrived(Standing standing, boolean now, TuningStatus status) {
            try {
              Files.writeString(preset, "mine");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };

    assertThatThrownBy(() -> tuning("search", two, 2).run(disturbing, () -> false))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(preset + ": is there and is not of this search, unless ");
    assertThat(preset).hasContent("mine");

    assertThatThrownBy(() -> run(tuning("search", two, 2)))
        .as("as long as it is there")
        .isInstanceOf(InputException.class);
    Files.delete(preset);
    List<Boolean> trained = new ArrayList<>();
    TuningListener counting =
        new TuningListener() {
          @Override
          public void arrived(Standing standing, boolean now, TuningStatus status) {
            trained.add(now);
          }
        };
    assertThat(tuning("search", two, 2).run(counting, () -> false).complete()).isTrue();
    assertThat(trained).as("what was found is kept").containsExactly(false, false);
    assertThat(preset).content().contains("tau: ");
  }

  /** Which trial wins is for good, so that it must not depend on a file that can be deleted. */
  @ParameterizedTest
  @ValueSource(strings = {"progress.json", "state-0.npy"})
  void aDamagedTrialKeepsNoOtherAndLeavesTheSearchOpen(String file) throws IOException {
    TuningPlan three = TuningPlan.ofTrials(3).withSeeds(1);
    TuningResult whole = run(tuning("whole", three, 2));
    RunSpec second = whole.trials().get(1).trial().run();
    RunStore store = store(folder.resolve("damaged/runs"));
    store.run(second, "fast", 1).advance(1, RunListener.SILENT, () -> false);
    Path checkpoint = store.folder(second).resolve("checkpoint-000001");
    Files.writeString(checkpoint.resolve(file), "half");
    List<Integer> arrived = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    TuningListener counting =
        new TuningListener() {
          @Override
          public void arrived(Standing standing, boolean now, TuningStatus status) {
            standing.failure().ifPresentOrElse(failed::add, () -> arrived.add(standing.epochs()));
          }
        };

    assertThatThrownBy(() -> tuning("damaged", three, 2).run(counting, () -> false))
        .isInstanceOf(DamagedTrialsException.class)
        .hasMessageContaining(checkpoint + ": cannot be resumed from (" + checkpoint.resolve(file))
        .hasMessageEndingWith("delete it to begin the run anew");
    assertThat(failed).singleElement().asString().startsWith(checkpoint + ": ");
    assertThat(arrived).as("two at a third, and the better one at the end").hasSize(3);
    assertThat(folder.resolve("damaged/found.yaml")).doesNotExist();

    try (Stream<Path> files = Files.list(checkpoint)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(checkpoint);
    TuningResult mended = run(tuning("damaged", three, 2));
    assertThat(reached(mended)).isEqualTo(reached(whole));
    assertThat(models(mended)).isEqualTo(models(whole));
  }

  /** By hand: rungs at 3 and 9 of 30 epochs; tau is there after 0.2 x 30 = 6 or 0.8 x 30 = 24. */
  @ParameterizedTest
  @CsvSource({
    "tau: {from: 0.1;to: 0.5}, 2, 0.8, 9, after 3 and 9 of 30 epochs",
    "tau: {from: 0.1;to: 0.5}, 2, 0.2, 9, after 3 of 30 epochs",
    "tau: {from: 0.1;to: 0.5}, 2, 0.8, 3, after 9 of 30 epochs", // as few have one rung
    "tau: {from: 0.1;to: 0.5}, 2, 0.8, 2, ",
    "tau: {from: 0.1;to: 0.5}, 1, 0.8, 9, ",
    "tau_ratio: {from: 1;to: 2}, 2, 0.8, 9, ", // all trials have one temperature
  })
  void comparisonsAtAnotherTemperatureAreTold(
      String searched, String start, double share, int trials, String told) throws IOException {
    Files.writeString(space, searched.replace(";", ", ") + "\nepochs: 30\n");
    RunSpec base =
        base().with(SettingKey.TAU_START, start).with(SettingKey.TAU_START_FRACTION, share);
    Optional<String> note =
        new Tuning(store(folder), base, space, TuningPlan.ofTrials(trials), folder, folder, 1)
            .note();

    if (told == null) {
      assertThat(note).isEmpty();
    } else {
      assertThat(note.orElseThrow()).contains(told + ", when tau is still on its way (tau_start 2");
    }
  }

  private Tuning writingTo(Path preset, TuningPlan plan, LongSupplier nanoTime) {
    Path own = folder.resolve("search");
    SearchSpace read = SpaceReader.read(space).readBy(TrialDraws.asTrial(base()), true);
    return new Tuning(
        store(own.resolve("runs")), base(), read, plan, own.resolve("search"), preset, 2, nanoTime);
  }

  /** A loss of another project, as its jar was and as it is now. */
  @Test
  void aSearchOfALossThatHasChangedIsRefused() throws IOException {
    RunSpec base = Presets.spec("fast", "tiny", "mf", "triplet").with(SettingKey.EPOCHS, 2);
    Path own = folder.resolve("foreign");
    Files.writeString(space, "learning_rate: [0.003, 0.01]\n");
    TuningPlan two = TuningPlan.ofTrials(2).withSeeds(1);
    Path preset = own.resolve("found.yaml");
    RunStore store = store(own.resolve("runs"));
    run(new Tuning(store, base, space, two, own.resolve("search"), preset, 1));
    Path record = own.resolve("search/tune.json");
    String text = Files.readString(record);
    String name = "\"code of loss triplet\" : \"version ";
    assertThat(text).contains(name);

    Files.writeString(record, text.replace(name, name + "0"));
    assertThatThrownBy(
            () -> run(new Tuning(store, base, space, two, own.resolve("search"), preset, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds another search (code of loss triplet was another one then)");

    Files.writeString(record, text.replaceAll("\\s*\"code of loss triplet\".*", ""));
    assertThat(
            run(new Tuning(store, base, space, two, own.resolve("search"), preset, 1)).complete())
        .as("a record of an earlier version")
        .isTrue();
  }

  /** As a search from before the record said of which trial and file the preset is. */
  @Test
  void aDamagedRecordSaysWhatToDelete() throws IOException {
    TuningPlan two = TuningPlan.ofTrials(2).withSeeds(1);
    run(tuning("search", two, 2));
    Path search = folder.resolve("search/search");
    Files.writeString(search.resolve("tune.json"), "x");

    assertThatThrownBy(() -> run(tuning("search", two, 2)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(search.resolve("tune.json") + ":1: is not JSON: ")
        .hasMessageEndingWith("; delete " + search + " to search anew, finished trials are kept");
  }

  @Test
  void aRecordOfAnEarlierVersionIsGoneOnWith() throws IOException {
    TuningPlan two = TuningPlan.ofTrials(2).withSeeds(1);
    TuningResult first = run(tuning("search", two, 2));
    Path record = folder.resolve("search/search/tune.json");
    String text = Files.readString(record);
    String older =
        text.replaceAll(",\\s*\"preset_trial\" : \\d+,\\s*\"preset_file\" : \"[^\"]*\"", "");
    assertThat(older).hasSizeLessThan(text.length());
    Files.writeString(record, older);
    Path preset = first.preset().orElseThrow();
    Files.writeString(preset, "# edited\n" + Files.readString(preset));

    TuningResult again = run(tuning("search", two, 2));

    assertThat(again.winner().orElseThrow().trial())
        .isEqualTo(first.winner().orElseThrow().trial());
    assertThat(preset).content().startsWith("# edited\n");
  }

  /** By a clock that goes on by ten seconds when a trial has come to a rung. */
  @Test
  void timeOfAnotherLimitIsNotOfTheBudgetAndToShowASearchTakesNone() {
    AtomicLong seconds = new AtomicLong();
    LongSupplier clock = () -> seconds.get() * 1_000_000_000L;
    TuningListener ticking = ticking(seconds);
    Path preset = folder.resolve("search/found.yaml");
    TuningPlan nine = TuningPlan.ofTrials(9).withSeeds(1);
    TuningResult trials = writingTo(preset, nine, clock).run(ticking, () -> false);
    assertThat(trials.seconds()).isEqualTo(10 * (9 + 3 + 1));

    Tuning shown = writingTo(preset, nine, () -> clock.getAsLong() + seconds.incrementAndGet());
    assertThat(run(shown).seconds()).isEqualTo(trials.seconds());

    assertThat(trials.otherSeconds()).isZero();

    TuningPlan timed = TuningPlan.ofSeconds(trials.seconds() - 1).withSeeds(1);
    TuningResult more = writingTo(preset, timed, clock).run(ticking, () -> false);
    assertThat(more.otherSeconds()).isEqualTo(trials.seconds());
    assertThat(more.trials().stream().filter(s -> s.epochs() > 0)).hasSizeGreaterThan(9);
  }

  /** By the same clock. The first budget is over at once, so that it has room for few trials. */
  @Test
  void anotherBudgetPlansAnew() {
    AtomicLong seconds = new AtomicLong();
    AtomicBoolean stop = new AtomicBoolean();
    List<Integer> competitions = new ArrayList<>();
    TuningListener ticking =
        new TuningListener() {
          @Override
          public void begins(int trials, int wanted) {
            competitions.add(wanted);
            stop.set(competitions.size() == 2);
          }

          @Override
          public void arrived(Standing standing, boolean now, TuningStatus status) {
            seconds.addAndGet(now ? 10 : 0);
          }
        };
    Path preset = folder.resolve("search/found.yaml");
    LongSupplier clock = () -> seconds.get() * 1_000_000_000L;
    TuningPlan small = TuningPlan.ofSeconds(5).withSeeds(1);
    writingTo(preset, small, clock).run(ticking, () -> false);
    TuningPlan large = TuningPlan.ofSeconds(100_000).withSeeds(1);
    writingTo(preset, large, clock).run(ticking, stop::get);

    // Nine have three rungs, and 81 is the most that may compete.
    assertThat(competitions).containsExactly(9, 81);
  }

  @Test
  void aPresetIsReadWhateverDataSetAndCommandAreCalled() {
    Path file = folder.resolve("odd.yaml");
    for (String name : List.of("null", "true", "No", "12", "a b")) {
      RunSpec run = base().with(SettingKey.DATASET, name);
      TunedPreset.write(file, run, "fast", List.of("Found by: bsl tune --out o\nut: 1"));

      assertThat(Presets.spec(file.toString(), name, "mf", "bsl").tau()).isEqualTo(run.tau());
    }
  }

  @Test
  void anotherSearchInTheFolderIsRefused() {
    run(tuning("search", TuningPlan.ofTrials(2).withSeeds(1), 2));

    assertThatThrownBy(
            () ->
                run(tuning("search", TuningPlan.ofTrials(2).withSeeds(1).withMetric("map@20"), 2)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder.resolve("search/search")
                + ": holds another search (metric is ndcg@20 there, not map@20); choose another"
                + " --name or delete it");
  }

  @Test
  void aSearchOfAnotherSpaceSaysWhatDiffers() throws IOException {
    run(tuning("search", TuningPlan.ofTrials(2).withSeeds(1), 2));
    Files.writeString(space, SPACE.replace("to: 0.5", "to: 0.4"));

    assertThatThrownBy(() -> run(tuning("search", TuningPlan.ofTrials(2).withSeeds(1), 2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "(tau from 0.05 to 0.5 (log) is searched there, not tau from 0.05 to 0.4 (log))");
  }

  @Test
  void wholeNumbersOnlyAreAnotherSpace() throws IOException {
    Files.writeString(space, SPACE.replace("to: 0.5, scale: log", "to: 2"));
    run(tuning("search", TuningPlan.ofTrials(2).withSeeds(1), 2));
    Files.writeString(space, SPACE.replace("to: 0.5, scale: log", "to: 2, whole: true"));

    assertThatThrownBy(() -> run(tuning("search", TuningPlan.ofTrials(2).withSeeds(1), 2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "(tau from 0.05 to 2.0 is searched there, not tau from 0.05 to 2.0 (whole))");
  }

  @Test
  void aSpaceWithFewSettingsHasNoMoreTrials() throws IOException {
    Files.writeString(space, SPACE.replace("{from: 0.05, to: 0.5, scale: log}", "[0.1, 0.2]"));
    List<List<Integer>> begun = new ArrayList<>();
    TuningResult result =
        tuning("few", TuningPlan.ofTrials(9).withSeeds(1), 2)
            .run(
                new TuningListener() {
                  @Override
                  public void begins(int trials, int wanted) {
                    begun.add(List.of(trials, wanted));
                  }
                },
                () -> false);

    assertThat(result.trials()).hasSize(4);
    assertThat(begun).containsExactly(List.of(4, 9));
  }

  @Test
  void trialsThatDivergeAreToldAndLose() throws IOException {
    Files.writeString(
        space,
        SPACE
                .replace("[0.003, 0.01]", "[0.01, 1.0e+25]")
                .replace("{from: 0.05, to: 0.5, scale: log}", "[0.1, 0.001]")
            + "train_score: inner-product\n");
    TuningPlan plan = TuningPlan.ofTrials(4).withSeeds(1);
    TuningResult result = run(tuning("diverging", plan, 2));

    assertThat(result.trials().stream().flatMap(trial -> trial.failure().stream()))
        .isNotEmpty()
        .allMatch(why -> why.contains("diverged"));
    assertThat(result.winner().orElseThrow().failure()).isEmpty();
    List<Standing> again = new ArrayList<>();
    tuning("diverging", plan, 2)
        .run(
            new TuningListener() {
              @Override
              public void arrived(Standing standing, boolean now, TuningStatus status) {
                assertThat(now).isFalse();
                again.add(standing);
              }
            },
            () -> false);
    assertThat(again).extracting(s -> s.failure().isPresent()).contains(true, false);
  }

  @Test
  void aTrialThatCannotBeTrainedIsToldAndLoses() throws IOException {
    Files.writeString(
        space, "layers: [1, 2]\ncontrast_layer: [1, 2]\nepochs: 3\nshallow_epochs: 0\n");
    Path own = folder.resolve("refused");
    RunSpec base = Presets.spec("fast", "tiny", "xsimgcl", "bpr");
    Tuning tuning =
        new Tuning(
            store(own.resolve("runs")),
            base,
            space,
            TuningPlan.ofTrials(4).withSeeds(1),
            own.resolve("search"),
            own.resolve("found.yaml"),
            2);
    TuningResult result = run(tuning);

    assertThat(result.trials()).hasSize(4);
    assertThat(result.trials().stream().flatMap(trial -> trial.failure().stream()))
        .singleElement()
        .asString()
        .contains("contrast_layer");
    assertThat(result.winner().orElseThrow().failure()).isEmpty();
  }

  @Test
  void trialsOfTheDefaultSpacesCanBeTrained() {
    RunStore store = store(folder.resolve("runs"));
    for (String backbone : BackboneKinds.names()) {
      RunSpec base = Presets.spec("fast", "tiny", backbone, "bsl").with(SettingKey.DIMENSION, 8);
      TrialDraws draws = new TrialDraws(base, DefaultSpaces.of(base), true, run -> run);
      for (Trial trial : draws.trials(0, 9)) {
        // Makes it ready and stops before the first step.
        assertThatCode(
                () ->
                    store.run(trial.run(), "fast", 1).advance(1, new RunListener() {}, () -> true))
            .as(trial.run().asMap().toString())
            .doesNotThrowAnyException();
      }
    }
  }
}
