package bsl.spark;

import bsl.run.RunEngineKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;

/** Says what a driver would connect with; a process of its own has all of Spark's jars. */
final class SettingsMain {
  private static final String LIMIT = "spark.driver.maxResultSize";

  private SettingsMain() {}

  /** Arguments: Spark's settings. */
  public static void main(String[] arguments) {
    Map<String, String> own = new HashMap<>();
    for (String one : arguments) {
      int equals = one.indexOf('=');
      own.put(one.substring(0, equals), one.substring(equals + 1));
    }
    SparkConf conf =
        SparkSettings.of(
            new RunEngineKind.Options(
                Optional.empty(), own, false, Optional.empty(), false, notice -> {}));
    System.out.println(LIMIT + " " + conf.get(LIMIT, "1g, by default"));
  }
}
