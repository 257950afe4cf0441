package bsl.benchmarks;

/** Flags of every forked JVM: those of the launcher, but for the collector. */
final class JvmFlags {
  static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

  /** The kernels' own loop bounds keep them inside their arrays. */
  static final String NO_LANE_CHECKS = "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0";

  /** Fails rather than measure the scalar kernels unawares. */
  static final String VECTOR_KERNELS = "-Dbsl.kernels=vector";

  /** Embedding tables span thousands of pages; gathering their rows waits for translations. */
  static final String LARGE_PAGES = "-XX:+UseTransparentHugePages";

  /** Rows of embedding tables begin at cache lines, see {@code EmbeddingTable.FIRST}. */
  static final String CACHE_LINES = "-XX:ObjectAlignmentInBytes=64";

  /** Vectors of these loops stay in registers, which they often do not where they are inlined. */
  static final String APART = "-XX:CompileCommand=dontinline,bsl.core.kernel.Vector*::*Sum";

  /** Vectors stay in registers, too, where the Vector API's own methods were deoptimised before. */
  static final String TRAPS = "-XX:PerMethodTrapLimit=100000";

  /** The JVMs of systems other than Linux do not know that option. */
  static final String IGNORE_UNKNOWN = "-XX:+IgnoreUnrecognizedVMOptions";

  static final String HEAP = "-Xmx1g";

  private JvmFlags() {}
}
