package bsl.paper;

import bsl.core.CountText;
import bsl.core.Split;
import bsl.core.kernel.Kernels;
import bsl.report.HtmlPage;
import bsl.report.Imprint;
import bsl.report.Paragraph;
import bsl.report.Report;
import bsl.report.ReportFolder;
import bsl.run.LocalEngine;
import bsl.run.RunEngine;
import bsl.run.RunScheduler;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import bsl.run.RunsFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Makes tables and figures of the paper: finds out which runs they need, trains those that are not
 * finished, and writes the report.
 *
 * <pre>{@code
 * Scope scope = new Scope(Profile.PAPER, "fast", List.of("ml-1m"), List.of("mf"), 1);
 * Reproduction reproduction =
 *     Reproduction.of(scope, name -> load(name))
 *         .artifacts(List.of(new OverallArtifact()))
 *         .runs(Path.of("runs"))
 *         .report(Path.of("report"))
 *         .build();
 * reproduction.train(() -> false);
 * boolean asPublished = reproduction.report().holds();
 * }</pre>
 *
 * <p>Not safe for use by several threads; it trains with as many as it is told to.
 */
public final class Reproduction {
  private final Scope scope;
  private final List<Artifact> artifacts;
  private final Path report;
  private final List<String> places;
  private final int threads;
  private final RunEngine engine;
  private final RunScheduler.Listener listener;
  private final RunScheduler scheduler;
  private final RunStore store;
  private final StoredRuns finished;
  private final Set<RunSpec> needed = new LinkedHashSet<>();
  private final Set<RunSpec> models = new HashSet<>();
  private final long start = System.nanoTime();

  private Reproduction(Builder with) {
    scope = with.scope;
    artifacts =
        with.artifacts.stream().map(artifact -> (Artifact) new UnderProtocols(artifact)).toList();
    report = with.report;
    places = with.places;
    threads = with.threads;
    listener = with.listener;
    store = new RunStore(with.runs, with.data, with.imports);
    engine = with.engine == null ? new LocalEngine(threads) : with.engine;
    scheduler = new RunScheduler(store, engine, with.resume);
    finished = new StoredRuns(store, report, threads);
    for (Artifact artifact : artifacts) {
      List<RunSpec> runs = artifact.runs(scope);
      needed.addAll(runs);
      if (artifact.readsModels()) {
        models.addAll(runs);
      }
    }
    look(needed);
  }

  /** Looks which of some runs are finished. */
  private void look(Iterable<RunSpec> runs) {
    for (RunSpec spec : runs) {
      store
          .finished(spec)
          .ifPresentOrElse(result -> finished.put(spec, result), () -> finished.remove(spec));
    }
  }

  /** Whether there is nothing to train for a run: a record lacks the model that some need. */
  private boolean isTrained(RunSpec spec) {
    return finished.has(spec) && (!models.contains(spec) || store.hasModel(spec));
  }

  /** Whether a run is finished for an artifact. */
  private boolean isEnough(RunSpec spec, Artifact artifact) {
    return finished.has(spec) && (!artifact.readsModels() || store.hasModel(spec));
  }

  /**
   * Begins the description of a reproduction: all artifacts that the scope's backbones have, runs
   * under {@code work/runs}, the report under {@code work/reports/PROFILE}, all processors.
   *
   * @param scope profile, preset, data sets, backbones, seeds
   * @param data loads a data set by its name; asked once for each
   */
  public static Builder of(Scope scope, Function<String, Split> data) {
    return new Builder(scope, data);
  }

  /** What to reproduce, where, and how; every method returns this object. */
  public static final class Builder {
    private final Scope scope;
    private final Function<String, Split> data;
    private Function<String, Map<String, Object>> imports = name -> Map.of();
    private List<Artifact> artifacts;
    private Path runs = Path.of("work", "runs");
    private Path report;
    private List<String> places = List.of();
    private int threads = Runtime.getRuntime().availableProcessors();
    private RunEngine engine;
    private boolean resume;
    private RunScheduler.Listener listener = new RunScheduler.Listener() {};

    private Builder(Scope scope, Function<String, Split> data) {
      this.scope = scope;
      this.data = data;
      artifacts = Artifact.all().stream().filter(a -> a.uses(scope.backbones())).toList();
      report = reportFolder(scope.profile());
    }

    /**
     * What data sets were imported from, for the records of runs on them; default nothing.
     *
     * @param imports see {@link bsl.run.DataImport#recordOf}
     */
    public Builder imports(Function<String, Map<String, Object>> imports) {
      this.imports = imports;
      return this;
    }

    /** The tables and figures to make, in the order in which they are to be reported. */
    public Builder artifacts(List<Artifact> wanted) {
      artifacts = List.copyOf(wanted);
      return this;
    }

    /** The store of runs: finished ones are taken from there, new ones are kept there. */
    public Builder runs(Path folder) {
      runs = folder;
      return this;
    }

    /** The folder of tables, figures and the page. */
    public Builder report(Path folder) {
      report = folder;
      return this;
    }

    /**
     * Where data and runs are, for the commands on the page that train runs again; default the
     * usual places.
     *
     * @param options options of {@code ./bsl rerun} with their values
     */
    public Builder places(List<String> options) {
      places = List.copyOf(options);
      return this;
    }

    /**
     * Trains elsewhere than on the threads of this machine.
     *
     * @param where trains; closed by whoever made it
     */
    public Builder engine(RunEngine where) {
      engine = where;
      return this;
    }

    /** Number of threads, at least 1; of another engine, how many runs it trains at a time. */
    public Builder threads(int count) {
      threads = count;
      return this;
    }

    /** Whether to go on from checkpoints; otherwise unfinished runs begin anew. */
    public Builder resume(boolean fromCheckpoints) {
      resume = fromCheckpoints;
      return this;
    }

    /** Hears how the training goes. */
    public Builder listener(RunScheduler.Listener who) {
      listener = who;
      return this;
    }

    /**
     * Looks which of the runs are finished.
     *
     * @throws bsl.run.InputException if a preset has nothing for a run, or a run in the store is
     *     damaged
     */
    public Reproduction build() {
      return new Reproduction(this);
    }
  }

  /** Where the report of a profile goes unless another folder is named. */
  public static Path reportFolder(Profile profile) {
    return Path.of("work", "reports", profile.title());
  }

  /** What there is to train now. */
  public ReproductionPlan plan() {
    List<RunSpec> open = scheduler.order(needed.stream().filter(spec -> !isTrained(spec)).toList());
    return new ReproductionPlan(
        needed.size(),
        open.stream().map(spec -> ReproductionPlan.OpenRun.of(spec, store, scheduler)).toList(),
        threads,
        engine.mostThreadsPerRun(),
        deviations());
  }

  private Map<String, List<String>> deviations() {
    Map<String, List<String>> deviations = new LinkedHashMap<>();
    for (RunSpec spec : needed) {
      if (!store.deviations(spec).isEmpty()) {
        deviations.put(spec.dataset(), store.deviations(spec));
      }
    }
    return deviations;
  }

  /**
   * Trains what is not finished.
   *
   * @param cancelled asked often; once true, runs that are being trained keep what they have
   * @return whether all runs are finished now
   * @throws RunsFailedException if runs could not be trained; what the others are enough for can be
   *     reported
   */
  public boolean train(BooleanSupplier cancelled) {
    List<RunSpec> open = plan().specs();
    try {
      return scheduler.run(open, models::contains, listener, cancelled).size() == open.size();
    } finally {
      // Records of runs that were begun anew for their models are gone.
      look(open);
    }
  }

  /**
   * Writes the artifacts whose runs are finished, and of the others those data sets whose runs are.
   */
  public ReproductionOutcome report() {
    return report(() -> false);
  }

  /**
   * As {@link #report()}, within the time that is left to somebody who was asked to stop.
   *
   * @param cancelled asked before each artifact; once true, those that evaluate models are left out
   */
  public ReproductionOutcome report(BooleanSupplier cancelled) {
    Imprint imprint = Imprint.ofToday(scope.profile().title(), scope.preset());
    ReportFolder folder = new ReportFolder(report, imprint);
    List<Report> reports = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<ReproductionOutcome.Missing> missing = new ArrayList<>();
    for (Artifact artifact : artifacts) {
      Optional<Scope> there = artifact.reportable(scope, spec -> isEnough(spec, artifact));
      boolean stopped = there.isPresent() && artifact.readsModels() && cancelled.getAsBoolean();
      Optional<Scope> part = stopped ? Optional.empty() : there;
      if (part.isPresent()) {
        Scope of = UnderProtocols.known(artifact, part.get());
        Report made = Expectations.applied(of, artifact.report(of, finished));
        if (!part.get().equals(scope)) {
          made = made.headed(new Paragraph(without(artifact, part.get())));
        }
        files.add(folder.write(made));
        folder.removeOthersOf(made);
        reports.add(made);
      }
      if (!part.equals(Optional.of(scope))) {
        missing.add(
            new ReproductionOutcome.Missing(
                artifact.id(),
                part.isPresent(),
                stopped,
                finishedRuns(artifact),
                artifact.runs(scope).size()));
      }
    }
    Optional<Path> page =
        reports.isEmpty()
            ? Optional.empty()
            : Optional.of(
                folder.write(
                    new HtmlPage("BSL, reproduced", about(imprint), reports).with(places)));
    return new ReproductionOutcome(page, reports, files, missing);
  }

  private int finishedRuns(Artifact artifact) {
    return (int) artifact.runs(scope).stream().filter(spec -> isEnough(spec, artifact)).count();
  }

  private String without(Artifact artifact, Scope part) {
    List<String> absent = new ArrayList<>(scope.datasets());
    absent.removeAll(part.datasets());
    return "Not complete: without "
        + String.join(", ", absent)
        + "; "
        + finishedRuns(artifact)
        + " of "
        + artifact.runs(scope).size()
        + " runs are finished.";
  }

  private List<String> about(Imprint imprint) {
    String scopeText =
        String.format(
            Locale.ROOT,
            "%s. Data sets %s, backbones %s, %s. Protocol `paper` unless a table says otherwise: the"
                + " epoch is selected as the authors did, on the test set, and on amazon on its"
                + " validation pairs. A verdict needs three seeds or more; with fewer it is undecided, and says how the evidence leans.",
            sentence(imprint.text()),
            String.join(", ", scope.datasets()),
            String.join(", ", scope.backbones()),
            scope.seeds() == 1 ? "seed 1" : "seeds 1 to " + scope.seeds());
    double wall = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    String workText =
        String.format(
            Locale.ROOT,
            "%s, %.0f min of training; %.0f min on the clock this time, %s. Java %s,"
                + " %s %s, kernels %s.",
            CountText.of(finished.size(), "run"),
            finished.trainSeconds() / 60,
            wall / 60,
            CountText.of(threads, "thread"),
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Kernels.best().name());
    return List.of(scopeText, workText);
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
