package bsl.compare;

import bsl.eval.PairedSample;
import bsl.eval.SampleMean;
import bsl.paper.Cell;
import bsl.report.Estimate;
import bsl.run.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;

/**
 * What a contestant came to.
 *
 * @param contestant what was compared
 * @param bySeed what it came to with each seed that is finished; at least one
 */
record Outcome(Contestant contestant, SortedMap<Long, SeedOutcome> bySeed) {
  /** Whether one fit stands for all seeds, because neither it nor its pairs depend on the seed. */
  boolean isSingleFit() {
    return contestant.isBaseline()
        && bySeed.values().stream().map(SeedOutcome::folder).distinct().count() == 1;
  }

  /** Whether every selected epoch is one of those that train fewer layers, or none. */
  boolean isShallow() {
    return everySelectedEpoch(RunSpec::isShallow);
  }

  /** Whether every selected epoch was trained with another temperature than the settings name. */
  boolean hasOtherTemperature() {
    return everySelectedEpoch((spec, epoch) -> spec.tau(epoch) != spec.tau());
  }

  private boolean everySelectedEpoch(BiPredicate<RunSpec, Integer> is) {
    return !contestant.isBaseline()
        && bySeed.values().stream()
            .allMatch(seed -> is.test(contestant.cell().first(), seed.bestEpoch()));
  }

  /** Folders of the runs or fits, each once. */
  List<Path> folders() {
    return bySeed.values().stream().map(SeedOutcome::folder).distinct().toList();
  }

  /**
   * Whether it stands for the same runs or fits as another, as far as both are finished: presets of
   * two names may have the same settings.
   */
  boolean isOfTheRunsOf(Outcome other) {
    List<Long> common = bySeed.keySet().stream().filter(other.bySeed()::containsKey).toList();
    return !common.isEmpty()
        && common.stream()
            .allMatch(seed -> bySeed.get(seed).folder().equals(other.bySeed().get(seed).folder()));
  }

  /** Whether it stands for the same runs or fits as another, seed by seed, and for no others. */
  boolean hasTheSeedsOf(Outcome other) {
    return bySeed.keySet().equals(other.bySeed().keySet()) && isOfTheRunsOf(other);
  }

  private double[] numbers(ToDoubleFunction<SeedOutcome> number) {
    double[] all = bySeed.values().stream().mapToDouble(number).toArray();
    return isSingleFit() ? Arrays.copyOf(all, 1) : all;
  }

  /** The mean of a number over the seeds, with its 95% interval. */
  Estimate estimate(ToDoubleFunction<SeedOutcome> number) {
    return Cell.estimate(numbers(number));
  }

  /** The mean of a number over the seeds. */
  double mean(ToDoubleFunction<SeedOutcome> number) {
    return estimate(number).mean();
  }

  /** Mean of a metric on the test set. */
  Estimate metric(String key) {
    return estimate(seed -> seed.metrics().get(key));
  }

  /** Standard deviation of a metric over the seeds; NaN for a single one. */
  double standardDeviation(String key) {
    double[] values = numbers(seed -> seed.metrics().get(key));
    return values.length == 1 ? Double.NaN : SampleMean.of(values).standardDeviation();
  }

  /**
   * A metric beside another contestant's, user by user, for all seeds that both have.
   *
   * @return the two by seed; empty if they have no seed in common
   */
  List<PairedSample> beside(Outcome reference, String key) {
    List<PairedSample> pairs = new ArrayList<>();
    bySeed.forEach(
        (seed, ours) -> {
          SeedOutcome theirs = reference.bySeed().get(seed);
          if (theirs != null) {
            pairs.add(pair(ours, theirs, key));
          }
        });
    return pairs;
  }

  private static PairedSample pair(SeedOutcome ours, SeedOutcome theirs, String key) {
    if (!Arrays.equals(ours.perUser().users(), theirs.perUser().users())) {
      throw new IllegalStateException(
          ours.folder() + " and " + theirs.folder() + " were evaluated on different users");
    }
    boolean bothSelected = !ours.selectedOn().isEmpty() && !theirs.selectedOn().isEmpty();
    if (bothSelected && !ours.selectedOn().equals(theirs.selectedOn())) {
      throw new IllegalStateException(
          ours.folder() + " and " + theirs.folder() + " were selected differently");
    }
    return new PairedSample(ours.perUser().values(key), theirs.perUser().values(key));
  }
}
