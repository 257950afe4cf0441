package bsl.benchmarks;

import bsl.core.kernel.Kernels;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;

/** Who computes a product. */
public enum ProductLibrary {
  /** The suite's kernels. */
  KERNELS {
    @Override
    MatrixProducts open(int threads) {
      return new KernelProducts(Kernels.best().products());
    }
  },

  /** Their plain Java twin. */
  SCALAR_KERNELS {
    @Override
    MatrixProducts open(int threads) {
      return new KernelProducts(Kernels.scalar().products());
    }
  },

  /** Loops without any care, the yardstick of {@code benchmarks/track}. */
  PLAIN_LOOP {
    @Override
    MatrixProducts open(int threads) {
      return new PlainProducts();
    }
  },

  /** The Vector API BLAS of {@code dev.ludovic.netlib}, which has one thread. */
  NETLIB_VECTOR {
    @Override
    MatrixProducts open(int threads) {
      JavaBLAS blas = JavaBLAS.getInstance();
      String name = blas.getClass().getSimpleName();
      if (!name.equals("VectorBLAS")) {
        throw new SkippedException("netlib offers " + name + " on this JVM instead of VectorBLAS");
      }
      return new BlasProducts(blas);
    }
  },

  /** The {@code libblas.so.3} of the system, by way of {@code dev.ludovic.netlib}. */
  NETLIB_NATIVE {
    @Override
    MatrixProducts open(int threads) {
      String allowed = System.getenv(OPENBLAS_THREADS);
      if (!String.valueOf(threads).equals(allowed)) {
        throw new SkippedException(
            OPENBLAS_THREADS + " is " + allowed + ", set it to " + threads + " to measure this");
      }
      try {
        return new BlasProducts(NativeBLAS.getInstance());
      } catch (RuntimeException | LinkageError e) {
        throw new SkippedException("no native BLAS is installed (" + e.getMessage() + ")");
      }
    }
  };

  private static final String OPENBLAS_THREADS = "OPENBLAS_NUM_THREADS";

  /**
   * Loads the library.
   *
   * @param threads threads that it is meant to use in one call, if it has threads of its own
   * @throws SkippedException if it is not to be had like that
   */
  abstract MatrixProducts open(int threads);
}
