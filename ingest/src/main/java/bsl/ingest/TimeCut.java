package bsl.ingest;

import java.util.Arrays;

/**
 * Cuts interactions at one point in time for all users: what came before it is known, what came
 * later is to be predicted. Interactions of the same time are on the same side.
 */
final class TimeCut {
  private static final String TEST_FROM = "--test-from";
  private static final String VAL_FROM = "--val-from";

  private final InteractionLog log;
  private final SplitOptions options;

  TimeCut(InteractionLog log, SplitOptions options) {
    this.log = log;
    this.options = options;
  }

  /** Sets the parts of all interactions. */
  void cut(byte[] parts) throws ImportException {
    if (!log.isTimed()) {
      throw new ImportException(
          "a split by time needs a column of times; name it with --time-column");
    }
    double[] sorted = log.times();
    Arrays.parallelSort(sorted);
    double test;
    double valid;
    if (options.testFrom().isPresent()) {
      TimeScale scale = log.timeScale();
      test = point(options.testFrom().get(), TEST_FROM, scale);
      valid =
          options.validFrom().isPresent()
              ? point(options.validFrom().get(), VAL_FROM, scale)
              : test;
      if (valid > test) {
        throw new ImportException(
            VAL_FROM
                + " '"
                + options.validFrom().orElseThrow()
                + "' is after "
                + TEST_FROM
                + " '"
                + options.testFrom().get()
                + "'");
      }
    } else {
      int n = sorted.length;
      int testCount = Math.min(options.test().of(n), n);
      int validCount = Math.min(options.valid().of(n), n - testCount);
      test = testCount == 0 ? Double.POSITIVE_INFINITY : sorted[n - testCount];
      valid = validCount == 0 ? test : Math.min(test, sorted[n - testCount - validCount]);
    }
    for (int p = 0; p < parts.length; p++) {
      double time = log.time(p);
      parts[p] = (time >= test ? Part.TEST : time >= valid ? Part.VALID : Part.TRAIN).code();
    }
  }

  /**
   * Refuses points in time that are none.
   *
   * @throws ImportException if there is one
   */
  static void requireTimes(SplitOptions options) throws ImportException {
    if (options.testFrom().isPresent()) {
      time(options.testFrom().get(), TEST_FROM);
    }
    if (options.validFrom().isPresent()) {
      time(options.validFrom().get(), VAL_FROM);
    }
  }

  /** A date in the unit of the times, or a number as it is. */
  private static double point(String text, String option, TimeScale scale) throws ImportException {
    double time = time(text, option);
    return TimeText.isDate(text) ? scale.fromSeconds(time) : time;
  }

  private static double time(String text, String option) throws ImportException {
    double time = TimeText.parse(text);
    if (Double.isNaN(time)) {
      throw new ImportException(
          option + " '" + text + "' is neither a date, such as 2015-06-30, nor a number");
    }
    return time;
  }
}
