package bsl.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What came out of a run, as {@code result.json} and {@code --json} hold it.
 *
 * @param dataset name of the data set
 * @param digests content digests of its parts
 * @param backbone name of the backbone
 * @param loss name of the loss
 * @param hyperParameters all settings of the run
 * @param preset the preset they started from
 * @param seed seed of everything random
 * @param threads threads that were used; they do not change the result
 * @param kernels name of the kernels; they do not change the result
 * @param protocol {@code paper} or {@code held-out}
 * @param selectedOn the set the epoch was selected on: {@code test} or {@code validation}
 * @param complete whether the run came to its end, or was interrupted
 * @param epochs epochs trained
 * @param bestEpoch the selected epoch
 * @param trainSeconds time spent in training
 * @param secondsPerEpoch median time of an epoch
 * @param evalSeconds mean time of an evaluation
 * @param peakHeapBytes largest use of each part of the Java heap, added up
 * @param metrics metrics of the selected epoch on the test set
 * @param validationMetrics metrics of the selected epoch on the set it was selected on
 * @param modelSha256 digest of the bits of the selected epoch's embeddings
 * @param numerics the {@link Numerics#VERSION} it was trained with
 * @param deviations how the data set differs from the one the catalogue knows by that name, a line
 *     per difference; empty if it does not, or if the catalogue does not list it. A run with
 *     deviations must not be set beside published numbers without saying so.
 * @param stoppedEarly whether the run ended before its last epoch because nothing improved any more
 */
public record RunResult(
    String dataset,
    Map<String, String> digests,
    String backbone,
    String loss,
    Map<String, Object> hyperParameters,
    String preset,
    long seed,
    int threads,
    String kernels,
    String protocol,
    String selectedOn,
    boolean complete,
    int epochs,
    int bestEpoch,
    double trainSeconds,
    double secondsPerEpoch,
    double evalSeconds,
    long peakHeapBytes,
    Map<String, Double> metrics,
    Map<String, Double> validationMetrics,
    String modelSha256,
    int numerics,
    List<String> deviations,
    boolean stoppedEarly) {

  /**
   * Reads a result file.
   *
   * @throws InputException if it is missing or malformed
   */
  static RunResult read(Path file) {
    return JsonFiles.read(file, RunResult.class, RunResult::upgrade);
  }

  /**
   * Reads the bytes of a result file.
   *
   * @throws InputException if they are malformed
   */
  static RunResult read(Path name, byte[] bytes) {
    return JsonFiles.read(name, bytes, RunResult.class, RunResult::upgrade);
  }

  /** Adds what the first version of the format did not have. */
  private static void upgrade(ObjectNode result) {
    if (!result.has("numerics")) {
      result.put("numerics", 1);
    }
    if (!result.has("deviations")) {
      result.putArray("deviations");
    }
    if (!result.has("stopped_early")) {
      int planned = result.path("hyper_parameters").path("epochs").asInt();
      result.put(
          "stopped_early",
          result.path("complete").asBoolean() && result.path("epochs").asInt() < planned);
    }
  }

  /** Median difference of the training times along a learning curve. */
  static double medianEpochSeconds(List<EpochRecord> curve) {
    double[] seconds = new double[curve.size()];
    for (int e = 0; e < seconds.length; e++) {
      double before = e == 0 ? 0 : curve.get(e - 1).trainSeconds();
      seconds[e] = curve.get(e).trainSeconds() - before;
    }
    java.util.Arrays.sort(seconds);
    return seconds.length == 0 ? 0 : seconds[seconds.length / 2];
  }
}
