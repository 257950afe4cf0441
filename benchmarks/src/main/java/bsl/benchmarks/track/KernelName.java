package bsl.benchmarks.track;

import bsl.core.kernel.Kernels;

/** Prints which kernels a JVM chooses. */
final class KernelName {
  private KernelName() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    System.out.println(Kernels.best().name());
  }
}
