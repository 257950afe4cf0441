package bsl.spark;

import bsl.core.kernel.Kernels;
import java.io.Serializable;
import org.apache.spark.SparkEnv;

/**
 * A worker's JVM, for messages.
 *
 * @param host the machine
 * @param executor Spark's number of the JVM
 * @param scalar whether it has to do without vectors
 */
record Worker(String host, String executor, boolean scalar) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The JVM that this is called in. */
  static Worker here() {
    SparkEnv spark = SparkEnv.get();
    String host = spark.blockManager().blockManagerId().host();
    return new Worker(host, spark.executorId(), Kernels.best().name().equals("scalar"));
  }
}
