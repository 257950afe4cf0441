package bsl.spark;

import bsl.run.EpochRecord;
import bsl.run.RunFiles;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What became of a run on a worker. */
final class RunOutcome implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How it ended. */
  enum Kind {
    /** The run, or the way to the epoch, is done. */
    DONE,
    /** It was broken off. */
    CANCELLED,
    /** Its settings make the training diverge, wherever it is trained. */
    DIVERGED,
    /** Something went wrong that may not go wrong again. */
    FAILED
  }

  private final Kind kind;
  private final LinkedHashMap<String, byte[]> files = new LinkedHashMap<>();
  private final ArrayList<CurvePoint> curve = new ArrayList<>();
  private final String message;
  private final int begunAt;
  private final double seconds;
  private final Worker worker;

  /**
   * @param kind how it ended
   * @param files what the driver is to have of it
   * @param curve its learning curve, if it was to come to an epoch only
   * @param message why, if it did not come to its end
   * @param begunAt epochs that the run had when its training began, negative if nothing was trained
   * @param seconds how long it took
   * @param worker where it was
   */
  RunOutcome(
      Kind kind,
      RunFiles files,
      List<EpochRecord> curve,
      String message,
      int begunAt,
      double seconds,
      Worker worker) {
    this.kind = kind;
    this.files.putAll(files.asMap());
    curve.forEach(line -> this.curve.add(CurvePoint.of(line)));
    this.message = message;
    this.begunAt = begunAt;
    this.seconds = seconds;
    this.worker = worker;
  }

  Kind kind() {
    return kind;
  }

  RunFiles files() {
    return new RunFiles(files);
  }

  List<EpochRecord> curve() {
    return curve.stream().map(CurvePoint::line).toList();
  }

  String message() {
    return message;
  }

  int begunAt() {
    return begunAt;
  }

  double seconds() {
    return seconds;
  }

  Worker worker() {
    return worker;
  }
}
