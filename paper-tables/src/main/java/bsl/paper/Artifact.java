package bsl.paper;

import bsl.report.Report;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A table or figure of the paper.
 *
 * <p>Call order: {@link #runs}, then, once all of those are trained, {@link #report} with the same
 * scope.
 */
public interface Artifact {
  /** Short name, for the command line and for files. */
  String id();

  /** Heading of its report. */
  String title();

  /** What it is in the paper, in a few words; or that it goes beyond the paper. */
  String paperReference();

  /** What it shows, in one line without a full stop. */
  String description();

  /**
   * Whether it trains several seeds where the scope asks for them; others train the first alone.
   */
  default boolean usesSeeds() {
    return false;
  }

  /**
   * Whether its report in this scope is meant to assert at least one number, so that a report that
   * asserts none has failed.
   */
  default boolean expectsChecks(Scope scope) {
    return false;
  }

  /** Whether it is nothing without a data set. */
  default boolean needsData() {
    return true;
  }

  /**
   * The backbones of its runs; it is nothing without one of them. None if it is there whatever the
   * backbones.
   */
  default List<String> backbones() {
    return List.of("mf");
  }

  /** Whether it is something with these backbones. */
  default boolean uses(List<String> available) {
    return backbones().isEmpty() || backbones().stream().anyMatch(available::contains);
  }

  /** The runs that it is made of; two artifacts that need the same run share it. */
  List<RunSpec> runs(Scope scope);

  /**
   * Whether it reads its runs' models; otherwise results and curves, so that records without models
   * will do.
   */
  default boolean readsModels() {
    return false;
  }

  /**
   * What of a scope can be reported once some runs are finished: all of it, or those of its data
   * sets all of whose runs are, if there are any.
   */
  default Optional<Scope> reportable(Scope scope, Predicate<RunSpec> finished) {
    List<RunSpec> wanted = runs(scope);
    if (wanted.stream().allMatch(finished)) {
      return Optional.of(scope);
    }
    List<String> complete = new ArrayList<>();
    for (String dataset : scope.datasets()) {
      List<RunSpec> own = runs(scope.on(List.of(dataset)));
      // Alone, a data set may stand in for the one that the artifact prefers.
      if (!own.isEmpty() && wanted.containsAll(own) && own.stream().allMatch(finished)) {
        complete.add(dataset);
      }
    }
    return complete.isEmpty() ? Optional.empty() : Optional.of(scope.on(complete));
  }

  /** Makes it; {@link Expectations#applied} adds what is expected of every report. */
  Report report(Scope scope, FinishedRuns runs);

  /** The artifact of a name, if there is one. */
  static Optional<Artifact> of(String id) {
    return all().stream().filter(artifact -> artifact.id().equals(id)).findFirst();
  }

  /** All artifacts there are, in the order in which they are reported. */
  static List<Artifact> all() {
    return List.of(
        new OverallArtifact(),
        new LossComparisonArtifact(),
        new CutoffsArtifact(),
        new TauRatioArtifact(),
        new EmbeddingSizeArtifact(),
        new PositiveNoiseArtifact(),
        new NegativeNoiseArtifact(),
        new FairnessArtifact(),
        new ScoreStatisticsArtifact(),
        new VarianceAblationArtifact(),
        new EmbeddingMapArtifact(),
        new ContrastiveBackbonesArtifact(),
        new DatasetsArtifact(),
        new TheoryArtifact(),
        new BslAblationArtifact(),
        new ProtocolsArtifact(),
        new TimeToAccuracyArtifact());
  }
}
