package bsl.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bsl.core.Interactions;
import bsl.core.Split;
import bsl.losses.LossKinds;
import bsl.run.InputException;
import bsl.run.MemoryTempDir;
import bsl.run.Presets;
import bsl.run.RunListener;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.SettingKey;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortSearchTest {
  @TempDir(factory = MemoryTempDir.class)
  Path folder;

  private RunStore store;

  /** Every setting of a loss on a start; as few epochs as a search takes. */
  private static RunSpec run(String loss) {
    return Presets.spec("fast", "tiny", "mf", loss)
        .with(SettingKey.DIMENSION, 8)
        .with(SettingKey.EPOCHS, 9);
  }

  @BeforeEach
  void makeStore() {
    store = TuningTest.store(folder.resolve("runs"));
  }

  private Optional<ShortSearch> search(RunSpec run, SettingKey... given) {
    return ShortSearch.of(store, run, Set.of(given));
  }

  /** Counts trials that are trained now. */
  private static final class Count implements TuningListener {
    private final Set<Integer> trials = new HashSet<>();
    private final List<Integer> wanted = new ArrayList<>();
    private int finalists;

    @Override
    public void begins(int begun, int of) {
      wanted.addAll(List.of(begun, of));
    }

    @Override
    public void arrived(Standing standing, boolean now, TuningStatus status) {
      if (now) {
        trials.add(standing.trial().number());
        finalists += standing.epochs() == standing.trial().run().epochs() ? 1 : 0;
      }
    }
  }

  @Test
  void itTriesEveryCombinationAndChangesNothingElse() {
    RunSpec run = run("bsl").with(SettingKey.SEED, 7);
    Count count = new Count();
    RunSpec found = search(run).orElseThrow().find(2, count, () -> false).orElseThrow();

    assertThat(count.wanted).containsExactly(24, 24);
    assertThat(count.trials).hasSize(24);
    assertThat(count.finalists).as("on small data all come to the end").isEqualTo(24);
    assertThat(
            found
                .with(SettingKey.TAU, run.tau())
                .with(SettingKey.TAU_RATIO, run.tauRatio())
                .with(SettingKey.NEGATIVE_NOISE, run.negativeNoise()))
        .isEqualTo(run);
    assertThat(found.preset())
        .isEqualTo("fast, tau, tau_ratio and negative_noise by a short search");
  }

  @Test
  void longerTrainingsEndEarlyButForTwo() {
    RunSpec run = run("sl").with(SettingKey.BATCH_USERS, 1).with(SettingKey.EPOCHS, 18);
    Count count = new Count();
    search(run).orElseThrow().find(2, count, () -> false).orElseThrow();

    assertThat(count.trials).hasSize(12);
    assertThat(count.finalists).isEqualTo(2);
  }

  @Test
  void onSmallDataWhatItFindsIsTheBest() {
    RunSpec run = run("sl");
    RunSpec found = search(run).orElseThrow().find(2, TuningListener.SILENT, () -> false).get();

    for (double tau : new double[] {0.07, 0.1, 0.14, 0.2, 0.28, 0.4}) {
      assertThat(heldOut(found.with(SettingKey.TAU, found.tau())))
          .isGreaterThanOrEqualTo(heldOut(run.with(SettingKey.TAU, tau)))
          .isGreaterThanOrEqualTo(
              heldOut(run.with(SettingKey.TAU, tau).with(SettingKey.NEGATIVE_NOISE, 1)));
    }
  }

  private double heldOut(RunSpec run) {
    RunSpec trial = TrialDraws.asTrial(run);
    return store
        .run(trial, "fast", 1)
        .execute(true, RunListener.SILENT, () -> false)
        .validationMetrics()
        .get("ndcg@20");
  }

  @Test
  void seedsAndProtocolsShareOneSearch() {
    RunSpec run = run("sl");
    RunSpec found = search(run).orElseThrow().find(2, TuningListener.SILENT, () -> false).get();

    assertThat(search(run).orElseThrow().found()).contains(found);
    RunSpec other = run.with(SettingKey.SEED, 3).with(SettingKey.PROTOCOL, "held-out");
    Count again = new Count();
    RunSpec same = search(other).orElseThrow().find(1, again, () -> false).orElseThrow();
    assertThat(again.trials).isEmpty();
    assertThat(same)
        .isEqualTo(
            other
                .with(SettingKey.TAU, found.tau())
                .with(SettingKey.NEGATIVE_NOISE, found.negativeNoise()));
  }

  @Test
  void searchesOfOtherSettingsForTheSameRunDoNotMeet() {
    RunSpec run = run("bsl");
    search(run).orElseThrow().find(2, TuningListener.SILENT, () -> false);

    RunSpec found =
        search(run, SettingKey.TAU).orElseThrow().find(2, TuningListener.SILENT, () -> false).get();
    assertThat(found.tau()).isEqualTo(run.tau());
  }

  @Test
  void settingsThatTheRunDoesNotReadAreNoObstacle() {
    RunSpec run = run("sl");
    RunSpec found = search(run).orElseThrow().find(2, TuningListener.SILENT, () -> false).get();

    RunSpec layers = run.with(SettingKey.LAYERS, 5);
    Count again = new Count();
    RunSpec same = search(layers).orElseThrow().find(2, again, () -> false).orElseThrow();
    assertThat(again.trials).as("all are finished").isEmpty();
    assertThat(same.tau()).isEqualTo(found.tau());
  }

  @Test
  void aSearchThatSomebodyElseIsAtIsWaitedFor() {
    ShortSearch search = search(run("sl")).orElseThrow();
    List<String> holders = new ArrayList<>();
    TuningListener first =
        new TuningListener() {
          private boolean asked;

          @Override
          public void arrived(Standing standing, boolean now, TuningStatus status) {
            if (!asked) {
              asked = true;
              TuningListener second =
                  new TuningListener() {
                    @Override
                    public void searchedByOther(String holder) {
                      holders.add(holder);
                    }
                  };
              assertThat(search(run("sl")).orElseThrow().find(1, second, () -> true)).isEmpty();
            }
          }
        };

    assertThat(search.find(1, first, () -> false)).isPresent();
    assertThat(holders).hasSize(1);
  }

  @Test
  void everythingIsWrittenIntoTheStore() throws IOException {
    search(run("sl")).orElseThrow().find(2, TuningListener.SILENT, () -> false);

    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(store.folder());
    }
    assertThat(searches(store.folder())).hasSize(1);
  }

  private static List<Path> searches(Path store) throws IOException {
    try (Stream<Path> all = Files.list(store.resolve(".start"))) {
      return all.toList();
    }
  }

  /** A folder in place of the lock is what the owner of all files cannot write to, either. */
  @Test
  void aFinishedSearchIsReadWhereNothingCanBeWritten() throws IOException {
    RunSpec found =
        search(run("sl")).orElseThrow().find(2, TuningListener.SILENT, () -> false).orElseThrow();
    Path searched = searches(store.folder()).get(0);
    byte[] record = Files.readAllBytes(searched.resolve("tune.json"));
    Files.delete(searched.resolve(".lock"));
    Files.createDirectory(searched.resolve(".lock"));

    assertThat(search(run("sl")).orElseThrow().find(2, TuningListener.SILENT, () -> false))
        .contains(found);
    assertThat(searched.resolve("tune.json")).hasBinaryContent(record);

    Files.delete(searched.resolve("tune.json"));
    Files.delete(searched.resolve("preset.yaml"));
    ShortSearch unfinished = search(run("sl")).orElseThrow();
    assertThatThrownBy(() -> unfinished.find(2, TuningListener.SILENT, () -> false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(": cannot be made or locked for writing: ");
  }

  /** What a jar with a loss of its own brings along. */
  @Test
  void settingsOfAStartWithASingleValueAreThoseOfTheRunThatIsTrained() throws IOException {
    withStart(
        "ccl",
        "margin: 0.7\nnegative_weight: [1, 5]\n",
        () -> {
          RunSpec found =
              search(run("ccl")).orElseThrow().find(2, TuningListener.SILENT, () -> false).get();

          assertThat(run("ccl").text(SettingKey.MARGIN)).isNotEqualTo("0.7");
          assertThat(found.text(SettingKey.MARGIN)).isEqualTo("0.7");
        });
  }

  @Test
  void onceCancelledItFindsNothingAndGoesOnLater() {
    ShortSearch search = search(run("sl")).orElseThrow();

    assertThat(search.found()).isEmpty();
    assertThat(search.find(1, TuningListener.SILENT, () -> true)).isEmpty();
    assertThat(search.found()).as("of a search that is broken off").isEmpty();
    assertThat(search.find(1, TuningListener.SILENT, () -> false)).isPresent();
  }

  @Test
  void settingsThatAreGivenAreNotSearched() {
    ShortSearch ratio = search(run("bsl"), SettingKey.TAU).orElseThrow();
    assertThat(ratio.named()).isEqualTo("tau_ratio and negative_noise");
    ShortSearch temperature =
        search(run("bsl"), SettingKey.TAU_RATIO, SettingKey.NEGATIVE_NOISE).orElseThrow();
    assertThat(temperature.named()).isEqualTo("tau");
    assertThat(search(run("bsl"), SettingKey.TAU, SettingKey.TAU_RATIO)).isEmpty();
  }

  @Test
  void miniBatchesOfPairsHaveNoOwnPositivesToLeaveOut() {
    RunSpec pairs = Presets.spec("fast", "tiny", "ngcf", "bsl");
    assertThat(search(pairs).orElseThrow().named()).isEqualTo("tau and tau_ratio");
  }

  @Test
  void shortTrainingsAreNotSearchedFor() {
    assertThat(search(run("sl").with(SettingKey.EPOCHS, 8))).isEmpty();
    assertThat(search(run("sl").with(SettingKey.EPOCHS, 9))).isPresent();
  }

  @Test
  void whatIsLookedForIsReadByTheLossesRuns() {
    for (String loss : LossKinds.names()) {
      search(run(loss))
          .ifPresent(search -> assertThat(search.space().readBy(run(loss), true)).isNotNull());
    }
  }

  @Test
  void whereNobodyHasPairsToHoldOutThereIsNothingToCompareOn() {
    Interactions pairs = Interactions.of(2, 3, new int[] {0, 1}, new int[] {0, 1});
    Split few = new Split("tiny", pairs, Optional.empty(), pairs);
    store = new RunStore(folder.resolve("few"), name -> few);

    assertThat(search(run("sl"))).isEmpty();
  }

  @Test
  void aStartWithARangeIsRefused() throws IOException {
    withStart(
        "renyi",
        "order: {from: 1.1, to: 3}\n",
        () ->
            assertThatThrownBy(() -> search(run("renyi")))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                    "loss-renyi.yaml:1: order needs a list of values, not a range"));
  }

  /** Does something with a jar on the class path that has values to start from for a loss. */
  private void withStart(String loss, String yaml, Runnable what) throws IOException {
    Path jar = folder.resolve("jar");
    Path starts = Files.createDirectories(jar.resolve("bsl/tune/starts"));
    Files.writeString(starts.resolve("loss-" + loss + ".yaml"), yaml);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Its own resources come first, as those of a jar in BSL_CLASSPATH do.
    try (URLClassLoader own =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, before) {
          @Override
          public URL getResource(String name) {
            URL here = findResource(name);
            return here == null ? super.getResource(name) : here;
          }
        }) {
      thread.setContextClassLoader(own);
      what.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
