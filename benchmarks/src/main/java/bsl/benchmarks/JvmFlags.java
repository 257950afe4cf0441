package bsl.benchmarks;

/** Flags of every forked JVM: those of the launcher. */
final class JvmFlags {
  static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

  /** The kernels' own loop bounds keep them inside their arrays. */
  static final String NO_LANE_CHECKS = "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0";

  /** Fails rather than measure the scalar kernels unawares. */
  static final String VECTOR_KERNELS = "-Dbsl.kernels=vector";

  /** Embedding tables span thousands of pages; gathering their rows waits for translations. */
  static final String LARGE_PAGES = "-XX:+UseTransparentHugePages";

  /** The JVMs of systems other than Linux do not know that option. */
  static final String IGNORE_UNKNOWN = "-XX:+IgnoreUnrecognizedVMOptions";

  static final String HEAP = "-Xmx1g";

  private JvmFlags() {}
}
