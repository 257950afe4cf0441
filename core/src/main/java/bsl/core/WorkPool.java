package bsl.core;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs numbered blocks of work on a fixed number of threads, the caller among them.
 *
 * <p>Which thread gets which block is left open; blocks must therefore be independent and must be
 * cut without regard to the number of threads. Then results do not depend on that number. Phases of
 * a training step last less than a millisecond, so workers spin for a moment before they park.
 *
 * <p>One phase at a time: {@link #run} must not be called from two threads at once, nor from inside
 * a block.
 */
public final class WorkPool implements AutoCloseable {
  /** Work on one block. */
  @FunctionalInterface
  public interface Block {
    /**
     * @param block the block's number
     * @param worker number of the thread that runs it, in [0, threads): an index for scratch memory
     */
    void run(int block, int worker);
  }

  /** Work on consecutive positions. */
  @FunctionalInterface
  public interface Range {
    /**
     * @param begin the first position
     * @param end one past the last position
     * @param worker number of the thread that runs it, in [0, threads): an index for scratch memory
     */
    void run(int begin, int end, int worker);
  }

  private static final int SPINS = 2_000;

  private final Thread[] helpers;

  /** Held where a phase begins and where the pool is closed: no phase begins afterwards. */
  private final Object phases = new Object();

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private Block work;
  private int blocks;
  private volatile int phase;
  private volatile boolean closed;
  private volatile Thread caller;

  /**
   * @param threads number of threads, the calling one included; at least 1
   */
  public WorkPool(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
    helpers = new Thread[threads - 1];
    for (int t = 0; t < helpers.length; t++) {
      int worker = t + 1;
      helpers[t] = new Thread(() -> serve(worker), "bsl-worker-" + worker);
      helpers[t].setDaemon(true);
      helpers[t].start();
    }
  }

  /** Number of threads, the calling one included. */
  public int threads() {
    return helpers.length + 1;
  }

  /**
   * Runs blocks 0 to {@code count - 1} and returns when all are done.
   *
   * @throws IllegalStateException if the pool is closed, or is at work already: it takes one call
   *     at a time, and none from inside a block
   * @throws RuntimeException whatever the first failing block threw, a checked exception that it
   *     does not declare included; blocks not yet begun are then left out
   */
  public void run(int count, Block block) {
    requireOpen();
    // Also where this thread does all: it is worker 0, and there may be another one.
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "the pool is at work: it takes one call at a time, and none from inside a block");
    }
    try {
      if (helpers.length == 0 || count <= 1) {
        for (int b = 0; b < count; b++) {
          block.run(b, 0);
        }
      } else {
        runOnAll(count, block);
      }
    } finally {
      busy.set(false);
    }
  }

  private void runOnAll(int count, Block block) {
    synchronized (phases) {
      requireOpen();
      work = block;
      blocks = count;
      caller = Thread.currentThread();
      failure.set(null);
      next.set(0);
      running.set(helpers.length);
      phase++; // publishes the fields above
    }
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    drain(0);
    int spins = 0;
    while (running.get() != 0) {
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
    work = null;
    Throwable thrown = failure.get();
    if (thrown != null) {
      rethrow(thrown);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the pool is closed");
    }
  }

  /** Throws what a block threw as it is: to the compiler it is unchecked. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /**
   * Cuts positions 0 to {@code size - 1} into blocks of equal length, the last one perhaps shorter,
   * and runs them all.
   *
   * @param size number of positions, at least 0
   * @param perBlock positions of a block, at least 1; {@code begin / perBlock} is a block's number
   * @throws RuntimeException as {@link #run(int, Block)}
   */
  public void run(int size, int perBlock, Range work) {
    run(
        blocks(size, perBlock),
        (block, worker) -> {
          int begin = block * perBlock;
          work.run(begin, begin + Math.min(perBlock, size - begin), worker);
        });
  }

  /**
   * Number of blocks of equal length that positions are cut into.
   *
   * @param size number of positions, at least 0
   * @param perBlock positions of a block, at least 1
   */
  public static int blocks(int size, int perBlock) {
    return size == 0 ? 0 : (size - 1) / perBlock + 1;
  }

  /**
   * The first position of a part, where positions are cut into a fixed number of parts whose sizes
   * differ by one at most.
   *
   * @param size number of positions
   * @param parts number of parts, at least 1
   * @param part number of the part in [0, parts]; {@code parts} gives {@code size}
   */
  public static int partBegin(int size, int parts, int part) {
    return (int) ((long) part * size / parts);
  }

  private void drain(int worker) {
    try {
      for (int b = next.getAndIncrement(); b < blocks; b = next.getAndIncrement()) {
        work.run(b, worker);
      }
    } catch (Throwable e) {
      // A helper that ended here would be waited for without end.
      failure.compareAndSet(null, e);
      next.set(Integer.MAX_VALUE / 2);
    }
  }

  private void serve(int worker) {
    int seen = 0;
    while (true) {
      int spins = 0;
      while (phase == seen && !closed) {
        if (++spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      // A phase that has begun is ended first: its caller waits for every helper.
      if (phase == seen) {
        return;
      }
      seen = phase;
      drain(worker);
      if (running.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }
  }

  /**
   * Ends the threads; nothing can be run afterwards. What is being run goes on to its end, for
   * which this does not wait. Any thread may close the pool, from inside a block as well.
   */
  @Override
  public void close() {
    synchronized (phases) {
      closed = true;
    }
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
