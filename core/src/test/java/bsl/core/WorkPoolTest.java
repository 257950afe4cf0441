package bsl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource({"0, 5", "1, 1", "1, 64", "63, 64", "64, 64", "65, 64", "1000, 7"})
  void cutsPositionsIntoBlocksOfOneLength(int size, int perBlock) {
    AtomicIntegerArray runs = new AtomicIntegerArray(size);
    AtomicInteger blocks = new AtomicInteger();
    try (WorkPool pool = new WorkPool(3)) {
      pool.run(
          size,
          perBlock,
          (begin, end, worker) -> {
            blocks.incrementAndGet();
            assertThat(begin % perBlock).isZero();
            assertThat(end).isGreaterThan(begin).isLessThanOrEqualTo(size);
            assertThat(end == size || end - begin == perBlock).isTrue();
            for (int position = begin; position < end; position++) {
              runs.incrementAndGet(position);
            }
          });
    }

    for (int position = 0; position < size; position++) {
      assertThat(runs.get(position)).isEqualTo(1);
    }
    assertThat(blocks.get())
        .isEqualTo((int) Math.ceil(size / (double) perBlock))
        .isEqualTo(WorkPool.blocks(size, perBlock));
  }

  @Test
  void blocksAndPartsOfTheLongestArraysDoNotOverflow() {
    assertThat(WorkPool.blocks(Integer.MAX_VALUE, 256)).isEqualTo(1 << 23);
    assertThat(WorkPool.partBegin(Integer.MAX_VALUE, 16, 15)).isEqualTo(2013265919);
    assertThat(WorkPool.partBegin(Integer.MAX_VALUE, 16, 16)).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "3, 4", "4, 4", "100, 7"})
  void partsFollowOneAnotherAndDifferByOneAtMost(int size, int parts) {
    assertThat(WorkPool.partBegin(size, parts, 0)).isZero();
    assertThat(WorkPool.partBegin(size, parts, parts)).isEqualTo(size);
    for (int part = 0; part < parts; part++) {
      int length =
          WorkPool.partBegin(size, parts, part + 1) - WorkPool.partBegin(size, parts, part);
      assertThat(length).isBetween(size / parts, size / parts + 1);
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

  /** The caller fails. Others end their block when it waits for them, and begin no other one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void leavesOutBlocksThatHaveNotBegunWhenOneFails(int threads) {
    Thread caller = Thread.currentThread();
    AtomicInteger others = new AtomicInteger();
    try (WorkPool pool = new WorkPool(threads)) {
      assertThatThrownBy(
              () ->
                  pool.run(
                      1000,
                      (block, worker) -> {
                        if (worker == 0) {
                          throw new IllegalStateException("block of the caller");
                        }
                        others.incrementAndGet();
                        while (caller.getState() != Thread.State.WAITING) {
                          Thread.onSpinWait();
                        }
                      }))
          .hasMessage("block of the caller");
    }

    assertThat(others.get()).isLessThan(threads);
  }

  /** In a thread of its own: what waits without end cannot be interrupted. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aClosedPoolRunsNothing(int threads) {
    WorkPool pool = new WorkPool(threads);
    pool.close();

    for (int count : new int[] {0, 1, 20}) {
      assertThatThrownBy(() -> pool.run(count, (block, worker) -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the pool is closed");
    }
    assertThatThrownBy(() -> pool.run(100, 7, (begin, end, worker) -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the pool is closed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsBeingRunGoesOnToItsEndWhereThePoolIsClosed(int threads) {
    for (int round = 0; round < 300; round++) {
      AtomicIntegerArray runs = new AtomicIntegerArray(20);
      WorkPool pool = new WorkPool(threads);
      pool.run(
          20,
          (block, worker) -> {
            pool.close();
            runs.incrementAndGet(block);
          });

      for (int block = 0; block < 20; block++) {
        assertThat(runs.get(block)).isEqualTo(1);
      }
      assertThatThrownBy(() -> pool.run(20, (block, worker) -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the pool is closed");
    }
  }

  /** A phase has all of its threads or does not begin. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPoolThatAnotherThreadClosesHangsNobody(int threads) throws InterruptedException {
    for (int round = 0; round < 300; round++) {
      WorkPool pool = new WorkPool(threads);
      CountDownLatch begun = new CountDownLatch(1);
      Thread closing =
          new Thread(
              () -> {
                try {
                  begun.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                pool.close();
              });
      closing.start();
      assertThatThrownBy(
              () -> {
                while (true) {
                  pool.run(20, (block, worker) -> begun.countDown());
                }
              })
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the pool is closed");
      closing.join();
    }
  }

  /** Code in other languages, and casts, throw checked exceptions that nobody declares. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void passesOnWhatNoBlockDeclares(int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      for (int round = 0; round < 50; round++) {
        assertThatThrownBy(() -> pool.run(20, (block, worker) -> sneak(new IOException("sneaky"))))
            .isInstanceOf(IOException.class)
            .hasMessage("sneaky");
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void needsAThread() {
    assertThatThrownBy(() -> new WorkPool(0)).hasMessageContaining("at least 1");
  }

  /** It would wait for itself, or leave blocks out. */
  @ParameterizedTest
  @CsvSource({"2, 4, 4", "2, 4, 1", "2, 1, 1", "1, 4, 4", "1, 1, 1"})
  void noPoolIsAtTwoThingsAtATime(int threads, int outer, int inner) {
    try (WorkPool pool = new WorkPool(threads)) {
      assertThatThrownBy(() -> pool.run(outer, (block, worker) -> pool.run(inner, (b, w) -> {})))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("none from inside a block");
      AtomicInteger blocks = new AtomicInteger();
      pool.run(4, (block, worker) -> blocks.incrementAndGet());
      assertThat(blocks).hasValue(4);
    }
  }
}
