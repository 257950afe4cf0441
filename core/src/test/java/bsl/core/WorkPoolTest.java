package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WorkPoolTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void runsEveryBlockOnceThroughManyShortPhases(int threads) {
    AtomicIntegerArray runs = new AtomicIntegerArray(17);
    try (WorkPool pool = new WorkPool(threads)) {
      for (int phase = 0; phase < 3000; phase++) {
        int count = phase % 18;
        pool.run(
            count,
            (block, worker) -> {
              assertThat(worker).isBetween(0, threads - 1);
              runs.incrementAndGet(block);
            });
        for (int block = 0; block < 17; block++) {
          assertThat(runs.getAndSet(block, 0)).isEqualTo(block < count ? 1 : 0);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void passesFailuresOnAndGoesOnWorking(int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      for (int round = 0; round < 50; round++) {
        assertThatThrownBy(
                () ->
                    pool.run(
                        20,
                        (block, worker) -> {
                          if (block == 13) {
                            throw new IllegalStateException("block 13");
                          }
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("block 13");
        AtomicIntegerArray runs = new AtomicIntegerArray(20);
        pool.run(20, (block, worker) -> runs.incrementAndGet(block));
        for (int block = 0; block < 20; block++) {
          assertThat(runs.get(block)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void needsAThread() {
    assertThatThrownBy(() -> new WorkPool(0)).hasMessageContaining("at least 1");
  }
}
