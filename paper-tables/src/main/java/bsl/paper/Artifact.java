package bsl.paper;

import bsl.report.Report;
import bsl.run.Protocol;
import bsl.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reproduces one table or figure of the paper: it names the runs that are needed, and makes a
 * report of them.
 *
 * <p>First call {@link #runs} and train what it returns. Then call {@link #report} with the same
 * scope. Artifacts have no state, so that one object serves any number of scopes.
 */
public interface Artifact {
  /** Short name, for the command line and for files. */
  String id();

  /** Heading of its report. */
  String title();

  /** Says in a few words which table or figure of the paper it is, or that the paper has none. */
  String paperReference();

  /** Says in one line, without a full stop, what it shows. */
  String description();

  /**
   * The protocols under which it can be made. Most artifacts stand beside published numbers and
   * know only {@code paper}.
   */
  default List<Protocol> protocols() {
    return List.of(Protocol.PAPER);
  }

  /**
   * Says whether its report in this scope should assert at least one number. A report that should
   * and does not has failed, see {@link Expectations}.
   */
  default boolean expectsChecks(Scope scope) {
    return false;
  }

  /** Says whether it needs at least one data set. */
  default boolean needsData() {
    return true;
  }

  /**
   * The backbones that its runs can have. It needs at least one of them. An empty list means that
   * it does not depend on backbones.
   */
  default List<String> backbones() {
    return List.of("mf");
  }

  /** Says whether it can be made with these backbones. */
  default boolean uses(List<String> available) {
    return backbones().isEmpty() || backbones().stream().anyMatch(available::contains);
  }

  /**
   * The settings that it is made of, each with a run of every seed.
   *
   * @param scope a scope of one protocol
   */
  List<Cell> cells(Scope scope);

  /** The runs that it is made of. Two artifacts that need the same run share it. */
  default List<RunSpec> runs(Scope scope) {
    return cells(scope).stream().flatMap(cell -> cell.runs().stream()).distinct().toList();
  }

  /**
   * Says whether it reads the models of its runs. Otherwise it reads results and curves, and
   * records without models are enough.
   */
  default boolean readsModels() {
    return false;
  }

  /**
   * Finds what can be reported once some runs are finished. That is the whole scope if all of its
   * runs are. Otherwise it is the scope with those data sets whose runs are all finished.
   *
   * @param scope what is wanted
   * @param finished whether a run is finished
   * @return the part of the scope; empty if no data set is complete
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

  /**
   * Makes the report. {@link Expectations#applied} then adds what is expected of every report.
   *
   * @param scope a scope all of whose {@link #runs} are finished
   * @param runs the finished runs
   */
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
