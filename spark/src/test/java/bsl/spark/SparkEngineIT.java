package bsl.spark;

import static org.assertj.core.api.Assertions.assertThat;

import bsl.data.DatasetWriter;
import bsl.data.SyntheticDatasets;
import bsl.data.SyntheticPreset;
import bsl.run.EpochRecord;
import bsl.run.Provenance;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import outside.BreakingLoss;

/** Runs in a cluster of Spark's with executors in processes of their own. */
class SparkEngineIT {
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions=";

  private static final String RESULT_LIMIT = "spark.driver.maxResultSize";

  /** Between cells: not within quotes. */
  private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  @TempDir Path folder;

  private RunStore local(List<RunSpec> runs) {
    RunStore store = Sweeps.store(folder.resolve("local"));
    new RunScheduler(store, 1, false).run(runs, new RunScheduler.Listener() {}, () -> false);
    return store;
  }

  /** Everything but times and what is said of machines. */
  private static void assertSameBits(RunStore here, RunStore there, List<RunSpec> runs)
      throws IOException {
    for (RunSpec spec : runs) {
      RunResult one = here.finished(spec).orElseThrow();
      RunResult other = there.finished(spec).orElseThrow();
      assertThat(other)
          .as(spec.toString())
          .usingRecursiveComparison()
          .ignoringFields(
              "trainSeconds", "secondsPerEpoch", "evalSeconds", "peakHeapBytes", "kernels")
          .isEqualTo(one);
      for (String file : List.of("users.npy", "items.npy", "per-user.npy")) {
        assertThat(there.folder(spec).resolve(file))
            .hasSameBinaryContentAs(here.folder(spec).resolve(file));
      }
      assertThat(new RunFolder(there.folder(spec)).curve())
          .usingElementComparator(SparkEngineIT::byContent)
          .isEqualTo(new RunFolder(here.folder(spec)).curve());
      Provenance how = Provenance.read(there.folder(spec).resolve("provenance.json"));
      assertThat(how.preset()).isEqualTo("fast");
    }
  }

  /** What it was told of runs and workers; that workers take long to start is no news. */
  private static List<String> notices(Driver driver) {
    return driver.said().stream()
        .filter(line -> line.startsWith("notice "))
        .filter(line -> !line.startsWith("notice no worker "))
        .toList();
  }

  private static int byContent(EpochRecord one, EpochRecord other) {
    boolean same =
        one.epoch() == other.epoch()
            && one.loss() == other.loss()
            && one.metrics().equals(other.metrics());
    return same ? 0 : 1;
  }

  @Test
  void eightRunsHaveTheBitsOfLocalOnes() throws IOException, InterruptedException {
    List<RunSpec> runs = Sweeps.eight();
    Path store = folder.resolve("cluster");
    try (Driver driver = Driver.sweep(folder, "eight", store)) {
      assertThat(driver.code()).as(driver.complaints()).isZero();

      assertThat(driver.said()).filteredOn(line -> line.startsWith("finished ")).hasSize(8);
      assertThat(notices(driver)).isEmpty();
      assertThat(driver.complaints().lines().filter(line -> line.startsWith("spark: "))).isEmpty();
    }

    assertSameBits(local(runs), Sweeps.store(store), runs);
  }

  @Test
  void checkpointsGoToAnEpochAndBackToAnotherWorker() throws IOException, InterruptedException {
    List<RunSpec> runs = Sweeps.eight();
    Path store = folder.resolve("cluster");
    for (String to : List.of("to=1", "to=2")) {
      try (Driver driver = Driver.sweep(folder, "eight", store, to)) {
        assertThat(driver.code()).as(driver.complaints()).isZero();
        assertThat(driver.said())
            .filteredOn(
                line -> line.startsWith("advanced ") && line.endsWith(" " + to.substring(3)))
            .hasSize(8);
      }
    }
    for (RunSpec spec : runs) {
      assertThat(Sweeps.store(store).folder(spec).resolve("checkpoint-000002")).isDirectory();
    }

    // What the cluster has begun goes on here, to the bits of a run that was never moved.
    RunStore moved = Sweeps.store(store);
    new RunScheduler(moved, 1, true).run(runs, new RunScheduler.Listener() {}, () -> false);
    assertSameBits(local(runs), moved, runs);
  }

  @Test
  void aRunGoesOnWhenItsExecutorIsKilled() throws IOException, InterruptedException {
    List<RunSpec> runs = Sweeps.one();
    Path store = folder.resolve("shared");
    String often = EXECUTOR_OPTIONS + "-Dbsl.checkpoint.seconds=0";
    try (Driver driver = Driver.sweep(folder, "one", store, "shared", often)) {
      driver.await(line -> line.startsWith("trained ") && epochs(line) >= 20);
      for (ProcessHandle executor : driver.executors()) {
        executor.destroyForcibly();
      }
      driver.await(line -> line.startsWith("notice run "));
      String notice = driver.said().get(driver.said().size() - 1);
      driver.await(line -> line.startsWith("started "));
      driver.await(line -> line.startsWith("trained "));
      String first = driver.said().get(driver.said().size() - 1);
      assertThat(driver.code()).as(driver.complaints()).isZero();

      assertThat(notice).contains("was lost").contains("it is trained again");
      assertThat(epochs(first)).as("from the checkpoint").isGreaterThanOrEqualTo(20);
      assertThat(driver.said()).last().isEqualTo("end");
    }

    assertSameBits(local(runs), Sweeps.store(store), runs);
    assertThat(new RunFolder(Sweeps.store(store).folder(runs.get(0))).holder()).isEmpty();
  }

  private static int epochs(String line) {
    return Integer.parseInt(line.substring("trained ".length()));
  }

  @Test
  void aRunThatFailsTwiceIsReportedAndTheRestGoesOn() throws IOException, InterruptedException {
    Path store = folder.resolve("cluster");
    String breaks = EXECUTOR_OPTIONS + "-D" + BreakingLoss.PROPERTY + "=always";
    try (Driver driver = Driver.sweep(folder, "outside", store, breaks)) {
      assertThat(driver.code()).as(driver.complaints()).isZero();

      assertThat(driver.said()).filteredOn(line -> line.startsWith("kept ")).hasSize(3);
      assertThat(driver.said())
          .filteredOn(line -> line.startsWith("reported "))
          .singleElement()
          .asString()
          .contains("tiny-mf-breaking", "epochs 2", "failed twice", "it breaks");
    }
    List<RunSpec> others = Sweeps.withOutsideLoss().subList(1, 4);
    assertSameBits(local(others), Sweeps.store(store), others);
  }

  /** Models and checkpoints come to more than Spark allows by itself. */
  @Test
  void noResultIsTooLargeUnlessTheUserSaysSo() throws IOException, InterruptedException {
    for (String own : List.of("", "3g")) {
      String[] settings = own.isEmpty() ? new String[0] : new String[] {RESULT_LIMIT + "=" + own};
      try (Driver driver = Driver.main(folder, "bsl.spark.SettingsMain", settings)) {
        assertThat(driver.code()).as(driver.complaints()).isZero();
        assertThat(driver.said()).contains(RESULT_LIMIT + " " + (own.isEmpty() ? "0" : own));
      }
    }
  }

  /** The files of a finished run are 4 kB and more. */
  @Test
  void aRunWhoseResultSparkDropsIsTrainedOnce() throws IOException, InterruptedException {
    Path store = folder.resolve("cluster");
    try (Driver driver = Driver.sweep(folder, "one", store, RESULT_LIMIT + "=1k")) {
      assertThat(driver.code()).as(driver.complaints()).isZero();

      assertThat(driver.said()).filteredOn(line -> line.startsWith("started ")).hasSize(1);
      assertThat(driver.said())
          .filteredOn(line -> line.startsWith("reported "))
          .singleElement()
          .asString()
          .contains("drops its result", "is bigger than " + RESULT_LIMIT);
    }
  }

  @Test
  void aRunThatFailsOnceIsTrainedAgain() throws IOException, InterruptedException {
    Path store = folder.resolve("cluster");
    String breaks = EXECUTOR_OPTIONS + "-D" + BreakingLoss.PROPERTY + "=" + folder.resolve("broke");
    String shas;
    try (Driver driver = Driver.sweep(folder, "outside", store, breaks)) {
      assertThat(driver.code()).as(driver.complaints()).isZero();

      assertThat(driver.said()).last().isEqualTo("end");
      assertThat(notices(driver))
          .singleElement()
          .asString()
          .contains("failed", "it breaks", "trained again");
      shas = String.join("\n", driver.said());
    }
    RunSpec outside = Sweeps.withOutsideLoss().get(0);
    RunStore here = local(List.of(outside));
    assertThat(shas).contains(here.finished(outside).orElseThrow().modelSha256());
  }

  @Test
  void aWorkerWithoutVectorsGivesTheSameBitsAndIsTold() throws IOException, InterruptedException {
    List<RunSpec> runs = Sweeps.eight();
    Path store = folder.resolve("cluster");
    String scalar = EXECUTOR_OPTIONS + "-Dbsl.kernels=scalar";
    try (Driver driver = Driver.sweep(folder, "eight", store, scalar)) {
      assertThat(driver.code()).as(driver.complaints()).isZero();

      assertThat(notices(driver)).singleElement().asString().contains("without vectors");
    }
    assertThat(Sweeps.store(store).finished(runs.get(0)).orElseThrow().kernels())
        .isEqualTo("scalar");
    assertSameBits(local(runs), Sweeps.store(store), runs);
  }

  /** Where workers come with the jobs, as administrators often have it, none is there before. */
  @Test
  void aClusterThatGrowsWithTheWorkIsUsed() throws IOException, InterruptedException {
    List<RunSpec> runs = Sweeps.eight();
    Path store = folder.resolve("cluster");
    String dynamic = "spark.dynamicAllocation.enabled=true";
    try (Driver driver = Driver.sweep(folder, "eight", store, dynamic)) {
      assertThat(driver.code()).as(driver.complaints()).isZero();

      assertThat(driver.said()).last().isEqualTo("end");
    }
    assertSameBits(local(runs), Sweeps.store(store), runs);
  }

  @Test
  void aSettingThatSparkRefusesIsToldInOneLine() throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    DatasetWriter.write(SyntheticDatasets.make(SyntheticPreset.TINY, 1), data);
    String[] words = {
      "compare",
      "--dataset",
      "tiny",
      "--loss",
      "sl,bsl",
      "--preset",
      "none",
      "--data",
      data.toString(),
      "--conf",
      "spark.task.cpus=two"
    };
    try (Driver driver = Driver.commandLine(folder, words)) {
      assertThat(driver.code()).as(driver.complaints()).isEqualTo(2);
      assertThat(driver.complaints().lines())
          .filteredOn(line -> !line.startsWith("WARNING: ") && !line.contains(" WARN "))
          .singleElement()
          .asString()
          .startsWith("bsl: --master local-cluster")
          .endsWith(": cannot be used: spark.task.cpus should be int, but was two");
    }
  }

  /** As a speculative copy is, or a task on a machine that was given up and is still at work. */
  @Test
  void ofTwoTasksForARunInASharedStoreOneTrains() throws IOException, InterruptedException {
    Path store = folder.resolve("shared");
    try (Driver driver = Driver.main(folder, "bsl.spark.TwinMain", store.toString())) {
      assertThat(driver.code()).as(driver.complaints()).isZero();

      // The files' digests: the second one's result has the first one's times in it.
      assertThat(driver.said()).hasSize(2);
      assertThat(driver.said().get(1)).isEqualTo(driver.said().get(0));
    }
    List<RunSpec> runs = Sweeps.one();
    assertSameBits(local(runs), Sweeps.store(store), runs);
  }

  @Test
  void aSecondEngineInOneProcessTrainsOnItsOwnData() throws IOException, InterruptedException {
    Path stores = folder.resolve("cluster");
    try (Driver driver = Driver.main(folder, "bsl.spark.TwoEnginesMain", stores.toString())) {
      assertThat(driver.code()).as(driver.complaints()).isZero();
    }
    List<RunSpec> one = Sweeps.eight().subList(0, 1);
    for (int seed = 1; seed <= 2; seed++) {
      RunStore here = TwoEnginesMain.store(folder.resolve("local"), seed);
      new RunScheduler(here, 1, false).run(one, new RunScheduler.Listener() {}, () -> false);
      assertSameBits(here, TwoEnginesMain.store(stores, seed), one);
    }
  }

  /** A JVM has one context at a time, so what is left behind would be in the way of the next. */
  @Test
  void anInterruptedDriverLeavesNoContext() throws IOException, InterruptedException {
    try (Driver driver = Driver.main(folder, "bsl.spark.InterruptedMain")) {
      assertThat(driver.code()).as(driver.complaints()).isZero();
      assertThat(driver.said())
          .containsExactly(
              "interrupted while the cluster was waited for",
              "interrupted true",
              "second context on local[1]",
              "interrupted while the cluster was waited for",
              "interrupted true",
              "second context on local[1]",
              "lanes 2",
              "interrupted true",
              "second context on local[1]");
    }
  }

  @Test
  void anInterruptedDriverKeepsWhatIsFinished() throws IOException, InterruptedException {
    Path runs = folder.resolve("runs");
    String[] words = {
      "reproduce",
      "bsl-ablation",
      "--profile",
      "quick",
      "--seeds",
      "2",
      "--data",
      folder + "/data",
      "--runs",
      runs.toString(),
      "--out",
      folder + "/report"
    };
    // Each executor holds its second run, so that there is no end to come before the interruption.
    List<String> held = new ArrayList<>(List.of(words));
    held.addAll(List.of("--conf", "spark.plugins=" + HoldingPlugin.class.getName()));
    try (Driver driver = Driver.commandLine(folder, held.toArray(String[]::new))) {
      driver.awaitComplaint(line -> line.startsWith("1/8 "));
      driver.interrupt();
      assertThat(driver.code()).as(driver.complaints()).isIn(130, 143);
      assertThat(driver.complaints()).contains("bsl: interrupted", "of 8 runs are finished");
    }
    try (Driver driver = Driver.commandLine(folder, words)) {
      assertThat(driver.code()).as(driver.complaints()).isZero();
      assertThat(String.join("\n", driver.said())).containsPattern("8 runs, [12] of them finished");
    }
  }

  @Test
  void aSearchFindsWhatALocalOneFinds() throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    DatasetWriter.write(SyntheticDatasets.make(SyntheticPreset.TINY, 1), data);
    List<String> presets = new ArrayList<>();
    for (boolean cluster : List.of(false, true)) {
      Path there = Files.createDirectories(folder.resolve(cluster ? "cluster" : "here"));
      String[] words = {
        "tune", "--dataset", "tiny", "--trials", "9", "--seeds", "2", "--data", data.toString()
      };
      try (Driver driver =
          cluster ? Driver.commandLine(there, words) : Driver.localCommandLine(there, words)) {
        assertThat(driver.code()).as(driver.complaints()).isZero();
      }
      try (Stream<Path> files = Files.walk(there.resolve("work"))) {
        Path preset = files.filter(f -> f.endsWith("tiny-mf-bsl.yaml")).findFirst().orElseThrow();
        presets.add(
            Files.readAllLines(preset).stream()
                .filter(line -> !line.startsWith("# Found by"))
                .collect(Collectors.joining("\n")));
      }
    }
    assertThat(presets.get(1)).isEqualTo(presets.get(0));
  }

  @Test
  void aComparisonFindsWhatALocalOneFinds() throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    DatasetWriter.write(SyntheticDatasets.make(SyntheticPreset.TINY, 1), data);
    List<String> tables = new ArrayList<>();
    for (boolean cluster : List.of(false, true)) {
      Path there = Files.createDirectories(folder.resolve(cluster ? "cluster" : "here"));
      String[] words = {
        "compare",
        "--dataset",
        "tiny",
        "--loss",
        "sl,bsl",
        "--set",
        "sl.epochs=2",
        "--set",
        "bsl.epochs=9",
        "--baseline",
        "popularity",
        "--seeds",
        "3",
        "--data",
        data.toString()
      };
      try (Driver driver =
          cluster ? Driver.commandLine(there, words) : Driver.localCommandLine(there, words)) {
        assertThat(driver.code()).as(driver.complaints()).isZero();
        assertThat(driver.complaints()).contains("mf-bsl: looking for ");
      }
      tables.add(withoutTimes(there.resolve("work/compare/tiny-mf-sl-bsl-popularity")));
    }
    assertThat(tables.get(1)).contains("mf-bsl").isEqualTo(tables.get(0));
  }

  /** All tables of a comparison, but for the columns that differ from one time to the next. */
  private static String withoutTimes(Path report) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(report)) {
      for (Path csv : files.filter(file -> file.toString().endsWith(".csv")).sorted().toList()) {
        all.append(csv.getFileName()).append('\n');
        List<Integer> times = new ArrayList<>();
        for (String line : Files.readAllLines(csv)) {
          List<String> cells = new ArrayList<>(List.of(COMMA.split(line, -1)));
          if (times.isEmpty()) {
            for (int column = cells.size() - 1; column >= 0; column--) {
              if (cells.get(column).endsWith("_seconds")) {
                times.add(column);
              }
            }
          }
          times.forEach(column -> cells.remove((int) column));
          all.append(String.join(",", cells)).append('\n');
        }
      }
    }
    return all.toString();
  }
}
