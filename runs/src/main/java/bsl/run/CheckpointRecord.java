package bsl.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code progress.json} of a checkpoint holds: whose checkpoint it is, how far the run had
 * come, and the checksums of the files beside it.
 *
 * @param settings all settings of the run
 * @param dataDigests content digests of the data set's parts
 * @param numerics the {@link Numerics#VERSION} of the run
 * @param code see {@link Provenance#code}
 * @param steps optimiser steps taken
 * @param trainSeconds time spent in training
 * @param evaluationSeconds time spent in evaluations
 * @param evaluations number of evaluations
 * @param bestEpoch the best epoch so far, or 0 if none has been evaluated
 * @param bestMetrics its metrics on the set that the epoch is selected on
 * @param curve the learning curve, one record per epoch
 * @param checksums CRC-32C of each other file of the checkpoint, by name
 */
record CheckpointRecord(
    Map<String, String> settings,
    Map<String, String> dataDigests,
    int numerics,
    Map<String, String> code,
    int steps,
    double trainSeconds,
    double evaluationSeconds,
    int evaluations,
    int bestEpoch,
    Map<String, Double> bestMetrics,
    List<EpochRecord> curve,
    Map<String, String> checksums) {

  static CheckpointRecord of(
      RunSpec spec, RunData data, RunProgress progress, Map<String, String> checksums) {
    return new CheckpointRecord(
        Provenance.texts(spec),
        data.digests(),
        Numerics.VERSION,
        KindCode.of(spec),
        progress.steps,
        progress.trainSeconds,
        progress.evaluationSeconds,
        progress.evaluations,
        progress.bestEpoch,
        progress.bestMetrics,
        progress.curve,
        checksums);
  }

  /**
   * Reads a record.
   *
   * @throws InputException if it is missing or malformed
   */
  static CheckpointRecord read(Path file) {
    return JsonFiles.read(file, CheckpointRecord.class, CheckpointRecord::upgrade);
  }

  /**
   * Reads the bytes of a record.
   *
   * @param name stands for the file in messages
   * @throws InputException if they are malformed
   */
  static CheckpointRecord read(Path name, byte[] bytes) {
    return JsonFiles.read(name, bytes, CheckpointRecord.class, CheckpointRecord::upgrade);
  }

  /** Adds what the first records did not have. */
  private static void upgrade(ObjectNode json) {
    if (!json.has("code")) {
      json.putObject("code");
    }
  }

  /** The identity of the run that the checkpoint is of. */
  RunId id(Path file) {
    return RunId.of(Provenance.spec(settings, file), dataDigests, numerics, code);
  }

  /** Progress to go on from. */
  RunProgress progress() {
    RunProgress progress = new RunProgress();
    progress.steps = steps;
    progress.trainSeconds = trainSeconds;
    progress.evaluationSeconds = evaluationSeconds;
    progress.evaluations = evaluations;
    progress.bestEpoch = bestEpoch;
    progress.bestMetrics = new LinkedHashMap<>(bestMetrics);
    progress.curve.addAll(curve);
    return progress;
  }
}
