package bsl.benchmarks;

import org.openjdk.jmh.annotations.Fork;

/**
 * Has benchmarks run in JVMs with the launcher's options, see the script {@code bsl}, but with the
 * collector that the JVM chooses: what is measured allocates next to nothing. A benchmark that
 * needs more heap says so in a {@code @Fork} of its own, with {@code jvmArgsAppend}.
 */
@Fork(
    value = 1,
    jvmArgs = {
      JvmFlags.VECTOR_MODULE,
      JvmFlags.NO_LANE_CHECKS,
      JvmFlags.VECTOR_KERNELS,
      JvmFlags.IGNORE_UNKNOWN,
      JvmFlags.LARGE_PAGES,
      JvmFlags.CACHE_LINES,
      JvmFlags.APART,
      JvmFlags.TRAPS
    })
abstract class LauncherJvm {}
