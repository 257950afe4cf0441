package bsl.baselines;

import bsl.core.WorkPool;
import bsl.core.kernel.Kernels;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * What a fit has at its disposal, and who is told how far it is. Immutable.
 *
 * @param pool threads that do the work
 * @param kernels implementation of the inner loops; all give the same bits
 * @param seed seed of whatever is random
 * @param memoryLimit bytes that a fit may need; where empty, what the Java heap has left
 * @param listener is told how far it is, and may stop it
 */
public record FitContext(
    WorkPool pool, Kernels kernels, long seed, OptionalLong memoryLimit, FitListener listener) {

  /**
   * Threads that a fit's memory is counted for: those of the pool, and at least as many as there
   * are cores, so that what {@link BaselineKind#bytes} says beforehand is never more.
   */
  int countedThreads() {
    return Math.max(pool.threads(), Runtime.getRuntime().availableProcessors());
  }

  /** The best kernels, seed 1, as much memory as there is, and nobody who listens. */
  public static FitContext of(WorkPool pool) {
    return new FitContext(pool, Kernels.best(), 1, OptionalLong.empty(), FitListener.NONE);
  }

  /** The same with other kernels. */
  public FitContext withKernels(Kernels other) {
    return new FitContext(pool, other, seed, memoryLimit, listener);
  }

  /** The same with another seed. */
  public FitContext withSeed(long other) {
    return new FitContext(pool, kernels, other, memoryLimit, listener);
  }

  /** The same with a number of bytes that a fit may need. */
  public FitContext withMemoryLimit(long bytes) {
    return new FitContext(pool, kernels, seed, OptionalLong.of(bytes), listener);
  }

  /** The same with another listener. */
  public FitContext withListener(FitListener other) {
    return new FitContext(pool, kernels, seed, memoryLimit, other);
  }

  /**
   * Makes sure, before a fit begins, that it has the memory it needs.
   *
   * @param what what needs it, for example {@code ease on 6040 users and 3706 items}
   * @param bytes how much it needs
   * @throws InsufficientMemoryException if there is less
   */
  public void requireMemory(String what, long bytes) {
    if (memoryLimit.isPresent()) {
      if (bytes > memoryLimit.getAsLong()) {
        throw InsufficientMemoryException.limit(what, bytes, memoryLimit.getAsLong());
      }
    } else {
      requireHeap(what, bytes);
    }
  }

  /**
   * Makes sure that the Java heap has the room that a fit needs.
   *
   * @param what what needs it, for messages
   * @param bytes how much it needs
   * @throws InsufficientMemoryException if there is less
   */
  public static void requireHeap(String what, long bytes) {
    if (bytes > HeapRoom.bytes()) {
      System.gc(); // what is garbage counts as used until then
      if (bytes > HeapRoom.bytes()) {
        throw InsufficientMemoryException.heap(what, bytes, HeapRoom.bytes());
      }
    }
  }

  /**
   * Tells the listener how far the fit is, unless it is to stop.
   *
   * @param share how much of all the work is done, from 0 to 1
   * @throws CancellationException if the listener wants it to stop
   */
  public void progress(double share) {
    if (listener.cancelled()) {
      throw new CancellationException("the fit was cancelled");
    }
    listener.progress(share);
  }
}
