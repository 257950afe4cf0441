package bsl.tune;

import bsl.data.ProcessLock;
import bsl.run.InputException;
import bsl.run.LocalEngine;
import bsl.run.Presets;
import bsl.run.Provenance;
import bsl.run.RunEngine;
import bsl.run.RunFailure;
import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.RunsFailedException;
import bsl.run.SettingKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Finds good settings for a data set, a backbone and a loss: random search with successive halving
 * on pairs held out of train. The best trial is then trained with several seeds, and only then is
 * the test set looked at, once for each.
 *
 * <pre>{@code
 * RunSpec base = Presets.spec("fast", "mine", "mf", "bsl").with(SettingKey.SEED, 1);
 * Tuning tuning = new Tuning(store, base, TuningPlan.ofTrials(27), folder, presetFile, threads);
 * TuningResult result = tuning.run(TuningListener.SILENT, () -> false);
 * }</pre>
 *
 * <p>Trials are runs of the store. What was broken off or killed goes on where it was when the same
 * search is run again. Results depend on the seed, and not on the number of threads, unless time is
 * the limit.
 */
public final class Tuning {
  /** Begins the names of what {@link #identity} says of code that is not this project's. */
  static final String CODE = "code of ";

  /** How often a search that another process is at is looked at. */
  private static final long LOOK_NANOS = 200_000_000;

  private final RunStore store;
  private final RunSpec base;
  private final SearchSpace space;
  private final TuningPlan plan;
  private final SearchFolder folder;
  private final Path preset;
  private RunEngine engine;
  private final LongSupplier nanoTime;
  private boolean nearBase;
  private boolean waits;
  private double secondsBefore;
  private List<String> comments = List.of();
  private String presetBase = Presets.DEFAULT;

  /**
   * A search of the default space for the loss and the backbone. That has many settings, so each
   * trial keeps about half of those of the run that the search starts from. That run comes to its
   * end in any case, so what is found is at least as good on held-out pairs.
   *
   * @param store where runs are kept
   * @param base the first trial, whose settings are kept where they are not searched; its seed is
   *     that of the search, too
   * @param plan what limits the search
   * @param folder the search's own folder
   * @param preset the preset's file to write
   * @param threads trials at a time, one thread each, or several where there are few trials
   */
  public Tuning(
      RunStore store, RunSpec base, TuningPlan plan, Path folder, Path preset, int threads) {
    this(store, base, DefaultSpaces.of(asTrial(base)), plan, folder, preset, threads);
    nearBase = true;
  }

  /**
   * A search of the space that a file describes.
   *
   * @param space YAML with a line for each setting, see {@code docs/tuning.md}
   * @throws InputException if the file is malformed, or has settings that the loss or backbone does
   *     not read; the message names file, line and value
   */
  public Tuning(
      RunStore store,
      RunSpec base,
      Path space,
      TuningPlan plan,
      Path folder,
      Path preset,
      int threads) {
    this(
        store,
        base,
        SpaceReader.read(space).readBy(asTrial(base), true),
        plan,
        folder,
        preset,
        threads);
  }

  Tuning(
      RunStore store,
      RunSpec base,
      SearchSpace space,
      TuningPlan plan,
      Path folder,
      Path preset,
      int threads) {
    this(store, base, space, plan, folder, preset, threads, System::nanoTime);
  }

  Tuning(
      RunStore store,
      RunSpec base,
      SearchSpace space,
      TuningPlan plan,
      Path folder,
      Path preset,
      int threads,
      LongSupplier nanoTime) {
    this.store = store;
    this.base = asTrial(base);
    this.space = space;
    this.plan = plan;
    this.folder = new SearchFolder(folder);
    this.preset = preset;
    this.engine = new LocalEngine(threads);
    this.nanoTime = nanoTime;
  }

  private static RunSpec asTrial(RunSpec run) {
    return TrialDraws.asTrial(run);
  }

  /**
   * Says what the preset's file is to say beside the settings.
   *
   * @param name the preset that other losses and backbones are taken from; empty for none
   * @param lines comments on how it was found
   */
  public Tuning describedBy(String name, List<String> lines) {
    presetBase = name;
    comments = List.copyOf(lines);
    return this;
  }

  /**
   * Trains elsewhere than on the cores of this machine.
   *
   * @param where trains; closed by whoever made it
   */
  public Tuning trainedBy(RunEngine where) {
    engine = where;
    return this;
  }

  /**
   * Counts time that was spent before the search, for example on finding where to start.
   *
   * @param seconds how much, by this process
   */
  public Tuning after(double seconds) {
    secondsBefore = seconds;
    return this;
  }

  /** Waits for another process that is at the same search, rather than to refuse. */
  Tuning waitingForOthers() {
    waits = true;
    return this;
  }

  /** What is searched. */
  public SearchSpace space() {
    return space;
  }

  /**
   * Searches, or goes on with it. A search that has come to its end is shown even where its folder
   * cannot be written to.
   *
   * @param listener hears how it goes
   * @param cancelled asked often; once true, trainings are broken off and can be gone on with
   * @throws InputException if the folder holds another search or somebody else is at work there,
   *     the preset's file is there and is not of the search, every trial diverges, or a trial's
   *     files are damaged ({@link DamagedTrialsException}). A file that has come during the search
   *     is said at its end, and what was found is kept
   */
  public TuningResult run(TuningListener listener, BooleanSupplier cancelled) {
    requireNoOtherPreset(folder, preset);
    Optional<ProcessLock> lock;
    try {
      lock = claim(listener, cancelled);
    } catch (SearchFolder.UnwritableException e) {
      return new Session(listener, cancelled, Optional.of(e)).run();
    }
    if (lock.isEmpty()) {
      return new TuningResult(
          List.of(),
          space.searched(),
          plan.metric(),
          Optional.empty(),
          Map.of(),
          List.of(),
          false,
          0,
          0,
          Optional.empty());
    }
    try {
      return new Session(listener, cancelled, Optional.empty()).run();
    } finally {
      SearchFolder.release(lock.get());
    }
  }

  /** The lock; empty if it was cancelled before another process gave it back. */
  private Optional<ProcessLock> claim(TuningListener listener, BooleanSupplier cancelled) {
    if (!waits) {
      return Optional.of(folder.claim());
    }
    Optional<ProcessLock> lock = folder.claimIfFree();
    if (lock.isEmpty()) {
      listener.searchedByOther(folder.holder());
    }
    while (lock.isEmpty() && !cancelled.getAsBoolean()) {
      LockSupport.parkNanos(LOOK_NANOS);
      lock = folder.claimIfFree();
    }
    return lock;
  }

  /**
   * The trial that has won within the limit, as the search's folder says; empty as long as there is
   * none. Trains nothing.
   *
   * @throws InputException if the folder holds another search
   */
  Optional<Trial> decided() {
    return folder
        .read(identity())
        .filter(record -> record.limit().equals(plan.limit()) && record.winner() > 0)
        .flatMap(
            record ->
                new TrialDraws(base, space, nearBase, store::id)
                    .trials(record.winner() - 1, 1).stream().findFirst());
  }

  /**
   * Checks that no preset is there that is not of the search, and would be overwritten in the end.
   * {@link #run} does that, too; this is for those who have something else to do first.
   *
   * @param folder of the search
   * @param preset the preset's file to write
   * @throws InputException if there is one
   */
  public static void requireNoOtherPreset(Path folder, Path preset) {
    requireNoOtherPreset(new SearchFolder(folder), preset);
  }

  private static void requireNoOtherPreset(SearchFolder folder, Path preset) {
    if (Files.exists(preset) && !folder.hasPreset(preset)) {
      throw new InputException(
          preset
              + ": is there and is not of this search, unless the search's folder was deleted;"
              + " choose another --name or move it away");
    }
  }

  /**
   * What should be known of how the temperature is searched; empty if there is nothing. Where
   * training begins with another temperature ({@code tau_start}), trials are compared while theirs
   * is on its way. To wait until it is there would mostly take four fifths of all epochs, of every
   * trial: three times as long as the whole search.
   */
  public Optional<String> note() {
    boolean searched = space.searched().stream().anyMatch(d -> d.key().equals(SettingKey.TAU));
    Optional<Trial> first =
        new TrialDraws(base, space, nearBase, store::id).trials(0, 1).stream().findFirst();
    return first.filter(trial -> searched).flatMap(trial -> note(trial.run()));
  }

  private Optional<String> note(RunSpec run) {
    int all = run.epochs();
    List<Integer> rungs =
        plan.isTimed() ? Rungs.all(all) : Rungs.of(all, Rungs.count(plan.trials(), all));
    String early =
        rungs.stream()
            .filter(epochs -> epochs < all && run.tau(epochs) != run.tau())
            .map(String::valueOf)
            .collect(Collectors.joining(" and "));
    return early.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "trials are compared after "
                + early
                + " of "
                + all
                + " epochs, when tau is still on its way (tau_start "
                + run.text(SettingKey.TAU_START)
                + "); a trial whose tau is best at the end may be dropped there");
  }

  /** What is searched and on what, to tell this search from others. */
  private Map<String, String> identity() {
    Map<String, String> search = new TreeMap<>();
    base.asMap().forEach((key, value) -> search.put(key, value.toString()));
    store.data(base).digests().forEach((part, digest) -> search.put("data " + part, digest));
    space.dimensions().forEach(d -> search.put("space of " + d.key(), d.toString()));
    // A loss of another project may have changed, and what its trials came to says nothing then.
    Provenance.codeOf(base).forEach((owner, code) -> search.put(CODE + owner, code));
    search.put("metric", plan.metric());
    return search;
  }

  /** One call, from what is on disk to what is on disk. */
  private final class Session {
    private final TuningListener listener;
    private final BooleanSupplier cancelled;
    private final Optional<SearchFolder.UnwritableException> unwritable;
    private final Map<String, String> search = identity();
    private final List<Integer> brackets = new ArrayList<>();
    private final Map<String, String> failures = new TreeMap<>();
    private final RunScheduler scheduler = new RunScheduler(store, engine, true);
    private final int lanes = engine.lanes();
    private final Meter meter;
    private final int winnerBefore;
    private final double spentBefore;
    private final double spentOnOthers;
    private TimeBudget budget;
    private int winner;
    private int inPreset;
    private String presetFile;
    private boolean atWork;

    /**
     * @param unwritable why the search's folder cannot be written to, if that is so; the search is
     *     then shown if it has come to its end
     */
    Session(
        TuningListener listener,
        BooleanSupplier cancelled,
        Optional<SearchFolder.UnwritableException> unwritable) {
      this.listener = listener;
      this.cancelled = cancelled;
      this.unwritable = unwritable;
      Optional<SearchRecord> before = folder.read(search);
      before.ifPresent(record -> failures.putAll(record.failures()));
      // What was decided on within another limit is not of this search.
      Optional<SearchRecord> same = before.filter(record -> record.limit().equals(plan.limit()));
      same.ifPresent(record -> brackets.addAll(record.brackets()));
      spentBefore = same.map(SearchRecord::spentSeconds).orElse(0.0);
      spentOnOthers =
          before
              .map(record -> record.otherSeconds() + (same.isPresent() ? 0 : record.spentSeconds()))
              .orElse(0.0);
      budget = new TimeBudget(plan.budgetSeconds(), spentBefore + secondsBefore, nanoTime);
      meter =
          new Meter(
              lanes,
              before.map(SearchRecord::measuredSeconds).orElse(0.0),
              before.map(SearchRecord::estimatedSeconds).orElse(0.0));
      winnerBefore = same.map(SearchRecord::winner).orElse(0);
      winner = winnerBefore;
      atWork = winnerBefore == 0;
      inPreset = before.map(SearchRecord::presetTrial).orElse(0);
      presetFile = before.map(SearchRecord::presetFile).orElse("");
    }

    private void save() {
      if (unwritable.isPresent()) {
        return;
      }
      folder.write(
          new SearchRecord(
              SearchRecord.FORMAT,
              search,
              plan.limit(),
              List.copyOf(brackets),
              spentSeconds(),
              spentOnOthers,
              meter.measured(),
              meter.estimated(),
              new TreeMap<>(failures),
              winner,
              inPreset,
              presetFile));
    }

    /** Time spent within the limit. To show what is finished takes none. */
    private double spentSeconds() {
      return atWork ? budget.spent() : spentBefore;
    }

    TuningResult run() {
      if (winnerBefore == 0) {
        requireWritable();
      }
      save();
      List<Standing> trials = search(winnerBefore > 0);
      Optional<Standing> best = Search.best(trials);
      if (winnerBefore > 0 && best.filter(s -> s.trial().number() == winnerBefore).isEmpty()) {
        // Runs have been deleted since, or are in another store. What had been planned went by time
        // that is spent: with that, the first trial to arrive would end the search and win it.
        requireWritable();
        winner = 0;
        atWork = true;
        brackets.clear();
        budget = new TimeBudget(plan.budgetSeconds(), secondsBefore, nanoTime);
        trials = search(false);
        best = Search.best(trials);
      }
      if (cancelled.getAsBoolean() || best.isEmpty()) {
        save();
        return result(trials, Optional.empty(), Map.of(), List.of());
      }
      winner = best.get().trial().number();
      // What somebody has edited stays, unless there is news.
      if (winner != inPreset || !Files.exists(preset)) {
        save();
        // It may have come while the search was at work: hours have passed since the first look.
        requireNoOtherPreset(folder, preset);
        presetFile = folder.seenFromHere(preset);
        save();
        TunedPreset.write(
            preset, best.get().trial().run(), presetBase, comments(best.get(), trials));
        inPreset = winner;
      }
      save();
      listener.won(best.get(), plan.seeds(), finishedSeeds(best.get().trial().run()));
      Map<RunSpec, RunResult> runs;
      List<RunFailure> failed = List.of();
      try {
        runs = train(best.get().trial().run());
      } catch (RunsFailedException e) {
        runs = e.results();
        failed = e.failures();
      }
      save();
      return result(trials, best, runs, failed);
    }

    private void requireWritable() {
      unwritable.ifPresent(
          why -> {
            throw why;
          });
    }

    private List<Standing> search(boolean decided) {
      RunTrialTrainer trainer = new RunTrialTrainer(store, scheduler, plan.metric(), failures);
      TrialDraws draws = new TrialDraws(base, space, nearBase, store::id);
      List<Standing> trials =
          new Search(trainer, draws, plan, budget, lanes, meter, brackets, this::save, listener)
              .run(decided, cancelled);
      if (!decided && !cancelled.getAsBoolean() && !trainer.damaged().isEmpty()) {
        save();
        throw new DamagedTrialsException(
            "the other trials are kept, and the search goes on once these can: "
                + String.join("; ", trainer.damaged().values()));
      }
      return inPreset == 0 || cancelled.getAsBoolean()
          ? trials
          : draws.trials(inPreset - 1, 1).stream()
              .findFirst()
              .map(presets -> withEarlier(trials, trainer, presets))
              .orElse(trials);
    }

    /**
     * The trials and the one that the preset is of, with what it came to within another limit. A
     * smaller limit does not come to it, and a larger one may drop it on the way. A preset must not
     * become worse by either.
     */
    private List<Standing> withEarlier(
        List<Standing> trials, RunTrialTrainer trainer, Trial presets) {
      Standing earlier = trainer.earlier(presets);
      Optional<Standing> now =
          trials.stream().filter(s -> s.trial().number() == presets.number()).findFirst();
      if (earlier.stage() <= now.map(Standing::stage).orElse(0)) {
        return trials;
      }
      List<Standing> all = new ArrayList<>(trials);
      now.ifPresent(all::remove);
      all.add(earlier);
      all.sort(Comparator.comparingInt(standing -> standing.trial().number()));
      return List.copyOf(all);
    }

    private List<RunSpec> seeds(RunSpec run) {
      List<RunSpec> seeds = new ArrayList<>();
      for (int seed = 0; seed < plan.seeds(); seed++) {
        seeds.add(run.with(SettingKey.SEED, run.seed() + seed));
      }
      return seeds;
    }

    private int finishedSeeds(RunSpec run) {
      return (int) seeds(run).stream().filter(spec -> store.finished(spec).isPresent()).count();
    }

    private Map<RunSpec, RunResult> train(RunSpec run) {
      List<RunSpec> seeds = seeds(run);
      atWork |= seeds.stream().anyMatch(spec -> store.finished(spec).isEmpty());
      Map<RunSpec, RunResult> results = new LinkedHashMap<>();
      meter.begin(seeds, spec -> scheduler.secondsBetween(spec, 0, spec.epochs()), 0);
      results.putAll(
          scheduler.run(
              seeds,
              new RunScheduler.Listener() {
                private int done;

                @Override
                public void heldByOther(RunSpec spec, String holder) {
                  listener.heldByOther(spec, holder);
                }

                @Override
                public void progressed(RunSpec spec, double share) {
                  meter.progressed(spec, share);
                  listener.progressed(status());
                }

                @Override
                public void finished(RunSpec spec, RunResult result) {
                  meter.done(spec, 0, 0);
                  if (result.complete()) {
                    done++;
                    listener.seedDone(spec, result);
                    listener.progressed(status());
                  }
                }

                private TuningStatus status() {
                  return new TuningStatus(
                      0, 0, done, plan.seeds(), Optional.empty(), meter.secondsLeft());
                }
              },
              cancelled));
      return results;
    }

    private TuningResult result(
        List<Standing> trials,
        Optional<Standing> best,
        Map<RunSpec, RunResult> runs,
        List<RunFailure> failed) {
      return new TuningResult(
          trials,
          space.searched(),
          plan.metric(),
          best,
          runs,
          failed,
          best.isPresent() && runs.size() == plan.seeds(),
          spentSeconds(),
          spentOnOthers,
          best.map(standing -> preset));
    }

    private List<String> comments(Standing best, List<Standing> trials) {
      List<String> lines = new ArrayList<>(comments);
      lines.add(
          plan.metric()
              + " "
              + best.value()
              + " on held-out pairs after "
              + best.epochs()
              + " of "
              + best.trial().run().epochs()
              + " epochs; trial "
              + best.trial().number()
              + ", the best of "
              + trials.stream().filter(Standing::isBegun).count());
      store
          .data(base)
          .digests()
          .forEach((part, digest) -> lines.add("data " + part + " " + digest));
      return lines;
    }
  }
}
