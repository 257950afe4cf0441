package bsl.spark;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Tells every half minute that nobody has done anything for so long. */
final class IdleWatch {
  private static final long NOTICE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private long since;
  private long notices;

  /**
   * @param now the time, as {@link System#nanoTime} has it
   */
  IdleWatch(long now) {
    since = now;
  }

  /**
   * Looks; to be called often.
   *
   * @param idle whether there is work and nobody is at it
   * @param now the time, as {@link System#nanoTime} has it
   * @return for how many seconds it has been so, if that is to be told now
   */
  Optional<Long> look(boolean idle, long now) {
    if (!idle) {
      since = now;
      notices = 0;
      return Optional.empty();
    }
    long periods = (now - since) / NOTICE_NANOS;
    if (periods <= notices) {
      return Optional.empty();
    }
    notices = periods;
    return Optional.of(TimeUnit.NANOSECONDS.toSeconds(now - since));
  }
}
