package bsl.spark;

import bsl.core.Sha256;
import bsl.run.RunSpec;
import bsl.run.RunStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A driver that gives one run to two workers at a time, and says what each has of it. */
final class TwinMain {
  private TwinMain() {}

  /** Arguments: the store, and Spark's settings. */
  public static void main(String[] arguments) {
    Map<String, String> conf = new LinkedHashMap<>();
    for (String setting : List.of(arguments).subList(1, arguments.length)) {
      int equals = setting.indexOf('=');
      conf.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    SparkConf settings =
        SparkSettings.of(
            new bsl.run.RunEngineKind.Options(
                Optional.empty(), conf, true, Optional.empty(), false, notice -> {}));
    RunStore store = Sweeps.store(Path.of(arguments[0]));
    RunSpec run = Sweeps.one().get(0);
    try (JavaSparkContext spark = new JavaSparkContext(settings);
        SharedFolder shared = new SharedFolder(store.folder())) {
      Broadcast<WorkerData> data = spark.broadcast(new SentData(store.split(run), Map.of()));
      StepAccumulator progress = new StepAccumulator();
      spark.sc().register(progress);
      RunOrder order =
          new RunOrder(run, store.id(run).digest(), 0, true, false, Optional.of(shared));
      spark
          .parallelize(List.of(order, order), 2)
          .map(new RunTask(data, null, progress))
          .collect()
          .forEach(
              outcome ->
                  System.out.println(
                      outcome.kind()
                          + " "
                          + Sha256.of(
                              new String(
                                  outcome.files().asMap().get("result.json"),
                                  java.nio.charset.StandardCharsets.UTF_8))));
    }
  }
}
