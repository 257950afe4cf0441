package bsl.ingest;

import java.util.stream.IntStream;

/**
 * Does something for all users, in blocks on all processors. What comes out must not depend on it.
 */
final class UserBlocks {
  private static final int BLOCKS = 64;

  /** Works on a block of users. */
  interface Work {
    /**
     * @param from first user
     * @param to one past the last user
     */
    void on(int from, int to);
  }

  private UserBlocks() {}

  static void forEach(int users, Work work) {
    int blocks = Math.min(BLOCKS, users);
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block ->
                work.on(
                    (int) ((long) users * block / blocks),
                    (int) ((long) users * (block + 1) / blocks)));
  }
}
