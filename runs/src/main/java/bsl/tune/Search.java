package bsl.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Lets trials compete until a number of them is through or the time is spent. With a number it is
 * one competition. With a time there is a first one of as many trials as should fit, and further
 * ones while there is time. Time that runs out earlier than estimated leaves trials behind; those
 * that have come furthest count. A trial that stays is not left behind: time is kept for it, and it
 * comes to its end though there is none left.
 */
final class Search {
  /** More trials in one competition bring little. */
  private static final int MOST_TRIALS = 81;

  /** A further competition of fewer trials is not worth while. */
  private static final int LEAST_TRIALS = Rungs.REDUCTION;

  private final TrialTrainer trainer;
  private final TrialDraws draws;
  private final TuningPlan plan;
  private final TimeBudget budget;
  private final int lanes;
  private final Meter meter;
  private final List<Integer> brackets;
  private final Runnable save;
  private final TuningListener listener;
  private final Map<Trial, Standing> standings = new LinkedHashMap<>();
  private volatile boolean anyArrived;

  /** Estimated seconds on one core that trials which stay take after the rung at hand. */
  private volatile double stayingLater;

  /**
   * @param trainer trains
   * @param draws the trials
   * @param plan what limits the search
   * @param budget the time there is
   * @param lanes trials that are trained at a time
   * @param meter what is known of the speed
   * @param brackets the sizes of the competitions that earlier sessions have decided on; new ones
   *     are added
   * @param save called when something has changed that the next session should know
   * @param listener hears how it goes
   */
  Search(
      TrialTrainer trainer,
      TrialDraws draws,
      TuningPlan plan,
      TimeBudget budget,
      int lanes,
      Meter meter,
      List<Integer> brackets,
      Runnable save,
      TuningListener listener) {
    this.trainer = trainer;
    this.draws = draws;
    this.plan = plan;
    this.budget = budget;
    this.lanes = lanes;
    this.meter = meter;
    this.brackets = brackets;
    this.save = save;
    this.listener = listener;
  }

  /**
   * Searches.
   *
   * @param decided whether the search has come to its end before: nothing is trained then
   * @param cancelled once true, trainings are broken off
   * @return the trials in their order, with what they have come to
   */
  List<Standing> run(boolean decided, BooleanSupplier cancelled) {
    BooleanSupplier closed = () -> decided || (plan.isTimed() && anyArrived && isTimeOver());
    int from = 0;
    for (int bracket = 0; !cancelled.getAsBoolean(); bracket++) {
      int size = size(bracket, from, decided, closed, cancelled);
      List<Trial> trials = draws.trials(from, size);
      if (trials.isEmpty()) {
        break;
      }
      listener.begins(trials.size(), size);
      compete(trials, closed, () -> decided, cancelled);
      from += trials.size();
    }
    return standings.values().stream()
        .sorted(Comparator.comparingInt(standing -> standing.trial().number()))
        .toList();
  }

  private boolean isTimeOver() {
    return budget.left(reserved() + stayingLater * meter.slowness()) <= 0;
  }

  /** The best trial that has come to a rung. */
  static Optional<Standing> best(Iterable<Standing> standings) {
    Standing best = null;
    for (Standing standing : standings) {
      boolean counts = !standing.reached().isEmpty() && standing.failure().isEmpty();
      if (counts && (best == null || Standing.BEST_FIRST.compare(standing, best) < 0)) {
        best = standing;
      }
    }
    return Optional.ofNullable(best);
  }

  private int size(
      int bracket, int from, boolean decided, BooleanSupplier closed, BooleanSupplier cancelled) {
    if (!plan.isTimed()) {
      return bracket == 0 ? plan.trials() : 0;
    }
    if (bracket < brackets.size()) {
      return brackets.get(bracket);
    }
    if (decided) {
      return 0;
    }
    calibrate(from, closed, cancelled);
    int size = fitting(from, budget.left(reserved()));
    if ((bracket > 0 && size < LEAST_TRIALS) || cancelled.getAsBoolean()) {
      return 0;
    }
    if (bracket == 0 && size < leastAtFirstRung()) {
      // A trial that stays comes to the end in any case. Others have to come there, too, to win.
      size =
          draws.trials(0, 1).stream().anyMatch(this::hasTheWayToGo)
              ? Math.max(size, calibrated())
              : atFirstRung(budget.left(reserved()));
    }
    brackets.add(size);
    save.run();
    return size;
  }

  /** So many trials come to the first rung in a time on the clock. */
  private int atFirstRung(double seconds) {
    List<Trial> trials = draws.trials(0, MOST_TRIALS);
    int rungs = Rungs.count(trials.size(), shortest(trials));
    double each = meanSeconds(trials, 0, rungs) * meter.slowness() / lanes;
    int size = (int) Math.min(trials.size(), Math.max(0, seconds) / each);
    return Math.max(leastAtFirstRung(), size);
  }

  /**
   * As many trials as it takes to have the rungs at which the first trials are already. With fewer,
   * nothing would have come to a rung if the time were spent by now.
   */
  private int leastAtFirstRung() {
    List<Trial> trials = draws.trials(0, MOST_TRIALS);
    int rungs = Rungs.count(trials.size(), shortest(trials));
    int least = 1;
    while (Rungs.count(least, shortest(trials)) < rungs) {
      least++;
    }
    return least;
  }

  /** Whether a trial stays, and its way to the end is still to be trained. */
  private boolean hasTheWayToGo(Trial trial) {
    Standing standing = standings.get(trial);
    boolean failed = standing != null && standing.failure().isPresent();
    return trial.stays() && !failed && trainer.knownEpochs(trial) < trial.run().epochs();
  }

  private static int shortest(List<Trial> trials) {
    return trials.stream().mapToInt(trial -> trial.run().epochs()).min().orElse(1);
  }

  /**
   * Trains the next trials for a short while, unless the speed is known: at first so many at most
   * as there will be at the least, which have to in any case. Trials that are known already say
   * nothing of the speed, so it takes further ones then.
   */
  private void calibrate(int from, BooleanSupplier closed, BooleanSupplier cancelled) {
    int all = draws.trials(0, MOST_TRIALS).size();
    int atOnce = calibrated();
    for (int next = from; !meter.isCalibrated() && next < from + MOST_TRIALS; next += atOnce) {
      List<Trial> trials = draws.trials(next, atOnce);
      if (trials.isEmpty() || closed.getAsBoolean() || cancelled.getAsBoolean()) {
        return;
      }
      new SuccessiveHalving(trainer, plan.finalists(), new Following(trials.size()))
          .firstRung(trials, Rungs.count(all, shortest(trials)), closed, cancelled);
    }
  }

  /** So many trials are trained at once to measure the speed. */
  private int calibrated() {
    return Math.min(lanes, leastAtFirstRung());
  }

  /** The largest number of trials that can compete in a time on the clock; 0 if there is none. */
  private int fitting(int from, double seconds) {
    List<Trial> trials = draws.trials(from, MOST_TRIALS);
    Map<Trial, Integer> staying = staying(trials);
    for (int size = trials.size(); size > 0; size--) {
      if (seconds(trials.subList(0, size), staying) * meter.slowness() <= seconds) {
        return size;
      }
    }
    return 0;
  }

  /**
   * Estimated seconds on the clock that a competition takes.
   *
   * @param staying those that stay, see {@link #staying}; they may come beside the best
   */
  private double seconds(List<Trial> trials, Map<Trial, Integer> staying) {
    int rungs = Rungs.count(trials.size(), shortest(trials));
    double seconds = 0;
    for (int rung = 0; rung < rungs; rung++) {
      int best = Rungs.trialsAt(trials.size(), rung, plan.finalists());
      int legs = Math.min(trials.size(), best + unknown(staying, rung, rungs).size());
      int each = (legs + lanes - 1) / lanes;
      seconds += each * meanSeconds(trials, rung, rungs);
    }
    return seconds;
  }

  /** The trials that stay, each with the epochs that are known of it. */
  private Map<Trial, Integer> staying(List<Trial> trials) {
    Map<Trial, Integer> staying = new LinkedHashMap<>();
    trials.stream().filter(Trial::stays).forEach(t -> staying.put(t, trainer.knownEpochs(t)));
    return staying;
  }

  /** Those of which it is not known what they come to at a rung. */
  private static List<Trial> unknown(Map<Trial, Integer> staying, int rung, int rungs) {
    return staying.keySet().stream()
        .filter(trial -> staying.get(trial) < Rungs.of(trial.run().epochs(), rungs).get(rung))
        .toList();
  }

  private double meanSeconds(List<Trial> trials, int rung, int rungs) {
    return trials.stream().mapToDouble(t -> seconds(t, rung, rungs)).average().orElse(0);
  }

  private double seconds(Trial trial, int rung, int rungs) {
    List<Integer> epochs = Rungs.of(trial.run().epochs(), rungs);
    int from = rung == 0 ? 0 : epochs.get(rung - 1);
    return trainer.estimatedSeconds(new TrialTrainer.Leg(trial, from, epochs.get(rung)));
  }

  /** Estimated seconds on one core that the winner's other seeds take. */
  private double winnerSeconds() {
    List<Trial> first = draws.trials(0, 1);
    return first.isEmpty() ? 0 : (plan.seeds() - 1) * seconds(first.get(0), 0, 1);
  }

  /** Time that is kept for the winner's other seeds, at most half of all. */
  private double reserved() {
    double seconds = winnerSeconds() / Math.max(1, Math.min(lanes, plan.seeds() - 1));
    return Math.min(budget.seconds() / 2, seconds * meter.slowness());
  }

  private void compete(
      List<Trial> trials, BooleanSupplier closed, BooleanSupplier over, BooleanSupplier cancelled) {
    List<Standing> ended =
        new SuccessiveHalving(trainer, plan.finalists(), new Following(trials.size()))
            .run(trials, closed, over, cancelled);
    ended.forEach(this::keep);
    boolean none = ended.stream().allMatch(standing -> standing.failure().isPresent());
    if (none && best(standings.values()).isEmpty()) {
      throw new NothingTrainedException(
          "no trial could be trained: " + ended.get(0).failure().orElseThrow());
    }
  }

  /** Notes what a trial has come to, unless it has come further when the speed was measured. */
  private void keep(Standing standing) {
    standings.merge(
        standing.trial(), standing, (before, now) -> now.epochs() < before.epochs() ? before : now);
  }

  /** Keeps account of a competition and passes on how it goes. */
  private final class Following implements SuccessiveHalving.Listener {
    private final int all;
    private int rung;
    private int rungs;
    private int legs;
    private int arrived;

    /**
     * @param all trials at the beginning
     */
    Following(int all) {
      this.all = all;
    }

    @Override
    public void rungBegins(int which, int count, List<TrialTrainer.Leg> now) {
      rung = which;
      rungs = count;
      legs = now.size();
      arrived = 0;
      List<Trial> trials = now.stream().map(TrialTrainer.Leg::trial).toList();
      Map<Trial, Integer> staying = staying(trials);
      double later = winnerSeconds();
      double stay = 0;
      for (int next = rung + 1; next < rungs; next++) {
        later += Rungs.trialsAt(all, next, plan.finalists()) * meanSeconds(trials, next, rungs);
        for (Trial trial : unknown(staying, next, rungs)) {
          stay += seconds(trial, next, rungs);
        }
      }
      stayingLater = stay;
      meter.begin(now, trainer::estimatedSeconds, later + stay);
    }

    private TuningStatus status() {
      List<Standing> known = new ArrayList<>(standings.values());
      return new TuningStatus(rung + 1, rungs, arrived, legs, best(known), secondsLeft());
    }

    private double secondsLeft() {
      double left = meter.secondsLeft();
      return plan.isTimed() ? Math.min(left, Math.max(0, budget.left(0))) : left;
    }

    @Override
    public void arrived(TrialTrainer.Leg leg, Standing standing, TrialTrainer.Effort effort) {
      meter.done(leg, effort.seconds(), effort.estimatedSeconds());
      arrived++;
      anyArrived |= standing.failure().isEmpty();
      keep(standing);
      listener.arrived(standing, effort.seconds() > 0, status());
      save.run();
    }

    @Override
    public void held(TrialTrainer.Leg leg, String holder) {
      listener.heldByOther(leg.trial().run(), holder);
    }

    @Override
    public void progressed(TrialTrainer.Leg leg, double share) {
      meter.progressed(leg, share);
      listener.progressed(status());
    }
  }
}
