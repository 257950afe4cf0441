package bsl.data;

import java.time.Duration;

/**
 * When to give up a download.
 *
 * @param patience how long to wait for a connection, for an answer, and for the next bytes
 * @param pause wait after a first failure in vain; doubled each time
 * @param attempts failures in a row, without a new byte, that end it; at least 1
 * @param largest bytes of the largest file accepted, compressed or unpacked
 */
record DownloadLimits(Duration patience, Duration pause, int attempts, long largest) {
  /** The largest real file, amazon's train, has some 20 MB. */
  static final DownloadLimits DEFAULT =
      new DownloadLimits(Duration.ofSeconds(60), Duration.ofSeconds(1), 4, 1L << 28);
}
