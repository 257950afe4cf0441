package bsl.ingest;

import bsl.core.RandomStream;
import bsl.core.RandomStream.Purpose;
import java.util.Arrays;

/** Cuts interactions into train, validation and test pairs. */
final class Splitter {
  /** Sets the draws apart from those of pairs that are held out of train. */
  private static final int STREAM_IMPORT = 1;

  private final InteractionLog log;
  private final SplitOptions options;
  private final byte[] parts;

  private Splitter(InteractionLog log, SplitOptions options) {
    this.log = log;
    this.options = options;
    this.parts = new byte[log.size()];
  }

  /**
   * The interactions with their parts.
   *
   * @param log interactions of each user in the order in which they happened
   * @throws ImportException if times are needed and not known, or if a point in time is none
   */
  static InteractionLog split(InteractionLog log, SplitOptions options) throws ImportException {
    if (options.kind() == SplitOptions.Kind.GIVEN) {
      return log;
    }
    Splitter splitter = new Splitter(log, options);
    switch (options.kind()) {
      case RANDOM -> splitter.random();
      case LEAVE_LAST -> splitter.leaveLast();
      default -> new TimeCut(log, options).cut(splitter.parts);
    }
    return log.inParts(splitter.parts);
  }

  /** Each user keeps at least one train pair; test goes before validation. */
  private int testOf(int count) {
    return Math.min(options.test().of(count), count - 1);
  }

  private int validOf(int count) {
    return Math.min(options.valid().of(count), count - 1 - testOf(count));
  }

  private void random() {
    for (int u = 0; u < log.users(); u++) {
      int count = log.end(u) - log.begin(u);
      if (count < 2) {
        continue;
      }
      int[] drawn = new int[count];
      Arrays.setAll(drawn, k -> k);
      RandomStream.of(options.seed(), Purpose.HOLD_OUT, STREAM_IMPORT, u).shuffle(drawn);
      int test = testOf(count);
      int held = test + validOf(count);
      for (int k = 0; k < held; k++) {
        parts[log.begin(u) + drawn[k]] = (k < test ? Part.TEST : Part.VALID).code();
      }
    }
  }

  private void leaveLast() {
    for (int u = 0; u < log.users(); u++) {
      int count = log.end(u) - log.begin(u);
      if (count >= 2) {
        int test = log.end(u) - testOf(count);
        Arrays.fill(parts, test, log.end(u), Part.TEST.code());
        Arrays.fill(parts, test - validOf(count), test, Part.VALID.code());
      }
    }
  }
}
