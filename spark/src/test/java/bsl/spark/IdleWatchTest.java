package bsl.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
  private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(45);

  private final IdleWatch watch = new IdleWatch(START);

  private List<Long> told(boolean idle, int fromSecond, int toSecond) {
    List<Long> told = new ArrayList<>();
    for (int second = fromSecond; second < toSecond; second++) {
      watch.look(idle, START + TimeUnit.SECONDS.toNanos(second)).ifPresent(told::add);
    }
    return told;
  }

  /** The clock of a JVM may overflow. */
  @Test
  void everyHalfMinuteWithoutWorkIsToldOnce() {
    assertThat(told(true, 0, 100)).containsExactly(30L, 60L, 90L);
    assertThat(told(false, 100, 300)).isEmpty();
    assertThat(told(true, 300, 340)).as("anew").containsExactly(30L);
  }

  @Test
  void afterALongSilenceOneIsEnough() {
    assertThat(told(true, 200, 215)).containsExactly(200L, 210L);
  }
}
