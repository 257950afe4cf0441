package bsl.tune;

import bsl.core.Sha256;
import bsl.core.Split;
import bsl.run.DataSize;
import bsl.run.LocalEngine;
import bsl.run.RunEngine;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.SettingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds the settings of a loss that no preset can know for a data set, such as the temperature of
 * softmax loss: a few values of each, compared on pairs held out of train. In mini-batches of users
 * it also finds whether a user's own positives should be among the negatives.
 *
 * <p>It is a {@link Tuning} over a small space, all combinations of it, for runs that start from
 * settings for any data set. The best temperature follows from the number of items, how many pairs
 * each user has, and how regular they are. So it is looked for rather than computed. All seeds and
 * protocols of a run share one search, whose trials have seed 1 and protocol {@code held-out}. It
 * is kept in the store, beside the runs.
 */
public final class ShortSearch {
  /** Runs of fewer epochs are over before trials can be told apart. */
  private static final int LEAST_EPOCHS = Rungs.REDUCTION * Rungs.REDUCTION;

  /** A large ratio pays late, so that two that differ in it have to come to the end. */
  private static final int FINALISTS = 2;

  /**
   * Runs of fewer steps take seconds, and say nothing at a ninth of them. So all trials come to the
   * end.
   */
  private static final double FEW_STEPS = 3000;

  /** Ends what a run's record calls the preset. */
  private static final String FOUND = " by a short search";

  /** In the store of runs, among whose folders it is no run by its dot. */
  private static final String SEARCHES = ".start";

  private static final String FIRST_SEED = "1";
  private static final int DIGEST_DIGITS = 6;

  private final RunStore store;
  private final RunSpec run;
  private final RunSpec base;
  private final SearchSpace space;
  private final Path folder;
  private double spentSeconds;

  private ShortSearch(RunStore store, RunSpec run, RunSpec base, SearchSpace space) {
    this.store = store;
    this.run = run;
    this.base = base;
    this.space = space;
    this.folder =
        store
            .folder()
            .resolve(SEARCHES)
            .resolve(store.id(base).folderName() + "-" + digest(base, space));
  }

  /**
   * Tells apart searches for the same run: of other settings, of other values of them, or from a
   * start that differs in a setting that only some of the trials read.
   */
  private static String digest(RunSpec base, SearchSpace space) {
    List<String> lines = new ArrayList<>();
    space.dimensions().forEach(dimension -> lines.add(dimension.toString()));
    base.asMap().forEach((key, value) -> lines.add(key + "=" + value));
    return Sha256.of(String.join("\n", lines)).substring(0, DIGEST_DIGITS);
  }

  /**
   * The search for a run.
   *
   * @param store where runs are kept
   * @param run the run, with a start for what is looked for
   * @param given settings that have been decided on, which are not searched
   * @return empty if there is nothing to look for: the loss has no such settings, they are given,
   *     the run is too short to compare anything, or no user has pairs enough to hold one out
   */
  public static Optional<ShortSearch> of(
      RunStore store, RunSpec run, Collection<SettingKey> given) {
    if (run.epochs() < LEAST_EPOCHS) {
      return Optional.empty();
    }
    RunSpec base = TrialDraws.asTrial(run).with(SettingKey.SEED, FIRST_SEED);
    return DefaultSpaces.start(run, given)
        .filter(space -> hasPairsToCompareOn(store, base))
        .map(space -> new ShortSearch(store, run, base, space));
  }

  private static boolean hasPairsToCompareOn(RunStore store, RunSpec base) {
    Split split = store.split(base);
    return split.validation().isPresent() || split.canHoldOut(base.heldOutFraction());
  }

  /** Whether a run has settings that a short search has found. */
  public static boolean hasSettled(RunSpec run) {
    return run.preset().endsWith(FOUND);
  }

  /** What is searched. */
  public SearchSpace space() {
    return space;
  }

  /**
   * Searches, goes on with it, or reads what it has found before.
   *
   * @param threads trials at a time, one thread each
   * @param listener hears how it goes
   * @param cancelled asked often; once true, trainings are broken off and can be gone on with
   * @return the run with what was found; empty if it was cancelled
   * @throws bsl.run.InputException if no trial can be trained, or one has damaged files
   */
  public Optional<RunSpec> find(int threads, TuningListener listener, BooleanSupplier cancelled) {
    return find(new LocalEngine(threads), listener, cancelled);
  }

  /**
   * The same elsewhere than on the cores of this machine.
   *
   * @param engine trains; closed by whoever made it
   */
  public Optional<RunSpec> find(
      RunEngine engine, TuningListener listener, BooleanSupplier cancelled) {
    long start = System.nanoTime();
    TuningResult result = tuning().trainedBy(engine).waitingForOthers().run(listener, cancelled);
    spentSeconds = (System.nanoTime() - start) / 1e9;
    return result
        .winner()
        .filter(winner -> !cancelled.getAsBoolean())
        .map(winner -> found(winner.trial()));
  }

  /** The run with what an earlier search has found; empty if there is none. Trains nothing. */
  public Optional<RunSpec> found() {
    return tuning().decided().map(this::found);
  }

  private Tuning tuning() {
    int trials = space.combinations();
    DataSize size = DataSize.of(store.data(base).train());
    boolean few = size.steps(base) * base.epochs() < FEW_STEPS;
    TuningPlan plan =
        TuningPlan.ofTrials(trials).withSeeds(1).withFinalists(few ? trials : FINALISTS);
    return new Tuning(store, base, space, plan, folder, folder.resolve("preset.yaml"), 1);
  }

  /** Time that {@link #find} has taken in this process; next to none if another had found it. */
  public double spentSeconds() {
    return spentSeconds;
  }

  private RunSpec found(Trial trial) {
    Map<SettingKey, String> values = new LinkedHashMap<>();
    space.dimensions().forEach(d -> values.put(d.key(), trial.run().text(d.key())));
    return SearchSpace.applied(run, values).startedFrom(run.preset() + ", " + named() + FOUND);
  }

  /** The settings that are looked for, for messages: {@code tau, tau_ratio and negative_noise}. */
  public String named() {
    List<String> names = space.searched().stream().map(d -> d.key().key()).toList();
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
