package bsl.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Trains many trials a little and fewer of them longer (Jamieson and Talwalkar, AISTATS 2016). At
 * each rung the best third goes on from where it is, and so do trials that stay, whatever they come
 * to and whatever time is left. Those that come to the last rung have been trained as long as any
 * run of their settings, with the same rates of learning.
 */
final class SuccessiveHalving {
  /** Hears how it goes; called one at a time. */
  interface Listener {
    /**
     * A rung begins.
     *
     * @param rung counted from 0
     * @param rungs how many there are
     * @param legs what is to be trained for it
     */
    void rungBegins(int rung, int rungs, List<TrialTrainer.Leg> legs);

    /**
     * A trial has come to the rung, or has failed.
     *
     * @param effort what that took now
     */
    void arrived(TrialTrainer.Leg leg, Standing standing, TrialTrainer.Effort effort);

    /** A trial is being trained by another process. */
    void held(TrialTrainer.Leg leg, String holder);

    /** A leg is done to a share. */
    void progressed(TrialTrainer.Leg leg, double share);
  }

  private final TrialTrainer trainer;
  private final int finalists;
  private final Listener listener;

  /**
   * @param finalists how many trials go on from every rung at least, if there are so many
   */
  SuccessiveHalving(TrialTrainer trainer, int finalists, Listener listener) {
    this.trainer = trainer;
    this.finalists = finalists;
    this.listener = listener;
  }

  /**
   * Lets trials compete.
   *
   * @param trials at least one
   * @param closed once true, no training is begun any more, but of trials that stay
   * @param over once true, none is begun of those, either
   * @param cancelled once true, trainings are broken off
   * @return all trials, in the order given, with what they have come to
   */
  List<Standing> run(
      List<Trial> trials, BooleanSupplier closed, BooleanSupplier over, BooleanSupplier cancelled) {
    Map<Trial, Standing> all = new LinkedHashMap<>();
    trials.forEach(trial -> all.put(trial, new Standing(trial)));
    int shortest = trials.stream().mapToInt(t -> t.run().epochs()).min().orElseThrow();
    int rungs = Rungs.count(trials.size(), shortest);
    List<Standing> field = new ArrayList<>(all.values());
    for (int rung = 0; rung < rungs && !field.isEmpty(); rung++) {
      train(field, rung, rungs, all, closed, cancelled);
      trainStaying(field, rung, rungs, all, over, cancelled);
      if (cancelled.getAsBoolean()) {
        break;
      }
      int at = rung;
      List<Standing> arrived =
          field.stream()
              .filter(standing -> standing.reached().size() == at + 1)
              .sorted(Standing.BY_VALUE)
              .toList();
      if (rung + 1 < rungs) {
        int wanted = Rungs.trialsAt(trials.size(), rung + 1, finalists);
        int kept = Math.min(wanted, arrived.size());
        field = new ArrayList<>(arrived.subList(0, kept));
        for (Standing behind : arrived.subList(kept, arrived.size())) {
          if (behind.trial().stays()) {
            field.add(behind);
          } else {
            trainer.dropped(behind.trial(), rung, behind.epochs());
          }
        }
        // What has to come to its end in any case begins while there is time.
        field.sort(Comparator.comparing(standing -> !standing.trial().stays()));
      }
    }
    return List.copyOf(all.values());
  }

  /**
   * Brings trials to the first rung and no further.
   *
   * @param rungs how many rungs there are to be
   * @param closed once true, no training is begun any more
   * @param cancelled once true, trainings are broken off
   */
  void firstRung(List<Trial> trials, int rungs, BooleanSupplier closed, BooleanSupplier cancelled) {
    Map<Trial, Standing> all = new LinkedHashMap<>();
    trials.forEach(trial -> all.put(trial, new Standing(trial)));
    train(List.copyOf(all.values()), 0, rungs, all, closed, cancelled);
  }

  /** Trains what stays and has not been begun because time was over. */
  private void trainStaying(
      List<Standing> field,
      int rung,
      int rungs,
      Map<Trial, Standing> all,
      BooleanSupplier over,
      BooleanSupplier cancelled) {
    List<TrialTrainer.Leg> legs =
        field.stream()
            .filter(standing -> standing.trial().stays())
            .filter(standing -> standing.reached().size() == rung && standing.failure().isEmpty())
            .map(standing -> leg(standing, rung, rungs))
            .toList();
    if (!legs.isEmpty() && !cancelled.getAsBoolean()) {
      trainer.train(legs, arrivals(all), over, cancelled);
    }
  }

  private static TrialTrainer.Leg leg(Standing standing, int rung, int rungs) {
    int to = Rungs.of(standing.trial().run().epochs(), rungs).get(rung);
    return new TrialTrainer.Leg(standing.trial(), standing.epochs(), to);
  }

  private void train(
      List<Standing> field,
      int rung,
      int rungs,
      Map<Trial, Standing> all,
      BooleanSupplier closed,
      BooleanSupplier cancelled) {
    List<TrialTrainer.Leg> legs =
        field.stream().map(standing -> leg(standing, rung, rungs)).toList();
    listener.rungBegins(rung, rungs, legs);
    trainer.train(legs, arrivals(all), closed, cancelled);
  }

  private TrialTrainer.Arrivals arrivals(Map<Trial, Standing> all) {
    return new TrialTrainer.Arrivals() {
      @Override
      public void arrived(TrialTrainer.Leg leg, double value, TrialTrainer.Effort effort) {
        Standing standing = all.get(leg.trial());
        standing.reaches(leg.to(), value);
        listener.arrived(leg, standing, effort);
      }

      @Override
      public void failed(TrialTrainer.Leg leg, String why) {
        Standing standing = all.get(leg.trial());
        standing.fails(why);
        listener.arrived(leg, standing, TrialTrainer.Effort.NONE);
      }

      @Override
      public void held(TrialTrainer.Leg leg, String holder) {
        listener.held(leg, holder);
      }

      @Override
      public void progressed(TrialTrainer.Leg leg, double share) {
        listener.progressed(leg, share);
      }
    };
  }
}
