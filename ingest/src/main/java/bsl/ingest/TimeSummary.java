package bsl.ingest;

/**
 * Says when the parts of a data set happened, and whether test pairs are older than what is known
 * in training.
 *
 * @param scale what the times are
 * @param firstTrain time of the first train pair
 * @param lastTrain time of the last train pair
 * @param firstTest time of the first test pair
 * @param lastTest time of the last test pair
 * @param testPairs number of test pairs
 * @param testPairsBeforeLastTrain test pairs that are older than the last train pair of anybody
 * @param testUsers number of users with test pairs
 * @param usersWithTestBeforeTrain users of whom a test pair is older than one of their train pairs
 */
public record TimeSummary(
    TimeScale scale,
    double firstTrain,
    double lastTrain,
    double firstTest,
    double lastTest,
    int testPairs,
    int testPairsBeforeLastTrain,
    int testUsers,
    int usersWithTestBeforeTrain) {

  /** The summary of a log with times and parts. */
  static TimeSummary of(InteractionLog log) {
    double[] first = {Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY};
    double[] last = {Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY};
    for (int p = 0; p < log.size(); p++) {
      int part = log.part(p);
      if (part != Part.VALID.code()) {
        first[part] = Math.min(first[part], log.time(p));
        last[part] = Math.max(last[part], log.time(p));
      }
    }
    double lastTrain = last[Part.TRAIN.code()];
    int testPairs = 0;
    int before = 0;
    int testUsers = 0;
    int usersBefore = 0;
    for (int u = 0; u < log.users(); u++) {
      double ownLastTrain = Double.NEGATIVE_INFINITY;
      double ownFirstTest = Double.POSITIVE_INFINITY;
      for (int p = log.begin(u); p < log.end(u); p++) {
        double time = log.time(p);
        if (log.part(p) == Part.TRAIN.code()) {
          ownLastTrain = Math.max(ownLastTrain, time);
        } else if (log.part(p) == Part.TEST.code()) {
          ownFirstTest = Math.min(ownFirstTest, time);
          testPairs++;
          before += time < lastTrain ? 1 : 0;
        }
      }
      testUsers += ownFirstTest < Double.POSITIVE_INFINITY ? 1 : 0;
      usersBefore += ownFirstTest < ownLastTrain ? 1 : 0;
    }
    return new TimeSummary(
        log.timeScale(),
        first[Part.TRAIN.code()],
        lastTrain,
        first[Part.TEST.code()],
        last[Part.TEST.code()],
        testPairs,
        before,
        testUsers,
        usersBefore);
  }
}
