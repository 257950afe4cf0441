package bsl.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.EmbeddingTable;
import bsl.core.Split;
import bsl.data.ProcessLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies in a run folder is checked before it is believed, and has one writer at a time. */
class StoredRunTest {
  private static final BooleanSupplier NEVER = () -> false;
  private static final BooleanSupplier MUST_NOT_TRAIN =
      () -> {
        throw new AssertionError("trained");
      };
  private static final Split DATA = TrainingRunTest.parity(40, 30, 6, 3);

  /** Other test pairs, everything else the same. */
  private static final Split OTHER_TEST =
      Split.of("parity", DATA.train(), TrainingRunTest.parity(40, 30, 6, 4).test());

  @TempDir Path root;

  private Path folder;
  private RunResult result;

  private static RunSpec spec(String... more) {
    Settings settings = new Settings();
    for (String assignment :
        List.of("dataset=parity", "batch_size=100", "negatives=10", "epochs=4")) {
      settings.setAssignment(assignment);
    }
    for (String assignment : more) {
      settings.setAssignment(assignment);
    }
    return RunSpec.of(settings);
  }

  private TrainingRun run(RunSpec spec, Split data) {
    return new TrainingRun(spec, RunData.of(data, spec), "none", 1, new RunFolder(folder), 0);
  }

  private TrainingRun run() {
    return run(spec(), DATA);
  }

  @BeforeEach
  void train() {
    folder = root.resolve("run");
    result = run().execute(false, RunListener.SILENT, NEVER);
  }

  private void replace(String file, String old, String with) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(old);
    Files.writeString(path, text.replace(old, with), StandardCharsets.ISO_8859_1);
  }

  @Test
  void isOpenedWithItsRecordsAndItsModel() {
    TrainedRun run = TrainedRun.open(folder);

    assertThat(run.spec()).isEqualTo(spec());
    assertThat(run.result()).isEqualTo(result);
    assertThat(run.provenance().numerics()).isEqualTo(Numerics.VERSION);
    assertThat(ModelFiles.digest(run.model())).isEqualTo(result.modelSha256());
    assertThat(run.difference(run.data(DATA))).isEmpty();
  }

  @Test
  void otherDataOfTheSameNameAreRefusedUnlessAskedFor() {
    TrainedRun run = TrainedRun.open(folder);

    assertThatThrownBy(() -> run.data(OTHER_TEST))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("is not what the run was trained on: test pairs differ");
    assertThat(run.difference(run.anyData(OTHER_TEST))).contains("test pairs differ");
    assertThatThrownBy(() -> run.anyData(TrainingRunTest.parity(41, 30, 6, 3)))
        .hasMessageEndingWith("has 40 users and 30 items, but data set parity has 41 and 30");
  }

  @Test
  void aFinishedRunIsFoundWithOrWithoutResuming() {
    for (boolean resume : new boolean[] {false, true}) {
      List<RunResult> found = new ArrayList<>();
      RunResult again =
          run()
              .execute(
                  resume,
                  new RunListener() {
                    @Override
                    public void foundFinished(RunResult there) {
                      found.add(there);
                    }
                  },
                  MUST_NOT_TRAIN);
      assertThat(found).containsExactly(result);
      assertThat(again).isEqualTo(result);
    }
  }

  @Test
  void aFinishedRunIsTrainedAgainWhereThatIsWanted() {
    int[] epochs = {0};
    RunResult again =
        run()
            .repeat(
                new RunListener() {
                  @Override
                  public void epochDone(EpochRecord record, boolean best) {
                    epochs[0]++;
                  }
                },
                NEVER);

    assertThat(epochs[0]).isEqualTo(4);
    assertThat(again.modelSha256()).isEqualTo(result.modelSha256());
  }

  @Test
  void aFinishedRunOnOtherDataIsNotRepeatedAsIfNothingHadChanged() {
    for (boolean resume : new boolean[] {false, true}) {
      assertThatThrownBy(
              () -> run(spec(), OTHER_TEST).execute(resume, RunListener.SILENT, MUST_NOT_TRAIN))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("holds a run of other data (data test has other content there)");
    }
    assertThat(TrainedRun.open(folder).result()).isEqualTo(result);
  }

  @Test
  void aDamagedModelOfTheRightLengthIsNoticed() throws IOException {
    byte[] users = Files.readAllBytes(folder.resolve("users.npy"));
    users[users.length - 100] ^= 1;
    Files.write(folder.resolve("users.npy"), users);

    assertThatThrownBy(() -> TrainedRun.open(folder)).hasMessageContaining("are not the model");
    assertThatThrownBy(() -> ModelFiles.read(folder)).hasMessageContaining("are not the model");
    assertThatThrownBy(() -> run().execute(true, RunListener.SILENT, MUST_NOT_TRAIN))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("delete the two and train again");
  }

  @Test
  void foldersThatHoldNoModelSayWhatTheyAre() throws IOException {
    for (String file : List.of("users.npy", "items.npy")) {
      Files.delete(folder.resolve(file));
    }
    assertThatThrownBy(() -> TrainedRun.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(": is a record without its model")
        .hasMessageContaining("'bsl rerun " + folder + "' trains it again");

    Files.delete(folder.resolve("provenance.json"));
    assertThatThrownBy(() -> TrainedRun.open(folder))
        .hasMessageContaining("of an unfinished run or of a search, ");
    Path fit = Files.createDirectories(root.resolve("fit"));
    assertThatThrownBy(() -> TrainedRun.open(fit))
        .hasMessage(fit + ": is not the folder of a trained run");
    Path record = Files.writeString(fit.resolve("provenance.json"), "{\"baseline\": \"ease\"}");
    assertThatThrownBy(() -> TrainedRun.open(fit))
        .isInstanceOf(InputException.class)
        .hasMessage(record + ": is of a fit of baseline ease, not of a run");
  }

  @Test
  void aModelOfAnotherRunIsNoticed() throws IOException {
    Path mine = folder;
    folder = root.resolve("other");
    run(spec("seed=2"), DATA).execute(false, RunListener.SILENT, NEVER);
    for (String file : List.of("users.npy", "items.npy", "result.json")) {
      Files.copy(
          folder.resolve(file),
          mine.resolve(file),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    assertThatThrownBy(() -> TrainedRun.open(mine)).hasMessageContaining("are of different runs");
    assertThatThrownBy(() -> new RunFolder(mine).finished(RunId.of(spec(), result.digests())))
        .hasMessageContaining("are of different runs");
  }

  @Test
  void aValueThatIsNoNumberIsNamed() throws IOException {
    EmbeddingTable items = NpyFile.read(folder.resolve("items.npy"));
    items.values()[items.offset(3) + 5] = Float.NaN;
    NpyFile.write(folder.resolve("items.npy"), items);

    assertThatThrownBy(() -> TrainedRun.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(folder.resolve("items.npy") + ": row 3, column 5 is not a finite number: NaN");
  }

  @Test
  void aHeaderThatClaimsMoreThanTheFileHasAllocatesNothing() throws IOException {
    replace("users.npy", "(40, 64), }        ", "(30000000, 64), }  ");

    assertThatThrownBy(() -> TrainedRun.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(folder.resolve("users.npy") + ": is cut short");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "provenance.json|\"tau\" : \"0.1\"|\"tau\" : null|settings.tau is null",
        "provenance.json|\"best_epoch\" :|\"best_epochs\" :|best_epoch",
        "provenance.json|\"epochs\" : 4,|\"epochs\" : null,|epochs is null",
        "provenance.json|\"format\" : 1|\"format\" : 9|is not a provenance file of format 1",
        "provenance.json|\"numerics\" : 1|\"numerics\" : {}|numerics",
        "provenance.json|\"complete\" : true,|\"complete\" true,|: is not JSON",
        "result.json|\"seed\" : 1,|\"seed\" : null,|seed is null",
        "result.json|\"seed\" : 1,||seed",
        "result.json|\"seed\" : 1,|\"seed\" : 1, \"seed\" : 2,|seed",
      })
  void aMalformedRecordIsOneLineThatNamesTheFileAndTheField(
      String file, String old, String with, String message) throws IOException {
    String before = Files.readString(folder.resolve(file));
    if (old.contains("tau") && !before.contains(old)) {
      old = before.lines().filter(l -> l.contains("\"tau\"")).findFirst().orElseThrow();
      with = with + ",";
    }
    replace(file, old, with == null ? "" : with);

    assertThatThrownBy(() -> TrainedRun.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve(file).toString())
        .hasMessageContaining(message)
        .hasMessageMatching("[^\\n]*");
    assertThatThrownBy(() -> run().execute(true, RunListener.SILENT, MUST_NOT_TRAIN))
        .isInstanceOf(InputException.class);
  }

  /** What the parser adds for programmers, such as names of its own settings, is left out. */
  @Test
  void messagesAreWholeSentencesWithoutNamesOfTheParser() throws IOException {
    Path file = folder.resolve("provenance.json");
    replace("provenance.json", "\"complete\" : true", "\"complete\" : \"yes\"");
    assertThatThrownBy(() -> TrainedRun.open(folder))
        .hasMessage(file + ": complete: Cannot coerce String value (\"yes\") to `boolean` value");

    Files.writeString(file, "{");
    assertThatThrownBy(() -> TrainedRun.open(folder))
        .hasMessage(
            file + ":1: is not JSON: Unexpected end-of-input: expected close marker for Object");
  }

  @Test
  void aRecordThatIsNullIsNotAnObject() throws IOException {
    Files.writeString(folder.resolve("provenance.json"), "null");

    assertThatThrownBy(() -> TrainedRun.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(folder.resolve("provenance.json") + ": is not a JSON object");
  }

  @Test
  void recordsOfTheFirstFormatCanBeRead() throws IOException {
    for (String file : List.of("provenance.json", "result.json")) {
      String text = Files.readString(folder.resolve(file));
      String older =
          text.replaceAll(",\\s*\"(numerics|stopped_early)\" : [^,}\\s]+", "")
              .replaceAll(",\\s*\"deviations\" : \\[ ]", "");
      assertThat(older).doesNotContain("numerics", "deviations", "stopped_early");
      Files.writeString(folder.resolve(file), older);
    }

    TrainedRun run = TrainedRun.open(folder);
    assertThat(run.provenance().numerics()).isEqualTo(1);
    assertThat(run.result()).isEqualTo(result);
  }

  @Test
  void allRecordsOfTheDocumentsCanBeRead() throws IOException {
    Path records = Path.of("..", "docs", "results", "runs");
    int provenances = 0;
    int results = 0;
    try (var runs = Files.list(records)) {
      for (Path run : runs.filter(Files::isDirectory).toList()) {
        Path file = run.resolve("provenance.json");
        assertThat(Provenance.read(file).id(file).digest()).hasSize(64);
        provenances++;
        if (Files.exists(run.resolve("result.json"))) {
          assertThat(new RunFolder(run).result()).isPresent();
          results++;
        }
      }
    }
    assertThat(provenances).as("records of runs in " + records).isPositive();
    assertThat(results).as("records of results in " + records).isPositive();
  }

  @Test
  void leftoversOfAKilledProcessGo() throws IOException {
    Files.createDirectories(folder.resolve("checkpoint-000001.tmp"));
    Files.writeString(folder.resolve("checkpoint-000001.tmp/state-0.npy"), "half");
    Files.createDirectories(folder.resolve("checkpoint-000002"));
    Files.createDirectories(folder.resolve("checkpoint-000003.deleted"));
    Files.writeString(folder.resolve("users.npy.tmp"), "half");
    Path mine = Files.writeString(folder.resolve("notes.tmp"), "mine");

    assertThat(run().execute(true, RunListener.SILENT, MUST_NOT_TRAIN)).isEqualTo(result);

    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              ".lock",
              "catalogue.json",
              "curve.csv",
              "items.npy",
              "notes.tmp",
              "per-user.npy",
              "provenance.json",
              "result.json",
              "users.npy");
    }
    assertThat(mine).hasContent("mine");
  }

  @Test
  void aDamagedCheckpointIsNoticed() throws IOException {
    folder = root.resolve("cut");
    int[] steps = {5};
    run().execute(false, RunListener.SILENT, () -> steps[0]-- <= 0);
    Path state = folder.resolve("checkpoint-000001/state-1.npy");
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length - 7] ^= 2;
    Files.write(state, bytes);

    assertThatThrownBy(() -> run().execute(true, RunListener.SILENT, NEVER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("state-1.npy: is damaged")
        .hasMessageEndingWith("delete it to begin the run anew");
  }

  @Test
  void anInterruptionLosesNothingButTheOpenEpoch() {
    folder = root.resolve("interrupted");
    RunSpec spec = spec("epochs=6");
    RunData data = RunData.of(DATA, spec);
    int[] steps = {11};
    RunResult part =
        new TrainingRun(spec, data, "none", 1, new RunFolder(folder))
            .execute(false, RunListener.SILENT, () -> steps[0]-- <= 0);
    int[] from = {-1};
    new TrainingRun(spec, data, "none", 1, new RunFolder(folder))
        .execute(
            true,
            new RunListener() {
              @Override
              public void started(int doneEpochs, int epochs, int stepsPerEpoch) {
                from[0] = doneEpochs;
                assertThat(11 / stepsPerEpoch).isEqualTo(doneEpochs);
              }
            },
            NEVER);

    assertThat(part.complete()).isFalse();
    assertThat(part.epochs()).isPositive();
    assertThat(from[0]).isEqualTo(part.epochs());
  }

  @ParameterizedTest
  @CsvSource({"5,1", "5,7", "1,2", "3,3", "4,50"})
  void patienceIsJudgedAtEvaluationsOnly(int every, int patience) {
    folder = root.resolve("patient");
    RunSpec spec =
        spec("epochs=60", "learning_rate=0.05", "evaluate_every=" + every, "patience=" + patience);
    RunResult early = run(spec, DATA).execute(false, RunListener.SILENT, NEVER);
    List<EpochRecord> curve = new RunFolder(folder).curve();

    int best = 0;
    int stop = 60;
    double highest = -1;
    for (EpochRecord record : curve) {
      if (record.metrics().isEmpty()) {
        continue;
      }
      if (record.metrics().get("recall@20") > highest) {
        highest = record.metrics().get("recall@20");
        best = record.epoch();
      } else if (record.epoch() - best >= patience && stop == 60) {
        stop = record.epoch();
      }
    }
    assertThat(early.epochs()).isEqualTo(stop).isEqualTo(curve.size());
    assertThat(early.bestEpoch()).isEqualTo(best);
    assertThat(early.stoppedEarly()).isEqualTo(stop < 60);
    assertThat(curve.get(curve.size() - 1).metrics()).isNotEmpty();
    if (patience < 50) {
      assertThat(stop).as("the case is one that stops early").isLessThan(60);
    }
  }

  @Test
  void anErrorThatIsNoDivergenceIsNotCalledOne() {
    folder = root.resolve("error");

    assertThatThrownBy(
            () ->
                run()
                    .execute(
                        false,
                        new RunListener() {
                          @Override
                          public void stepped(int step) {
                            throw new IllegalArgumentException("somebody's mistake");
                          }
                        },
                        NEVER))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("somebody's mistake");
  }

  @Test
  void aDataSetThatIsNotTheCataloguesIsSaidToDeviate() {
    folder = root.resolve("deviating");
    Split named = Split.of("ml-1m", DATA.train(), DATA.test());
    RunSpec spec = spec("dataset=ml-1m");
    List<String> heard = new ArrayList<>();
    RunResult deviating =
        run(spec, named)
            .execute(
                false,
                new RunListener() {
                  @Override
                  public void dataDeviates(List<String> differences) {
                    heard.addAll(differences);
                  }
                },
                NEVER);

    assertThat(heard).isNotEmpty().anyMatch(line -> line.startsWith("users: 40 instead of"));
    assertThat(deviating.deviations()).isEqualTo(heard);
    assertThat(TrainedRun.open(folder).provenance().deviations()).isEqualTo(heard);
    assertThat(result.deviations()).isEmpty();
  }

  @Test
  void aFolderHasOneWriterAtATime() throws Exception {
    folder = root.resolve("shared");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<RunResult> first =
          other.submit(
              () ->
                  run()
                      .execute(
                          false,
                          new RunListener() {
                            @Override
                            public void epochDone(EpochRecord record, boolean best) {
                              begun.countDown();
                              try {
                                goOn.await();
                              } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                              }
                            }
                          },
                          NEVER));
      begun.await();

      assertThat(new RunFolder(folder).holder()).isPresent();
      assertThatThrownBy(() -> run().execute(true, RunListener.SILENT, MUST_NOT_TRAIN))
          .isInstanceOf(RunHeldException.class)
          .hasMessageContaining("is being trained by process " + ProcessHandle.current().pid());
      assertThatThrownBy(() -> run().execute(false, RunListener.SILENT, MUST_NOT_TRAIN))
          .isInstanceOf(RunHeldException.class);

      goOn.countDown();
      assertThat(first.get().modelSha256()).isEqualTo(result.modelSha256());
      assertThat(new RunFolder(folder).holder()).isEmpty();
      assertThat(run().execute(false, RunListener.SILENT, MUST_NOT_TRAIN)).isEqualTo(first.get());
    } finally {
      goOn.countDown();
      other.shutdown();
    }
  }

  @Test
  void aSchedulerWaitsForARunThatSomebodyElseTrains() throws IOException {
    RunSpec mine = spec("seed=5");
    RunSpec theirs = spec("seed=6");
    RunStore store = new RunStore(root.resolve("store"), name -> DATA);
    Path held = Files.createDirectories(store.folder(theirs));
    ProcessLock lock = ProcessLock.take(held.resolve(".lock")).orElseThrow();
    List<String> heard = new ArrayList<>();
    RunScheduler.Listener listener =
        new RunScheduler.Listener() {
          @Override
          public void heldByOther(RunSpec spec, String holder) {
            heard.add("held " + spec.seed());
          }

          @Override
          public void finished(RunSpec spec, RunResult done) {
            heard.add("finished " + spec.seed());
            if (spec.equals(mine)) {
              // The other one dies: its lock goes, its run is not finished.
              RunFolder.release(lock);
            }
          }
        };

    Map<RunSpec, RunResult> results =
        new RunScheduler(store, 1, true).run(List.of(theirs, mine), listener, NEVER);

    assertThat(heard).containsExactly("held 6", "finished 5", "finished 6");
    assertThat(results.keySet()).containsExactly(theirs, mine);
  }
}
