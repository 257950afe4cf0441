package bsl.spark;

import bsl.run.InputException;
import bsl.run.RunEngine;
import bsl.run.RunEngineKind;

/** Makes {@link SparkEngine} available as {@code --engine spark}. Loads nothing of Spark itself. */
public final class SparkEngineKind implements RunEngineKind {
  @Override
  public String name() {
    return "spark";
  }

  @Override
  public RunEngine open(Options options) {
    try {
      Class.forName("org.apache.spark.api.java.JavaSparkContext");
    } catch (ClassNotFoundException e) {
      throw new InputException(
          "--engine spark needs Apache Spark 4.0, which is not on the class path; set SPARK_HOME to"
              + " a distribution of it and call ./bsl, see docs/cluster.md",
          e);
    }
    return new SparkEngine(options);
  }
}
