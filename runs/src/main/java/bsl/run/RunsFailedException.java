package bsl.run;

import bsl.core.CountText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Some runs could not be trained, while the others were. */
public final class RunsFailedException extends InputException {
  private static final long serialVersionUID = 1L;

  private final transient List<RunFailure> failures;
  private final transient Map<RunSpec, RunResult> results;

  /**
   * @param failures which runs failed and why, at least one
   * @param results what became of the others that came to their end
   */
  public RunsFailedException(List<RunFailure> failures, Map<RunSpec, RunResult> results) {
    super(message(failures));
    this.failures = List.copyOf(failures);
    this.results = new LinkedHashMap<>(results);
  }

  private static String message(List<RunFailure> failures) {
    return CountText.of(failures.size(), "run")
        + " could not be trained: "
        + failures.stream().map(RunFailure::text).collect(Collectors.joining("; "));
  }

  /** The runs that failed. */
  public List<RunFailure> failures() {
    return failures;
  }

  /** The results of the runs that came to their end. */
  public Map<RunSpec, RunResult> results() {
    return results;
  }
}
