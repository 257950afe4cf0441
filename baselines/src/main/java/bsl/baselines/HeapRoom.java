package bsl.baselines;

/** How much of the Java heap large arrays may still take. */
final class HeapRoom {
  private HeapRoom() {}

  /**
   * Bytes that are left for arrays that live long. Collectors keep about a third of the heap for
   * young objects, so this is two thirds of what is not used.
   */
  static long bytes() {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    return (runtime.maxMemory() - used) / 3 * 2;
  }

  /** What the heap has to be, so that it has room for some more bytes than now, see above. */
  static long heapFor(long bytes) {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    return used + bytes + bytes / 2;
  }
}
