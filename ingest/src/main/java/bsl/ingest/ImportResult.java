package bsl.ingest;

import bsl.core.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an import has made.
 *
 * @param folder the data set's folder
 * @param split its pairs
 * @param sources what came out of each file
 * @param steps how much was there after each step
 * @param times when the parts happened, where times are known
 * @param malformed malformed lines that were left out
 * @param examples the first few of those, with file, line and value
 * @param notes what is odd about what was read, and was taken as it is
 */
public record ImportResult(
    Path folder,
    Split split,
    List<SourceSummary> sources,
    List<StepCount> steps,
    Optional<TimeSummary> times,
    long malformed,
    List<String> examples,
    List<String> notes) {}
