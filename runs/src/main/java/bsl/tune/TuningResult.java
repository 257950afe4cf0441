package bsl.tune;

import bsl.run.RunFailure;
import bsl.run.RunResult;
import bsl.run.RunSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a search has come to.
 *
 * @param trials all trials by number, with what they have come to
 * @param searched the settings that were searched
 * @param metric what they were judged by
 * @param winner the best of them; empty if the search was broken off
 * @param runs the winner's runs, a seed each, in the order of the seeds; not all if they were
 *     broken off or could not be trained
 * @param failures why runs of the winner could not be trained
 * @param complete whether all has come to its end
 * @param seconds time spent, in earlier sessions, too
 * @param otherSeconds time that was spent within other limits before, and is not in {@code seconds}
 * @param preset the file with the winner's settings, if there is a winner
 */
public record TuningResult(
    List<Standing> trials,
    List<Dimension> searched,
    String metric,
    Optional<Standing> winner,
    Map<RunSpec, RunResult> runs,
    List<RunFailure> failures,
    boolean complete,
    double seconds,
    double otherSeconds,
    Optional<Path> preset) {
  /** The best trial so far, the winner if there is one. */
  public Optional<Standing> best() {
    return winner.or(() -> Search.best(trials));
  }
}
