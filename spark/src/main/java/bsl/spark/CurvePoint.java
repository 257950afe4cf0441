package bsl.spark;

import bsl.run.EpochRecord;
import java.io.Serializable;
import java.util.LinkedHashMap;

/** A line of a learning curve, to be sent. */
record CurvePoint(
    int epoch, double loss, double trainSeconds, LinkedHashMap<String, Double> metrics)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static CurvePoint of(EpochRecord line) {
    return new CurvePoint(
        line.epoch(), line.loss(), line.trainSeconds(), new LinkedHashMap<>(line.metrics()));
  }

  EpochRecord line() {
    return new EpochRecord(epoch, loss, trainSeconds, metrics);
  }
}
