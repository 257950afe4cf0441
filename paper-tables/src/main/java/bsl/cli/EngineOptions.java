package bsl.cli;

import bsl.core.NameSuggestion;
import bsl.run.InputException;
import bsl.run.LocalEngine;
import bsl.run.RunEngine;
import bsl.run.RunEngineKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where runs are trained: on this machine, or on many. */
final class EngineOptions {
  private static final String SPARK = "spark";

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "local (default): on the threads of this machine; spark: on an Apache Spark cluster, see"
              + " docs/cluster.md")
  private String engine = RunEngineKind.LOCAL;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "with --engine spark: the cluster, such as spark://HOST:7077")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "with --engine spark: a setting of Spark's, such as spark.executor.memory=4g")
  private Map<String, String> configuration = new LinkedHashMap<>();

  @Option(
      names = "--shared-runs",
      description =
          "with --engine spark: the workers see the store of runs under the same path, write there and"
              + " go on from checkpoints there")
  private boolean sharedRuns;

  @Option(
      names = "--shared-data",
      description =
          "with --engine spark: the workers see the data directory under the same path and read it,"
              + " so that no data are sent")
  private boolean sharedData;

  @Option(
      names = "--all-models",
      description =
          "with --engine spark: bring the models of all runs into the store, not only those that are"
              + " read")
  private boolean allModels;

  /**
   * The engine that was asked for. It starts when it is needed.
   *
   * @param threads threads of the local one
   * @param data where the data sets are
   * @throws InputException if there is no such engine, or options do not go together
   */
  RunEngine open(ThreadOption threads, DataOptions data) {
    if (engine.equals(RunEngineKind.LOCAL)) {
      for (String option :
          List.of("--master", "--conf", "--shared-runs", "--shared-data", "--all-models")) {
        if (command.commandLine().getParseResult().hasMatchedOption(option)) {
          throw new InputException(option + " has no effect without --engine " + SPARK);
        }
      }
      return new LocalEngine(threads.count());
    }
    RunEngineKind kind = RunEngineKind.find(engine).orElseThrow(this::unknown);
    return kind.open(
        new RunEngineKind.Options(
            Optional.ofNullable(master),
            configuration,
            sharedRuns,
            sharedData ? Optional.of(data.directory().toAbsolutePath()) : Optional.empty(),
            allModels,
            notice -> Failures.complain(command.commandLine(), notice)));
  }

  private InputException unknown() {
    if (engine.equals(SPARK)) {
      return new InputException(
          "--engine spark is not on the class path; call it by the launcher ./bsl, or by"
              + " spark-submit with bsl-spark-app.jar, see docs/cluster.md");
    }
    List<String> names = RunEngineKind.names();
    return new InputException(
        "--engine '"
            + engine
            + "' is none of "
            + String.join(", ", names)
            + NameSuggestion.hint(engine, names));
  }
}
