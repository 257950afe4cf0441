package bsl.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a comparison has come to. {@link ComparisonReport} makes tables of it, {@link
 * ComparisonText} a short one for the terminal, and {@link ComparisonJson} something for machines.
 */
public final class ComparisonResult {
  private final Comparison comparison;
  private final Map<String, List<Contestant>> contestants;
  private final Map<String, List<Outcome>> ranked;
  private final Map<String, ReferenceRule> rules;
  private final PairedTests.Corrected tests;

  /**
   * @param comparison what was carried out
   * @param contestants what was compared, by data set
   * @param ranked what has come to something, by data set, the best first
   * @param rules what was tested against what, by data set
   * @param tests the tests
   */
  ComparisonResult(
      Comparison comparison,
      Map<String, List<Contestant>> contestants,
      Map<String, List<Outcome>> ranked,
      Map<String, ReferenceRule> rules,
      PairedTests.Corrected tests) {
    this.comparison = comparison;
    this.contestants = contestants;
    this.ranked = ranked;
    this.rules = rules;
    this.tests = tests;
  }

  Comparison comparison() {
    return comparison;
  }

  ComparisonRequest request() {
    return comparison.request();
  }

  Map<String, List<Contestant>> contestants() {
    return contestants;
  }

  /** What has come to something on a data set, the best first. */
  List<Outcome> ranked(String dataset) {
    return ranked.get(dataset);
  }

  ReferenceRule rule(String dataset) {
    return rules.get(dataset);
  }

  PairedTests.Corrected tests() {
    return tests;
  }

  /** What epochs were selected on: {@code test}, {@code validation}, or both. */
  Set<String> selectedOn() {
    return ranked.values().stream()
        .flatMap(List::stream)
        .flatMap(outcome -> outcome.bySeed().values().stream())
        .map(SeedOutcome::selectedOn)
        .filter(set -> !set.isEmpty())
        .collect(Collectors.toSet());
  }

  /** The test of a contestant's metric. */
  Optional<PairedTest> test(Outcome outcome, String metric) {
    return tests.of(outcome, metric);
  }

  boolean isReference(Outcome outcome) {
    String dataset = outcome.contestant().dataset();
    return rule(dataset).isReference(outcome, ranked(dataset), contestants.get(dataset));
  }

  /** The reference of a contestant, where both are the same runs and so were not tested. */
  Optional<Outcome> sameRuns(Outcome outcome) {
    String dataset = outcome.contestant().dataset();
    return rule(dataset)
        .referenceOf(outcome, ranked(dataset), contestants.get(dataset))
        .filter(outcome::isOfTheRunsOf);
  }

  /** What stands in place of a test: for the reference, and for what is the same runs. */
  String untested(Outcome outcome) {
    return isReference(outcome)
        ? "(reference)"
        : sameRuns(outcome).map(of -> "the same runs as " + of.contestant().name()).orElse("");
  }

  /**
   * What has come out otherwise than a reader would think: a line for each data set where models
   * have none of the layers, or fewer than their backbone has, because every selected epoch is a
   * shallow one, one where models were trained with another temperature than their settings name,
   * and one for models that are the same runs.
   */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    ranked.forEach(
        (dataset, outcomes) -> {
          remark(
              dataset,
              outcomes.stream().filter(Outcome::isShallow),
              "are among the first, which train shallow_layers layers of a backbone and no other"
                  + " part (shallow_epochs); --set shallow_epochs=0 trains all of it from the"
                  + " beginning",
              remarks);
          remark(
              dataset,
              outcomes.stream().filter(Outcome::hasOtherTemperature),
              "had another temperature, still on its way to tau (tau_start); --set tau_start=1"
                  + " keeps it constant",
              remarks);
          for (Outcome outcome : outcomes) {
            sameRuns(outcome)
                .ifPresent(
                    reference ->
                        remarks.add(
                            outcome.contestant().name()
                                + " and "
                                + reference.contestant().name()
                                + " on "
                                + dataset
                                + " are the same runs and are not tested against each other"));
          }
        });
    return remarks;
  }

  private static void remark(
      String dataset, Stream<Outcome> outcomes, String what, List<String> remarks) {
    String names =
        outcomes.map(outcome -> outcome.contestant().name()).collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      remarks.add("selected epochs of " + names + " on " + dataset + " " + what);
    }
  }

  /** Whether every contestant has come to something with every seed. */
  public boolean isComplete() {
    return contestants.entrySet().stream()
        .allMatch(
            those ->
                ranked.get(those.getKey()).size() == those.getValue().size()
                    && ranked.get(those.getKey()).stream()
                        .allMatch(o -> o.bySeed().size() == request().seeds()));
  }

  /** Number of runs and fits that have come to something. One fit may stand for all seeds. */
  public int finished() {
    return (int)
        ranked.values().stream()
            .flatMap(List::stream)
            .flatMap(outcome -> outcome.bySeed().values().stream())
            .map(SeedOutcome::folder)
            .distinct()
            .count();
  }

  /** Number of runs and fits that are asked for. */
  public int wanted() {
    return comparison.wanted();
  }
}
