package bsl.compare;

import bsl.core.Split;
import bsl.eval.PerUserMetrics;
import bsl.paper.ReproductionPlan;
import bsl.run.CatalogueUse;
import bsl.run.FitFolder;
import bsl.run.FitId;
import bsl.run.FitRecord;
import bsl.run.InputException;
import bsl.run.LocalEngine;
import bsl.run.Presets;
import bsl.run.RunData;
import bsl.run.RunEngine;
import bsl.run.RunFailure;
import bsl.run.RunFolder;
import bsl.run.RunResult;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.RunsFailedException;
import bsl.run.SettingKey;
import bsl.run.TestEvaluation;
import bsl.tune.DamagedTrialsException;
import bsl.tune.NothingTrainedException;
import bsl.tune.ShortSearch;
import bsl.tune.TuningListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Says which losses, backbones and baselines are better on somebody's data: trains what is not
 * trained, and tests the results over users and seeds. Runs and fits are kept in the store of runs
 * and shared with other commands.
 *
 * <pre>{@code
 * RunStore store = new RunStore(Path.of("work", "runs"), name -> load(name));
 * Comparison comparison = new Comparison(request, store, 2);
 * comparison.carryOut(new ComparisonListener() {}, () -> false);
 * ComparisonResult result = comparison.result(() -> false);
 * }</pre>
 *
 * <p>Not safe for use by several threads; it trains with as many as it is told to.
 */
public final class Comparison {
  private final ComparisonRequest request;
  private final RunStore store;
  private final int threads;
  private final Contestants maker;
  private final Map<String, List<Contestant>> contestants;
  private final Map<Contestant, ShortSearch> searches;
  private final BaselineFits fits;
  private final Map<RunSpec, RunResult> finished = new HashMap<>();
  private final Map<RunSpec, SeedOutcome> read = new HashMap<>();
  private final Map<RunSpec, String> givenUp = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private RunEngine engine;
  private RunScheduler scheduler;

  /**
   * Looks what there is.
   *
   * @param request what is compared
   * @param store where runs and fits are and will be
   * @param threads threads to use, at least 1
   * @throws InputException if the request does not go together, a data set cannot be loaded, or a
   *     run in the store is damaged
   */
  public Comparison(ComparisonRequest request, RunStore store, int threads) {
    this.request = request;
    this.store = store;
    this.threads = threads;
    maker = new Contestants(request);
    contestants = maker.byDataset();
    contestants.values().forEach(those -> ReferenceRule.of(request, those));
    trainedBy(new LocalEngine(threads));
    fits = new BaselineFits(store, threads);
    searches = new StartSearches(request, store).of(all());
    look();
  }

  /**
   * Trains elsewhere than on the cores of this machine. Baselines are fitted here all the same.
   *
   * @param where trains; closed by whoever made it
   */
  public Comparison trainedBy(RunEngine where) {
    engine = where;
    scheduler = new RunScheduler(store, where, true);
    return this;
  }

  /** Looks which runs are finished, of those whose settings are known. */
  private void look() {
    for (Contestant contestant : all()) {
      if (!contestant.isBaseline() && isSettled(contestant)) {
        for (RunSpec run : contestant.cell().runs()) {
          if (canBeRead(run)) {
            store.finished(run).ifPresent(result -> finished.put(run, result));
          }
        }
      }
    }
  }

  /** Whether nothing is still looked for, nor was in vain: other runs would be compared then. */
  private boolean isSettled(Contestant contestant) {
    return !searches.containsKey(contestant)
        && contestant.cell().runs().stream().noneMatch(givenUp::containsKey);
  }

  /** What is compared. */
  public ComparisonRequest request() {
    return request;
  }

  /** Where runs and fits are. */
  RunStore store() {
    return store;
  }

  /** Whether a finished run has all that a comparison asks of it. */
  private boolean canBeRead(RunSpec run) {
    return store.hasModel(run) || store.catalogueUse(run).isPresent() && kept(run).isPresent();
  }

  /**
   * Whether a run's model is asked for: for metrics that are not kept, or because the run is one
   * from before they were.
   */
  private boolean needsModel(RunSpec run) {
    return !RunFolder.perUserMetrics().containsAll(request.metrics())
        || store.finished(run).isPresent() && !canBeRead(run);
  }

  /** All runs, seed by seed, so that runs of equal length come to whole seeds first. */
  private Set<RunSpec> runs() {
    Set<RunSpec> runs = new LinkedHashSet<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (Contestant contestant : all()) {
        if (!contestant.isBaseline()) {
          runs.add(contestant.run(seed));
        }
      }
    }
    return runs;
  }

  /** What a baseline is fitted on. */
  private record Cut(BaselineChoice choice, RunSpec run) {}

  /** A fit that is not kept, with what it takes to make it. */
  private record Open(Cut cut, ComparisonPlan.OpenFit fit) {}

  private List<Open> openFits() {
    List<Open> open = new ArrayList<>();
    allFits()
        .forEach(
            (id, cut) -> {
              if (fits.kept(id, cut.choice()).isEmpty()) {
                open.add(new Open(cut, openFit(id, cut)));
              }
            });
    return open;
  }

  private ComparisonPlan.OpenFit openFit(FitId id, Cut cut) {
    return new ComparisonPlan.OpenFit(
        cut.run().dataset(),
        cut.choice().name(),
        cut.run().seed(),
        fits.folder(id).path(),
        fits.bytes(cut.choice(), cut.run()));
  }

  /** Number of runs and fits, those that are finished among them. */
  int wanted() {
    return runs().size() + allFits().size();
  }

  private Map<FitId, Cut> allFits() {
    Map<FitId, Cut> all = new LinkedHashMap<>();
    for (Contestant contestant : all()) {
      if (contestant.isBaseline()) {
        BaselineChoice choice = contestant.baseline().orElseThrow();
        for (RunSpec cut : contestant.cell().runs()) {
          all.putIfAbsent(fits.id(choice, cut), new Cut(choice, cut));
        }
      }
    }
    return all;
  }

  /** The runs that are not finished and not given up, the longest first. */
  private List<RunSpec> openRuns() {
    return scheduler.order(
        runs().stream()
            .filter(run -> !finished.containsKey(run) && !givenUp.containsKey(run))
            .toList());
  }

  /**
   * What there is to do now. If there are runs to train, the engine is asked how many at a time.
   */
  public ComparisonPlan plan() {
    List<RunSpec> open = openRuns();
    Map<String, List<String>> deviations = new LinkedHashMap<>();
    contestants.forEach(
        (dataset, those) -> {
          List<String> lines = store.deviations(those.get(0).cell().first());
          if (!lines.isEmpty()) {
            deviations.put(dataset, lines);
          }
        });
    ReproductionPlan runs =
        new ReproductionPlan(
            runs().size(),
            open.stream().map(run -> ReproductionPlan.OpenRun.of(run, store, scheduler)).toList(),
            open.isEmpty() ? threads : engine.lanes(),
            engine.mostThreadsPerRun(),
            deviations);
    return new ComparisonPlan(runs, allFits().size(), openFits().stream().map(Open::fit).toList());
  }

  /**
   * What the user should know of where the settings come from: a line for each loss that a preset
   * has nothing for, and for each setting that nothing reads.
   */
  public List<String> notes() {
    Set<String> notes = new LinkedHashSet<>();
    List<RunSpec> trained = new ArrayList<>();
    for (Contestant contestant : all()) {
      if (!contestant.isBaseline()) {
        RunSpec run = contestant.cell().first();
        trained.add(run);
        Presets.note(contestant.preset(), run.dataset(), run.backbone(), run.lossName())
            .ifPresent(notes::add);
      }
    }
    List<SettingKey> common = request.settings().commonKeys();
    if (trained.isEmpty()) {
      common.stream()
          .filter(key -> !request.settings().ofData().has(key))
          .forEach(key -> notes.add(key.key() + " has no effect on baselines"));
      notes.addAll(
          unread(
              "",
              common.stream().filter(request.settings().ofData()::has).toList(),
              all().stream().map(contestant -> contestant.cell().first()).toList()));
    } else {
      notes.addAll(unread("", common, trained));
    }
    request
        .settings()
        .ownKeys()
        .forEach((owner, keys) -> notes.addAll(unread(owner + ".", keys, runsOf(owner, trained))));
    for (String dataset : request.datasets()) {
      if (!trainsAlike(dataset)) {
        notes.add(
            "models on "
                + dataset
                + " are trained on different pairs, as presets differ in held_out_fraction or"
                + " positive_noise");
      }
    }
    if (request.settings().ofData().has(SettingKey.HELD_OUT_FRACTION)) {
      for (Contestant contestant : all()) {
        RunSpec run = contestant.cell().first();
        RunData.whyNothingIsHeldOut(store.split(run)).ifPresent(why -> notes.add(why));
      }
    }
    return List.copyOf(notes);
  }

  /** Whether all contestants on a data set have the same train pairs, for each seed. */
  boolean trainsAlike(String dataset) {
    return contestants.get(dataset).stream()
            .map(contestant -> contestant.cell().first())
            .map(run -> List.of(heldOut(run), run.positiveNoise()))
            .distinct()
            .count()
        <= 1;
  }

  /** Share of the train pairs that a run leaves out. */
  private double heldOut(RunSpec run) {
    boolean none =
        run.whyIgnored(SettingKey.HELD_OUT_FRACTION).isPresent()
            || RunData.whyNothingIsHeldOut(store.split(run)).isPresent();
    return none ? 0 : run.heldOutFraction();
  }

  private static List<RunSpec> runsOf(String owner, List<RunSpec> trained) {
    return trained.stream()
        .filter(run -> run.backbone().equals(owner) || run.lossName().equals(owner))
        .toList();
  }

  /** Which settings none of some runs reads, and why the first does not. */
  private static List<String> unread(String prefix, List<SettingKey> keys, List<RunSpec> runs) {
    return keys.stream()
        .filter(key -> !runs.isEmpty())
        .filter(key -> runs.stream().allMatch(run -> run.whyIgnored(key).isPresent()))
        .map(key -> prefix + key.key() + " " + runs.get(0).whyIgnored(key).orElseThrow())
        .toList();
  }

  /** Names of what is trained with a preset that is tuned to no data set. */
  public List<String> genericModels() {
    return all().stream().filter(Contestant::isGeneric).map(Contestant::name).distinct().toList();
  }

  /**
   * What is looked for before anything is trained, such as {@code tau of mf-sl}; a line for each
   * search.
   */
  public List<String> searches() {
    return searches.entrySet().stream()
        .map(entry -> entry.getValue().named() + " of " + entry.getKey().name())
        .distinct()
        .toList();
  }

  /**
   * Looks for settings that presets leave open. What was found before is taken from there. A model
   * of which no trial can be trained, or one has damaged files, is given up; {@link #failures} says
   * why.
   *
   * @param how carries out the search of a model; empty if it was broken off
   * @return whether none was broken off
   */
  public boolean search(BiFunction<String, ShortSearch, Optional<RunSpec>> how) {
    for (Contestant contestant : List.copyOf(searches.keySet())) {
      Optional<RunSpec> found;
      try {
        found = how.apply(contestant.name(), searches.get(contestant));
      } catch (NothingTrainedException | DamagedTrialsException e) {
        giveUp(contestant, e.getMessage());
        continue;
      }
      if (found.isEmpty()) {
        look();
        return false;
      }
      settle(contestant, found.get());
    }
    look();
    return true;
  }

  /** Takes the settings that earlier searches have found, and looks for none. */
  public void recallSearches() {
    for (Contestant contestant : List.copyOf(searches.keySet())) {
      searches.get(contestant).found().ifPresent(found -> settle(contestant, found));
    }
    look();
  }

  private void settle(Contestant contestant, RunSpec found) {
    Contestant settled = contestant.with(maker.cell(found));
    contestants.replaceAll(
        (dataset, those) ->
            those.stream().map(each -> each.equals(contestant) ? settled : each).toList());
    searches.remove(contestant);
  }

  private void giveUp(Contestant contestant, String why) {
    for (RunSpec run : contestant.cell().runs()) {
      givenUp.put(run, new RunFailure(run, why).text());
    }
    searches.remove(contestant);
  }

  /** Why runs could not be trained and baselines not be fitted: a line for each. */
  public List<String> failures() {
    return Stream.concat(givenUp.values().stream(), failures.stream()).toList();
  }

  private List<Contestant> all() {
    return contestants.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Makes sure that every fit that is to be made has the memory it needs.
   *
   * @throws InputException if one has not; the message says how much it would take
   */
  public void requireMemory() {
    requireMemory(openFits());
  }

  private void requireMemory(List<Open> open) {
    open.forEach(each -> fits.requireMemory(each.fit()));
  }

  /**
   * Fits and trains what is not there, after {@link #search}. Fits come first, because they say at
   * once what does not fit into memory. What fails leaves the rest alone.
   *
   * @param listener hears how it goes
   * @param cancelled asked often; once true, what is finished is kept, and runs keep what they have
   * @return whether everything is there now; if not, {@link #failures} says what failed, and {@link
   *     #result} has the rest
   * @throws InputException if a baseline needs more memory than there is
   */
  public boolean carryOut(ComparisonListener listener, BooleanSupplier cancelled) {
    List<Open> open = openFits();
    requireMemory(open);
    if (!search((name, search) -> search.find(engine, TuningListener.SILENT, cancelled))) {
      return false;
    }
    failures.clear();
    int fitted = 0;
    for (Open each : open) {
      Cut cut = each.cut();
      if (cancelled.getAsBoolean()) {
        return false;
      }
      try {
        if (fits.fit(cut.choice(), cut.run(), each.fit(), listener, cancelled).isPresent()) {
          fitted++;
        }
      } catch (InputException e) {
        failures.add(e.getMessage());
      }
    }
    return train(listener, cancelled) && fitted == open.size() && givenUp.isEmpty();
  }

  private boolean train(ComparisonListener listener, BooleanSupplier cancelled) {
    List<RunSpec> runs = openRuns();
    if (runs.isEmpty()) {
      return true;
    }
    try {
      Map<RunSpec, RunResult> results = scheduler.run(runs, this::needsModel, listener, cancelled);
      finished.putAll(results);
      return results.size() == runs.size();
    } catch (RunsFailedException e) {
      finished.putAll(e.results());
      e.failures().forEach(failure -> failures.add(failure.text()));
      return false;
    }
  }

  /**
   * What has come out so far. Models of which it is not kept what they recommend, or not the
   * metrics that are compared, are evaluated once more.
   *
   * @param cancelled asked before each evaluation; once true, seeds that need one are left out
   */
  public ComparisonResult result(BooleanSupplier cancelled) {
    PairedTests tests = new PairedTests(request.metrics());
    Map<String, List<Outcome>> ranked = new LinkedHashMap<>();
    Map<String, ReferenceRule> rules = new LinkedHashMap<>();
    contestants.forEach(
        (dataset, those) -> {
          ReferenceRule rule = ReferenceRule.of(request, those);
          List<Outcome> outcomes = new ArrayList<>();
          those.forEach(each -> outcome(each, cancelled).ifPresent(outcomes::add));
          outcomes.sort(Ranking.by(request.firstMetric()));
          ranked.put(dataset, List.copyOf(outcomes));
          rules.put(dataset, rule);
          tests.add(rule, outcomes, those);
        });
    return new ComparisonResult(this, contestants, ranked, rules, tests.corrected());
  }

  private Optional<Outcome> outcome(Contestant contestant, BooleanSupplier cancelled) {
    if (!isSettled(contestant)) {
      return Optional.empty();
    }
    SortedMap<Long, SeedOutcome> bySeed = new TreeMap<>();
    for (RunSpec run : contestant.cell().runs()) {
      Optional<SeedOutcome> seed =
          contestant.isBaseline()
              ? fitted(contestant.baseline().orElseThrow(), run)
              : trained(run, cancelled);
      seed.ifPresent(there -> bySeed.put(run.seed(), there));
    }
    return bySeed.isEmpty() ? Optional.empty() : Optional.of(new Outcome(contestant, bySeed));
  }

  private Optional<SeedOutcome> fitted(BaselineChoice choice, RunSpec cut) {
    FitId id = fits.id(choice, cut);
    FitFolder folder = fits.folder(id);
    Optional<FitRecord> record = fits.kept(id, choice);
    return record.map(
        fit -> SeedOutcome.of(fit, compared(folder.perUser(fit).orElseThrow()), folder.path()));
  }

  private Optional<SeedOutcome> trained(RunSpec run, BooleanSupplier cancelled) {
    RunResult result = finished.get(run);
    if (result == null || read.containsKey(run)) {
      return Optional.ofNullable(read.get(run));
    }
    Optional<PerUserMetrics> perUser = kept(run);
    Optional<CatalogueUse> use = store.catalogueUse(run);
    if (perUser.isEmpty() || use.isEmpty()) {
      if (cancelled.getAsBoolean()) {
        return Optional.empty();
      }
      TestEvaluation evaluation = store.evaluate(run, threads).orElseThrow();
      perUser = Optional.of(evaluation.perUser());
      use = Optional.of(evaluation.use());
    }
    SeedOutcome outcome =
        SeedOutcome.of(result, compared(perUser.get()), use.get(), store.folder(run));
    read.put(run, outcome);
    return Optional.of(outcome);
  }

  /** The metrics of a run by user, if all are kept that are compared. */
  private Optional<PerUserMetrics> kept(RunSpec run) {
    return new RunFolder(store.folder(run))
        .perUser()
        .filter(there -> there.keys().containsAll(request.metrics()));
  }

  /** Those metrics alone that are compared. */
  private PerUserMetrics compared(PerUserMetrics all) {
    Map<String, double[]> values = new LinkedHashMap<>();
    request.metrics().forEach(metric -> values.put(metric, all.values(metric)));
    return PerUserMetrics.of(all.users(), values);
  }

  /** The data set of that name, as it was loaded. */
  Split split(String dataset) {
    return store.split(contestants.get(dataset).get(0).cell().first());
  }
}
